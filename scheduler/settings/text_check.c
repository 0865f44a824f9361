/*
 * text_check.c - see text_check.h
 */
#include "settings/text_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "settings/text_names.h"
#include "settings/text_rules.h"
#include "settings/text_source.h"

/* The yes and no in what a patient can be. */
enum {
	NO_RUNNING = 1,
	FIRST_QUESTION = 2,
	HAS_PAIN = 4,
	NERVE = 8,
	SHAPES = 16
};

/* What one message came to: the longest, and what was looked at already. */
struct longest {
	struct text_seen bodies;
	int segments;
	int limit;
	char *body;
	char *about; /* "aggravator sitting", or "" */
};

static const struct alert_facts sample_alert = {
	.ref = "P-WWWWWW",
	.level = "emergency",
	.kind = "undeliverable",
	.because = "3 questions in a row without an answer",
	.id = 999999,
	.round = 1,
};

bool
text_seen_has(const struct text_seen *seen, const char *text)
{
	for (int i = 0; i < seen->len; i++)
		if (strcmp(seen->list[i], text) == 0)
			return true;
	return false;
}

bool
text_seen_add(struct text_seen *seen, const char *text)
{
	if (text_seen_has(seen, text))
		return false;
	seen->list =
	    xrealloc(seen->list, (size_t)seen->len + 1, sizeof(*seen->list));
	seen->list[seen->len++] = xstrdup(text);
	return true;
}

void
text_seen_free(struct text_seen *seen)
{
	for (int i = 0; i < seen->len; i++)
		free(seen->list[i]);
	free(seen->list);
	*seen = (struct text_seen){ 0 };
}

static int
combinations(const struct text_check *check)
{
	int count = 1;

	/* One more than there are values: one that no text knows, first. */
	for (int i = 0; i < check->about_len; i++)
		count *= check->about[i].values_len + 1;
	return count;
}

/* The facts of one combination, which the number stands for. */
static void
set_about(
    const struct text_check *check, int number, struct patient_facts *patient)
{
	patient->about_len = check->about_len;
	for (int i = 0; i < check->about_len; i++) {
		const struct plan_about *about = &check->about[i];
		int choice = number % (about->values_len + 1);

		number /= about->values_len + 1;
		patient->about_keys[i] = about->key;
		patient->about_values[i] =
		    choice > 0 ? about->values[choice - 1] : NULL;
	}
}

static char *
say_about(const struct patient_facts *patient)
{
	struct buffer text = { 0 };

	for (int i = 0; i < patient->about_len; i++)
		if (patient->about_values[i] != NULL)
			buffer_printf(&text, ", %s %s", patient->about_keys[i],
			    patient->about_values[i]);
	return buffer_take(&text);
}

static void
remember(struct longest *longest, const struct composed *composed,
    const struct patient_facts *patient)
{
	if (composed->count.segments <= longest->segments)
		return;
	longest->segments = composed->count.segments;
	longest->limit = composed->segments_limit;
	replace_text(&longest->body, composed->body);
	free(longest->about);
	longest->about = say_about(patient);
}

static void
compose_once(const struct text_check *check, const struct text_case *what,
    enum channel channel, const struct patient_facts *patient,
    struct longest *longest)
{
	json_t *values = facts_values(channel, &check->ground->clinic, patient,
	    what->to_clinician ? &sample_alert : NULL);
	struct composed composed = { 0 };
	struct why why;

	if (message_compose(check->ground->templates, what->lang, channel,
		what->names, what->names_len, values, &composed,
		&why) != STATUS_OK) {
		complain_why(check->complaints, &why);
	} else {
		if (text_seen_add(&longest->bodies, composed.body))
			text_rules_check(check, what, channel, &composed);
		if (channel == CHANNEL_SMS)
			remember(longest, &composed, patient);
	}
	composed_free(&composed);
	json_decref(values);
}

