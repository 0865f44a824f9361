/*
 * NAME
 *	events - what the engine has to say, in the order in which it came
 *
 * A queue of events, and struct post_found, through which a driver adds to it
 * while it reads a listing. The engine's threads add and the caller's takes;
 * {0} is an empty queue.
 */
#ifndef POST_EVENTS_H
#define POST_EVENTS_H

#include <pthread.h>

#include "post/driver.h"

/* An event in the queue, a part of what it is told of and lends its text from:
 * that goes with it, in the caller's thread. */
struct event_node {
	struct post_event event;
	void *owner;
	void (*release)(void *owner);
	struct event_node *next;
};

struct events {
	pthread_mutex_t lock; /* of all below */
	pthread_cond_t news;
	int expected; /* jobs that will have something to say */
	int len, wanted; /* in the queue; and for so many somebody waits */
	struct event_node *first, *last;
	struct event_node *lent; /* what the caller is looking at */
};

/* Add an event; its body, cursor and candidates are copied. */
void events_add(struct events *events, const struct post_event *event);
/* Add a node as it is, the last that is expected of somebody. */
void events_end(struct events *events, struct event_node *node);

/* Move the first event into *event, its text lent until the next call; false
 * when there is none. */
bool events_take(struct events *events, struct post_event *event);
/* Wait up to wait_s seconds for so many events, while any more are expected;
 * how many there are. */
int events_gather(struct events *events, int least, double wait_s);

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
