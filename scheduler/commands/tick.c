/*
 * tick - one round, from cron
 */
#include <inttypes.h>

#include "base/json.h"
#include "base/log.h"
#include "commands/verbs.h"
#include "store/history.h"
#include "store/patients.h"
#include "tick/tick.h"

static json_t *
counts_json(const struct tick_row *count)
{
	json_t *counts = json_object();
	json_put_whole(counts, "collected", count->collected);
	json_put_whole(counts, "read", count->read);
	json_put_whole(counts, "moved", count->moved);
	json_put_whole(counts, "queued", count->queued);
	json_put_whole(counts, "sent", count->sent);
	json_put_whole(counts, "failed", count->failed);
	json_put_whole(counts, "unknown", count->unknown);
	json_put_whole(counts, "alerts", count->alerts);
	return counts;
}

static void
tell_event(struct store *store, const struct event *event)
{
	struct patient patient = { 0 };
	struct why why = { "" };
	if (event->patient_id == 0 || patient_by_id(store, event->patient_id,
					  &patient, &why) != STATUS_OK)
		snprintf(patient.ref, sizeof patient.ref, "clinic");
	log_detail("%s: %s%s%s: %s", patient.ref, event->kind,
	    *event->subject != '\0' ? " " : "", event->subject, event->because);
	patient_free(&patient);
}

/* What went into the history while it ran, a line each, and the counts. */
static void
tell_tick(struct practice *practice, int64_t newest_before)
{
	const struct tick_row *count = &practice->count;
	struct event *list = NULL;
	int len = 0;
	struct why why = { "" };
	if (event_after(practice->store, newest_before, &list, &len, &why) !=
	    STATUS_OK)
		log_error("%s", why.text);
	for (int i = 0; i < len; i++)
		tell_event(practice->store, &list[i]);
	event_list_free(list, len);
	log_detail("tick: collected %" PRId64 ", read %" PRId64
		   ", moved %" PRId64 ", queued %" PRId64 ", sent %" PRId64
		   ", failed %" PRId64 ", unknown %" PRId64 ", alerts %" PRId64,
	    count->collected, count->read, count->moved, count->queued,
	    count->sent, count->failed, count->unknown, count->alerts);
}

static enum status
run(struct session *session, const struct arguments *arguments, struct why *why)
{
	enum status status =
	    arguments_expect(arguments, 0, 0, "tick takes no words", why);
	bool detail = log_get_level() >= LOG_VERBOSE;
	int64_t newest = 0;
	if (status == STATUS_OK && detail)
		status = event_newest(session->practice.store, &newest, why);
	if (status == STATUS_OK) {
		status = tick_run(&session->practice, why);
		if (detail)
			tell_tick(&session->practice, newest);
	}
	if (status == STATUS_OK && argument_given(arguments, "json"))
		json_print(stdout, counts_json(&session->practice.count));
	return status;
}

static const struct option_row options[] = {
	{ "json", NULL, false, "print what was done, as counts" },
	{ NULL, NULL, false, NULL },
};

const struct command command_tick = {
	.name = "tick",
	.synopsis = "tick [--json]",
	.summary = "one round: collect, read, advance, remind, deliver, watch",
	.details = "Run it from cron every five minutes. A second one at the "
		   "same time exits 75\nand does nothing; a gateway that is "
		   "down is an alert, not a failure.",
	.needs = NEEDS_STORE,
	.options = options,
	.run = run,
};
