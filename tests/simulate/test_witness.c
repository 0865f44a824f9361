/*
 * Each law of the house, kept and broken: the witness must see it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "simulate/witness.h"

#define MINUTE_S INT64_C(60)
#define HOUR_S (60 * MINUTE_S)
#define DAY_S (24 * HOUR_S)
/* Monday 2 March 2026, 10:00 in London. */
#define TEN INT64_C(1772445600)

static const struct date closed[] = { { 2026, 3, 4 } };

struct scene {
	struct witness *witness;
	struct zone *zone;
};

static int
set_up(void **state)
{
	static struct scene scene;
	const struct witness_house house = { .quiet_from = 20 * 60,
		.quiet_until = 8 * 60,
		.closed = closed,
		.closed_len = 1,
		.daily = 1,
		.weekly = 4,
		.repeat_s = 15 * MINUTE_S,
		.rounds = 4,
		.step_s = 5 * MINUTE_S };
	struct why why;
	assert_int_equal(
	    zone_open("Europe/London", &scene.zone, &why), STATUS_OK);
	scene.witness = witness_new(&house);
	witness_enrolled(scene.witness, 0, "Ann Qz0000", scene.zone,
	    "+447700900001", "ann@home.example");
	witness_enrolled(
	    scene.witness, 1, "Ben Qz0001", scene.zone, "+447700900002", "");
	witness_tick(scene.witness, TEN - 5 * MINUTE_S, true);
	*state = &scene;
	return 0;
}

static int
tear_down(void **state)
{
	struct scene *scene = *state;
	witness_free(scene->witness);
	zone_free(scene->zone);
	return 0;
}

/* Nothing was broken but this law, so many times; LAW__MAX: nothing at all. */
static void
expect(const struct scene *scene, enum law law, int times)
{
	for (int i = 0; i < LAW__MAX; i++) {
		int broken = witness_broken(scene->witness, (enum law)i);
		if (broken != (i == (int)law ? times : 0))
			fail_msg("\"%s\" was broken %d times: %s", law_names[i],
			    broken, witness_first(scene->witness, (enum law)i));
	}
	if (law != LAW__MAX)
		assert_non_null(witness_first(scene->witness, law));
}

/* A message to Ann, as it should be; each has a key of its own. */
static struct witness_sent
message(enum kind kind, int64_t at)
{
	static char keys[64][16];
	static int used;
	char *key = keys[used++ % 64];
	snprintf(key, sizeof keys[0], "K%d", used);
	return (struct witness_sent){ .key = key,
		.parcel = key,
		.kind = kind,
		.channel = CHANNEL_SMS,
		.address = "+447700900001",
		.body = "Hi Ann, a short walk?",
		.at = at,
		.expires_at = at + 12 * HOUR_S,
		.claimed = true,
		.taken = true };
}

static void
send(const struct scene *scene, enum kind kind, int64_t at)
{
	struct witness_sent sent = message(kind, at);
	witness_sent(scene->witness, &sent);
}

static void
hear(const struct scene *scene, const char *id, bool stop, bool start,
    enum flag_level flag, int64_t at)
{
	struct witness_heard heard = { .id = id,
		.address = "+447700900001",
		.at = at,
		.stop = stop,
		.confirmed = true,
		.start = start,
		.flag = flag };
	struct witness_read read = {
		.id = id, .visit = 1, .same_words = true, .seen_to = true
	};
	witness_heard(scene->witness, &heard);
	witness_read(scene->witness, &read);
}

static void
a_day_as_it_should_be(void **state)
{
	const struct scene *scene = *state;
	send(scene, KIND_WELCOME, TEN);
	send(scene, KIND_ANSWER, TEN + 12 * HOUR_S);
	send(scene, KIND_QUESTION, TEN + DAY_S);
	send(scene, KIND_NUDGE, TEN + DAY_S + HOUR_S);
	witness_slot(scene->witness, "1 calm/move 2026-03-02 990", "K1", "");
	witness_slot(
	    scene->witness, "1 calm/move 2026-03-06 990", NULL, "paused");
	witness_tick(scene->witness, TEN, true);
	expect(scene, LAW__MAX, 0);
}

static void
one_slot_is_one_message(void **state)
{
	const struct scene *scene = *state;
	struct witness_sent sent = message(KIND_ANSWER, TEN);
	witness_sent(scene->witness, &sent);
	witness_sent(scene->witness, &sent);
	witness_slot(scene->witness, "1 calm/move 2026-03-02 990", "K1", "");
	witness_slot(scene->witness, "1 calm/move 2026-03-02 990", "K2", "");
	expect(scene, LAW_ONE_SLOT, 2);
}

