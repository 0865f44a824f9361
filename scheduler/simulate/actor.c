#include "simulate/actor.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"

#define MINUTE_S INT64_C(60)
#define HOUR_S (60 * MINUTE_S)
#define DAY_S (24 * HOUR_S)

/* What an actor does is spread over the time between enrolment and end. */
#define COURSE_S (84 * DAY_S)

static const char *const first_names[] = { "Ann", "Ben", "Cara", "Dev", "Emil",
	"Fay", "Gus", "Hana", "Ivo", "Jo", "Kit", "Lea", "Max", "Nia", "Omar",
	"Pia", "Raj", "Sam", "Tess", "Uma", "Vic", "Wen", "Yara", "Zoe" };

static double
draw(const struct cast *cast, enum lot lot, const struct actor *actor, int turn)
{
	return lottery_draw(&cast->lottery, lot, actor->number, turn);
}

static bool
wins(const struct cast *cast, enum lot lot, const struct actor *actor, int turn,
    double percent)
{
	return lottery_wins(&cast->lottery, lot, actor->number, turn, percent);
}

static const struct cohort_shape *
pick_shape(const struct cast *cast, int number)
{
	const struct cohort *cohort = cast->cohort;
	double sum = 0;
	for (int i = 0; i < cohort->shapes_len; i++)
		sum += cohort->shapes[i].share;
	double at = lottery_draw(&cast->lottery, LOT_SHAPE, number, 0) * sum;
	for (int i = 0; i < cohort->shapes_len - 1; i++) {
		at -= cohort->shapes[i].share;
		if (at < 0)
			return &cohort->shapes[i];
	}
	return &cohort->shapes[cohort->shapes_len - 1];
}

/* In a hundred of so many; when, in the course of twelve weeks. */
static int64_t
happens_at(const struct cast *cast, const struct actor *actor, int which,
    double percent)
{
	if (!wins(cast, LOT_EVENT, actor, which, percent))
		return ACTOR_NEVER;
	double when = draw(cast, LOT_EVENT, actor, which + 100);
	return actor->enrolled_at + DAY_S + (int64_t)(when * COURSE_S);
}

static void
plan_events(const struct cast *cast, struct actor *actor)
{
	const struct cohort_events *events = &cast->cohort->events;
	actor->drops_out_at = happens_at(cast, actor, 1, events->drops_out);
	actor->stops_at = happens_at(cast, actor, 2, events->stops);
	actor->new_number_at =
	    happens_at(cast, actor, 3, events->changes_number);
	actor->flag_at = happens_at(cast, actor, 4, events->red_flag);
	actor->leg_at = happens_at(cast, actor, 5, events->leg);
	actor->starts_at = ACTOR_NEVER;
	if (actor->stops_at != ACTOR_NEVER &&
	    wins(cast, LOT_EVENT, actor, 6, events->starts_again))
		actor->starts_at =
		    actor->stops_at +
		    (int64_t)(draw(cast, LOT_EVENT, actor, 7) * 10 * DAY_S);
	actor->tells_clinic =
	    wins(cast, LOT_EVENT, actor, 8, events->tells_clinic);
	actor->wrong_number =
	    wins(cast, LOT_EVENT, actor, 9, events->wrong_number);

	/* Emergencies, and one in five of the other levels each. */
	double level = draw(cast, LOT_EVENT, actor, 10);
	actor->flag = level < 0.2   ? FLAG_URGENT
		      : level < 0.4 ? FLAG_SELF_HARM
				    : FLAG_EMERGENCY;
	if (*actor->phone == '\0')
		actor->new_number_at = ACTOR_NEVER;
}

static void
give_addresses(const struct cast *cast, struct actor *actor)
{
	const struct cohort_channels *channels = &cast->cohort->channels;
	double which = draw(cast, LOT_PERSON, actor, 1) * 100;
	actor->channel = which < channels->email		    ? "email"
			 : which < channels->email + channels->both ? "both"
								    : "sms";
	if (strcmp(actor->channel, "email") != 0)
		snprintf(actor->phone, sizeof actor->phone, "+4477009%05d",
		    actor->number % 100000);
	if (strcmp(actor->channel, "sms") != 0)
		snprintf(actor->email, sizeof actor->email,
		    "patient%d@home.example", actor->number);
}

void
actor_make(const struct cast *cast, int number, const struct actor *before,
    struct actor *actor)
{
	const struct cohort *cohort = cast->cohort;
	int names = (int)(sizeof first_names / sizeof first_names[0]);
	*actor = (struct actor){ .number = number,
		.shape = pick_shape(cast, number),
		.timezone = cast->timezone,
		.answered = true };
	int first = lottery_pick(&cast->lottery, LOT_PERSON, number, 0, names);
	snprintf(actor->name, sizeof actor->name, "%s Qz%04d",
	    first_names[first], number);

	/* In the clinic's hours of the first fortnight's weekdays. */
	int64_t day = number % 10;
	actor->enrolled_at =
	    cast->begins_at + (day + (day >= 5 ? 2 : 0)) * DAY_S + 9 * HOUR_S +
	    (int64_t)(draw(cast, LOT_START, actor, 0) * 8 * HOUR_S / 300) * 300;
	give_addresses(cast, actor);
	if (before != NULL && *before->phone != '\0' && *actor->phone != '\0' &&
	    wins(cast, LOT_PERSON, actor, 2, cohort->shares_number))
		memcpy(actor->phone, before->phone, sizeof actor->phone);
	if (cohort->zones_len > 0 &&
	    wins(cast, LOT_PERSON, actor, 3, cohort->elsewhere))
		actor->timezone = cohort->zones[lottery_pick(
		    &cast->lottery, LOT_PERSON, number, 4, cohort->zones_len)];
	actor->baseline =
	    wins(cast, LOT_PERSON, actor, 5, cohort->habits.baseline)
		? actor_pain(cast, actor, actor->enrolled_at)
		: PAIN_NONE;
	plan_events(cast, actor);
}

