#include "tick/amiss.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "care/lexicon.h"
#include "settings/words.h"
#include "tick/alerting.h"
#include "tick/contact.h"

static struct alerting_topic
topic_of(const struct amiss *amiss)
{
	return (struct alerting_topic){ .kind = ALERT_CONFIGURATION,
		.level = amiss->level != NULL ? amiss->level : "notice",
		.topic = amiss->topic,
		.fault = amiss->fault != NULL ? amiss->fault : amiss->because,
		.because = amiss->because };
}

enum status
amiss_tell(
    struct practice *practice, const struct amiss *amiss, struct why *why)
{
	struct alerting_topic topic = topic_of(amiss);
	return alerting_open(practice, &topic, NULL, why);
}

enum status
amiss_tell_now(
    struct practice *practice, const struct amiss *amiss, struct why *why)
{
	struct alerting_topic topic = topic_of(amiss);
	return alerting_open_now(practice, &topic, why);
}

/* Does a language's file still say what the clinic was told of? */
static bool
still_says(const char *dir, const char *lang, const char *because)
{
	struct lexicon *lexicon = NULL;
	struct complaints complaints = { 0 };
	struct why why = { "" };
	bool says =
	    words_load(dir, lang, &lexicon, &complaints, &why) != STATUS_OK &&
	    strcmp(why.text, because) == 0;
	for (int i = 0; i < complaints.len; i++)
		says = says || strcmp(complaints.lines[i], because) == 0;
	complaints_free(&complaints);
	lexicon_free(lexicon);
	return says;
}

static bool
words_are_mended(const struct practice *practice, const struct alert *alert)
{
	const char *dir = practice->config->words;
	const char *own = practice->config->clinic.language;
	char **langs = NULL;
	int len = words_others(dir, own, &langs);
	bool wrong = still_says(dir, own, alert->because);
	for (int i = 0; i < len; i++) {
		wrong = wrong || still_says(dir, langs[i], alert->because);
		free(langs[i]);
	}
	free(langs);
	return !wrong;
}

/* One from before alerts knew their fault does not say who it was. */
static bool
contact_is_gone(const struct practice *practice, const struct alert *alert)
{
	return *alert->fault != '\0' &&
	       !contact_is_listed(practice, alert->fault);
}

/* It has gone through since: each tick tries it again until it does. */
static bool
work_goes_on(const struct practice *practice, const struct alert *alert)
{
	return alert->seen_at != practice->now;
}

#define NOT_AGAIN "it has not happened again"

static const struct {
	const char *topic;
	bool (*is_mended)(
	    const struct practice *practice, const struct alert *alert);
	const char *outcome;
} rules[] = {
	{ AMISS_WORDS, words_are_mended, "these words can be read now" },
	{ AMISS_CONTACT, contact_is_gone, "alerts go there no more" },
	{ "a reply", work_goes_on, "each reply can be read now" },
	{ "a reading", work_goes_on, "each reading could be acted on" },
	{ "a decision", work_goes_on, "each patient could be decided on" },
	{ "the end of a pause", work_goes_on, "each pause could be ended" },
	{ "a change of plan", work_goes_on, "everybody is on the new plan" },
	{ "a reminder", work_goes_on, "each reminder could be made" },
	{ "a question", work_goes_on, "each question could be looked after" },
	{ "a patient", work_goes_on, "each patient could be looked after" },
	/* What happens now and then, and is not there to be tried again. */
	{ "a reply or receipt", alerting_is_quiet, NOT_AGAIN },
	{ "a mail", alerting_is_quiet, NOT_AGAIN },
	/* Alerts are told after this is asked. */
	{ "an alert", alerting_is_quiet, NOT_AGAIN },
	{ "deliver", alerting_is_quiet, NOT_AGAIN },
};

/* What is not in the table is closed by a person alone. */
static enum status
is_over(struct practice *practice, const struct alert *alert, char **outcome,
    struct why *why)
{
	(void)why;
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
		if (strcmp(rules[i].topic, alert->topic) == 0 &&
		    rules[i].is_mended(practice, alert))
			*outcome = xstrdup(rules[i].outcome);
	return STATUS_OK;
}

enum status
amiss_close_mended(struct practice *practice, struct why *why)
{
	return alerting_close_over(practice, ALERT_CONFIGURATION, is_over, why);
}
