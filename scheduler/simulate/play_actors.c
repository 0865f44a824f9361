/*
 * play_actors.c - see play.h
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "simulate/play.h"

#define MINUTE_S INT64_C(60)
#define HOUR_S (60 * MINUTE_S)
#define DAY_S (24 * HOUR_S)
#define FORM_FACT_SIZE 96

void
play_write(struct play *play, const char *from, const char *text,
    const char *answers, int64_t at, const struct meaning *meaning)
{
	const char *id = air_write(play->hall.air, from, text, answers, at);
	int number = (int)strtol(id + strlen("reply-"), NULL, 10);
	if (number >= play->meanings_len) {
		int len = number * 2;
		play->meanings = xrealloc(
		    play->meanings, (size_t)len, sizeof *play->meanings);
		play->meanings_len = len;
	}
	play->meanings[number] = *meaning;
	snprintf(play->meanings[number].text,
	    sizeof play->meanings[number].text, "%s", text);
}

/* When the next thing befalls an actor. */
static void
look_ahead(struct part *part)
{
	const int64_t times[] = { part->actor.stops_at, part->actor.starts_at,
		part->actor.new_number_at, part->actor.flag_at };
	part->next_at = ACTOR_NEVER;
	for (size_t i = 0; i < sizeof times / sizeof times[0]; i++)
		if (times[i] < part->next_at)
			part->next_at = times[i];
}

/* The first value that the plan's texts know of each fact, or another. */
static int
choose_facts(const struct play *play, const struct actor *actor,
    char out[ENROL_FACTS][FORM_FACT_SIZE])
{
	int len = 0;
	for (int i = 0; i < play->order->about_len && len < ENROL_FACTS; i++) {
		const struct plans_about *about = &play->order->about[i];
		int words = 1;
		for (const char *p = about->known; *p != '\0'; p++)
			words += *p == ' ';
		int pick = lottery_pick(&play->cast.lottery, LOT_PERSON,
		    actor->number, 20 + i, words);
		const char *value = about->known;
		while (pick-- > 0)
			value += strcspn(value, " ") + 1;
		int span = (int)strcspn(value, " ");
		snprintf(out[len++], FORM_FACT_SIZE, "%s=%.*s", about->key,
		    span > 0 ? span : 3, span > 0 ? value : "any");
	}
	return len;
}

static enum status
enrol_one(struct play *play, struct part *part, struct why *why)
{
	const struct actor *actor = &part->actor;
	char facts[ENROL_FACTS][FORM_FACT_SIZE];
	char baseline[12];
	char today[DATE_SIZE];
	int64_t patient_id = 0;
	struct enrolment_form form = { .name = actor->name,
		.plan = play->order->plan->id,
		.phone = *actor->phone != '\0' ? actor->phone : NULL,
		.email = *actor->email != '\0' ? actor->email : NULL,
		.channel = actor->channel,
		.tz = actor->timezone,
		.born = "1980-01-01",
		.screened = today,
		.by = "simulation" };
	part->stage_since_on = zone_local(part->zone, play->now).date;
	form.consent = date_format(part->stage_since_on, today);
	snprintf(baseline, sizeof baseline, "%d", actor->baseline);
	if (actor->baseline != PAIN_NONE)
		form.baseline = baseline;
	form.facts_len = choose_facts(play, actor, facts);
	for (int i = 0; i < form.facts_len; i++)
		form.facts[i] = facts[i];

	enum status status = hall_enrol(&play->hall, &form, &patient_id, why);
	if (status != STATUS_OK)
		return status;
	if (patient_id != play->enrolled + 1)
		panic("a virtual patient is number %lld, and should be %d",
		    (long long)patient_id, play->enrolled + 1);
	play->by_turn[play->enrolled] = actor->number;
	witness_enrolled(play->witness, play->enrolled++, actor->name,
	    part->zone, actor->phone, actor->email);
	part->enrolled = true;
	look_ahead(part);
	return STATUS_OK;
}

enum status
play_enrol(struct play *play, struct why *why)
{
	enum status status = STATUS_OK;
	if (play->enrolled == play->parts_len)
		return STATUS_OK;
	for (int i = 0; i < play->parts_len && status == STATUS_OK; i++) {
		struct part *part = &play->parts[i];
		if (!part->enrolled && part->actor.enrolled_at <= play->now)
			status = enrol_one(play, part, why);
	}
	return status;
}

static const char *
own_address(const struct part *part)
{
	return *part->actor.phone != '\0' ? part->actor.phone
					  : part->actor.email;
}

static void
write_now(struct play *play, struct part *part, enum cohort_says says,
    const struct meaning *meaning)
{
	play_write(play, own_address(part),
	    actor_words(&play->cast, &part->actor, says, 1000 + (int)says),
	    NULL, play->now, meaning);
}

