/*
 * NAME
 *	engine - the inside of struct post: lanes, jobs and what ends them
 *
 * Jobs wait in the lane of their gateway until one of its in_flight places is
 * free, and for a send until its rate allows it; then a transfer carries
 * them. What comes back is queued as events, of which post_wait() hands out
 * one at a time. send.c, ask.c and poll.c each begin and end one kind of job.
 *
 * A lane has a thread and a multi handle of its own, begun with its first
 * transfer. So the wire and the disk are busy at the same time, and no gateway
 * holds up another: libcurl blocks its whole thread while a mail server thinks
 * about a mail that it was given. A job belongs to the caller's thread until
 * job_wait(), to its lane's from then on, and to the caller's again when it has
 * ended; drivers are pure functions, and do not care. So what a thread has
 * allocated it frees, and none waits for another's allocator. The lock is held
 * for moments only.
 */
#ifndef POST_ENGINE_H
#define POST_ENGINE_H

#include <curl/curl.h>
#include <pthread.h>
#include <signal.h>

#include "post/bucket.h"
#include "post/events.h"
#include "post/transfer.h"

struct job;

/* Called with the answer, lent, once a job's transfer is over: it ends the job,
 * or lets it wait for another transfer. */
typedef void job_end_fn(
    struct post *post, struct job *job, const struct post_answer *answer);

struct job {
	job_end_fn *end;
	struct events *events;
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
	double since_s; /* by post_now_s(): so long it waits, or runs */
	struct event_node last; /* what it comes to in the end */
	struct job *next;
};

/* All under the post's lock, but for what running jobs point to. */
struct lane {
	struct post *post;
	const struct gateway *gateway;
	struct bucket bucket;
	struct job *waiting, *waiting_last;
	struct job *running;
	int waiting_len, running_len;
	double took_s; /* what a transfer takes, of late; 0: not known yet */
	struct lane *next;
	char *token; /* what its command printed, or NULL; the caller's */

	pthread_t thread;
	bool begun; /* with the first transfer: a tick that has nothing to send
		       does not load libcurl's insides */
	bool asleep; /* the thread waits for the wire, or is about to */
	CURLM *multi; /* the thread's own, as the next */
	struct exchange exchange;
};

struct post {
	const struct clock *clock;
	pthread_mutex_t lock;
	bool ending;
	struct lane *lanes;

	struct events events; /* locked by themselves, as the next */
	struct sources sources;
};

struct job *job_new(struct post *post, const struct gateway *gateway, void *tag,
    job_end_fn *end);
/* That is what it comes to, with its tag and gateway, and text lent from the
 * job: it is the caller's again, and goes when that has been seen. */
void job_end(struct job *job, const struct post_event *event);
/* One that neither waits nor runs, and comes to nothing. */
void job_drop(struct job *job);
/* Into its lane, its request is ready: it is the lane's from now on. */
void job_wait(struct post *post, struct job *job);
/* Out of its lane; the transfer is the caller's to free. */
struct transfer *job_stop(struct job *job);

/* Let the job wait for its listing's next page; NONE where there is none. The
 * driver has seen to it that the page is the provider's own. */
enum status job_next_page(
    struct post *post, struct job *job, struct why *why);

/* Under the post's lock. */
struct lane *lane_of(struct post *post, const struct gateway *gateway);
int lane_places(const struct lane *lane);
/* So many more may wait for a place, so that one which becomes free is taken at
 * once, and not only when the caller has made a row durable. */
int lane_spare(const struct lane *lane);
/* The next job that may start, counted as running; NULL where none may. *wait_s
 * is then when one may, and as it was for not by itself. */
struct job *lane_next(struct lane *lane, double *wait_s);
/* The next job that has waited for a place as long as a request may take, and
 * is nobody's now; NULL where there is none. */
struct job *lane_tired(struct lane *lane);
/* The same of the next job, where it is a send and more wait than there are
 * places. */
struct job *lane_unsent(struct lane *lane);

/* The thread's. */
void job_start(struct lane *lane, struct job *job);
void lane_empty(struct lane *lane); /* of jobs, running or not */

/*
 * For what speaks to a peer outside a lane's thread: OpenSSL writes to
 * connections that may be gone, and SIGPIPE must not end the tick. It is put
 * back after each call, so that "keepmoving why REF | head" still ends as
 * people expect.
 */
void engine_hold_sigpipe(struct sigaction *before);
void engine_release_sigpipe(const struct sigaction *before);

/* Let the thread look at its lane; the first call begins it. */
void engine_wake(struct lane *lane);

#endif
