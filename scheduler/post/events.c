#include <stdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "post/events.h"
#include "post/wire.h"

/* An event that nobody else keeps. */
struct note {
	struct event_node node;
	char *body;
	char *cursor;
	struct post_outcome *candidates;
};

static void
note_free(void *owner)
{
	struct note *note = owner;

	free(note->body);
	free(note->cursor);
	free(note->candidates);
	free(note);
}

static void
node_free(struct event_node *node)
{
	if (node != NULL)
		node->release(node->owner);
}

/* Whoever waits is woken once, when there is what was asked for: a change of
 * threads takes as long as a message. */
static void
put(struct events *events, struct event_node *node, int done)
{
	bool wake;

	node->next = NULL;
	pthread_mutex_lock(&events->lock);
	if (events->last == NULL)
		events->first = node;
	else
		events->last->next = node;
	events->last = node;
	events->len++;
	events->expected -= done;
	wake = events->wanted > 0 &&
	       (events->len >= events->wanted || events->expected == 0);
	pthread_mutex_unlock(&events->lock);
	if (wake)
		pthread_cond_signal(&events->news);
}

void
events_add(struct events *events, const struct post_event *event)
{
	struct note *note = xcalloc(1, sizeof(*note));
	size_t len = (size_t)event->candidates_len;

	note->node = (struct event_node){
		.event = *event, .owner = note, .release = note_free
	};
	note->node.event.inbound.body = note->body =
	    xstrdup(event->inbound.body);
	note->node.event.cursor = note->cursor = xstrdup(event->cursor);
	if (len > 0) {
		note->candidates = xcalloc(len, sizeof(*note->candidates));
		memcpy(note->candidates, event->candidates,
		    len * sizeof(*note->candidates));
	}
	note->node.event.candidates = note->candidates;
	put(events, &note->node, 0);
}

void
events_end(struct events *events, struct event_node *node)
{
	put(events, node, 1);
}

void
events_expect(struct events *events, int more)
{
	bool wake;

	pthread_mutex_lock(&events->lock);
	events->expected += more;
	wake = events->wanted > 0 && events->expected == 0;
	pthread_mutex_unlock(&events->lock);
	if (wake)
		pthread_cond_signal(&events->news);
}

static struct timespec
monotonic_in(double wait_s)
{
	struct timespec until;
	double whole_s = floor(wait_s);

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += (time_t)whole_s;
	until.tv_nsec += (long)((wait_s - whole_s) * 1e9);
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	return until;
}

int
events_gather(struct events *events, int least, double wait_s)
{
	struct timespec until = monotonic_in(wait_s);
	int len;

	pthread_mutex_lock(&events->lock);
	events->wanted = least;
	while (wait_s > 0 && events->len < least && events->expected > 0 &&
	       pthread_cond_clockwait(
		   &events->news, &events->lock, CLOCK_MONOTONIC, &until) == 0)
		;
	events->wanted = 0;
	len = events->len;
	pthread_mutex_unlock(&events->lock);
	return len;
}

bool
events_take(struct events *events, struct post_event *event)
{
	struct event_node *node, *before;

	pthread_mutex_lock(&events->lock);
	before = events->lent;
	node = events->lent = events->first;
	if (node != NULL) {
		events->first = node->next;
		events->len--;
	}
	if (events->first == NULL)
		events->last = NULL;
	pthread_mutex_unlock(&events->lock);
	node_free(before);
	if (node == NULL)
		return false;
	*event = node->event;
	return true;
}

void
events_free(struct events *events)
{
	struct event_node *node, *next;

	for (node = events->first; node != NULL; node = next) {
		next = node->next;
		node_free(node);
	}
	node_free(events->lent);
	*events = (struct events){ 0 };
}

static void
sources_add(struct sources *sources, const struct gateway *gateway,
    const char *provider_id, const char *name)
{
	struct source *source;

	pthread_mutex_lock(&sources->lock);
	sources->source = xrealloc(
	    sources->source, sources->len + 1, sizeof(*sources->source));
	source = &sources->source[sources->len++];
	*source = (struct source){ .gateway = gateway, .name = xstrdup(name) };
	snprintf(source->provider_id, sizeof(source->provider_id), "%s",
	    provider_id);
	pthread_mutex_unlock(&sources->lock);
}

