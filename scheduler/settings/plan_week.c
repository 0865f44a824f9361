/*
 * plan_week.c - see plan_week.h
 *
 * A stage is taken to begin on a Monday. What a reminder says of days within
 * a week does not hang on that, and of longer spans only a little.
 */
#include "settings/plan_week.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "care/calendar.h"

#define DAY_MINUTES 1440
#define DAYS 56 /* lived through: a rotation of eight each week */

static const struct date monday = { 2026, 1, 5 };

/* One time at which a reminder comes round. */
struct moment {
	int day; /* 0 the Monday */
	const struct reminder *reminder;
	const char *text; /* whose turn it is; NULL: another one's is shown */
};

struct weeks {
	const struct plan *plan;
	const char *path;
	const struct ground *ground;
	struct complaints *complaints;
	const struct stage *stage;
	struct traits traits;
	struct moment *slots; /* in the order of their instants */
	int len;
	struct told *told; /* what was said already */
	int told_len;
};

/* Of each reminder each thing is said once, not for each day. */
enum finding { FOUND_DAY, FOUND_MINUTE, FOUND_LIMIT, FOUND_OPEN, FOUND_TWICE };
struct told {
	const struct reminder *reminder;
	enum finding finding;
};

static bool
is_news(struct weeks *w, const struct reminder *reminder, enum finding finding)
{
	for (int i = 0; i < w->told_len; i++)
		if (w->told[i].reminder == reminder &&
		    w->told[i].finding == finding)
			return false;
	w->told = xrealloc(w->told, (size_t)w->told_len + 1, sizeof(*w->told));
	w->told[w->told_len++] = (struct told){ reminder, finding };
	return true;
}

static const char *const weekday_names[] = { "Monday", "Tuesday", "Wednesday",
	"Thursday", "Friday", "Saturday", "Sunday" };

static const char *
day_name(int day)
{
	return weekday_names[day % 7];
}

static void
add_reminder(struct weeks *w, const struct reminder *reminder)
{
	struct date next, from = monday;
	int64_t first = date_days(monday);

	if (!reminder_is_for(reminder, &w->traits))
		return;
	while (calendar_next_date(reminder->repeat, monday, from, &next) &&
	       date_days(next) - first < DAYS) {
		w->slots =
		    xrealloc(w->slots, (size_t)w->len + 1, sizeof(*w->slots));
		w->slots[w->len++] =
		    (struct moment){ (int)(date_days(next) - first), reminder,
			    NULL };
		from = date_from_days(date_days(next) + 1);
	}
}

/* Questions stand before tips of the same minute. */
static int
by_time(const void *a, const void *b)
{
	const struct moment *x = a, *y = b;

	if (x->day != y->day)
		return x->day - y->day;
	if (x->reminder->at_minute != y->reminder->at_minute)
		return x->reminder->at_minute - y->reminder->at_minute;
	return (y->reminder->asks != ASKS_NONE) -
	       (x->reminder->asks != ASKS_NONE);
}

static bool
same_minute(const struct moment *a, const struct moment *b)
{
	return a->day == b->day &&
	       a->reminder->at_minute == b->reminder->at_minute;
}

static bool
is_question(const struct moment *slot)
{
	return slot->reminder->asks != ASKS_NONE;
}

/*
 * Whose turn it is. Beside a tip a question shows none of its own words, but
 * its turn passes all the same.
 */
static void
take_turns(struct weeks *w)
{
	for (int i = 0; i < w->len; i++) {
		struct moment *slot = &w->slots[i];
		int turn = 0;

		for (int k = 0; k < i; k++)
			turn += w->slots[k].reminder == slot->reminder;
		if (is_question(slot) && i + 1 < w->len &&
		    same_minute(slot, slot + 1) && !is_question(slot + 1))
			continue;
		if (slot->reminder->messages_len > 0)
			slot->text =
			    slot->reminder
				->messages[turn % slot->reminder->messages_len];
	}
}