/* What flares add now: one in each span of time, each dying down. */
static double
flares(const struct cast *cast, const struct actor *actor, int64_t since_s)
{
	const struct cohort_shape *shape = actor->shape;
	double sum = 0;
	if (shape->flare_every_s <= 0)
		return 0;
	for (int64_t n = 0; n * shape->flare_every_s <= since_s; n++) {
		double at = lottery_draw(&cast->lottery, LOT_PAIN,
				-1 - actor->number, n) *
			    (double)shape->flare_every_s;
		double past = (double)(since_s - n * shape->flare_every_s) - at;
		if (past >= 0)
			sum += shape->flare_rise *
			       exp2(-past / (double)shape->flare_half_life_s);
	}
	return sum;
}

int
actor_pain(const struct cast *cast, const struct actor *actor, int64_t at)
{
	const struct cohort_shape *shape = actor->shape;
	int64_t since_s = at > actor->enrolled_at ? at - actor->enrolled_at : 0;
	double half_lives = (double)since_s / (double)shape->half_life_s;
	double pain = shape->rest +
		      (shape->start - shape->rest) * exp2(-half_lives) +
		      flares(cast, actor, since_s) +
		      shape->swing * lottery_swing(&cast->lottery, LOT_PAIN,
					 actor->number, since_s / DAY_S);
	return pain < 0 ? 0 : pain > 10 ? 10 : (int)(pain + 0.5);
}

const char *
actor_words(const struct cast *cast, const struct actor *actor,
    enum cohort_says says, int turn)
{
	const struct cohort_texts *texts = &cast->words->says[says];
	return texts->texts[lottery_pick(
	    &cast->lottery, LOT_WORDS, actor->number, turn, texts->len)];
}

/* The text with the score in the place of %d. */
static void
write_score(const char *text, int pain, char *out, size_t size)
{
	const char *place = strstr(text, "%d");
	if (place == NULL)
		snprintf(out, size, "%s", text);
	else
		snprintf(out, size, "%.*s%d%s", (int)(place - text), text, pain,
		    place + 2);
}

static enum cohort_says
morning_after(const struct cast *cast, const struct actor *actor, int64_t at)
{
	int today = actor_pain(cast, actor, at);
	int before = actor_pain(cast, actor, at - DAY_S);
	return today > before + 1   ? SAYS_WORSE
	       : today < before - 1 ? SAYS_BETTER
				    : SAYS_SAME;
}

static void
answer(const struct cast *cast, struct actor *actor, enum asks asks, int64_t at,
    char *out, size_t size)
{
	const struct cohort_habits *habits = &cast->cohort->habits;
	int turn = actor->turns;
	enum cohort_says says = SAYS_PAIN;
	if (wins(cast, LOT_ANSWER, actor, turn * 8 + 1, habits->unclear))
		says = SAYS_UNCLEAR;
	else if (asks == ASKS_DONE)
		says = wins(cast, LOT_DONE, actor, turn, habits->done)
			   ? SAYS_YES
			   : SAYS_NO;
	else if (asks == ASKS_SETTLED)
		says = morning_after(cast, actor, at);
	else if (asks == ASKS_LEG)
		says = at >= actor->leg_at && !actor->leg_told ? SAYS_LEG_YES
							       : SAYS_LEG_NO;
	else if (wins(cast, LOT_ANSWER, actor, turn * 8 + 2, habits->sloppy))
		says = SAYS_PAIN_SLOPPY;
	if (says == SAYS_LEG_YES)
		actor->leg_told = true;
	write_score(actor_words(cast, actor, says, turn),
	    actor_pain(cast, actor, at), out, size);
}

/* Minutes for most, hours for some, and a day for a few. */
static int64_t
delay(const struct cast *cast, const struct actor *actor)
{
	const struct cohort_habits *habits = &cast->cohort->habits;
	int turn = actor->turns;
	double which = draw(cast, LOT_DELAY, actor, turn * 2) * 100;
	double how = draw(cast, LOT_DELAY, actor, turn * 2 + 1);
	if (which < habits->late)
		return 12 * HOUR_S + (int64_t)(how * 24 * HOUR_S);
	if (which < habits->late + habits->at_once)
		return MINUTE_S + (int64_t)(how * 30 * MINUTE_S);
	return 30 * MINUTE_S + (int64_t)(how * 6 * HOUR_S);
}

void
actor_hear(const struct cast *cast, struct actor *actor, enum kind kind,
    enum asks asks, int64_t at, struct actor_reply *reply)
{
	const struct cohort_habits *habits = &cast->cohort->habits;
	reply->given = false;
	if (at >= actor->drops_out_at)
		return;
	int turn = ++actor->turns;
	if (asks == ASKS_NONE) {
		if (kind != KIND_REMINDER || !wins(cast, LOT_ANSWER, actor,
						 turn * 8 + 3, habits->thanks))
			return;
		snprintf(reply->text, sizeof reply->text, "%s",
		    actor_words(cast, actor, SAYS_THANKS, turn));
	} else {
		/* What is asked again has been answered, or was not read. */
		bool again = kind != KIND_QUESTION;
		double will = again && !actor->answered ? habits->after_nudge
							: habits->answers;
		if (kind == KIND_NUDGE && actor->answered)
			return;
		actor->answered = wins(cast, LOT_ANSWER, actor, turn * 8, will);
		if (!actor->answered)
			return;
		answer(cast, actor, asks, at, reply->text, sizeof reply->text);
	}
	reply->given = true;
	reply->after_s = delay(cast, actor);
}
