#include "simulate/simulate.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "simulate/play.h"

#define HOUR_S ((int64_t)60 * 60)
#define DAY_S (24 * HOUR_S)
#define WEEK_S (7 * DAY_S)

/* Twelve weeks from either have a change of the clock; both, where zones of
 * both hemispheres are in the cohort. */
static const struct date seasons[] = { { 2026, 3, 2 }, { 2026, 9, 7 } };

/* The gateway has it, or was told to: how the record stands at this moment. */
static void
on_sent(void *arg, const struct post_message *wire, enum channel channel,
    bool taken)
{
	struct play *play = arg;
	struct play_sent sent = { .taken = taken, .at = wire->at };
	(void)channel;
	if (outbox_by_key(play->hall.store, wire->key, &sent.message, NULL) !=
	    STATUS_OK)
		panic("a message has left that has no row");
	sent.claimed = sent.message.state == MESSAGE_SENDING;
	strncpy(sent.address, wire->to, sizeof sent.address - 1);
	if ((play->sent_len & (play->sent_len - 1)) == 0)
		play->sent = xrealloc(play->sent,
		    play->sent_len > 0 ? (size_t)play->sent_len * 2 : 1,
		    sizeof *play->sent);
	play->sent[play->sent_len++] = sent;
}

/* The program says that it keeps it: from now on it must heed it. */
static void
on_stored(void *arg, const struct air_reply *reply)
{
	struct play *play = arg;
	const struct meaning *meaning =
	    &play->meanings[strtol(reply->id + strlen("reply-"), NULL, 10)];
	struct witness_heard heard = { .id = reply->id,
		.address = reply->from,
		.at = play->now,
		.stop = meaning->stop,
		.confirmed = meaning->confirmed,
		.start = meaning->start,
		.flag = meaning->flag };
	witness_heard(play->witness, &heard);
}

static void
make_cast(struct play *play)
{
	const struct simulation *order = play->order;
	const struct clinic *clinic = &play->hall.config.clinic;
	play->cast.timezone = clinic->timezone;
	play->cast.words = cohort_words_in(order->cohort, clinic->language);
	play->parts = xcalloc((size_t)order->patients, sizeof *play->parts);
	play->by_turn = xcalloc((size_t)order->patients, sizeof(int));
	play->parts_len = order->patients;
	for (int i = 0; i < order->patients; i++)
		actor_make(&play->cast, i,
		    i > 0 ? &play->parts[i - 1].actor : NULL,
		    &play->parts[i].actor);
}

static enum status
open_zones(struct play *play, struct why *why)
{
	enum status status = STATUS_OK;
	for (int i = 0; i < play->parts_len && status == STATUS_OK; i++)
		status = zone_open(
		    play->parts[i].actor.timezone, &play->parts[i].zone, why);
	return status;
}

static void
call_witness(struct play *play)
{
	const struct config *config = &play->hall.config;
	const struct clinic *clinic = &config->clinic;
	int plan_limit = play->order->plan->weekly_limit;
	struct witness_house house = {
		.quiet_from = clinic->quiet.from_minute,
		.quiet_until = clinic->quiet.until_minute,
		.closed = clinic->closed,
		.closed_len = clinic->quiet.closed_len,
		.daily = clinic->daily_limit,
		.weekly = plan_limit > 0 && plan_limit < clinic->weekly_limit
			      ? plan_limit
			      : clinic->weekly_limit,
		.repeat_s = config->alerts.repeat_s,
		.rounds = config->alerts.rounds,
		.step_s = SIMULATE_STEP_S,
	};
	play->witness = witness_new(&house);
}