/* An alert of which nobody can tell whether it was taken is worse lost. */
static void
an_alert_may_come_twice(void **state)
{
	const struct scene *scene = *state;
	struct witness_sent sent = message(KIND_CLINICIAN_ALERT, TEN);
	sent.body = "P-4K7QXM: emergency, alert 1";
	witness_sent(scene->witness, &sent);
	witness_sent(scene->witness, &sent);
	expect(scene, LAW__MAX, 0);
}

/* What the gateway did not take may go again. */
static void
what_was_not_taken_goes_again(void **state)
{
	const struct scene *scene = *state;
	struct witness_sent sent = message(KIND_ANSWER, TEN);
	sent.taken = false;
	witness_sent(scene->witness, &sent);
	sent.taken = true;
	witness_sent(scene->witness, &sent);
	expect(scene, LAW__MAX, 0);
}

static void
intent_comes_before_act(void **state)
{
	const struct scene *scene = *state;
	struct witness_sent sent = message(KIND_ANSWER, TEN);
	sent.claimed = false;
	witness_sent(scene->witness, &sent);
	expect(scene, LAW_INTENT, 1);
}

static void
what_is_heard_is_read(void **state)
{
	const struct scene *scene = *state;
	struct witness_heard heard = { .id = "reply-1",
		.address = "+447700900001",
		.at = TEN,
		.flag = FLAG__MAX };
	struct witness_read read = { .id = "reply-2",
		.who = 0,
		.visit = 1,
		.same_words = true,
		.seen_to = true };
	witness_heard(scene->witness, &heard);
	witness_tick(scene->witness, TEN, true);
	expect(scene, LAW_HEARD, 1); /* nobody has read it */
	witness_read(scene->witness, &read);
	expect(scene, LAW_HEARD, 2); /* nobody wrote that */
	read.id = "reply-1";
	read.same_words = false;
	read.seen_to = false;
	witness_read(scene->witness, &read);
	expect(scene, LAW_HEARD, 4); /* spoilt, and nobody sees it */
}

static void
stop_means_stop(void **state)
{
	const struct scene *scene = *state;
	hear(scene, "reply-1", true, false, FLAG__MAX, TEN);
	send(scene, KIND_STOP_CONFIRM, TEN);
	send(scene, KIND_HELP, TEN);
	expect(scene, LAW__MAX, 0);
	send(scene, KIND_STOP_CONFIRM, TEN); /* once */
	send(scene, KIND_ANSWER, TEN);
	send(scene, KIND_SAFETY_NET, TEN); /* nobody wrote of a red flag */
	struct witness_sent mail = message(KIND_ANSWER, TEN);
	mail.address = "ann@home.example"; /* on any channel of hers */
	mail.channel = CHANNEL_EMAIL;
	witness_sent(scene->witness, &mail);
	expect(scene, LAW_STOP, 4);
	hear(scene, "reply-2", false, true, FLAG__MAX, TEN);
	send(scene, KIND_ANSWER, TEN);
	expect(scene, LAW_STOP, 4);
}

static void
alert(const struct scene *scene, int64_t at)
{
	struct witness_alert alert = { .alert_id = 1,
		.who = 0,
		.red_flag = true,
		.at_once = true,
		.because = "red flag (cauda-equina)",
		.at = at };
	witness_alert(scene->witness, &alert);
}

static void
tell_clinician(const struct scene *scene, int64_t at)
{
	struct witness_sent sent = message(KIND_CLINICIAN_ALERT, at);
	sent.alert_id = 1;
	sent.address = "+441632960002";
	sent.body = "P-4K7QXM: emergency, alert 1";
	witness_sent(scene->witness, &sent);
}

static void
a_red_flag_is_answered_and_told(void **state)
{
	const struct scene *scene = *state;
	hear(scene, "reply-1", false, false, FLAG_EMERGENCY, TEN);
	alert(scene, TEN);
	send(scene, KIND_SAFETY_NET, TEN);
	tell_clinician(scene, TEN);
	witness_tick(scene->witness, TEN, true);
	tell_clinician(scene, TEN + 15 * MINUTE_S);
	witness_tick(scene->witness, TEN + 15 * MINUTE_S, true);
	witness_acknowledged(scene->witness, 1);
	witness_tick(scene->witness, TEN + DAY_S, true);
	expect(scene, LAW__MAX, 0);
}

