/*
 * judges.c - see judges.h
 */
#include "review/judges.h"

#include <string.h>

static const char *
day_of(
    const struct attention_facts *facts, int64_t at, char out[STRETCH_DAY_SIZE])
{
	return stretch_day(zone_local(facts->zone, at).date, out);
}

/* Where an alert stands in the order. */
static enum attention_kind
place(const struct alert *alert)
{
	if (alert->kind == ALERT_RED_FLAG)
		return ATTENTION_RED_FLAG;
	if (strcmp(alert->level, "notice") != 0)
		return ATTENTION_ALERT;
	switch (alert->kind) {
	case ALERT_PAIN:
		return ATTENTION_SEVERE_PAIN;
	case ALERT_WORSENING:
		return ATTENTION_WORSENING;
	case ALERT_STALLED:
		return ATTENTION_STALLED;
	case ALERT_SILENT:
		return ATTENTION_SILENT;
	case ALERT_UNDELIVERABLE:
		return ATTENTION_UNDELIVERABLE;
	case ALERT_QUESTION:
	case ALERT_UNCLEAR:
		return ATTENTION_QUESTION;
	default:
		return ATTENTION_ALERT;
	}
}

static int
gravity(const struct alert *alert)
{
	static const char *const levels[] = { "notice", "urgent", "self-harm",
		"emergency" };
	int grave = 0;

	for (int i = 0; i < 4; i++)
		if (strcmp(alert->level, levels[i]) == 0)
			grave = i;
	return grave;
}

static bool
was_open(const struct alert *alert, int64_t as_of_at)
{
	return alert->opened_at <= as_of_at &&
	       (alert->closed_at == 0 || alert->closed_at > as_of_at);
}

/* The gravest open alert of that place, the oldest of its like; or NULL. */
static const struct alert *
open_alert(const struct attention_facts *facts, enum attention_kind kind)
{
	const struct alert *best = NULL;

	for (int i = 0; i < facts->rows->alerts_len; i++) {
		const struct alert *alert = &facts->rows->alerts[i];

		if (place(alert) != kind || !was_open(alert, facts->as_of_at))
			continue;
		if (best == NULL || gravity(alert) > gravity(best))
			best = alert;
	}
	return best;
}

static bool
say_alert(const struct bench *b, enum attention_kind kind)
{
	const struct alert *alert = open_alert(b->facts, kind);
	char day[STRETCH_DAY_SIZE];
	bool grave;

	if (alert == NULL)
		return false;
	grave = gravity(alert) > 0;
	sentence_say(b->say, "%s%s, open since %s, %s",
	    grave ? alert->level : alert->because, grave ? " alert" : "",
	    day_of(b->facts, alert->opened_at, day),
	    alert->acknowledged_at != 0 ? "taken on, without an outcome"
					: "not taken on");
	if (grave)
		sentence_say(b->say, ": %s", alert->because);
	*b->urgency = gravity(alert) * 2 + (alert->acknowledged_at == 0);
	return true;
}

static bool
is_red_flag(const struct bench *b)
{
	return say_alert(b, ATTENTION_RED_FLAG);
}

static bool
is_alert(const struct bench *b)
{
	return say_alert(b, ATTENTION_ALERT);
}

static bool
is_paused(const struct bench *b)
{
	const struct week_patient *who = b->facts->who;

	if (who->state != PATIENT_PAUSED || who->paused_by == NULL ||
	    strcmp(who->paused_by, "red-flag") != 0)
		return false;
	sentence_say(b->say, "paused by a red flag and never resumed");
	return true;
}

static bool
is_severe(const struct bench *b)
{
	const struct attention_facts *f = b->facts;
	int most = f->figures->pain_most, last = f->figures->pain_last;
	char day[STRETCH_DAY_SIZE];

	if (most < ATTENTION_SEVERE)
		return say_alert(b, ATTENTION_SEVERE_PAIN);
	for (int i = f->rows->readings_len - 1; i >= 0; i--) {
		const struct week_reading *r = &f->rows->readings[i];

		if (r->pain != most || !r->verified ||
		    r->at >= f->stretch->until_at ||
		    r->at < f->stretch->from_at)
			continue;
		sentence_say(
		    b->say, "pain %d on %s", most, day_of(f, r->at, day));
		break;
	}
	if (last < most)
		sentence_say(b->say, ", %d at the last answer", last);
	*b->urgency = most * 11 + last;
	return true;
}

static bool
is_worse_in_the_morning(const struct bench *b)
{
	const struct adherence *a = b->facts->figures;

	if (a->mornings_worse == 0)
		return false;
	if (a->mornings == 1)
		sentence_say(b->say, "WORSE the morning after");
	else
		sentence_say(b->say, "WORSE on %d of %d mornings after",
		    a->mornings_worse, a->mornings);
	*b->urgency = a->mornings_worse;
	return true;
}

static bool
is_worsening(const struct bench *b)
{
	const struct adherence *a = b->facts->figures;
	int before = b->facts->who->last_pain;

	if (a->scores > 1 && a->pain_change >= ADHERENCE_POINTS)
		sentence_say(b->say, "pain rose from %d to %d", a->pain_first,
		    a->pain_last);
	else if (a->scores == 1 && before != PAIN_NONE &&
		 a->pain_last - before >= ADHERENCE_POINTS)
		sentence_say(b->say,
		    "pain rose from %d, the score before, to"
		    " %d",
		    before, a->pain_last);
	else
		return say_alert(b, ATTENTION_WORSENING);
	*b->urgency = a->scores > 1 ? a->pain_change : a->pain_last - before;
	return true;
}

