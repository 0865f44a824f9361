/*
 * week_clinic.c - what a stretch of time was for the whole clinic; see week.h
 */
#include <stdlib.h>

#include "store/room.h"
#include "store/week.h"

static void
read_failure(const struct query *q, void *record)
{
	struct week_failure *f = record;

	f->patient_id = query_column_whole(q, 0, 0);
	room_column_text(q, 1, f->gateway, sizeof(f->gateway));
	f->count = (int)query_column_whole(q, 2, 0);
}

enum status
week_failures(struct store *store, const struct week_span *span,
    struct week_failure **list, int *len, struct why *why)
{
	static const struct room_record record = { sizeof(struct week_failure),
		read_failure, NULL };
	struct query *q = room_read(store, SQL_WEEK_FAILURES);

	query_whole(q, ":patient", span->patient_id);
	query_whole(q, ":from", span->from_at);
	query_whole(q, ":until", span->until_at);
	return room_list(q, &record, list, len, why);
}

static void
read_sent(const struct query *q, void *record)
{
	struct week_sent *s = record;

	room_column_text(q, 0, s->gateway, sizeof(s->gateway));
	s->channel =
	    (enum channel)room_column_name(q, 1, channel_names, CHANNEL__MAX);
	s->messages = query_column_whole(q, 2, 0);
	s->segments = query_column_whole(q, 3, 0);
}

enum status
week_sent(struct store *store, const struct week_span *span,
    struct week_sent **list, int *len, struct why *why)
{
	static const struct room_record record = { sizeof(struct week_sent),
		read_sent, NULL };
	struct query *q = room_read(store, SQL_WEEK_SENT);

	query_whole(q, ":from", span->from_at);
	query_whole(q, ":until", span->until_at);
	return room_list(q, &record, list, len, why);
}

/* The rows reach from the last tick before the stretch to the first after it,
 * so that a gap over its ends is seen; only those within are counted. */
enum status
week_ticks(struct store *store, const struct week_span *span,
    struct week_ticks *ticks, struct why *why)
{
	struct query *q = room_read(store, SQL_WEEK_TICKS);
	struct week_ticks t = { 0 };
	int64_t before_at = 0;
	enum status status;

	query_whole(q, ":from", span->from_at);
	query_whole(q, ":until", span->until_at);
	while ((status = query_step(q, why)) == STATUS_OK) {
		int64_t at = query_column_whole(q, 0, 0);

		if (at >= span->from_at && at < span->until_at) {
			t.ticks++;
			t.died += query_column_whole(q, 1, 0);
		}
		if (before_at != 0 && at - before_at > t.longest_gap_s) {
			t.longest_gap_s = at - before_at;
			t.gap_at = before_at;
		}
		before_at = at;
	}
	if (status != STATUS_NONE)
		return status;
	*ticks = t;
	return STATUS_OK;
}
