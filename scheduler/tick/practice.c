#include "tick/practice.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "care/lexicon.h"
#include "settings/words.h"
#include "tick/amiss.h"

struct practice_words {
	char *lang;
	struct lexicon *lexicon;
};

struct practice_place {
	char *name;
	struct zone *zone;
};

void
practice_open(struct practice *practice, const struct config *config,
    const struct clock *clock, struct store *store)
{
	*practice = (struct practice){ .config = config,
		.clock = clock,
		.store = store,
		.now = clock_now(clock) };
}

void
practice_close(struct practice *practice)
{
	templates_free(practice->templates);
	for (int i = 0; i < practice->places_len; i++) {
		free(practice->places[i].name);
		zone_free(practice->places[i].zone);
	}
	free(practice->places);
	for (int i = 0; i < practice->plans_len; i++) {
		plans_row_free(practice->plans[i]);
		free(practice->plans[i]);
	}
	free(practice->plans);
	for (int i = 0; i < practice->words_len; i++) {
		free(practice->words[i].lang);
		lexicon_free(practice->words[i].lexicon);
	}
	free(practice->words);
	*practice = (struct practice){ 0 };
}

enum status
practice_plan(struct practice *practice, int64_t plan_id,
    const struct plans_row **row, struct why *why)
{
	for (int i = 0; i < practice->plans_len; i++) {
		if (practice->plans[i]->plan_id == plan_id) {
			*row = practice->plans[i];
			return STATUS_OK;
		}
	}

	struct plans_row fresh = { 0 };
	enum status status = plans_load(practice->store, plan_id, &fresh, why);
	if (status != STATUS_OK)
		return status;
	practice->plans = xrealloc(practice->plans,
	    (size_t)practice->plans_len + 1, sizeof *practice->plans);
	struct plans_row *kept = xcalloc(1, sizeof *kept);
	*kept = fresh;
	practice->plans[practice->plans_len++] = kept;
	*row = kept;
	return STATUS_OK;
}

/*
 * A language without words of its own is read with the clinic's: a reply half
 * understood reaches a person, one not read does not.
 */
static enum status
load_words(struct practice *practice, const char *lang,
    struct lexicon **lexicon, struct complaints *complaints, struct why *why)
{
	const struct config *config = practice->config;
	char *broad = xstrndup(lang, strcspn(lang, "-_")); /* es of es-MX */
	const char *langs[] = { lang, broad, config->clinic.language };
	enum status status = STATUS_NO_FILE;
	for (int i = 0; i < 3 && status == STATUS_NO_FILE; i++)
		status = words_load(
		    config->words, langs[i], lexicon, complaints, why);
	free(broad);
	return status;
}

/* What was passed over is told to the clinic: reading goes on without it. */
static enum status
tell_passed_over(struct practice *practice, const struct complaints *complaints,
    struct why *why)
{
	if (complaints->len == 0)
		return STATUS_OK;
	for (int i = 0; i < complaints->len; i++)
		log_error("%s", complaints->lines[i]);
	struct amiss amiss = { AMISS_WORDS, .because = complaints->lines[0] };
	return amiss_tell(practice, &amiss, why);
}

enum status
practice_lexicon(struct practice *practice, const char *lang,
    const struct lexicon **lexicon, struct why *why)
{
	for (int i = 0; i < practice->words_len; i++) {
		if (strcmp(practice->words[i].lang, lang) == 0) {
			*lexicon = practice->words[i].lexicon;
			return STATUS_OK;
		}
	}

	struct lexicon *fresh = NULL;
	struct complaints complaints = { 0 };
	enum status status =
	    load_words(practice, lang, &fresh, &complaints, why);
	if (status == STATUS_OK)
		status = tell_passed_over(practice, &complaints, why);
	complaints_free(&complaints);
	if (status != STATUS_OK) {
		lexicon_free(fresh);
		return status;
	}

	practice->words = xrealloc(practice->words,
	    (size_t)practice->words_len + 1, sizeof *practice->words);
	practice->words[practice->words_len++] =
	    (struct practice_words){ .lang = xstrdup(lang), .lexicon = fresh };
	*lexicon = fresh;
	return STATUS_OK;
}

enum status
practice_templates(
    struct practice *practice, struct templates **templates, struct why *why)
{
	if (practice->templates == NULL) {
		enum status status = templates_open(practice->config->templates,
		    practice->config->clinic.language, &practice->templates,
		    why);
		if (status != STATUS_OK)
			return status;
	}
	*templates = practice->templates;
	return STATUS_OK;
}

enum status
practice_zone(
    struct practice *practice, const struct zone **zone, struct why *why)
{
	return practice_zone_named(
	    practice, practice->config->clinic.timezone, zone, why);
}

enum status
practice_zone_named(struct practice *practice, const char *name,
    const struct zone **zone, struct why *why)
{
	for (int i = 0; i < practice->places_len; i++) {
		if (strcmp(practice->places[i].name, name) == 0) {
			*zone = practice->places[i].zone;
			return STATUS_OK;
		}
	}

	struct zone *fresh = NULL;
	enum status status = zone_open(name, &fresh, why);
	if (status != STATUS_OK)
		return status;
	practice->places = xrealloc(practice->places,
	    (size_t)practice->places_len + 1, sizeof *practice->places);
	practice->places[practice->places_len++] =
	    (struct practice_place){ xstrdup(name), fresh };
	*zone = fresh;
	return STATUS_OK;
}

enum status
practice_stage(struct practice *practice, const struct patient *patient,
    const struct plan **plan, const struct stage **stage, struct why *why)
{
	const struct plans_row *row = NULL;
	enum status status =
	    practice_plan(practice, patient->plan_id, &row, why);
	if (status != STATUS_OK)
		return status;
	*plan = row->plan;
	*stage = plan_stage(row->plan, patient->stage);
	if (*stage == NULL)
		return why_set(why, STATUS_CONFIG,
		    "%s is in stage \"%s\", which plan %s does not have",
		    patient->ref, patient->stage, row->plan->id);
	return STATUS_OK;
}

bool
practice_is_open(struct practice *practice, int64_t at)
{
	const struct zone *zone = NULL;
	const struct clinic *clinic = &practice->config->clinic;
	if (practice_zone(practice, &zone, NULL) != STATUS_OK)
		return true;
	return hours_open(&clinic->hours, &clinic->quiet, zone, at);
}

int64_t
practice_next_open(struct practice *practice, int64_t at)
{
	const struct zone *zone = NULL;
	const struct clinic *clinic = &practice->config->clinic;
	if (practice_zone(practice, &zone, NULL) != STATUS_OK)
		return at;
	int64_t next =
	    hours_next_open(&clinic->hours, &clinic->quiet, zone, at);
	return next != 0 ? next : at;
}

enum status
practice_transact(
    struct practice *practice, practice_work *work, void *arg, struct why *why)
{
	enum status status = store_begin(practice->store, why);
	if (status != STATUS_OK)
		return status;

	/* What a piece of work counted is uncounted when it is rolled back. */
	struct tick_row before = practice->count;
	status = work(practice, arg, why);
	if (status == STATUS_OK)
		status = store_commit(practice->store, why);
	else
		store_rollback(practice->store);
	if (status != STATUS_OK)
		practice->count = before;
	return status;
}
