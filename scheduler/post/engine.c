#include <stdlib.h>

#include "base/memory.h"
#include "post/engine.h"

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

void
post_close(struct post *post)
{
	struct sigaction before;
	struct lane *lane, *next;

	if (post == NULL)
		return;
	engine_hold_sigpipe(&before);
	for (lane = post->lanes; lane != NULL; lane = next) {
		next = lane->next;
		lane_free(post, lane);
	}
	if (post->multi != NULL) {
		exchange_shorten(&post->exchange);
		curl_multi_cleanup(post->multi);
		exchange_close(&post->exchange);
		curl_global_cleanup();
	}
	engine_release_sigpipe(&before);
	events_free(&post->events);
	sources_free(&post->sources);
	free(post);
}

static void
open_multi(struct post *post)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		panic("libcurl does not start");
	post->multi = curl_multi_init();
	if (post->multi == NULL)
		panic("out of memory");
}

static bool
is_busy(const struct post *post)
{
	const struct lane *lane;

	for (lane = post->lanes; lane != NULL; lane = lane->next)
		if (lane->waiting_len + lane->running_len > 0)
			return true;
	return false;
}

/* Start what may start in every lane; seconds until more may, or most_s. */
static double
start_lanes(struct post *post, double most_s)
{
	struct lane *lane;

	for (lane = post->lanes; lane != NULL; lane = lane->next) {
		double wait_s = lane_start(post, lane);

		if (wait_s >= 0 && wait_s < most_s)
			most_s = wait_s;
	}
	return most_s;
}

static void
end_transfers(struct post *post)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(post->multi, &left)) != NULL) {
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
		transfer = job_stop(post, job);
		job->end(post, job, &answer);
		transfer_free(transfer);
	}
}

static void
turn(struct post *post, double most_s)
{
	struct sigaction before;
	CURLMcode code;
	int running;

	engine_hold_sigpipe(&before);
	most_s = start_lanes(post, most_s);
	code = curl_multi_perform(post->multi, &running);
	if (code == CURLM_OK)
		end_transfers(post);
	/* Those that ended have made room, or have another page to read. */
	most_s = start_lanes(post, most_s);
	if (code == CURLM_OK && post->events.first == NULL && most_s > 0 &&
	    is_busy(post))
		code = curl_multi_poll(
		    post->multi, NULL, 0, (int)(most_s * 1000) + 1, NULL);
	engine_release_sigpipe(&before);
	if (code != CURLM_OK)
		panic("libcurl: %s", curl_multi_strerror(code));
}

bool
post_wait(struct post *post, double wait_s, struct post_event *event)
{
	double until_s = engine_now_s() + wait_s;

	for (;;) {
		double left_s = until_s - engine_now_s();

		if (events_take(&post->events, event))
			return true;
		if (!is_busy(post))
			return false;
		if (post->multi == NULL)
			open_multi(post);
		turn(post, left_s <= 0 ? 0 : left_s > 60 ? 60 : left_s);
		if (left_s <= 0 && post->events.first == NULL)
			return false;
	}
}

int
post_room(const struct post *post, const struct gateway *gateway)
{
	const struct lane *lane;
	struct lane unused = { .gateway = gateway };
	int room, tokens;

	for (lane = post->lanes; lane != NULL; lane = lane->next)
		if (lane->gateway == gateway)
			break;
	if (lane == NULL) {
		bucket_open(&unused.bucket, gateway->rate, engine_now_s());
		lane = &unused;
	}
	room = lane_places(lane) - lane->waiting_len;
	tokens = bucket_tokens(&lane->bucket, engine_now_s());
	if (tokens < room)
		room = tokens;
	/* One may always wait its turn here, or a slow rate would look to the
	 * caller like a gateway that takes nothing more. */
	if (room < 1 && lane->waiting_len + lane->running_len == 0)
		room = 1;
	return room < 0 ? 0 : room;
}
