#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "post/engine.h"

#define PAGES_MAX 200 /* of one listing: a peer that never ends is cut off */
#define SPARE_S 0.25
#define SPARE_MAX 448

double
post_now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct lane *
lane_of(struct post *post, const struct gateway *gateway)
{
	struct lane *lane;

	for (lane = post->lanes; lane != NULL; lane = lane->next)
		if (lane->gateway == gateway)
			return lane;
	lane = xcalloc(1, sizeof(*lane));
	lane->post = post;
	lane->gateway = gateway;
	bucket_open(&lane->bucket, gateway->rate, post_now_s());
	lane->next = post->lanes;
	post->lanes = lane;
	return lane;
}

int
lane_places(const struct lane *lane)
{
	int most = lane->gateway->in_flight < 1 ? 1 : lane->gateway->in_flight;

	return most - lane->running_len;
}

/*
 * Their rows say 'sending' already: only where a provider can be asked what
 * became of them, should the tick die. And a tick that has come to its end
 * still waits for them, so that it is no more than a slow gateway takes in a
 * moment.
 */
int
lane_spare(const struct lane *lane)
{
	int least = lane->gateway->in_flight / 4;
	double in_a_moment;

	if (!driver_can_ask(lane->gateway->driver))
		return 0;
	if (lane->took_s <= 0)
		return least;
	in_a_moment = lane->gateway->in_flight * SPARE_S / lane->took_s;
	if (in_a_moment < least)
		return least;
	return in_a_moment > SPARE_MAX ? SPARE_MAX : (int)in_a_moment;
}

struct job *
job_new(struct post *post, const struct gateway *gateway, void *tag,
    job_end_fn *end)
{
	struct job *job = xcalloc(1, sizeof(*job));

	job->end = end;
	job->gateway = gateway;
	job->tag = tag;
	job->events = &post->events;
	job->found = (struct post_found){
		.events = &post->events,
		.sources = &post->sources,
		.gateway = gateway,
		.tag = tag,
	};
	events_expect(job->events, 1);
	return job;
}

static void
job_free(void *owner)
{
	struct job *job = owner;

	transfer_free(job->transfer);
	post_request_free(&job->request);
	found_free(&job->found);
	free(job);
}

void
job_end(struct job *job, const struct post_event *event)
{
	job->last = (struct event_node){
		.event = *event, .owner = job, .release = job_free
	};
	job->last.event.tag = job->tag;
	job->last.event.gateway = job->gateway;
	events_end(job->events, &job->last);
}

void
job_drop(struct job *job)
{
	struct events *events = job->events;

	job_free(job);
	events_expect(events, -1);
}

void
job_wait(struct post *post, struct job *job)
{
	struct lane *lane;

	pthread_mutex_lock(&post->lock);
	job->lane = lane = lane_of(post, job->gateway);
	job->next = NULL;
	job->since_s = post_now_s();
	if (lane->waiting_last == NULL)
		lane->waiting = job;
	else
		lane->waiting_last->next = job;
	lane->waiting_last = job;
	lane->waiting_len++;
	engine_wake(lane);
	pthread_mutex_unlock(&post->lock);
}

static struct job *
take_waiting(struct lane *lane)
{
	struct job *job = lane->waiting;

	lane->waiting = job->next;
	if (lane->waiting == NULL)
		lane->waiting_last = NULL;
	lane->waiting_len--;
	return job;
}

struct job *
lane_tired(struct lane *lane)
{
	const struct job *job = lane->waiting;

	if (job == NULL || lane_places(lane) > 0 ||
	    post_now_s() - job->since_s < (double)lane->gateway->timeout_s)
		return NULL;
	return take_waiting(lane);
}

struct job *
lane_unsent(struct lane *lane)
{
	const struct job *job = lane->waiting;

	if (job == NULL || !job->metered ||
	    lane->waiting_len <= lane_places(lane))
		return NULL;
	return take_waiting(lane);
}

struct job *
lane_next(struct lane *lane, double *wait_s)
{
	struct job *job = lane->waiting;
	double now_s = post_now_s();

	if (job == NULL || lane_places(lane) <= 0)
		return NULL;
	if (job->metered) {
		double until_s = bucket_wait_s(&lane->bucket, now_s);

		if (until_s > 0) {
			if (until_s < *wait_s)
				*wait_s = until_s;
			return NULL;
		}
		bucket_take(&lane->bucket, now_s);
	}
	take_waiting(lane);
	job->since_s = now_s;
	job->next = lane->running;
	lane->running = job;
	lane->running_len++;
	return job;
}

void
job_start(struct lane *lane, struct job *job)
{
	CURLMcode code;

	job->transfer =
	    transfer_new(job->gateway, &job->request, &lane->exchange, job);
	code = curl_multi_add_handle(lane->multi, transfer_easy(job->transfer));
	if (code != CURLM_OK)
		panic(
		    "libcurl takes no transfer: %s", curl_multi_strerror(code));
}

struct transfer *
job_stop(struct job *job)
{
	struct lane *lane = job->lane;
	struct transfer *transfer = job->transfer;
	struct job **link;

	curl_multi_remove_handle(lane->multi, transfer_easy(transfer));
	job->transfer = NULL;
	pthread_mutex_lock(&lane->post->lock);
	link = &lane->running;
	while (*link != job)
		link = &(*link)->next;
	*link = job->next;
	lane->running_len--;
	lane->took_s += (post_now_s() - job->since_s - lane->took_s) / 8;
	pthread_mutex_unlock(&lane->post->lock);
	return transfer;
}

enum status
job_next_page(struct post *post, struct job *job, struct why *why)
{
	if (job->found.next == NULL)
		return STATUS_NONE;
	if (++job->pages >= PAGES_MAX)
		return why_set(why, STATUS_UNAVAILABLE,
		    "the listing does not end after %d pages", PAGES_MAX);
	if (strcmp(job->found.next, job->request.url) == 0)
		return why_set(why, STATUS_UNAVAILABLE,
		    "the next page of the listing is the page itself");
	free(job->request.url);
	job->request.url = job->found.next;
	job->found.next = NULL;
	job_wait(post, job);
	return STATUS_OK;
}

void
lane_empty(struct lane *lane)
{
	struct job *job;

	while ((job = lane->running) != NULL) {
		// NOLINTNEXTLINE(clang-analyzer-unix.*): stopping takes it out
		transfer_free(job_stop(job));
		job_drop(job);
	}
	while (lane->waiting != NULL)
		job_drop(take_waiting(lane));
}