struct new_phone {
	int64_t patient_id;
	const char *phone;
};

/* The patient has phoned, and somebody enters the new number. */
static enum status
phone_work(struct practice *practice, void *arg, struct why *why)
{
	const struct new_phone *news = arg;
	struct patient patient = { 0 };
	enum status status =
	    patient_by_id(practice->store, news->patient_id, &patient, why);
	if (status == STATUS_OK) {
		replace_text(&patient.phone, news->phone);
		status = patient_update(practice->store, &patient, why);
	}
	patient_free(&patient);
	return status;
}

/* The old number goes to somebody else, or to nobody. */
static enum status
change_number(struct play *play, int who, struct part *part, struct why *why)
{
	struct actor *actor = &part->actor;
	memcpy(part->old_phone, actor->phone, sizeof part->old_phone);
	snprintf(actor->phone, sizeof actor->phone, "+4475009%05d",
	    actor->number % 100000);
	actor->number_changed = true;
	if (!actor->wrong_number)
		air_set_dead(play->hall.air, part->old_phone);
	if (!actor->tells_clinic)
		return STATUS_OK;
	struct new_phone news = { .patient_id = who + 1,
		.phone = actor->phone };
	witness_new_phone(play->witness, who, actor->phone);
	return practice_transact(&play->hall.practice, phone_work, &news, why);
}

static enum status
befall_one(struct play *play, int who, struct part *part, struct why *why)
{
	static const enum cohort_says says[FLAG__MAX] = {
		[FLAG_URGENT] = SAYS_URGENT,
		[FLAG_SELF_HARM] = SAYS_SELF_HARM,
		[FLAG_EMERGENCY] = SAYS_EMERGENCY,
	};
	struct actor *actor = &part->actor;
	enum status status = STATUS_OK;
	if (actor->new_number_at <= play->now) {
		actor->new_number_at = ACTOR_NEVER;
		status = change_number(play, who, part, why);
	}
	if (actor->flag_at <= play->now) {
		actor->flag_at = ACTOR_NEVER;
		write_now(play, part, says[actor->flag],
		    &(struct meaning){ .flag = actor->flag });
	}
	if (actor->stops_at <= play->now) {
		actor->stops_at = ACTOR_NEVER;
		write_now(play, part, SAYS_STOP,
		    &(struct meaning){
			.stop = true, .confirmed = true, .flag = FLAG__MAX });
	}
	if (actor->starts_at <= play->now) {
		actor->starts_at = ACTOR_NEVER;
		write_now(play, part, SAYS_START,
		    &(struct meaning){ .start = true, .flag = FLAG__MAX });
	}
	look_ahead(part);
	return status;
}

enum status
play_befall(struct play *play, struct why *why)
{
	enum status status = STATUS_OK;
	for (int who = 0; who < play->enrolled && status == STATUS_OK; who++) {
		struct part *part = &play->parts[play->by_turn[who]];
		if (part->next_at <= play->now)
			status = befall_one(play, who, part, why);
	}
	return status;
}

/* Somebody else has that number now. */
static void
wrong_number(struct play *play, struct part *part, const struct play_sent *sent)
{
	struct meaning meaning = { .stop = true, .flag = FLAG__MAX };
	if (!part->actor.wrong_number)
		return;
	part->actor.wrong_number = false;
	play_write(play, part->old_phone,
	    actor_words(&play->cast, &part->actor, SAYS_WRONG, 0), NULL,
	    sent->at + 10 * MINUTE_S, &meaning);
}

void
play_hear(struct play *play, int who, const struct play_sent *sent)
{
	struct part *part = &play->parts[play->by_turn[who]];
	struct actor *actor = &part->actor;
	const struct message *message = &sent->message;
	struct meaning none = { .flag = FLAG__MAX };
	struct actor_reply reply;
	if (strcmp(sent->address, part->old_phone) == 0) {
		wrong_number(play, part, sent);
		return;
	}
	/* One who gets both answers by one of them. */
	if (strcmp(actor->channel, "both") == 0 &&
	    message->channel != CHANNEL_SMS)
		return;

	actor_hear(
	    &play->cast, actor, message->kind, message->asks, sent->at, &reply);
	if (!reply.given)
		return;
	bool mail = message->channel == CHANNEL_EMAIL;
	const char *answers = mail ? message->key : NULL;
	play_write(play, sent->address, reply.text, answers,
	    sent->at + reply.after_s, &none);
	if (message->asks != ASKS_NONE &&
	    lottery_wins(&play->cast.lottery, LOT_ANSWER, actor->number,
		actor->turns * 8 + 4, play->cast.cohort->habits.asks))
		play_write(play, sent->address,
		    actor_words(&play->cast, actor, SAYS_ASKS, actor->turns),
		    answers, sent->at + reply.after_s + 2 * MINUTE_S, &none);
}
