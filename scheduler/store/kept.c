#include "store/kept.h"

#include <stddef.h>

#include "store/room.h"

const struct kept_table kept_tables[] = {
	{ "patient", SQL_KEPT_PATIENT },
	{ "patient_fact", SQL_KEPT_FACTS },
	{ "enrolment", SQL_KEPT_ENROLMENT },
	{ "schedule", SQL_KEPT_SCHEDULE },
	{ "slot", SQL_KEPT_SLOTS },
	{ "message", SQL_KEPT_MESSAGES },
	{ "question", SQL_KEPT_QUESTIONS },
	{ "inbound", SQL_KEPT_INBOUND },
	{ "reading", SQL_KEPT_READINGS },
	{ "red_flag", SQL_KEPT_RED_FLAGS },
	{ "move", SQL_KEPT_MOVES },
	{ "alert", SQL_KEPT_ALERTS },
	{ "opt_out", SQL_KEPT_OPT_OUTS },
	{ "dead_address", SQL_KEPT_DEAD },
	{ "sign_off", SQL_KEPT_SIGN_OFFS },
	{ "event", SQL_KEPT_EVENTS },
	{ NULL, SQL__MAX },
};

static void
hand_over(const struct query *q, const struct kept_table *table, int row,
    kept_take *take, void *arg)
{
	for (int i = 0; i < query_column_count(q); i++) {
		struct kept_column column = { .table = table->name,
			.row = row,
			.name = query_column_name(q, i),
			.is_whole = query_column_is_whole(q, i) };

		if (column.is_whole)
			column.whole = query_column_whole(q, i, 0);
		else
			column.text = query_column_text(q, i);
		take(arg, &column);
	}
}

enum status
kept_each(struct store *store, int64_t patient_id, kept_take *take, void *arg,
    struct why *why)
{
	for (const struct kept_table *t = kept_tables; t->name != NULL; t++) {
		struct query *q = room_read(store, t->statement);
		enum status status;
		int row = 0;

		query_whole(q, ":patient", patient_id);
		while ((status = query_step(q, why)) == STATUS_OK)
			hand_over(q, t, ++row, take, arg);
		if (status != STATUS_NONE)
			return status;
	}
	return STATUS_OK;
}
