/*
 * play_watch.c - see play.h
 *
 * After each tick: what is new in the store, told to the witness and counted.
 * Alerts come before what was sent about them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "simulate/play.h"
#include "store/inbox.h"
#include "store/slots.h"

/* No receipt comes later than that. */
#define AFLOAT_S ((int64_t)20 * 60)

int
play_who(const struct play *play, int64_t patient_id)
{
	return patient_id >= 1 && patient_id <= play->enrolled
		   ? (int)patient_id - 1
		   : -1;
}

static struct part *
part_of(struct play *play, int who)
{
	return &play->parts[play->by_turn[who]];
}

static int
week_of(const struct play *play)
{
	int64_t weeks =
	    (play->now - play->cast.begins_at) / ((int64_t)7 * 24 * 3600);
	int last = play->order->weeks - 1;
	return weeks > last ? last : weeks < 0 ? 0 : (int)weeks;
}

static enum status
watch_alerts(struct play *play, struct why *why)
{
	struct alert *list = NULL;
	int len = 0;
	enum status status =
	    alert_after(play->hall.store, play->last_alert, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		const struct alert *alert = &list[i];
		struct witness_alert seen = { .alert_id = alert->alert_id,
			.who = play_who(play, alert->patient_id),
			.red_flag = alert->kind == ALERT_RED_FLAG,
			.because = alert->because,
			.at = alert->opened_at };
		seen.at_once = seen.red_flag &&
			       (strcmp(alert->level, "emergency") == 0 ||
				   strcmp(alert->level, "self-harm") == 0);
		witness_alert(play->witness, &seen);
		play->last_alert = alert->alert_id;
		play->tally->alerts[alert->kind]++;
		play->tally->alerts_sum++;
		play->tally->by_week[week_of(play)].alerts++;
	}
	alert_list_free(list, len);
	return status;
}

/* Could it be read; or does a person see it, or was it asked again? */
static enum status
is_seen_to(const struct play *play, const struct reading_row *row,
    const struct inbound *inbound, bool *is, struct why *why)
{
	*is =
	    !row->reading.unclear ||
	    (inbound->handled != NULL && strcmp(inbound->handled, "open") == 0);
	if (*is || row->question_id == 0)
		return STATUS_OK;
	struct question question = { 0 };
	enum status status =
	    question_by_id(play->hall.store, row->question_id, &question, why);
	*is = question.asked_again;
	return status;
}

/* Is it kept as it was written? */
static bool
same_words(const struct play *play, const struct inbound *inbound)
{
	long number = strtol(inbound->provider_id + strlen("reply-"), NULL, 10);
	return number > 0 && number < play->meanings_len &&
	       strcmp(play->meanings[number].text, inbound->body) == 0;
}

static enum status
watch_reading(struct play *play, const struct reading_row *row, struct why *why)
{
	struct inbound inbound = { 0 };
	struct tally *tally = play->tally;
	enum status status =
	    inbound_by_id(play->hall.store, row->inbound_id, &inbound, why);
	if (status != STATUS_OK)
		return status;
	bool open =
	    inbound.handled != NULL && strcmp(inbound.handled, "open") == 0;
	struct witness_read read = { .id = inbound.provider_id,
		.who = play_who(play, row->patient_id),
		.visit = row->visit,
		.same_words = same_words(play, &inbound),
		.scored = row->reading.pain != PAIN_NONE };
	status = is_seen_to(play, row, &inbound, &read.seen_to, why);
	witness_read(play->witness, &read);
	tally->replies++;
	tally->unclear += row->reading.unclear;
	tally->inbox += open;
	tally->by_week[week_of(play)].inbox += open;
	inbound_free(&inbound);
	return status;
}

static enum status
watch_readings(struct play *play, struct why *why)
{
	struct reading_row *list = NULL;
	int len = 0;
	enum status status = reading_after(
	    play->hall.store, play->last_reading, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		play->last_reading = list[i].reading_id;
		status = watch_reading(play, &list[i], why);
	}
	free(list);
	return status;
}

static int
stage_index(const struct plan *plan, const char *id)
{
	for (int i = 0; i < plan->stages_len; i++)
		if (strcmp(plan->stages[i].id, id) == 0)
			return i;
	return -1;
}

enum status
play_moved(struct play *play, const struct move *move, struct why *why)
{
	struct patient patient = { 0 };
	const struct plan *plan = play->order->plan;
	enum status status = patient_by_enrolment(
	    play->hall.store, move->enrolment_id, &patient, why);
	if (status != STATUS_OK)
		return status;
	int who = play_who(play, patient.patient_id);
	patient_free(&patient);

	struct part *part = part_of(play, who);
	int from = stage_index(plan, move->from_stage);
	const struct stage *stage = &plan->stages[from];
	bool finish = strcmp(move->act, "finish") == 0;
	bool up = finish || strcmp(move->act, "advance") == 0;
	struct date on = zone_local(part->zone, move->at).date;
	struct witness_move seen = { .who = who,
		.up = up && move->decided_by == NULL,
		.readings =
		    finish ? stage->finish.readings : stage->advance.readings,
		.days = (int)(date_days(on) - date_days(part->stage_since_on)),
		.min_days = stage->min_days,
		.because = move->because };
	witness_move(play->witness, &seen);
	tally_move(play->tally, move->from_stage, move->to_stage, move->act,
	    move->because);
	tally_add(&play->tally->days[from], seen.days);
	part->stage_since_on = on;
	return STATUS_OK;
}

