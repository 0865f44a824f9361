/*
 * tick - one round, from cron
 */
#include "base/json.h"
#include "commands/verbs.h"
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

static enum status
run(struct session *session, const struct arguments *arguments, struct why *why)
{
	enum status status =
	    arguments_expect(arguments, 0, 0, "tick takes no words", why);
	if (status == STATUS_OK)
		status = tick_run(&session->practice, why);
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