static void
a_red_flag_that_is_not_is_seen(void **state)
{
	const struct scene *scene = *state;
	hear(scene, "reply-1", false, false, FLAG_EMERGENCY, TEN);
	witness_tick(scene->witness, TEN, true);
	expect(scene, LAW_RED_FLAG, 2); /* no alert, no answer */
	alert(scene, TEN + 5 * MINUTE_S);
	tell_clinician(scene, TEN + 5 * MINUTE_S);
	for (int i = 1; i <= 6; i++)
		witness_tick(scene->witness, TEN + i * 5 * MINUTE_S, true);
	expect(scene, LAW_RED_FLAG, 2);
	witness_tick(scene->witness, TEN + 35 * MINUTE_S, true);
	expect(scene, LAW_RED_FLAG, 3); /* not told again */
	witness_acknowledged(scene->witness, 1);
	send(scene, KIND_REMINDER, TEN + 40 * MINUTE_S);
	expect(scene, LAW_RED_FLAG, 4); /* exercise, while it stands */
	witness_closed(scene->witness, 1);
	send(scene, KIND_REMINDER, TEN + DAY_S);
	expect(scene, LAW_RED_FLAG, 4);
}

/* What can't go while a gateway is down must go soon after. */
static void
an_outage_is_an_excuse_and_no_longer(void **state)
{
	const struct scene *scene = *state;
	hear(scene, "reply-1", false, false, FLAG_URGENT, TEN);
	alert(scene, TEN);
	witness_acknowledged(scene->witness, 1);
	witness_tick(scene->witness, TEN, false);
	for (int i = 1; i <= 3; i++)
		witness_tick(scene->witness, TEN + i * 5 * MINUTE_S, true);
	expect(scene, LAW__MAX, 0);
	witness_tick(scene->witness, TEN + 20 * MINUTE_S, true);
	expect(scene, LAW_RED_FLAG, 1);
}

static void
decisions_say_why(void **state)
{
	const struct scene *scene = *state;
	struct witness_move move = { .who = 0, .because = "" };
	struct witness_alert silent = {
		.alert_id = 2, .who = 0, .because = "", .at = TEN
	};
	witness_move(scene->witness, &move);
	witness_alert(scene->witness, &silent);
	expect(scene, LAW_SAYS_WHY, 2);
}

static void
nobody_is_woken(void **state)
{
	const struct scene *scene = *state;
	send(scene, KIND_NUDGE, TEN - 2 * HOUR_S); /* 08:00 */
	send(scene, KIND_NUDGE, TEN + 10 * HOUR_S - 1);
	send(scene, KIND_ANSWER, TEN + 13 * HOUR_S);
	expect(scene, LAW__MAX, 0);
	send(scene, KIND_NUDGE, TEN - 2 * HOUR_S - 1);
	send(scene, KIND_NOTE, TEN + 10 * HOUR_S); /* 20:00 */
	send(scene, KIND_NUDGE, TEN + 2 * DAY_S); /* a closed day */
	expect(scene, LAW_HOURS, 3);
}

static void
limits_hold(void **state)
{
	const struct scene *scene = *state;
	send(scene, KIND_QUESTION, TEN);
	send(scene, KIND_REMINDER, TEN + HOUR_S); /* a second one */
	expect(scene, LAW_LIMITS, 1);
	send(scene, KIND_QUESTION, TEN + DAY_S);
	send(scene, KIND_QUESTION, TEN + 3 * DAY_S);
	expect(scene, LAW_LIMITS, 1);
	send(scene, KIND_QUESTION, TEN + 6 * DAY_S); /* the fifth of seven */
	expect(scene, LAW_LIMITS, 2);
	send(scene, KIND_QUESTION, TEN + 8 * DAY_S);
	expect(scene, LAW_LIMITS, 2);
}

/* By SMS and by email it is one message. */
static void
a_parcel_counts_once(void **state)
{
	const struct scene *scene = *state;
	struct witness_sent sms = message(KIND_QUESTION, TEN);
	struct witness_sent mail = message(KIND_QUESTION, TEN);
	mail.parcel = sms.parcel;
	mail.address = "ann@home.example";
	witness_sent(scene->witness, &sms);
	witness_sent(scene->witness, &mail);
	expect(scene, LAW__MAX, 0);
}

static void
late_is_not_loud(void **state)
{
	const struct scene *scene = *state;
	struct witness_sent stale = message(KIND_ANSWER, TEN);
	stale.expires_at = TEN - 1;
	witness_sent(scene->witness, &stale);
	expect(scene, LAW_LATE, 1);
}

