/*
 * move - steps between stages that wait for a clinician's yes
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "commands/patient_change.h"
#include "commands/patient_json.h"
#include "commands/print.h"
#include "commands/subcommand.h"
#include "commands/verbs.h"
#include "tick/course.h"

static void
print_move(const struct move *move, const struct patient *patient,
    const struct zone *zone)
{
	char head[32];
	char when[PRINT_WHEN_SIZE];
	snprintf(head, sizeof head, "%5lld", (long long)move->move_id);
	print_hanging_f(stdout, head, 7, "%s  from %s to %s, %s", patient->ref,
	    move->from_stage, move->to_stage, print_when(zone, move->at, when));
	print_hanging(stdout, "", 7, move->because);
}

static enum status
run_list(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	struct move *list = NULL;
	int len = 0;
	const struct zone *zone = NULL;
	bool json = argument_given(arguments, "json");
	json_t *array = json_array();
	enum status status = practice_zone(&session->practice, &zone, why);
	if (status == STATUS_OK)
		status = move_waiting(session->store, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		struct patient patient = { 0 };
		status = patient_by_enrolment(
		    session->store, list[i].enrolment_id, &patient, why);
		if (status == STATUS_OK && json)
			json_array_append_new(
			    array, patient_json_move(&list[i], patient.ref));
		else if (status == STATUS_OK)
			print_move(&list[i], &patient, zone);
		patient_free(&patient);
	}
	if (status == STATUS_OK && json)
		json_print(stdout, array);
	else
		json_decref(array);
	if (status == STATUS_OK && !json && len == 0)
		puts("no move waits");
	move_list_free(list, len);
	return status;
}

struct verdict {
	int64_t id;
	const char *by;
	struct move move;
	struct patient patient;
	bool overtaken; /* things have moved on since it was proposed */
};

static enum status
load(struct practice *practice, struct verdict *verdict, struct why *why)
{
	enum status status =
	    move_by_id(practice->store, verdict->id, &verdict->move, why);
	if (status == STATUS_NONE)
		return why_set(why, STATUS_BAD_DATA,
		    "there is no move %lld; \"keepmoving move list\" shows "
		    "those that wait",
		    (long long)verdict->id);
	if (status == STATUS_OK)
		status = patient_by_enrolment(practice->store,
		    verdict->move.enrolment_id, &verdict->patient, why);
	if (status == STATUS_OK && verdict->move.state != MOVE_WAITING)
		status = why_set(why, STATUS_BAD_DATA,
		    "move %lld does not wait any more: it is %s",
		    (long long)verdict->id,
		    move_state_names[verdict->move.state]);
	return status;
}

/* Write down what became of it; it did not lead anywhere. */
static enum status
settle(struct practice *practice, struct verdict *verdict,
    enum move_state state, const char *kind, const char *because,
    struct why *why)
{
	verdict->move.state = state;
	verdict->move.decided_at = practice->now;
	replace_text(&verdict->move.decided_by, verdict->by);
	enum status status = move_update(practice->store, &verdict->move, why);
	if (status != STATUS_OK)
		return status;
	return event_add(practice->store, practice->now,
	    verdict->patient.patient_id, kind, verdict->move.to_stage, why,
	    "%s", because);
}

static enum decision_act
act_of(const struct move *move)
{
	if (strcmp(move->act, "advance") == 0)
		return DECISION_ADVANCE;
	if (strcmp(move->act, "retreat") == 0)
		return DECISION_RETREAT;
	if (strcmp(move->act, "finish") == 0)
		return DECISION_FINISH;
	return DECISION_STAY;
}

static enum status
accept_work(struct practice *practice, void *arg, struct why *why)
{
	struct verdict *verdict = arg;
	struct move *move = &verdict->move;
	struct patient *patient = &verdict->patient;
	const struct plan *plan = NULL;
	const struct stage *stage = NULL;
	enum status status = load(practice, verdict, why);
	if (status == STATUS_OK)
		status = practice_stage(practice, patient, &plan, &stage, why);
	if (status != STATUS_OK)
		return status;

	bool finishes = strcmp(move->to_stage, "finished") == 0;
	const struct stage *to = plan_stage(plan, move->to_stage);
	verdict->overtaken = strcmp(patient->stage, move->from_stage) != 0 ||
			     (to == NULL && !finishes) ||
			     patient->state == PATIENT_COMPLETED ||
			     patient->state == PATIENT_DISCHARGED ||
			     (patient->state == PATIENT_STOPPED && finishes);
	if (verdict->overtaken)
		return settle(practice, verdict, MOVE_OVERTAKEN, "refused",
		    "a move that waited was overtaken", why);

	struct course_step step = { .to = to,
		.act = act_of(move),
		.because = move->because,
		.by = verdict->by };
	status = patient_newest_pain(practice, patient, &step.pain, why);
	if (status == STATUS_OK)
		status = course_move(practice, patient, &step, why);
	return status;
}

static enum status
refuse_work(struct practice *practice, void *arg, struct why *why)
{
	struct verdict *verdict = arg;
	enum status status = load(practice, verdict, why);
	if (status == STATUS_OK)
		status = settle(practice, verdict, MOVE_REFUSED, "refused",
		    "a move was refused by the clinic", why);
	return status;
}

static enum status
answer_move(struct session *session, const struct arguments *arguments,
    practice_work *work, const char *done, struct why *why)
{
	struct verdict verdict = { .by = session_by(session, arguments) };
	enum status status =
	    subcommand_number(arguments->words[1], "a move", &verdict.id, why);
	if (status == STATUS_OK)
		status =
		    practice_transact(&session->practice, work, &verdict, why);
	if (status == STATUS_OK && verdict.overtaken)
		status = why_set(why, STATUS_DENIED,
		    "move %lld was overtaken: %s is %s in stage %s by now",
		    (long long)verdict.id, verdict.patient.ref,
		    patient_state_names[verdict.patient.state],
		    verdict.patient.stage);
	else if (status == STATUS_OK)
		printf("%s: the move from %s to %s is %s\n",
		    verdict.patient.ref, verdict.move.from_stage,
		    verdict.move.to_stage, done);
	move_free(&verdict.move);
	patient_free(&verdict.patient);
	return status;
}

static enum status
run_accept(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	return answer_move(session, arguments, accept_work, "made", why);
}

static enum status
run_refuse(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	return answer_move(session, arguments, refuse_work, "refused", why);
}

static const struct option_row options[] = {
	{ "json", NULL, false, "for other programs (list)" },
	{ "by", "NAME", false, "who decides" },
	{ NULL, NULL, false, NULL },
};

static const struct subcommand table[] = {
	{ "list", "[--json]", 0, 0, "json", run_list },
	{ "accept", "ID [--by NAME]", 1, 1, "by", run_accept },
	{ "refuse", "ID [--by NAME]", 1, 1, "by", run_refuse },
	{ NULL, NULL, 0, 0, NULL, NULL },
};

static enum status
run(struct session *session, const struct arguments *arguments, struct why *why)
{
	return subcommand_run(table, session, arguments, why);
}

const struct command command_move = {
	.name = "move",
	.synopsis = "move list [--json]\n"
		    "move accept ID [--by NAME]\n"
		    "move refuse ID [--by NAME]",
	.summary = "moves that wait for a clinician's yes",
	.needs = NEEDS_STORE,
	.options = options,
	.run = run,
};
