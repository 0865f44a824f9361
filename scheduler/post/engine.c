#include <stdlib.h>

#include "base/memory.h"
#include "post/engine.h"

#define POLL_MAX_S 60.0
#define TURN_MAX_S 60.0 /* a turn that comes later is for the next tick */
#define STEP_POLL_S 1.0 /* for SMTP the time is ours to look at */

void
engine_hold_sigpipe(struct sigaction *before)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	sigaction(SIGPIPE, &ignore, before);
}

void
engine_release_sigpipe(const struct sigaction *before)
{
	sigaction(SIGPIPE, before, NULL);
}

enum status
post_open(struct post **post, const struct clock *clock, struct why *why)
{
	(void)why;
	*post = xcalloc(1, sizeof(**post));
	(*post)->clock = clock;
	return STATUS_OK;
}

static void
open_multi(struct lane *lane)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		panic("libcurl does not start");
	lane->multi = curl_multi_init();
	if (lane->multi == NULL)
		panic("out of memory");
}

/* Start what may start, a job at a time so that the lock is held for moments
 * only; seconds until more may, at most POLL_MAX_S. */
static double
start_jobs(struct lane *lane)
{
	double wait_s = POLL_MAX_S;
	struct job *job;

	do {
		pthread_mutex_lock(&lane->post->lock);
		job = lane_next(lane, &wait_s);
		if (job == NULL)
			lane->asleep = true;
		pthread_mutex_unlock(&lane->post->lock);
		if (job != NULL)
			job_start(lane, job);
	} while (job != NULL);
	if (lane->running != NULL && lane->running->request.method == NULL &&
	    wait_s > STEP_POLL_S)
		return STEP_POLL_S;
	return wait_s;
}

/* Where all that is under way hangs, what waits behind it would hang as well,
 * one after the other, and the tick with it. It has not left: that much is
 * sure. */
static void
end_tired(struct lane *lane)
{
	static const struct post_answer none = { .text = "",
		.transport_error = "what went before it got no answer" };
	struct job *job;

	do {
		pthread_mutex_lock(&lane->post->lock);
		job = lane_tired(lane);
		pthread_mutex_unlock(&lane->post->lock);
		if (job != NULL)
			job->end(lane->post, job, &none);
	} while (job != NULL);
}

static bool
end_transfers(struct lane *lane)
{
	CURLMsg *message;
	bool any = false;
	int left;

	while ((message = curl_multi_info_read(lane->multi, &left)) != NULL) {
		CURLcode code = message->data.result;
		struct job *job;
		struct post_answer answer;
		struct transfer *transfer;

		if (message->msg != CURLMSG_DONE)
			continue;
		job = transfer_owner(message->easy_handle);
		transfer_answer(job->transfer, code, &answer);
		/* The answer's text is the transfer's: it outlives the job's
		 * end by a line. */
		transfer = job_stop(job);
		job->end(lane->post, job, &answer);
		transfer_free(transfer);
		any = true;
	}
	return any;
}

static bool
is_ending(struct lane *lane)
{
	bool ending;

	pthread_mutex_lock(&lane->post->lock);
	ending = lane->post->ending;
	lane->asleep = false;
	pthread_mutex_unlock(&lane->post->lock);
	return ending;
}

static void
hang_up(struct lane *lane)
{
	if (lane->running != NULL)
		exchange_cut(&lane->exchange);
	lane_empty(lane);
	exchange_shorten(&lane->exchange);
	curl_multi_cleanup(lane->multi);
	exchange_close(&lane->exchange);
	curl_global_cleanup();
}

/* The thread: whatever is under way, until post_close(). */
static void *
drive(void *arg)
{
	struct lane *lane = arg;

	open_multi(lane);
	while (!is_ending(lane)) {
		double wait_s = start_jobs(lane);
		CURLMcode code;
		int running;

		end_tired(lane);
		code = curl_multi_perform(lane->multi, &running);
		/* Those that ended have made room, or another page is to be
		 * read: start that first. */
		if (code == CURLM_OK && !end_transfers(lane))
			code = curl_multi_poll(lane->multi, NULL, 0,
			    (int)(wait_s * 1000) + 1, NULL);
		if (code != CURLM_OK)
			panic("libcurl: %s", curl_multi_strerror(code));
	}
	hang_up(lane);
	return NULL;
}

/*
 * The thread has no business with signals. libcurl is told to leave them
 * alone, and OpenSSL writes to connections that may be gone: SIGPIPE, which
 * comes to the thread that writes, must not end the tick.
 */
static void
begin(struct lane *lane)
{
	sigset_t all, before;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	if (pthread_create(&lane->thread, NULL, drive, lane) != 0)
		panic("no thread for transfers");
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	lane->begun = true;
}

void
engine_wake(struct lane *lane)
{
	if (!lane->begun)
		begin(lane);
	else if (lane->asleep)
		curl_multi_wakeup(lane->multi);
	lane->asleep = false;
}

static void
end_lanes(struct post *post)
{
	struct lane *lane;

	pthread_mutex_lock(&post->lock);
	post->ending = true;
	for (lane = post->lanes; lane != NULL; lane = lane->next)
		if (lane->begun)
			engine_wake(lane);
	pthread_mutex_unlock(&post->lock);
	while ((lane = post->lanes) != NULL) {
		post->lanes = lane->next;
		if (lane->begun)
			pthread_join(lane->thread, NULL);
		free(lane->token);
		free(lane);
	}
}

void
post_close(struct post *post)
{
	if (post == NULL)
		return;
	end_lanes(post);
	events_free(&post->events);
	sources_free(&post->sources);
	free(post);
}

bool
post_wait(struct post *post, double wait_s, struct post_event *event)
{
	events_gather(&post->events, 1, wait_s);
	return events_take(&post->events, event);
}

bool
post_gather(struct post *post, int least, double wait_s)
{
	return events_gather(&post->events, least, wait_s) >= least;
}

int
post_waiting(struct post *post)
{
	const struct lane *lane;
	int len = 0;

	pthread_mutex_lock(&post->lock);
	for (lane = post->lanes; lane != NULL; lane = lane->next)
		len += lane->waiting_len;
	pthread_mutex_unlock(&post->lock);
	return len;
}

int
post_room(struct post *post, const struct gateway *gateway)
{
	const struct lane *lane;
	int room, tokens;

	pthread_mutex_lock(&post->lock);
	lane = lane_of(post, gateway);
	room = lane_places(lane) + lane_spare(lane) - lane->waiting_len;
	tokens = bucket_tokens(&lane->bucket, post_now_s()) - lane->waiting_len;
	if (tokens < room)
		room = tokens;
	/* One may always wait its turn here, or a slow rate would look to the
	 * caller like a gateway that takes nothing more. */
	if (room < 1 && lane->waiting_len + lane->running_len == 0 &&
	    bucket_wait_s(&lane->bucket, post_now_s()) <= TURN_MAX_S)
		room = 1;
	pthread_mutex_unlock(&post->lock);
	return room < 0 ? 0 : room;
}