static void
after_a_gap_one_message_is_enough(void **state)
{
	const struct scene *scene = *state;
	send(scene, KIND_WELCOME, TEN + 5 * HOUR_S);
	send(scene, KIND_WELCOME, TEN + 5 * HOUR_S);
	expect(scene, LAW_LATE, 1);
}

static void
nothing_is_silent(void **state)
{
	const struct scene *scene = *state;
	witness_slot(scene->witness, "1 calm/move 2026-03-02 990", NULL, "");
	witness_state(scene->witness, 1, 2, "failed", true, "");
	witness_state(scene->witness, 2, 2, "failed", true, "no address");
	witness_state(scene->witness, 3, 2, "delivered", false, "");
	expect(scene, LAW_NO_SILENCE, 2);
}

static void
read_score(const struct scene *scene, const char *id, int visit)
{
	struct witness_heard heard = { .id = id,
		.address = "+447700900001",
		.at = TEN,
		.flag = FLAG__MAX };
	struct witness_read read = { .id = id,
		.visit = visit,
		.same_words = true,
		.scored = true,
		.seen_to = true };
	witness_heard(scene->witness, &heard);
	witness_read(scene->witness, &read);
}

static void
no_step_up_on_silence(void **state)
{
	const struct scene *scene = *state;
	struct witness_move move = { .who = 0,
		.up = true,
		.readings = 2,
		.days = 3,
		.min_days = 3,
		.because = "pain 2 and 1 at the last two check-ins" };
	read_score(scene, "reply-1", 1);
	read_score(scene, "reply-2", 1);
	witness_move(scene->witness, &move);
	expect(scene, LAW__MAX, 0);
	read_score(scene, "reply-3", 2); /* one is not two */
	witness_move(scene->witness, &move);
	expect(scene, LAW_NO_ADVANCE, 1);
	read_score(scene, "reply-4", 3);
	read_score(scene, "reply-5", 3);
	move.days = 2; /* too early */
	witness_move(scene->witness, &move);
	expect(scene, LAW_NO_ADVANCE, 2);
}

static void
a_wrong_number_learns_nothing(void **state)
{
	const struct scene *scene = *state;
	struct witness_sent sent = message(KIND_ANSWER, TEN);
	sent.body = "Dear Ann Qz0000";
	witness_sent(scene->witness, &sent);
	expect(scene, LAW_NAMELESS, 1);
	alert(scene, TEN);
	struct witness_sent told = message(KIND_CLINICIAN_ALERT, TEN);
	told.alert_id = 1;
	told.address = "+441632960002";
	told.body = "Ann has written: emergency";
	witness_sent(scene->witness, &told);
	told.body = "An Annual review";
	told.key = "K999";
	witness_sent(scene->witness, &told);
	expect(scene, LAW_NAMELESS, 2);
}

static void
states_never_go_back(void **state)
{
	const struct scene *scene = *state;
	witness_state(scene->witness, 1, 0, "sending", false, "");
	witness_state(scene->witness, 1, 0, "queued", false, "");
	witness_state(scene->witness, 1, 1, "accepted", false, "");
	witness_state(scene->witness, 1, 2, "delivered", false, "");
	witness_state(scene->witness, 1, 2, "delivered", false, "");
	expect(scene, LAW__MAX, 0);
	witness_state(scene->witness, 1, 2, "undelivered", true, "no phone");
	expect(scene, LAW_FORWARD, 1);
	witness_state(scene->witness, 2000, 1, "accepted", false, "");
	witness_state(scene->witness, 2000, 0, "queued", false, "");
	expect(scene, LAW_FORWARD, 2);
}

#define SCENE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCENE(a_day_as_it_should_be),
		SCENE(one_slot_is_one_message),
		SCENE(an_alert_may_come_twice),
		SCENE(what_was_not_taken_goes_again),
		SCENE(intent_comes_before_act),
		SCENE(what_is_heard_is_read),
		SCENE(stop_means_stop),
		SCENE(a_red_flag_is_answered_and_told),
		SCENE(a_red_flag_that_is_not_is_seen),
		SCENE(an_outage_is_an_excuse_and_no_longer),
		SCENE(decisions_say_why),
		SCENE(nobody_is_woken),
		SCENE(limits_hold),
		SCENE(a_parcel_counts_once),
		SCENE(late_is_not_loud),
		SCENE(after_a_gap_one_message_is_enough),
		SCENE(nothing_is_silent),
		SCENE(no_step_up_on_silence),
		SCENE(a_wrong_number_learns_nothing),
		SCENE(states_never_go_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