static void
check_twice(struct weeks *w, int i)
{
	const struct moment *slot = &w->slots[i];

	for (int k = i + 1; k < w->len && slot->text != NULL; k++) {
		int days = w->slots[k].day - slot->day;

		if (days >= 7)
			return;
		if (w->slots[k].text == NULL ||
		    strcmp(w->slots[k].text, slot->text) != 0)
			continue;
		if (!is_news(w, w->slots[k].reminder, FOUND_TWICE))
			return;
		complain_warn(w->complaints, w->path,
		    w->slots[k].reminder->line,
		    "%s: the text \"%s\" comes on a %s and again %d day%s "
		    "later; give it more texts to take turns",
		    w->slots[k].reminder->id, slot->text, day_name(slot->day),
		    days, days == 1 ? "" : "s");
		return;
	}
}

/* A question that is asked while this one is open takes its answer. */
static void
check_open(struct weeks *w, int i)
{
	const struct moment *slot = &w->slots[i];
	int64_t open = slot->reminder->answer_within_s / 60;

	for (int k = i + 1; k < w->len && is_question(slot); k++) {
		const struct moment *next = &w->slots[k];
		int64_t after = (int64_t)(next->day - slot->day) * DAY_MINUTES +
				next->reminder->at_minute -
				slot->reminder->at_minute;

		if (after >= open)
			return;
		if (!is_question(next) || after == 0)
			continue;
		if (!is_news(w, slot->reminder, FOUND_OPEN))
			return;
		complain_warn(w->complaints, w->path, slot->reminder->line,
		    "%s: is still open when %s asks on %s at %02d:%02d; let "
		    "answer_within be %lldh or less",
		    slot->reminder->id, next->reminder->id, day_name(next->day),
		    next->reminder->at_minute / 60,
		    next->reminder->at_minute % 60, (long long)after / 60);
		return;
	}
}

/* Two tips, or two questions, of one minute are not joined. */
static void
check_minute(struct weeks *w, int i)
{
	const struct moment *slot = &w->slots[i], *next = slot + 1;

	if (i + 1 < w->len && same_minute(slot, next) &&
	    is_question(slot) == is_question(next) &&
	    is_news(w, next->reminder, FOUND_MINUTE))
		complain(w->complaints, w->path, next->reminder->line,
		    "%s: comes on the very minute of %s, and of two %s only "
		    "one goes; move one of them",
		    next->reminder->id, slot->reminder->id,
		    is_question(slot) ? "questions" : "tips");
}

/* The first slot of a message: those of its minute go out with it. */
static bool
is_message(const struct weeks *w, int i)
{
	return i == 0 || !same_minute(&w->slots[i - 1], &w->slots[i]);
}

static void
check_day(struct weeks *w, int i)
{
	int sent = 0;

	for (int k = i; k >= 0 && w->slots[k].day == w->slots[i].day; k--)
		sent += is_message(w, k);
	if (is_message(w, i) && sent > w->ground->daily_limit &&
	    is_news(w, w->slots[i].reminder, FOUND_DAY))
		complain(w->complaints, w->path, w->slots[i].reminder->line,
		    "%s: is message %d of a %s, and the clinic sends %d a "
		    "day; take another day, or the minute of a tip or "
		    "question of that day",
		    w->slots[i].reminder->id, sent, day_name(w->slots[i].day),
		    w->ground->daily_limit);
}

/* Of the week that ends with this slot, what is needed least. */
static void
check_limit(struct weeks *w, int i)
{
	const struct reminder *least = w->slots[i].reminder;
	int limit = w->ground->weekly_limit, sent = 0;

	if (w->plan->weekly_limit > 0 && w->plan->weekly_limit < limit)
		limit = w->plan->weekly_limit;
	for (int k = i; k >= 0 && w->slots[i].day - w->slots[k].day < 7; k--) {
		sent += is_message(w, k);
		if (w->slots[k].reminder->need > least->need)
			least = w->slots[k].reminder;
	}
	if (is_message(w, i) && sent > limit && is_news(w, least, FOUND_LIMIT))
		complain_warn(w->complaints, w->path, least->line,
		    "%s: in %s there are %d messages in seven days, and at "
		    "most %d go; this one is needed least (need = %d) and is "
		    "left out",
		    least->id, w->stage->id, sent, limit, least->need);
}

