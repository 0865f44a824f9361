/*
 * review - the week of the clinic: whom to call, and why
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "commands/output.h"
#include "commands/review_days.h"
#include "commands/review_send.h"
#include "commands/verbs.h"
#include "review/form_fhir.h"
#include "review/forms.h"

#define COURSE_WEEKS 10 /* that the chart of one patient shows */
#define COURSE_DAYS 3660 /* of one patient alone, at most: ten years */

/* A form, and whether it has a part for each week of a longer stretch, or is
 * read from the store rather than from the review. */
struct form {
	const char *name;
	void (*write)(FILE *out, const struct review *review,
	    const struct form_options *options);
	void (*head)(FILE *out);
	enum status (*read)(struct store *store, const struct review *review,
	    const struct form_options *options, json_t **document,
	    struct why *why);
	bool charts; /* which show more weeks of those who need a person */
};

static const struct form forms[] = {
	{ "text", .write = form_text },
	{ "html", .write = form_html, .charts = true },
	{ "csv", .write = form_csv_rows, .head = form_csv_head },
	{ "json", .write = form_json },
	{ "fhir", .read = form_fhir },
};

static enum status
find_form(const char *name, const struct form **form, struct why *why)
{
	*form = &forms[0];
	if (name == NULL)
		return STATUS_OK;
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
		if (strcmp(forms[i].name, name) == 0) {
			*form = &forms[i];
			return STATUS_OK;
		}
	return why_set(why, STATUS_BAD_DATA,
	    "\"%s\" is no format: text, html, csv, json or fhir", name);
}

static enum status
read_patient(struct session *session, const char *ref, struct review_ask *ask,
    struct date *since, struct why *why)
{
	struct patient patient = { 0 };
	enum status status = session_patient(session, ref, &patient, why);
	ask->patient_id = patient.patient_id;
	*since = patient.began_on;
	patient_free(&patient);
	return status;
}

/* A plan that nobody ever had is a slip of the pen. */
static enum status
check_plan(struct store *store, const char *name, struct why *why)
{
	struct plans_row row = { 0 };
	enum status status = plans_newest(store, name, &row, why);
	if (status == STATUS_NONE)
		return why_set(
		    why, STATUS_BAD_DATA, "there is no plan \"%s\"", name);
	if (status == STATUS_OK)
		plans_row_free(&row);
	return status;
}

/* What each gateway takes for a segment or an email; the caller frees. */
static struct review_price *
read_prices(const struct config *config, int *len)
{
	int most = config->sms_len + config->email_len;
	struct review_price *list = xcalloc((size_t)most + 1, sizeof *list);
	*len = 0;
	for (int i = 0; i < most; i++) {
		const struct gateway *gateway =
		    i < config->sms_len ? &config->sms[i]
					: &config->email[i - config->sms_len];
		list[(*len)++] =
		    (struct review_price){ gateway->name, gateway->price };
	}
	return list;
}

static enum status
read_ask(struct session *session, const struct arguments *arguments,
    struct review_ask *ask, struct why *why)
{
	struct practice *practice = &session->practice;
	const char *ref = argument(arguments, "patient");
	struct date from = { 0 }, to = { 0 }, since = { 0 };
	ask->now = practice->now;
	ask->clinic = session->config->clinic.name;
	ask->plan = argument(arguments, "plan");
	ask->clinician = argument(arguments, "clinician");
	enum status status = practice_zone(practice, &ask->zone, why);
	if (status == STATUS_OK && ask->plan != NULL)
		status = check_plan(session->store, ask->plan, why);
	if (status == STATUS_OK && ref != NULL)
		status = read_patient(session, ref, ask, &since, why);
	if (status == STATUS_OK)
		status = review_days(arguments,
		    zone_local(ask->zone, practice->now).date,
		    ref != NULL ? &since : NULL, &from, &to, why);
	if (status != STATUS_OK)
		return status;
	if (date_days(to) - date_days(from) >= COURSE_DAYS)
		return why_set(why, STATUS_BAD_DATA,
		    "these are %lld days; ten years are the most",
		    (long long)(date_days(to) - date_days(from)));
	ask->stretch = stretch_make(ask->zone, from, to);
	return STATUS_OK;
}

