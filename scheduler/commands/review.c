/*
 * review - the week of the clinic: whom to call, and why
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "commands/verbs.h"
#include "review/forms.h"

typedef void form_writer(
    FILE *out, const struct review *review, const struct form_options *options);

static const struct {
	const char *name;
	form_writer *write;
} forms[] = {
	{ "text", form_text },
	{ "json", form_json },
};

static enum status
find_form(const char *name, form_writer **write, struct why *why)
{
	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
		if (strcmp(forms[i].name, name) == 0) {
			*write = forms[i].write;
			return STATUS_OK;
		}
	return why_set(
	    why, STATUS_BAD_DATA, "\"%s\" is no format: text or json", name);
}

/* The last whole week before a day. */
static struct date
last_monday(struct date today)
{
	return date_from_days(date_days(date_week_start(today)) - 7);
}

static struct date
days_later(struct date date, int days)
{
	return date_from_days(date_days(date) + days);
}

static enum status
read_range(const struct arguments *arguments, struct date today,
    struct date *from, struct date *to, struct why *why)
{
	const char *first = argument(arguments, "from");
	const char *last = argument(arguments, "to");
	enum status status = STATUS_OK;
	*to = today;
	if (first == NULL)
		return why_set(why, STATUS_USAGE,
		    "--to says until when; --from must say since when");
	status = date_parse(first, from, why);
	if (status == STATUS_OK && last != NULL)
		status = date_parse(last, to, why);
	if (status == STATUS_OK && date_compare(*from, today) <= 0 &&
	    date_compare(*from, *to) > 0)
		status =
		    why_set(why, STATUS_BAD_DATA, "--from %s is after --to %s",
			first, last != NULL ? last : "today");
	return status;
}

/* Which days: --week, --from and --to, or the last whole week. */
static enum status
read_days(const struct arguments *arguments, struct date today,
    struct date *from, struct date *to, struct why *why)
{
	const char *week = argument(arguments, "week");
	bool range = argument_given(arguments, "from") ||
		     argument_given(arguments, "to");
	enum status status = STATUS_OK;
	if (week != NULL && range)
		return why_set(why, STATUS_USAGE,
		    "take either --week, or --from and --to");
	if (range)
		status = read_range(arguments, today, from, to, why);
	else if (week != NULL)
		status = week_parse(week, from, why);
	else
		*from = last_monday(today);
	if (status == STATUS_OK && !range)
		*to = days_later(*from, 6);
	if (status != STATUS_OK || date_compare(*from, today) <= 0)
		return status;
	if (range)
		return why_set(why, STATUS_BAD_DATA, "%s has not come yet",
		    argument(arguments, "from"));
	return why_set(why, STATUS_BAD_DATA, "%s has not begun yet", week);
}

static enum status
read_ask(struct session *session, const struct arguments *arguments,
    struct review_ask *ask, struct why *why)
{
	struct practice *practice = &session->practice;
	const char *ref = argument(arguments, "patient");
	struct date from = { 0 }, to = { 0 };
	struct patient patient = { 0 };
	enum status status = practice_zone(practice, &ask->zone, why);
	if (status == STATUS_OK)
		status = read_days(arguments,
		    zone_local(ask->zone, practice->now).date, &from, &to, why);
	if (status != STATUS_OK)
		return status;
	ask->stretch = stretch_make(ask->zone, from, to);
	ask->now = practice->now;
	ask->clinic = session->config->clinic.name;
	ask->plan = argument(arguments, "plan");
	ask->clinician = argument(arguments, "clinician");
	if (ref == NULL)
		return STATUS_OK;
	status = session_patient(session, ref, &patient, why);
	ask->patient_id = patient.patient_id;
	patient_free(&patient);
	return status;
}

/* Written beside and renamed, so that there is never half of one. */
static enum status
write_file(const char *path, form_writer *write, const struct review *review,
    const struct form_options *options, struct why *why)
{
	char *fresh = xasprintf("%s.new", path);
	enum status status = STATUS_OK;
	FILE *out = fopen(fresh, "w");
	bool ok = out != NULL;
	if (ok) {
		write(out, review, options);
		ok =
		    fflush(out) == 0 && !ferror(out) && fsync(fileno(out)) == 0;
		ok = fclose(out) == 0 && ok && rename(fresh, path) == 0;
	}
	if (!ok) {
		status = why_set(why, STATUS_CANT_CREATE,
		    "%s can't be written: %s", path, strerror(errno));
		if (out != NULL)
			unlink(fresh);
	}
	free(fresh);
	return status;
}

static enum status
run(struct session *session, const struct arguments *arguments, struct why *why)
{
	const char *output = argument(arguments, "output");
	const char *format = argument(arguments, "format");
	struct form_options options = { 0 };
	struct review_ask ask = { 0 };
	struct review review = { 0 };
	form_writer *write = NULL;
	enum status status = arguments_expect(
	    arguments, 0, 0, "review takes options alone", why);
	if (status == STATUS_OK)
		status =
		    find_form(format != NULL ? format : "text", &write, why);
	if (status == STATUS_OK)
		status = read_ask(session, arguments, &ask, why);
	if (status == STATUS_OK)
		status = review_make(session->store, &ask, &review, why);
	if (status != STATUS_OK)
		return status;
	if (output != NULL)
		status = write_file(output, write, &review, &options, why);
	else
		write(stdout, &review, &options);
	review_free(&review);
	return status;
}

static const struct option_row options_of_review[] = {
	{ "week", "WEEK", false, "such as 2026-W47; the last whole one" },
	{ "from", "DATE", false, "the first day, instead of a week" },
	{ "to", "DATE", false, "the last day; today where left out" },
	{ "patient", "REF", false, "one patient alone" },
	{ "plan", "PLAN", false, "patients of that plan alone" },
	{ "clinician", "NAME", false, "patients of that clinician alone" },
	{ "format", "FORM", false, "text or json" },
	{ "output", "FILE", false, "write there, instead of printing" },
	{ NULL, NULL, false, NULL },
};

const struct command command_review = {
	.name = "review",
	.synopsis = "review [--week WEEK | --from DATE [--to DATE]] "
		    "[--patient REF]\n"
		    "       [--plan PLAN] [--clinician NAME] [--format FORM] "
		    "[--output FILE]",
	.summary = "the week: who needs a person, and every figure",
	.details = "Those who need a person come first, in the order of need, "
		   "each with the reason\nand the last words. "
		   "keepmoving-review(7) defines the figures.",
	.needs = NEEDS_STORE,
	.options = options_of_review,
	.run = run,
};