static int
traits_in(const struct reminder *reminders, int len)
{
	int traits = 0;

	for (int i = 0; i < len; i++) {
		if (reminders[i].when != NULL)
			traits |= 1 << trait_parse(reminders[i].when);
		if (reminders[i].unless != NULL)
			traits |= 1 << trait_parse(reminders[i].unless);
	}
	return traits;
}

static void
live_through(struct weeks *w)
{
	w->len = 0;
	for (int i = 0; i < w->stage->reminders_len; i++)
		add_reminder(w, &w->stage->reminders[i]);
	for (int i = 0; i < w->plan->always_len; i++)
		add_reminder(w, &w->plan->always[i]);
	if (w->len > 0)
		qsort(w->slots, (size_t)w->len, sizeof(*w->slots), by_time);
	take_turns(w);
	for (int i = 0; i < w->len; i++) {
		check_minute(w, i);
		check_day(w, i);
		check_limit(w, i);
		check_open(w, i);
		check_twice(w, i);
	}
}

/* Once for each kind of patient that the reminders tell apart. */
static void
live_as_each(struct weeks *w)
{
	int traits = traits_in(w->stage->reminders, w->stage->reminders_len) |
		     traits_in(w->plan->always, w->plan->always_len);

	for (int kind = 0; kind < 1 << TRAIT__MAX; kind++) {
		if ((kind & ~traits) != 0)
			continue;
		for (int t = 0; t < TRAIT__MAX; t++)
			w->traits.so[t] = (kind >> t & 1) != 0;
		live_through(w);
	}
}

static bool
is_quiet(const struct quiet *quiet, int minute)
{
	int from = quiet->from_minute, until = quiet->until_minute;

	if (from <= until)
		return minute >= from && minute < until;
	return minute >= from || minute < until;
}

static void
check_hour(const struct weeks *w, const struct reminder *reminder)
{
	const struct quiet *quiet = &w->ground->quiet;
	int nudge = (int)((reminder->at_minute + reminder->nudge_after_s / 60) %
			  DAY_MINUTES);

	if (is_quiet(quiet, reminder->at_minute))
		complain(w->complaints, w->path, reminder->line,
		    "%s: at %02d:%02d is in the clinic's quiet hours, "
		    "%02d:%02d "
		    "to %02d:%02d, when nothing goes; choose another time",
		    reminder->id, reminder->at_minute / 60,
		    reminder->at_minute % 60, quiet->from_minute / 60,
		    quiet->from_minute % 60, quiet->until_minute / 60,
		    quiet->until_minute % 60);
	else if (reminder->nudge_after_s > 0 && is_quiet(quiet, nudge))
		complain_warn(w->complaints, w->path, reminder->line,
		    "%s: its nudge would come at %02d:%02d, in the clinic's "
		    "quiet hours, and waits until %02d:%02d",
		    reminder->id, nudge / 60, nudge % 60,
		    quiet->until_minute / 60, quiet->until_minute % 60);
}

static void
check_hours(const struct weeks *w, const struct reminder *reminders, int len)
{
	for (int i = 0; i < len; i++)
		check_hour(w, &reminders[i]);
}

void
plan_week_check(const struct plan *plan, const char *path,
    const struct ground *ground, struct complaints *complaints)
{
	struct weeks w = { .plan = plan,
		.path = path,
		.ground = ground,
		.complaints = complaints };

	check_hours(&w, plan->always, plan->always_len);
	if (plan->always_len == 0)
		complain_warn(complaints, path, 1,
		    "nothing goes on through all stages: add always = ( ... ); "
		    "with texts that say to keep moving and when to call for "
		    "help");
	for (int i = 0; i < plan->stages_len; i++) {
		w.stage = &plan->stages[i];
		check_hours(&w, w.stage->reminders, w.stage->reminders_len);
		live_as_each(&w);
	}
	free(w.slots);
	free(w.told);
}