/* Replies are stored in the order in which they were handed on, so the first
 * is nearly always the one. */
char *
sources_take(struct sources *sources, const struct gateway *gateway,
    const char *provider_id)
{
	char *name = NULL;
	size_t i;

	pthread_mutex_lock(&sources->lock);
	for (i = sources->first; i < sources->len && name == NULL; i++) {
		struct source *source = &sources->source[i];

		if (source->name == NULL || source->gateway != gateway ||
		    strcmp(source->provider_id, provider_id) != 0)
			continue;
		name = source->name;
		source->name = NULL;
	}
	while (sources->first < sources->len &&
	       sources->source[sources->first].name == NULL)
		sources->first++;
	pthread_mutex_unlock(&sources->lock);
	return name;
}

void
sources_free(struct sources *sources)
{
	size_t i;

	for (i = 0; i < sources->len; i++)
		free(sources->source[i].name);
	free(sources->source);
	*sources = (struct sources){ 0 };
}

static struct post_event
found_event(const struct post_found *found, enum post_event_kind kind)
{
	return (struct post_event){
		.kind = kind, .tag = found->tag, .gateway = found->gateway
	};
}

static void
add_candidate(
    struct post_found *found, const struct post_outcome *outcome, int64_t at)
{
	size_t len = (size_t)found->candidates_len + 1;

	found->candidates =
	    xrealloc(found->candidates, len, sizeof(*found->candidates));
	found->candidates_at =
	    xrealloc(found->candidates_at, len, sizeof(*found->candidates_at));
	found->candidates[len - 1] = *outcome;
	found->candidates_at[len - 1] = at;
	found->candidates_len++;
}

void
post_found_receipt(
    struct post_found *found, const struct post_outcome *outcome, int64_t at)
{
	struct post_event event = found_event(found, POST_EVENT_RECEIPT);

	if (found->asking) {
		add_candidate(found, outcome, at);
		return;
	}
	event.outcome = *outcome;
	events_add(found->events, &event);
}

void
post_found_inbound(struct post_found *found, const struct post_inbound *inbound,
    const char *source)
{
	struct post_event event = found_event(found, POST_EVENT_INBOUND);

	event.inbound = *inbound;
	events_add(found->events, &event);
	if (source != NULL)
		sources_add(found->sources, found->gateway,
		    inbound->provider_id, source);
}

void
post_found_spoilt(struct post_found *found, const char *reason)
{
	struct post_event event = found_event(found, POST_EVENT_SPOILT);

	wire_outcome(&event.outcome, POST_REFUSED, NULL, "%s", reason);
	events_add(found->events, &event);
}

void
post_found_next(struct post_found *found, const char *url)
{
	replace_text(&found->next, url);
}

void
post_found_cursor(struct post_found *found, const char *cursor)
{
	snprintf(found->cursor, sizeof(found->cursor), "%s", cursor);
}

const char *
post_found_cursor_text(const struct post_found *found)
{
	return found->cursor[0] == '\0' ? NULL : found->cursor;
}

int64_t
post_found_since(const struct post_found *found)
{
	return found->since_at;
}

static int64_t
distance(int64_t a, int64_t b)
{
	return a > b ? a - b : b - a;
}

void
found_sort(struct post_found *found, int64_t claimed_at)
{
	struct post_outcome outcome;
	int64_t at;
	int i, j;

	/* A handful at most: sort by insertion. */
	for (i = 1; i < found->candidates_len; i++) {
		outcome = found->candidates[i];
		at = found->candidates_at[i];
		for (j = i; j > 0 && distance(found->candidates_at[j - 1],
					 claimed_at) > distance(at, claimed_at);
		     j--) {
			found->candidates[j] = found->candidates[j - 1];
			found->candidates_at[j] = found->candidates_at[j - 1];
		}
		found->candidates[j] = outcome;
		found->candidates_at[j] = at;
	}
}

void
found_free(struct post_found *found)
{
	free(found->candidates);
	free(found->candidates_at);
	free(found->next);
	*found = (struct post_found){ 0 };
}
