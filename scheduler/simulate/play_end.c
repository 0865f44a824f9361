/*
 * play_end.c - see play.h
 *
 * At the end of a week, and of all.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "simulate/play.h"
#include "store/inbox.h"

static void
count_patient(
    struct play *play, const struct patient *patient, struct tally_week *week)
{
	const struct plan *plan = play->order->plan;
	if (patient->state == PATIENT_COMPLETED)
		week->finished++;
	else if (patient->state == PATIENT_STOPPED)
		week->stopped++;
	else
		for (int i = 0; i < plan->stages_len; i++)
			if (strcmp(plan->stages[i].id, patient->stage) == 0)
				week->in_stage[i]++;
}

enum status
play_census(struct play *play, int week, struct why *why)
{
	struct patient *list = NULL;
	int len = 0;
	struct tally_list pains = { 0 };
	struct tally_week *row = &play->tally->by_week[week];
	enum status status = patient_all(play->hall.store, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++)
		count_patient(play, &list[i], row);
	for (int who = 0; who < play->enrolled; who++)
		tally_add(&pains,
		    actor_pain(&play->cast,
			&play->parts[play->by_turn[who]].actor, play->now));
	row->pain = tally_quantile(&pains, 50);
	free(pains.values);
	patient_list_free(list, len);
	return status;
}

static enum status
count_questions(
    struct play *play, const struct patient *patient, struct why *why)
{
	struct question *list = NULL;
	int len = 0;
	enum status status = question_of_enrolment(
	    play->hall.store, patient->enrolment_id, 1000, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		bool answered = list[i].state == QUESTION_ANSWERED;
		play->tally->answered += answered;
		play->tally->asked +=
		    answered || list[i].state == QUESTION_UNANSWERED;
	}
	free(list);
	return status;
}

static enum status
count_states(struct play *play, struct why *why)
{
	struct patient *list = NULL;
	int len = 0;
	struct tally *tally = play->tally;
	enum status status = patient_all(play->hall.store, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		tally->finished += list[i].state == PATIENT_COMPLETED;
		tally->stopped += list[i].state == PATIENT_STOPPED;
		tally->paused += list[i].state == PATIENT_PAUSED;
		tally->active += list[i].state == PATIENT_ACTIVE;
		status = count_questions(play, &list[i], why);
	}
	patient_list_free(list, len);
	return status;
}

/* Of all that was ever queued, for the last time: did a state go back since it
 * was looked at, and does what never went say why? */
static enum status
look_at_all(struct play *play, struct why *why)
{
	struct message *list = NULL;
	int len = 0;
	enum status status =
	    outbox_after(play->hall.store, 0, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++)
		play_state(play, &list[i]);
	message_list_free(list, len);
	return status;
}

/* By the first gateway of each channel, as a clinic would send. */
static void
count_cost(struct play *play)
{
	const struct config *config = play->order->config;
	struct tally *tally = play->tally;
	if (config == NULL)
		return;
	if (config->sms_len > 0)
		tally->cost +=
		    config->sms[0].price * (double)tally->segments_sum;
	if (config->email_len > 0)
		tally->cost +=
		    config->email[0].price * (double)tally->emails_sum;
	tally->currency = config->clinic.currency;
}

enum status
play_close(struct play *play, struct why *why)
{
	struct tally *tally = play->tally;
	enum status status = look_at_all(play, why);
	if (status == STATUS_OK)
		status = count_states(play, why);
	for (int i = 0; i < play->parts_len; i++) {
		const struct part *part = &play->parts[i];
		tally_add(&tally->messages, part->messages);
		tally_add(&tally->segments, part->segments);
		tally->dropped += part->actor.drops_out_at <= play->now;
	}
	count_cost(play);
	for (int law = 0; law < LAW__MAX; law++) {
		tally->broken[law] =
		    witness_broken(play->witness, (enum law)law);
		tally->first[law] =
		    xstrdup(witness_first(play->witness, (enum law)law));
	}
	return status;
}
