/*
 * NAME
 *	events - what the engine has to say, in the order in which it came
 *
 * A queue of events that own the text they carry, and struct post_found,
 * through which a driver adds to it while it reads a listing. The engine's
 * thread adds and the caller's takes; {0} is an empty queue.
 */
#ifndef POST_EVENTS_H
#define POST_EVENTS_H

#include <pthread.h>

#include "post/driver.h"

struct event_node;

struct events {
	pthread_mutex_t lock; /* of all below */
	pthread_cond_t news;
	int expected; /* jobs that will have something to say */
	struct event_node *first, *last;
	struct event_node *lent; /* what the caller is looking at */
};

/* Add an event; its body, cursor and candidates are copied. */
void events_add(struct events *events, const struct post_event *event);

/* Move the first event into *event, its text lent until the next call; false
 * when there is none. */
bool events_take(struct events *events, struct post_event *event);
/* The same, but wait for it up to wait_s seconds while any is expected. */
bool events_wait(
    struct events *events, double wait_s, struct post_event *event);

/* So many more (or fewer) jobs are under way. */
void events_expect(struct events *events, int more);
void events_free(struct events *events);

/* Which file a reply that was handed on came from, until it is stored. */
struct source {
	const struct gateway *gateway;
	char provider_id[PROVIDER_ID_SIZE];
	char *name;
};

struct sources {
	pthread_mutex_t lock;
	struct source *source;
	size_t len, first; /* those before first are done */
};

/* The name, which the caller frees; NULL when there is none of that id. */
char *sources_take(struct sources *sources, const struct gateway *gateway,
    const char *provider_id);
void sources_free(struct sources *sources);

struct post_found {
	struct events *events;
	struct sources *sources;
	const struct gateway *gateway;
	void *tag;
	bool asking; /* receipts are candidates of one answer */
	int64_t since_at; /* from when the listing is of interest */
	struct post_outcome *candidates;
	int64_t *candidates_at;
	int candidates_len;
	char cursor[POST_CURSOR_SIZE];
	char *next; /* URL of the next page, or NULL */
};

/* Bring the candidate created nearest to that instant to the front, then the
 * others by the same measure. */
void found_sort(struct post_found *found, int64_t claimed_at);
void found_free(struct post_found *found); /* members only */

#endif