static enum status
write_one(FILE *out, struct store *store, const struct form *form,
    const struct review_ask *ask, struct why *why)
{
	struct form_options options = { 0 };
	struct review review = { 0 };
	enum status status = review_make(store, ask, &review, why);
	json_t *document = NULL;
	if (status == STATUS_OK && form->write != NULL)
		form->write(out, &review, &options);
	else if (status == STATUS_OK)
		status = form->read(store, &review, &options, &document, why);
	if (status == STATUS_OK && document != NULL)
		json_print(out, json_incref(document));
	json_decref(document);
	review_free(&review);
	return status;
}

static enum status
write_form(FILE *out, struct store *store, const struct form *form,
    const struct review_ask *ask, struct why *why)
{
	enum status status = STATUS_OK;
	int weeks = stretch_weeks(&ask->stretch);
	if (form->head == NULL)
		return write_one(out, store, form, ask, why);
	form->head(out);
	for (int n = 0; n < weeks && status == STATUS_OK; n++) {
		struct review_ask week = *ask;
		week.stretch = stretch_week(ask->zone, &ask->stretch, n);
		status = write_one(out, store, form, &week, why);
	}
	return status;
}

struct writing {
	struct store *store;
	const struct form *form;
	const struct review_ask *ask;
};

static enum status
write_review(FILE *out, void *arg, struct why *why)
{
	const struct writing *w = arg;
	return write_form(out, w->store, w->form, w->ask, why);
}

static enum status
act(struct session *session, const struct arguments *arguments,
    const struct form *form, const struct review_ask *ask, struct why *why)
{
	struct writing writing = { session->store, form, ask };
	if (argument_given(arguments, "sign-off"))
		return review_sign_off(
		    session, ask, session_by(session, arguments), why);
	if (argument_given(arguments, "send"))
		return review_send(session, ask, why);
	return output_write(
	    argument(arguments, "output"), write_review, &writing, why);
}

static enum status
run(struct session *session, const struct arguments *arguments, struct why *why)
{
	struct review_ask ask = { 0 };
	const struct form *form = NULL;
	enum status status = arguments_expect(
	    arguments, 0, 0, "review takes options alone", why);
	if (status == STATUS_OK)
		status = find_form(argument(arguments, "format"), &form, why);
	if (status == STATUS_OK)
		status = read_ask(session, arguments, &ask, why);
	if (status != STATUS_OK)
		return status;
	if (form->charts || argument_given(arguments, "send"))
		ask.course_weeks = COURSE_WEEKS;
	struct review_price *prices =
	    read_prices(session->config, &ask.prices_len);
	ask.prices = prices;
	status = act(session, arguments, form, &ask, why);
	free(prices);
	return status;
}

static const struct option_row options[] = {
	{ "week", "WEEK", false, "such as 2026-W47; the last whole one" },
	{ "from", "DATE", false, "the first day, instead of a week" },
	{ "to", "DATE", false, "the last day; today where left out" },
	{ "patient", "REF", false, "one patient's course, from enrolment on" },
	{ "plan", "PLAN", false, "patients of that plan alone" },
	{ "clinician", "NAME", false, "patients of that clinician alone" },
	{ "format", "FORM", false, "text, html, csv, json or fhir" },
	{ "output", "FILE", false, "write there, instead of printing" },
	{ "send", NULL, false, "mail it to review.to, once for each week" },
	{ "sign-off", NULL, false, "record that somebody has looked at it" },
	{ "by", "NAME", false, "who has" },
	{ NULL, NULL, false, NULL },
};

const struct command command_review = {
	.name = "review",
	.synopsis = "review [--week WEEK | --from DATE [--to DATE]] "
		    "[--patient REF]\n"
		    "       [--plan PLAN] [--clinician NAME] [--format FORM] "
		    "[--output FILE]\n"
		    "review --send [--week WEEK]\n"
		    "review --sign-off [--week WEEK] [--patient REF] "
		    "[--by NAME]",
	.summary = "the week: who needs a person, and every figure",
	.details = "Those who need a person come first, in the order of need, "
		   "each with the reason\nand the last words. "
		   "keepmoving-review(7) defines the figures.",
	.needs = NEEDS_STORE,
	.options = options,
	.run = run,
};