static void
remember_waiting(struct play *play, int64_t move_id)
{
	play->waiting = xrealloc(play->waiting, (size_t)play->waiting_len + 1,
	    sizeof *play->waiting);
	play->waiting[play->waiting_len++] = move_id;
	play->tally->waiting++;
	play->tally->by_week[week_of(play)].waiting++;
}

/* One that waited has been made, or will not be. */
static enum status
watch_waiting(struct play *play, struct why *why)
{
	int kept = 0;
	for (int i = 0; i < play->waiting_len; i++) {
		struct move move = { 0 };
		enum status status =
		    move_by_id(play->hall.store, play->waiting[i], &move, why);
		if (status == STATUS_OK && move.state == MOVE_MADE)
			status = play_moved(play, &move, why);
		else if (status == STATUS_OK && move.state == MOVE_WAITING)
			play->waiting[kept++] = play->waiting[i];
		move_free(&move);
		if (status != STATUS_OK)
			return status;
	}
	play->waiting_len = kept;
	return STATUS_OK;
}

static enum status
watch_moves(struct play *play, struct why *why)
{
	struct move *list = NULL;
	int len = 0;
	enum status status = watch_waiting(play, why);
	if (status == STATUS_OK)
		status = move_after(
		    play->hall.store, play->last_move, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		play->last_move = list[i].move_id;
		if (list[i].state == MOVE_MADE)
			status = play_moved(play, &list[i], why);
		else if (list[i].state == MOVE_WAITING)
			remember_waiting(play, list[i].move_id);
	}
	move_list_free(list, len);
	return status;
}

static enum status
watch_slots(struct play *play, struct why *why)
{
	struct slot *list = NULL;
	int len = 0;
	enum status status =
	    slot_after(play->hall.store, play->last_slot, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		char name[160];
		char on[DATE_SIZE];
		snprintf(name, sizeof name, "%lld %s %s %d",
		    (long long)list[i].enrolment_id, list[i].reminder,
		    date_format(list[i].local_date, on), list[i].local_minute);
		witness_slot(
		    play->witness, name, list[i].parcel, list[i].because);
		play->last_slot = list[i].slot_id;
	}
	slot_list_free(list, len);
	return status;
}

void
play_state(struct play *play, const struct message *message)
{
	enum message_state state = message->state;
	int rank = state < MESSAGE_ACCEPTED    ? 0
		   : state == MESSAGE_ACCEPTED ? 1
					       : 2;
	witness_state(play->witness, message->message_id, rank,
	    message_state_names[state], rank == 2 && state != MESSAGE_DELIVERED,
	    message->because != NULL ? message->because : "");
}

/* Receipts come for a while; a state may only go forward. */
static enum status
watch_afloat(struct play *play, struct why *why)
{
	int kept = 0;
	for (int i = 0; i < play->afloat_len; i++) {
		struct afloat *afloat = &play->afloat[i];
		struct message message = { 0 };
		enum status status = outbox_by_id(
		    play->hall.store, afloat->message_id, &message, why);
		if (status != STATUS_OK)
			return status;
		play_state(play, &message);
		if (message.state <= MESSAGE_ACCEPTED &&
		    afloat->until_at > play->now)
			play->afloat[kept++] = *afloat;
		message_free(&message);
	}
	play->afloat_len = kept;
	return STATUS_OK;
}

static void
count_sent(struct play *play, int who, const struct play_sent *sent)
{
	struct tally *tally = play->tally;
	const struct message *message = &sent->message;
	if (message->kind == KIND_CLINICIAN_ALERT)
		tally->clinician_sum++;
	if (message->kind == KIND_CLINICIAN_ALERT || who < 0)
		return;
	struct part *part = part_of(play, who);
	tally->messages_sum++;
	part->messages++;
	if (message->channel == CHANNEL_EMAIL)
		tally->emails_sum++;
	tally->segments_sum += message->segments;
	part->segments += message->segments;
}

static void
watch_sent(struct play *play, struct play_sent *sent)
{
	const struct message *message = &sent->message;
	int who = play_who(play, message->patient_id);
	struct witness_sent seen = { .key = message->key,
		.parcel = message->parcel,
		.kind = message->kind,
		.channel = message->channel,
		.address = sent->address,
		.body = message->body,
		.who = who,
		.alert_id = message->alert_id,
		.at = sent->at,
		.expires_at = message->expires_at,
		.claimed = sent->claimed,
		.taken = sent->taken };
	witness_sent(play->witness, &seen);
	play->afloat = xrealloc(
	    play->afloat, (size_t)play->afloat_len + 1, sizeof *play->afloat);
	play->afloat[play->afloat_len++] =
	    (struct afloat){ .message_id = message->message_id,
		    .until_at = play->now + AFLOAT_S };
	if (!sent->taken)
		return;
	count_sent(play, who, sent);
	if (who >= 0 && message->kind != KIND_CLINICIAN_ALERT)
		play_hear(play, who, sent);
}

enum status
play_watch(struct play *play, struct why *why)
{
	enum status status = watch_alerts(play, why);
	if (status == STATUS_OK)
		status = watch_readings(play, why);
	if (status == STATUS_OK)
		status = watch_moves(play, why);
	if (status == STATUS_OK)
		status = watch_slots(play, why);
	for (int i = 0; i < play->sent_len; i++) {
		if (status == STATUS_OK)
			watch_sent(play, &play->sent[i]);
		message_free(&play->sent[i].message);
	}
	play->sent_len = 0;
	if (status == STATUS_OK)
		status = watch_afloat(play, why);
	if (status == STATUS_OK)
		witness_tick(play->witness, play->now, play->open);
	return status;
}
