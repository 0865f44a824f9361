/*
 * patient list - everyone, and who needs a person
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "commands/patient.h"
#include "commands/patient_words.h"
#include "commands/print.h"

struct everyone {
	struct patient *patients;
	int len;
	struct alert *alerts; /* not closed, gravest first */
	int alerts_len;
	struct move *waiting;
	int waiting_len;
};

static enum status
load(struct store *store, struct everyone *all, struct why *why)
{
	enum status status = patient_all(store, &all->patients, &all->len, why);
	if (status == STATUS_OK)
		status = alert_all(
		    store, false, &all->alerts, &all->alerts_len, why);
	if (status == STATUS_OK)
		status =
		    move_waiting(store, &all->waiting, &all->waiting_len, why);
	return status;
}

static void
add_attention(struct buffer *out, const struct everyone *all,
    const struct patient *patient)
{
	patient_words_attention(out, patient, all->alerts, all->alerts_len,
	    all->waiting, all->waiting_len);
}

static void
print_row(const struct everyone *all, const struct patient *patient,
    const struct plan *plan)
{
	struct buffer attention = { 0 };
	char stage[96];
	snprintf(stage, sizeof stage, "%s/%s", plan->id, patient->stage);
	print_padded(stdout, 10, patient->ref);
	print_padded(stdout, 24, patient->name);
	printf(" ");
	print_padded(stdout, 26, stage);
	printf(" %s\n", patient_state_names[patient->state]);
	add_attention(&attention, all, patient);
	if (attention.len > 0)
		print_hanging(
		    stdout, "          !", 12, buffer_text(&attention));
	buffer_free(&attention);
}

static json_t *
row_object(const struct everyone *all, const struct patient *patient,
    const struct plan *plan)
{
	struct buffer attention = { 0 };
	json_t *object = json_object();
	json_put_text(object, "ref", patient->ref);
	json_put_text(object, "name", patient->name);
	json_put_text(object, "plan", plan->id);
	json_put_text(object, "stage", patient->stage);
	json_put_text(object, "state", patient_state_names[patient->state]);
	add_attention(&attention, all, patient);
	json_put_text(object, "attention",
	    attention.len > 0 ? buffer_text(&attention) : NULL);
	buffer_free(&attention);
	return object;
}

enum status
patient_run_list(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	struct everyone all = { 0 };
	bool json = argument_given(arguments, "json");
	json_t *array = json_array();
	enum status status = load(session->store, &all, why);
	for (int i = 0; i < all.len && status == STATUS_OK; i++) {
		const struct plans_row *row = NULL;
		status = practice_plan(
		    &session->practice, all.patients[i].plan_id, &row, why);
		if (status != STATUS_OK)
			break;
		if (json)
			json_array_append_new(array,
			    row_object(&all, &all.patients[i], row->plan));
		else
			print_row(&all, &all.patients[i], row->plan);
	}
	if (status == STATUS_OK && json)
		json_print(stdout, array);
	else
		json_decref(array);
	if (status == STATUS_OK && !json && all.len == 0)
		puts("no patients yet; \"keepmoving enrol\" takes one on");
	patient_list_free(all.patients, all.len);
	alert_list_free(all.alerts, all.alerts_len);
	move_list_free(all.waiting, all.waiting_len);
	return status;
}