static bool
is_stalled(const struct bench *b)
{
	const struct stage *stage = b->facts->stage;
	int days = b->facts->days_in_stage;

	if (say_alert(b, ATTENTION_STALLED))
		return true;
	if (b->facts->who->state != PATIENT_ACTIVE || stage == NULL ||
	    stage->stalled_after <= 0 || days <= stage->stalled_after)
		return false;
	sentence_say(
	    b->say, "%d days in %s without a move on", days, stage->title);
	*b->urgency = days;
	return true;
}

static int
last_known(const struct attention_facts *facts)
{
	if (facts->figures->scores > 0)
		return facts->figures->pain_last;
	return facts->who->last_pain;
}

static bool
is_on_the_plan(const struct attention_facts *facts)
{
	return facts->who->state == PATIENT_ACTIVE ||
	       facts->who->state == PATIENT_PAUSED;
}

static bool
is_still_high(const struct bench *b)
{
	int pain = last_known(b->facts);

	if (!is_on_the_plan(b->facts) || pain < ATTENTION_STILL ||
	    b->facts->days_on_plan < ATTENTION_SIX_WEEKS)
		return false;
	sentence_say(b->say, "pain still %d after %d weeks", pain,
	    b->facts->days_on_plan / 7);
	*b->urgency = pain;
	return true;
}

/* Two questions at least, since one may be missed by chance. */
static bool
is_silent(const struct bench *b)
{
	const struct attention_facts *f = b->facts;
	const struct adherence *a = f->figures;
	int due = a->delivered - a->open;
	int pain = last_known(f);

	if (a->failures > 0 || open_alert(f, ATTENTION_UNDELIVERABLE) != NULL)
		return false;
	if (!say_alert(b, ATTENTION_SILENT)) {
		if (f->who->state != PATIENT_ACTIVE || due < 2 ||
		    a->answered > 0 || a->scores > 0)
			return false;
		sentence_say(b->say, "none of %d questions answered", due);
	}
	if (pain >= ATTENTION_HIGH)
		sentence_say(b->say, "; the last score was %d", pain);
	*b->urgency = pain;
	return true;
}

static bool
is_undeliverable(const struct bench *b)
{
	int failures = b->facts->figures->failures;

	if (say_alert(b, ATTENTION_UNDELIVERABLE))
		return true;
	if (failures == 0)
		return false;
	sentence_say(b->say, "%d message%s did not arrive", failures,
	    failures == 1 ? "" : "s");
	*b->urgency = failures;
	return true;
}

/* The oldest of that sort that waits, and how many do. */
static const struct week_waiting *
waiting(const struct attention_facts *facts, bool is_move, int *count)
{
	const struct week_waiting *first = NULL;

	*count = 0;
	for (int i = 0; i < facts->waiting_len; i++) {
		const struct week_waiting *w = &facts->waiting[i];

		if (w->is_move != is_move || w->at > facts->as_of_at)
			continue;
		if (first == NULL)
			first = w;
		++*count;
	}
	return first;
}

static bool
is_question(const struct bench *b)
{
	int count;
	const struct week_waiting *w = waiting(b->facts, false, &count);
	char day[STRETCH_DAY_SIZE];

	if (w == NULL)
		return say_alert(b, ATTENTION_QUESTION);
	day_of(b->facts, w->at, day);
	if (count == 1)
		sentence_say(
		    b->say, "a reply waits for an answer since %s", day);
	else
		sentence_say(b->say,
		    "%d replies wait for an answer, the first since %s", count,
		    day);
	*b->urgency = (int)((b->facts->as_of_at - w->at) / 3600);
	return true;
}

static bool
is_move(const struct bench *b)
{
	int count;
	const struct week_waiting *w = waiting(b->facts, true, &count);
	const struct stage *to;
	char day[STRETCH_DAY_SIZE];

	if (w == NULL)
		return false;
	to = plan_stage(b->facts->plan, w->to_stage);
	sentence_say(b->say, "the move to %s waits for a yes since %s",
	    to != NULL ? to->title : w->to_stage, day_of(b->facts, w->at, day));
	*b->urgency = (int)((b->facts->as_of_at - w->at) / 3600);
	return true;
}

static bool
is_opted_out(const struct bench *b)
{
	if (b->facts->figures->stops == 0 ||
	    b->facts->who->state != PATIENT_STOPPED)
		return false;
	sentence_say(b->say, "wrote STOP: nothing more is sent");
	return true;
}

bool (*const attention_judges[ATTENTION__NONE])(const struct bench *b) = {
	[ATTENTION_RED_FLAG] = is_red_flag,
	[ATTENTION_ALERT] = is_alert,
	[ATTENTION_PAUSED] = is_paused,
	[ATTENTION_SEVERE_PAIN] = is_severe,
	[ATTENTION_WORSE_MORNING] = is_worse_in_the_morning,
	[ATTENTION_WORSENING] = is_worsening,
	[ATTENTION_STALLED] = is_stalled,
	[ATTENTION_STILL_HIGH] = is_still_high,
	[ATTENTION_SILENT] = is_silent,
	[ATTENTION_UNDELIVERABLE] = is_undeliverable,
	[ATTENTION_QUESTION] = is_question,
	[ATTENTION_MOVE] = is_move,
	[ATTENTION_OPTED_OUT] = is_opted_out,
};
