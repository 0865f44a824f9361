/*
 * plan simulate - a plan, tried on virtual patients
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "commands/plan.h"
#include "commands/plan_desk.h"
#include "commands/plan_outcome.h"
#include "commands/shipped.h"
#include "simulate/simulate.h"

#define PATIENTS 1000
#define WEEKS 12
#define PATIENTS_MAX 20000
#define WEEKS_MAX 104

/* A whole number from least to most, or what holds where none was given. */
static enum status
take_number(const struct arguments *arguments, const char *name, int64_t least,
    int64_t most, int64_t *out, struct why *why)
{
	const char *text = argument(arguments, name);
	if (text == NULL)
		return STATUS_OK;
	char *end = NULL;
	long long value = strtoll(text, &end, 10);
	if (!isdigit((unsigned char)*text) || *end != '\0' || value < least ||
	    value > most)
		return why_set(why, STATUS_BAD_DATA,
		    "--%s \"%s\" is not a whole number from %lld to %lld", name,
		    text, (long long)least, (long long)most);
	*out = value;
	return STATUS_OK;
}

/* Where the cohort's file is: named, near the plan, near the rest, or as it
 * came with the program. */
static char *
cohort_path(const struct plan_desk *desk, const struct arguments *arguments)
{
	const char *named = argument(arguments, "cohort");
	if (named != NULL)
		return xstrdup(named);
	char *found = plan_desk_near(desk->path, "cohort.cfg");
	if (found == NULL && desk->config != NULL)
		found = plan_desk_near(desk->config->words, "cohort.cfg");
	if (found == NULL && desk->config != NULL)
		found = plan_desk_near(desk->config->path, "cohort.cfg");
	return found != NULL ? found : shipped("cohort.cfg");
}

static enum status
load_cohort(const struct plan_desk *desk, const struct arguments *arguments,
    struct cohort **cohort, struct why *why)
{
	struct complaints complaints = { 0 };
	char *path = cohort_path(desk, arguments);
	if (path == NULL)
		return why_set(why, STATUS_NO_FILE,
		    "there is no cohort.cfg near %s; name one with --cohort",
		    desk->path);
	enum status status = cohort_load(path, cohort, &complaints, why);
	for (int i = 1; i < complaints.len; i++)
		log_error("%s", complaints.lines[i]);
	complaints_free(&complaints);
	free(path);
	return status;
}

/* A bar that grows, for those who wait. */
static void
show_progress(void *arg, int done, int of)
{
	const char *what = arg;
	char bar[41];
	int full = done * 40 / of;
	memset(bar, ' ', 40);
	memset(bar, '#', (size_t)full);
	bar[40] = '\0';
	fprintf(stderr, "\r%s [%s] %3d %%", what, bar, done * 100 / of);
	fflush(stderr);
}

static void
clear_progress(void)
{
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r%60s\r", "");
}

/* Run the plan that lies on the desk. */
static enum status
run_desk(const struct plan_desk *desk, struct simulation *order,
    struct tally *tally, struct why *why)
{
	struct plans_about *about = plan_desk_known(desk);
	char *words = NULL;
	order->config = desk->config;
	order->facts = &desk->clinic;
	order->templates = desk->templates_dir;
	if (desk->config == NULL)
		words = plan_desk_near(desk->path, "words");
	order->words = words;
	order->plan = desk->plan;
	order->about = about;
	order->about_len = desk->plan->about_len;
	if (isatty(STDERR_FILENO)) {
		order->progress = show_progress;
		order->arg = desk->plan->id;
	}
	enum status status = STATUS_OK;
	if (desk->config == NULL && words == NULL)
		status = why_set(why, STATUS_NO_FILE,
		    "there is no folder \"words\" near %s; give a "
		    "configuration with -c",
		    desk->path);
	/* What the ticks would tell of outages is told of none. */
	enum log_level before = log_get_level();
	log_set_level(LOG_SILENT);
	if (status == STATUS_OK)
		status = simulate_run(order, tally, why);
	log_set_level(before);
	clear_progress();
	plan_known_free(about, desk->plan->about_len);
	free(words);
	return status;
}

/* A law that was broken is a bug of the program's, whatever the plan says. */
static enum status
judge(const struct tally *tally, struct why *why)
{
	for (int law = 0; law < LAW__MAX; law++)
		if (tally->broken[law] > 0)
			return why_set(why, STATUS_BROKEN,
			    "this did not hold: %s (%s)", law_names[law],
			    tally->first[law]);
	return STATUS_OK;
}

static enum status
run_other(struct session *session, const char *name, struct simulation *order,
    struct plan_desk *desk, struct tally *tally, struct why *why)
{
	enum status status = plan_desk_open(session, desk, why);
	if (status == STATUS_OK)
		status = plan_desk_pick(desk, name, why);
	if (status == STATUS_OK)
		status = run_desk(desk, order, tally, why);
	return status;
}

enum status
plan_run_simulate(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	struct plan_desk desk = { 0 };
	struct plan_desk other = { 0 };
	struct cohort *cohort = NULL;
	struct tally tally = { 0 };
	struct tally against = { 0 };
	int64_t patients = PATIENTS;
	int64_t weeks = WEEKS;
	int64_t seed = 1;
	const char *name = argument(arguments, "against");
	enum status status =
	    take_number(arguments, "patients", 1, PATIENTS_MAX, &patients, why);
	if (status == STATUS_OK)
		status =
		    take_number(arguments, "weeks", 1, WEEKS_MAX, &weeks, why);
	if (status == STATUS_OK)
		status =
		    take_number(arguments, "seed", 0, INT32_MAX, &seed, why);
	if (status == STATUS_OK)
		status = plan_desk_open(session, &desk, why);
	if (status == STATUS_OK)
		status = plan_desk_pick(&desk, arguments->words[1], why);
	if (status == STATUS_OK)
		status = load_cohort(&desk, arguments, &cohort, why);

	struct simulation order = { .cohort = cohort,
		.patients = (int)patients,
		.weeks = (int)weeks,
		.seed = seed };
	if (status == STATUS_OK)
		status = run_desk(&desk, &order, &tally, why);
	if (status == STATUS_OK && name != NULL)
		status =
		    run_other(session, name, &order, &other, &against, why);
	if (status == STATUS_OK) {
		if (argument_given(arguments, "json"))
			plan_outcome_json(
			    &tally, name != NULL ? &against : NULL);
		else
			plan_outcome_print(
			    &tally, name != NULL ? &against : NULL);
		status = judge(&tally, why);
	}
	if (status == STATUS_OK && name != NULL)
		status = judge(&against, why);
	tally_free(&tally);
	tally_free(&against);
	cohort_free(cohort);
	plan_desk_close(&other);
	plan_desk_close(&desk);
	return status;
}