/* The shapes that make a difference to these texts. */
static int
shapes_of(const struct text_source *source, enum channel channel)
{
	static const struct {
		const char *name;
		int shape;
	} names[] = { { "can_run", NO_RUNNING },
		{ "first_question", FIRST_QUESTION }, { "has_pain", HAS_PAIN },
		{ "pain", HAS_PAIN }, { "nerve", NERVE } };
	int shapes = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (text_source_names(source, channel, names[i].name))
			shapes |= names[i].shape;
	return shapes;
}

static bool
names_facts(const struct text_check *check, const struct text_source *source,
    enum channel channel)
{
	for (int i = 0; i < check->about_len; i++)
		if (text_source_names(source, channel, check->about[i].key))
			return true;
	return false;
}

static bool
names_are_known(const struct text_check *check, const struct text_case *what,
    const struct text_source *source, enum channel channel,
    struct patient_facts *patient)
{
	json_t *values;
	bool known;

	set_about(check, 0, patient);
	values = facts_values(channel, &check->ground->clinic, patient,
	    what->to_clinician ? &sample_alert : NULL);
	known = text_names_check(source, channel, values, check->complaints);
	json_decref(values);
	return known;
}

static void
compose_shapes(const struct text_check *check, const struct text_case *what,
    enum channel channel, struct longest *longest)
{
	struct text_source source = { 0 };
	struct patient_facts patient = { .name = LONG_NAME,
		.plan = check->plan,
		.stage_title = what->stage_title,
		.asks = what->asks };
	int count, shapes;

	text_source_find(&source, check->ground->templates, check->plan,
	    what->lang, channel, what->names, what->names_len);
	if (!names_are_known(check, what, &source, channel, &patient))
		return;
	shapes = shapes_of(&source, channel);
	count = names_facts(check, &source, channel) ? combinations(check) : 1;
	for (int i = 0; i < count; i++) {
		set_about(check, i, &patient);
		for (int shape = 0; shape < SHAPES; shape++) {
			if ((shape & ~shapes) != 0)
				continue;
			patient.no_running = (shape & NO_RUNNING) != 0;
			patient.first_question = (shape & FIRST_QUESTION) != 0;
			patient.nerve = (shape & NERVE) != 0;
			patient.pain = shape & HAS_PAIN ? 10 : PAIN_NONE;
			compose_once(check, what, channel, &patient, longest);
		}
	}
}

static char *
say_names(const struct text_case *what)
{
	struct buffer text = { 0 };

	for (int i = 1; i < what->names_len; i++)
		buffer_printf(&text, " with %s", what->names[i]);
	return buffer_take(&text);
}

static void
complain_of_length(const struct text_check *check, const struct text_case *what,
    const struct longest *longest)
{
	const struct template *template;
	size_t offset;
	uint32_t odd = sms_first_ucs2(longest->body, &offset);
	char odd_words[128] = "";
	char *with = say_names(what);

	if (odd != 0)
		snprintf(odd_words, sizeof(odd_words),
		    "; U+%04X is what makes it cost twice", (unsigned)odd);
	if (templates_find_for(check->ground->templates, check->plan,
		what->lang, what->names[0], &template, NULL) == STATUS_OK)
		complain(check->complaints, template->path,
		    template->segments_line,
		    "%s%s takes %d SMS segments, and may take %d (for "
		    "\"%s\"%s)%s; shorten it",
		    what->names[0], with, longest->segments, longest->limit,
		    LONG_NAME, longest->about, odd_words);
	free(with);
}

void
text_check(const struct text_check *check, const struct text_case *what)
{
	struct longest longest = { 0 };

	compose_shapes(check, what, CHANNEL_SMS, &longest);
	compose_shapes(check, what, CHANNEL_EMAIL, &longest);
	if (longest.segments > longest.limit)
		complain_of_length(check, what, &longest);
	text_seen_free(&longest.bodies);
	free(longest.body);
	free(longest.about);
}
