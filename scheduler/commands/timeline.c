#include "commands/timeline.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct span {
	int64_t from_at;
	int64_t until_at;
};

static void
add(struct timeline *timeline, const struct span *span, int64_t at,
    enum timeline_kind kind, int index)
{
	if (at < span->from_at || at >= span->until_at)
		return;
	timeline->list = xrealloc(
	    timeline->list, (size_t)timeline->len + 1, sizeof *timeline->list);
	timeline->list[timeline->len++] =
	    (struct timeline_entry){ at, kind, index };
}

/* What has rows of its own is not told a second time by its event. */
static bool
is_told_by_event(const struct event *event)
{
	static const char *const kinds[] = { "enrolled", "paused", "resumed",
		"stopped", "restarted", "discharged", "plan", "branch",
		"edited", "erased", "held", "refused", "inbox", "consent",
		"cleared", "fewer", "heard", "acknowledged", "reopened",
		"closed" };
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (strcmp(event->kind, kinds[i]) == 0)
			return true;
	return false;
}

static int
compare(const void *a, const void *b)
{
	const struct timeline_entry *x = a;
	const struct timeline_entry *y = b;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->kind != y->kind)
		return (int)x->kind - (int)y->kind;
	return x->index - y->index;
}

void
timeline_make(const struct patient_record *record, int64_t from_at,
    int64_t until_at, struct timeline *timeline)
{
	struct span span = { from_at, until_at };
	*timeline = (struct timeline){ 0 };
	for (int i = 0; i < record->messages_len; i++)
		add(timeline, &span, patient_record_at(&record->messages[i]),
		    TIMELINE_MESSAGE, i);
	for (int i = 0; i < record->slots_len; i++)
		if (patient_record_missed(record, &record->slots[i]))
			add(timeline, &span, record->slots[i].due_at,
			    TIMELINE_MISSED, i);
	for (int i = 0; i < record->replies_len; i++)
		add(timeline, &span, record->replies[i].came_at, TIMELINE_REPLY,
		    i);
	for (int i = 0; i < record->moves_len; i++)
		add(timeline, &span, record->moves[i].at, TIMELINE_MOVE, i);
	for (int i = 0; i < record->alerts_len; i++)
		add(timeline, &span, record->alerts[i].opened_at,
		    TIMELINE_ALERT, i);
	for (int i = 0; i < record->events_len; i++)
		if (is_told_by_event(&record->events[i]))
			add(timeline, &span, record->events[i].at,
			    TIMELINE_EVENT, i);
	if (timeline->len > 1)
		qsort(timeline->list, (size_t)timeline->len,
		    sizeof *timeline->list, compare);
}

void
timeline_free(struct timeline *timeline)
{
	free(timeline->list);
	*timeline = (struct timeline){ 0 };
}
