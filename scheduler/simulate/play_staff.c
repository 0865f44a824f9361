/*
 * play_staff.c - see play.h
 *
 * Clinicians who work in the clinic's hours: they take most alerts on when
 * they see them, close them on the day after, answer the inbox, and say yes
 * to the moves that wait.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "simulate/play.h"
#include "store/inbox.h"
#include "tick/alerting.h"
#include "tick/course.h"

#define BY "simulation"
#define TAKEN_ON 70 /* of a hundred alerts that are seen in an hour */
#define CLOSED_AFTER_S ((int64_t)20 * 60 * 60)

static enum status
take_on(struct practice *practice, void *arg, struct why *why)
{
	return alerting_acknowledge(practice, arg, BY, why);
}

static enum status
close_it(struct practice *practice, void *arg, struct why *why)
{
	return alerting_close(practice, arg, BY, "seen, goes on gently", why);
}

static enum status
see_alert(struct play *play, struct alert *alert, struct why *why)
{
	struct practice *practice = &play->hall.practice;
	enum status status = STATUS_OK;
	if (alert->state == ALERT_OPEN &&
	    lottery_wins(&play->cast.lottery, LOT_STAFF, alert->alert_id,
		play->now / 3600, TAKEN_ON)) {
		status = practice_transact(practice, take_on, alert, why);
		witness_acknowledged(play->witness, alert->alert_id);
	} else if (alert->state == ALERT_ACKNOWLEDGED &&
		   play->now - alert->acknowledged_at > CLOSED_AFTER_S) {
		status = practice_transact(practice, close_it, alert, why);
		witness_closed(play->witness, alert->alert_id);
	}
	return status;
}

static enum status
see_alerts(struct play *play, struct why *why)
{
	struct alert *list = NULL;
	int len = 0;
	enum status status =
	    alert_all(play->hall.store, false, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++)
		status = see_alert(play, &list[i], why);
	alert_list_free(list, len);
	return status;
}

static enum status
entry_work(struct practice *practice, void *arg, struct why *why)
{
	const struct inbound *inbound = arg;
	struct reading_row row = { 0 };
	enum status status = inbound_set_handled(
	    practice->store, inbound->inbound_id, "closed", why);
	if (status == STATUS_OK)
		status = reading_by_inbound(
		    practice->store, inbound->inbound_id, &row, why);
	if (status == STATUS_OK && !row.verified && row.patient_id != 0)
		status = reading_verify(practice->store, row.reading_id, why);
	return status == STATUS_NONE ? STATUS_OK : status;
}

static enum status
see_inbox(struct play *play, struct why *why)
{
	struct inbound *list = NULL;
	int len = 0;
	enum status status = inbound_open(play->hall.store, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++)
		status = practice_transact(
		    &play->hall.practice, entry_work, &list[i], why);
	inbound_list_free(list, len);
	return status;
}

static enum decision_act
act_of(const struct move *move)
{
	return strcmp(move->act, "retreat") == 0  ? DECISION_RETREAT
	       : strcmp(move->act, "finish") == 0 ? DECISION_FINISH
						  : DECISION_ADVANCE;
}

static enum status
yes_work(struct practice *practice, void *arg, struct why *why)
{
	const struct move *move = arg;
	struct patient patient = { 0 };
	const struct plan *plan = NULL;
	const struct stage *stage = NULL;
	enum status status = patient_by_enrolment(
	    practice->store, move->enrolment_id, &patient, why);
	if (status == STATUS_OK)
		status = practice_stage(practice, &patient, &plan, &stage, why);
	if (status == STATUS_OK && patient.state == PATIENT_ACTIVE &&
	    strcmp(patient.stage, move->from_stage) == 0) {
		struct course_step step = { .to = plan_stage(
						plan, move->to_stage),
			.act = act_of(move),
			.because = move->because,
			.pain = PAIN_NONE,
			.by = BY };
		status = course_move(practice, &patient, &step, why);
	}
	patient_free(&patient);
	return status;
}

static enum status
see_moves(struct play *play, struct why *why)
{
	struct move *list = NULL;
	int len = 0;
	enum status status = move_waiting(play->hall.store, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++)
		status = practice_transact(
		    &play->hall.practice, yes_work, &list[i], why);
	move_list_free(list, len);
	return status;
}

enum status
play_staff(struct play *play, struct why *why)
{
	if (!practice_is_open(&play->hall.practice, play->now))
		return STATUS_OK;
	enum status status = see_alerts(play, why);
	if (status == STATUS_OK)
		status = see_inbox(play, why);
	if (status == STATUS_OK)
		status = see_moves(play, why);
	return status;
}
