/*
 * text_rules.c - see text_rules.h
 */
#include "settings/text_rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "care/lexicon.h"
#include "settings/answer_form.h"
#include "settings/reading_age.h"
#include "settings/text_source.h"

/* One message, and where its words came from. */
struct asked {
	const struct text_check *check;
	const struct text_case *what;
	struct text_source source;
	const struct lexicon *lexicon;
};

/* A word that a line of a file is looked through for. */
struct private_word {
	const struct lexicon *lexicon;
	const char *allowed;
	const char *word;
};

static bool
has_word(void *closure, const char *line)
{
	const struct private_word *wanted = closure;
	char word[64];

	return lexicon_lock_screen(wanted->lexicon, line, wanted->allowed, word,
		   sizeof(word)) &&
	       strcmp(word, wanted->word) == 0;
}

static void
check_lock_screen(const struct asked *asked, const char *text, bool subject)
{
	char *allowed = text_source_allowed(&asked->source);
	char word[64];
	struct private_word wanted = { asked->lexicon, allowed, word };
	const char *path;
	int line;

	if (text != NULL && lexicon_lock_screen(asked->lexicon, text, allowed,
				word, sizeof(word))) {
		if (text_source_line(&asked->source, subject, has_word, &wanted,
			&path, &line))
			complain(asked->check->complaints, path, line,
			    "\"%s\" would show on a locked screen; say it "
			    "without, or in the email alone",
			    word);
		else
			complain_warn(asked->check->complaints, path, line,
			    "\"%s\" would show on a locked screen, and comes "
			    "from the configuration: give a sms_name without",
			    word);
	}
	free(allowed);
}

static bool
has_bytes(void *closure, const char *line)
{
	return strstr(line, closure) != NULL;
}

/* Only where the text itself is at fault, not a name in it. */
static void
check_cost(const struct asked *asked, const char *body)
{
	size_t offset;
	uint32_t code = sms_first_ucs2(body, &offset);
	char character[5] = "";
	const char *path;
	int line;

	if (code == 0)
		return;
	strncpy(character, body + offset,
	    code < 0x80	     ? 1
	    : code < 0x800   ? 2
	    : code < 0x10000 ? 3
			     : 4);
	if (text_source_line(
		&asked->source, false, has_bytes, character, &path, &line))
		complain_warn(asked->check->complaints, path, line,
		    "\"%s\" (U+%04X) is not in the GSM alphabet, and makes the "
		    "whole SMS cost twice; write it without",
		    character, (unsigned)code);
}

static const struct template *
first_template(const struct asked *asked)
{
	return asked->source.len > 0 ? asked->source.list[0] : NULL;
}

/* A question that is wrong by itself is told of there alone, not at each text
 * that it stands below. */
static bool
is_told_of(const struct asked *asked, const char *question)
{
	return strncmp(asked->what->names[0], "ask/", 4) != 0 &&
	       text_seen_has(asked->check->wrong, question);
}

static void
complain_of_answer(
    const struct asked *asked, enum channel channel, const char *problem)
{
	const struct template *first = first_template(asked);
	char question[64];

	snprintf(question, sizeof(question), "%s %s", asked->what->lang,
	    asks_names[asked->what->asks]);
	if (first == NULL || is_told_of(asked, question))
		return;
	if (strncmp(asked->what->names[0], "ask/", 4) == 0)
		text_seen_add(asked->check->wrong, question);
	complain(asked->check->complaints, first->path, first->segments_line,
	    "%s (%s): %s", asked->what->names[0], channel_names[channel],
	    problem);
}

static void
check_answer(const struct asked *asked, enum channel channel, const char *body)
{
	struct buffer offers = { 0 };
	char problem[160];

	/* What was right once is right again; what was wrong is told of each
	 * text that says it. */
	buffer_printf(&offers, "%s ", asked->what->lang);
	answer_form_offers(asked->what->asks, body, &offers);
	if (!text_seen_has(asked->check->right, buffer_text(&offers))) {
		if (answer_form_check(asked->lexicon, asked->what->asks, body,
			problem, sizeof(problem)))
			text_seen_add(
			    asked->check->right, buffer_text(&offers));
		else
			complain_of_answer(asked, channel, problem);
	}
	buffer_free(&offers);
}

/* The longest name is no measure of how hard a text is. */
static char *
with_usual_name(const char *body)
{
	struct buffer text = { 0 };
	const char *name;

	while ((name = strstr(body, LONG_NAME)) != NULL) {
		buffer_add(&text, body, (size_t)(name - body));
		buffer_puts(&text, "Ann");
		body = name + strlen(LONG_NAME);
	}
	buffer_puts(&text, body);
	return buffer_take(&text);
}

static void
check_age(const struct asked *asked, enum channel channel, const char *body)
{
	const struct template *first = first_template(asked);
	char *usual = with_usual_name(body);
	int age = reading_age(asked->what->lang, usual);

	free(usual);
	if (first != NULL && age > asked->check->ground->reading_age)
		complain_warn(asked->check->complaints, first->path,
		    first->segments_line,
		    "%s (%s): reads as for an age of %d, and reading_age is "
		    "%d; use shorter sentences and shorter words",
		    asked->what->names[0], channel_names[channel], age,
		    asked->check->ground->reading_age);
}

void
text_rules_check(const struct text_check *check, const struct text_case *what,
    enum channel channel, const struct composed *composed)
{
	struct asked asked = {
		.check = check, .what = what, .lexicon = what->lexicon
	};

	if (what->to_clinician)
		return;
	text_source_find(&asked.source, check->ground->templates, check->plan,
	    what->lang, channel, what->names, what->names_len);
	if (channel == CHANNEL_SMS)
		check_cost(&asked, composed->body);
	check_age(&asked, channel, composed->body);
	if (asked.lexicon == NULL)
		return;
	if (channel == CHANNEL_SMS)
		check_lock_screen(&asked, composed->body, false);
	else
		check_lock_screen(&asked, composed->subject, true);
	check_answer(&asked, channel, composed->body);
}
