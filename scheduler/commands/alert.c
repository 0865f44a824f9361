/*
 * alert - who needs a person, until one has said what came of it
 */
#include <stdlib.h>
#include <string.h>

#include "commands/patient_json.h"
#include "commands/patient_words.h"
#include "commands/print.h"
#include "commands/subcommand.h"
#include "commands/verbs.h"
#include "tick/alerting.h"

/* The reference of whom it is about; "" where it is about nobody. */
static enum status
ref_of(struct store *store, int64_t patient_id, char out[REF_SIZE],
    struct why *why)
{
	struct patient patient = { 0 };
	*out = '\0';
	if (patient_id == 0)
		return STATUS_OK;
	enum status status = patient_by_id(store, patient_id, &patient, why);
	if (status == STATUS_OK)
		snprintf(out, REF_SIZE, "%s", patient.ref);
	patient_free(&patient);
	return status;
}

static void
print_alert(const struct alert *alert, const char *ref, const struct zone *zone)
{
	char head[32];
	char when[PRINT_WHEN_SIZE];
	snprintf(head, sizeof head, "%5lld", (long long)alert->alert_id);
	print_hanging_f(stdout, head, 7, "%s  %s, %s, %s, %s",
	    *ref != '\0' ? ref : "(no patient)", alert_kind_names[alert->kind],
	    alert->level, alert_state_names[alert->state],
	    print_when(zone, alert->opened_at, when));
	print_hanging(stdout, "", 7, alert->because);
	if (alert->state == ALERT_ACKNOWLEDGED)
		print_hanging_f(stdout, "", 7, "acknowledged by %s, %s",
		    alert->acknowledged_by,
		    print_when(zone, alert->acknowledged_at, when));
	if (alert->state == ALERT_CLOSED)
		print_hanging_f(stdout, "", 7, "closed by %s, %s: %s",
		    alert->closed_by != NULL ? alert->closed_by : "the clinic",
		    print_when(zone, alert->closed_at, when),
		    patient_words_outcome(alert));
}

static enum status
run_list(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	struct alert *list = NULL;
	int len = 0;
	const struct zone *zone = NULL;
	bool json = argument_given(arguments, "json");
	json_t *array = json_array();
	enum status status = practice_zone(&session->practice, &zone, why);
	if (status == STATUS_OK)
		status = alert_all(session->store,
		    argument_given(arguments, "all"), &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		char ref[REF_SIZE];
		status = ref_of(session->store, list[i].patient_id, ref, why);
		if (status != STATUS_OK)
			break;
		if (json)
			json_array_append_new(
			    array, patient_json_alert(
				       &list[i], *ref != '\0' ? ref : NULL));
		else
			print_alert(&list[i], ref, zone);
	}
	if (status == STATUS_OK && json)
		json_print(stdout, array);
	else
		json_decref(array);
	if (status == STATUS_OK && !json && len == 0)
		puts("nobody needs a person now");
	alert_list_free(list, len);
	return status;
}

struct change {
	int64_t id;
	const char *by;
	const char *outcome; /* NULL: only acknowledge */
	struct alert alert;
};

static enum status
change_work(struct practice *practice, void *arg, struct why *why)
{
	struct change *change = arg;
	enum status status =
	    alert_by_id(practice->store, change->id, &change->alert, why);
	if (status == STATUS_NONE)
		return why_set(why, STATUS_BAD_DATA,
		    "there is no alert %lld; \"keepmoving alert list\" shows "
		    "those that stand",
		    (long long)change->id);
	if (status != STATUS_OK)
		return status;
	if (change->outcome == NULL)
		return alerting_acknowledge(
		    practice, &change->alert, change->by, why);
	return alerting_close(
	    practice, &change->alert, change->by, change->outcome, why);
}

static enum status
change(struct session *session, const struct arguments *arguments,
    const char *outcome, struct why *why)
{
	struct change change = { .by = session_by(session, arguments),
		.outcome = outcome };
	enum status status =
	    subcommand_number(arguments->words[1], "an alert", &change.id, why);
	if (status == STATUS_OK)
		status = practice_transact(
		    &session->practice, change_work, &change, why);
	if (status == STATUS_OK)
		printf("alert %lld is %s\n", (long long)change.id,
		    alert_state_names[change.alert.state]);
	alert_free(&change.alert);
	return status;
}

static enum status
run_ack(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	return change(session, arguments, NULL, why);
}

static enum status
run_close(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	const char *outcome = argument(arguments, "outcome");
	if (outcome == NULL || outcome[strspn(outcome, " \t\n")] == '\0')
		return why_set(why, STATUS_USAGE,
		    "say what came of it: alert close %s --outcome TEXT",
		    arguments->words[1]);
	return change(session, arguments, outcome, why);
}

static const struct option_row options[] = {
	{ "all", NULL, false, "closed ones too (list)" },
	{ "json", NULL, false, "for other programs (list)" },
	{ "outcome", "TEXT", false, "what came of it (close)" },
	{ "by", "NAME", false, "who does it" },
	{ NULL, NULL, false, NULL },
};

static const struct subcommand table[] = {
	{ "list", "[--all] [--json]", 0, 0, "all json", run_list },
	{ "ack", "ID [--by NAME]", 1, 1, "by", run_ack },
	{ "close", "ID --outcome TEXT [--by NAME]", 1, 1, "outcome by",
	    run_close },
	{ NULL, NULL, 0, 0, NULL, NULL },
};

static enum status
run(struct session *session, const struct arguments *arguments, struct why *why)
{
	return subcommand_run(table, session, arguments, why);
}

const struct command command_alert = {
	.name = "alert",
	.synopsis = "alert list [--all] [--json]\n"
		    "alert ack ID [--by NAME]\n"
		    "alert close ID --outcome TEXT [--by NAME]",
	.summary = "who needs a person",
	.details =
	    "ack says that somebody has taken it on, and ends its repeats.\n"
	    "close says what came of it; a patient whom a red flag paused\n"
	    "goes on when the last of them is closed.",
	.needs = NEEDS_STORE,
	.options = options,
	.run = run,
};
