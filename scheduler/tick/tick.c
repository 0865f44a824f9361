#include "tick/tick.h"

#include <stdio.h>

#include "base/memory.h"
#include "care/decide.h"
#include "store/identity.h"
#include "tick/alerting.h"
#include "tick/steps.h"

static enum status
gap_is_over(struct practice *practice, const struct alert *alert,
    char **outcome, struct why *why)
{
	(void)why;
	if (alerting_is_quiet(practice, alert))
		*outcome = xstrdup("ticks have come regularly since");
	return STATUS_OK;
}

/* A gap since the last tick is told: while it lasted nobody was heard. */
static enum status
tell_gap(struct practice *practice, struct why *why)
{
	struct tick_row last = { 0 };
	enum status status = tick_last(practice->store, 0, &last, why);
	if (status == STATUS_NONE)
		return STATUS_OK;
	if (status != STATUS_OK)
		return status;
	if (practice->now - last.started_at <= practice->config->alerts.late_s)
		return alerting_close_over(
		    practice, ALERT_LATE_TICK, gap_is_over, why);

	char text[BECAUSE_SIZE];
	char since[TIME_SIZE];
	snprintf(text, sizeof text,
	    "no tick ran for %lld minutes, since %s: look at cron and the "
	    "server; replies of that time are read now",
	    (long long)(practice->now - last.started_at) / 60,
	    time_format(last.started_at, since));
	struct alerting_topic topic = {
		.kind = ALERT_LATE_TICK, .level = "notice", .because = text
	};
	return alerting_open_now(practice, &topic, why);
}

static enum status
begin_work(struct practice *practice, void *arg, struct why *why)
{
	return tick_begin(practice->store, practice->now, arg, why);
}

static enum status
end_work(struct practice *practice, void *arg, struct why *why)
{
	return tick_end(practice->store, arg, why);
}

static enum status
six_steps(struct practice *practice, struct post *post, struct why *why)
{
	enum status status = tick_collect(practice, post, why);
	if (status == STATUS_OK)
		status = tick_read(practice, why);
	if (status == STATUS_OK)
		status = tick_advance(practice, why);
	if (status == STATUS_OK)
		status = tick_remind(practice, why);
	if (status == STATUS_OK)
		status = tick_deliver(practice, post, why);
	if (status != STATUS_OK)
		return status;

	/* What watch has to say to a clinician does not wait for the next
	 * tick. */
	int64_t queued = practice->count.queued;
	status = tick_watch(practice, why);
	if (status == STATUS_OK && practice->count.queued > queued)
		status = tick_deliver(practice, post, why);
	return status;
}

enum status
tick_run(struct practice *practice, struct why *why)
{
	enum status status = store_lock_tick(practice->store, why);
	if (status == STATUS_OK)
		status = identity_check(practice->store, why);
	if (status != STATUS_OK)
		return status;

	struct post *post = NULL;
	int64_t tick_id = 0;
	status = tell_gap(practice, why);
	if (status == STATUS_OK)
		status = practice_transact(practice, begin_work, &tick_id, why);
	if (status == STATUS_OK)
		status = post_open(&post, practice->clock, why);
	if (status == STATUS_OK)
		status = six_steps(practice, post, why);
	post_close(post);
	if (status != STATUS_OK)
		return status;

	practice->count.tick_id = tick_id;
	practice->count.started_at = practice->now;
	practice->count.ended_at = clock_now(practice->clock);
	status = practice_transact(practice, end_work, &practice->count, why);
	if (status == STATUS_OK)
		status = identity_keep(practice->store, why);
	return status;
}
