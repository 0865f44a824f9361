/*
 * NAME
 *	engine - the inside of struct post: lanes, jobs and what ends them
 *
 * Jobs wait in the lane of their gateway until one of its in_flight places is
 * free, and for a send until its rate allows it; then a transfer carries
 * them. What comes back is queued as events, of which post_wait() hands out
 * one at a time. send.c, ask.c and poll.c each begin and end one kind of job.
 */
#ifndef POST_ENGINE_H
#define POST_ENGINE_H

#include <curl/curl.h>
#include <signal.h>

#include "post/bucket.h"
#include "post/events.h"
#include "post/transfer.h"

struct job;

/* Called with the answer, lent, once a job's transfer is over: it queues an
 * event and frees the job, or lets it wait for another transfer. */
typedef void job_end_fn(
    struct post *post, struct job *job, const struct post_answer *answer);

struct job {
	job_end_fn *end;
	bool metered; /* the gateway's rate is for this */
	struct lane *lane;
	const struct gateway *gateway;
	void *tag;
	struct post_message message;
	int64_t claimed_at; /* of an ask */
	int64_t since_at; /* of a poll, and its cursor */
	char cursor[POST_CURSOR_SIZE]; /* "" for none */
	int pass, pages; /* listings and their pages so far */
	struct post_request request;
	struct post_found found;
	struct transfer *transfer; /* NULL while it waits */
	struct job *next;
};

struct lane {
	const struct gateway *gateway;
	struct bucket bucket;
	struct job *waiting, *waiting_last;
	struct job *running;
	int waiting_len, running_len;
	struct lane *next;
};

struct post {
	const struct clock *clock;
	CURLM *multi; /* opened with the first transfer: a tick that has
			 nothing to send does not load libcurl's insides */
	struct exchange exchange;
	struct lane *lanes;
	struct events events;
	struct sources sources;
};

/* Monotonic, for nothing but waiting. */
double engine_now_s(void);

/*
 * libcurl is told to leave signals alone, and OpenSSL writes to connections
 * that may be gone: SIGPIPE must not end the tick. It is put back after each
 * call, so that "keepmoving why REF | head" still ends as people expect.
 */
void engine_hold_sigpipe(struct sigaction *before);
void engine_release_sigpipe(const struct sigaction *before);

struct job *job_new(struct post *post, const struct gateway *gateway, void *tag,
    job_end_fn *end);
void job_free(struct job *job); /* one that neither waits nor runs */
void job_wait(struct job *job); /* into its lane; its request is ready */
/* Out of its lane; the transfer is the caller's to free. */
struct transfer *job_stop(struct post *post, struct job *job);

/* Let the job wait for its listing's next page; NONE where there is none. The
 * driver has seen to it that the page is the provider's own. */
enum status job_next_page(struct job *job, struct why *why);

struct lane *lane_of(struct post *post, const struct gateway *gateway);
int lane_places(const struct lane *lane);
/* Start what may start; gives seconds until more may, -1 for not by itself. */
double lane_start(struct post *post, struct lane *lane);
void lane_free(struct post *post, struct lane *lane);

#endif