static enum status
open_play(struct play *play, struct why *why)
{
	const struct simulation *order = play->order;
	struct air_listener listener = { on_sent, on_stored, play };
	int season = (int)(order->seed % 2 == 0);
	play->cast = (struct cast){ .cohort = order->cohort,
		.lottery = { .seed = (uint64_t)order->seed },
		.begins_at = date_days(seasons[season]) * DAY_S };
	play->cast.ends_at = play->cast.begins_at + order->weeks * WEEK_S;
	play->now = play->cast.begins_at;
	struct hall_order hall = { .config = order->config,
		.facts = order->facts,
		.templates = order->templates,
		.words = order->words,
		.lottery = &play->cast.lottery,
		.listener = &listener,
		.begins_at = play->now };
	enum status status = hall_open(&play->hall, &hall, why);
	if (status == STATUS_OK)
		status = hall_plan(&play->hall, order->plan, order->about,
		    order->about_len, why);
	if (status != STATUS_OK)
		return status;
	call_witness(play);
	make_cast(play);
	return open_zones(play, why);
}

static void
free_play(struct play *play)
{
	for (int i = 0; i < play->parts_len; i++)
		zone_free(play->parts[i].zone);
	free(play->parts);
	free(play->by_turn);
	for (int i = 0; i < play->sent_len; i++)
		message_free(&play->sent[i].message);
	free(play->sent);
	free(play->meanings);
	free(play->afloat);
	free(play->waiting);
	witness_free(play->witness);
	hall_close(&play->hall);
}

/* One tick, with all that came before it and all that comes of it. */
static enum status
tick(struct play *play, int64_t now, struct why *why)
{
	play->now = now;
	hall_turn(&play->hall, now);
	play->tally->ticks++;
	enum status status = hall_tick(&play->hall, why);
	if (status == STATUS_OK)
		status = play_watch(play, why);
	return status;
}

static enum status
step(struct play *play, const struct troubles *troubles, int64_t at,
    struct why *why)
{
	bool down = troubles_are(troubles, TROUBLE_DOWN, at);
	bool fog = troubles_are(troubles, TROUBLE_FOG, at);
	play->open = !down && !fog;
	air_set_weather(play->hall.air, down  ? AIR_DOWN
					: fog ? AIR_FOGGY
					      : AIR_CLEAR);
	play->now = at;
	hall_turn(&play->hall, at);
	enum status status = play_enrol(play, why);
	if (status == STATUS_OK)
		status = play_befall(play, why);
	if (status == STATUS_OK && at % HOUR_S == 0)
		status = play_staff(play, why);
	if (status != STATUS_OK || troubles_are(troubles, TROUBLE_NO_TICK, at))
		return status;
	status = tick(play, at, why);
	if (status == STATUS_OK && troubles_are(troubles, TROUBLE_TWICE, at))
		status = tick(play, at, why);
	if (status == STATUS_OK &&
	    troubles_are(troubles, TROUBLE_CLOCK_BACK, at))
		status = tick(play, at - HOUR_S, why);
	return status;
}

static enum status
run_play(struct play *play, const struct troubles *troubles, struct why *why)
{
	const struct simulation *order = play->order;
	int64_t begins_at = play->cast.begins_at;
	enum status status = STATUS_OK;
	for (int week = 0; week < order->weeks && status == STATUS_OK; week++) {
		int64_t week_at = begins_at + week * WEEK_S;
		for (int64_t at = week_at;
		     at < week_at + WEEK_S && status == STATUS_OK;
		     at += SIMULATE_STEP_S) {
			status = step(play, troubles, at, why);
			if (order->progress != NULL && at % (6 * HOUR_S) == 0)
				order->progress(order->arg,
				    (int)((at - begins_at) / HOUR_S),
				    order->weeks * 7 * 24);
		}
		if (status == STATUS_OK)
			status = play_census(play, week, why);
	}
	return status;
}

enum status
simulate_run(
    const struct simulation *order, struct tally *tally, struct why *why)
{
	struct play play = { .order = order, .tally = tally };
	struct troubles troubles = { 0 };
	tally_open(
	    tally, order->plan, order->patients, order->weeks, order->seed);
	enum status status = open_play(&play, why);
	if (status == STATUS_OK) {
		troubles_plan(&troubles, order->cohort, &play.cast.lottery,
		    play.cast.begins_at, order->weeks);
		status = run_play(&play, &troubles, why);
	}
	if (status == STATUS_OK)
		status = play_close(&play, why);
	troubles_free(&troubles);
	free_play(&play);
	return status;
}
