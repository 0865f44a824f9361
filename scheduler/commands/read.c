/*
 * read - one reply as the tick would read it, touching nothing
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "care/lexicon.h"
#include "care/reply.h"
#include "commands/reading_json.h"
#include "commands/shipped.h"
#include "commands/text_input.h"
#include "commands/verbs.h"
#include "settings/words.h"

/* Which words: the configuration's, or where there is none those shipped. */
static enum status
find_words(
    struct session *session, char **dir, const char **lang, struct why *why)
{
	enum status status = STATUS_NO_FILE;
	if (session->config_given || access(session->config_path, R_OK) == 0)
		status = session_config(session, why);
	if (status == STATUS_OK) {
		*dir = xstrdup(session->config->words);
		if (*lang == NULL)
			*lang = session->config->clinic.language;
		return STATUS_OK;
	}
	if (session->config_given || status != STATUS_NO_FILE)
		return status;
	*dir = shipped("words");
	if (*lang == NULL)
		*lang = "en";
	if (*dir == NULL)
		return why_set(why, STATUS_NO_FILE,
		    "no words to read with; name a configuration with -c");
	return STATUS_OK;
}

/* Those of the other languages that can be read: the tick goes on too. */
static void
read_others(const char *dir, const char *lang, int unknown, enum asks asked,
    const char *text, struct reading *reading)
{
	char **langs = NULL;
	int len = words_others(dir, lang, &langs);
	for (int i = 0; i < len; i++) {
		struct lexicon *other = NULL;
		if (words_load(dir, langs[i], &other, NULL, NULL) == STATUS_OK)
			reply_read_also(reading, unknown, other, asked, text);
		lexicon_free(other);
		free(langs[i]);
	}
	free(langs);
}

static enum status
run(struct session *session, const struct arguments *arguments, struct why *why)
{
	const char *lang = argument(arguments, "lang");
	const char *asked_name = argument(arguments, "asked");
	enum asks asked = asks_parse(asked_name != NULL ? asked_name : "pain");
	if (asked == ASKS__MAX)
		return why_set(why, STATUS_BAD_DATA,
		    "--asked \"%s\" is not pain, done, leg, settled or none",
		    asked_name);
	if (lang != NULL && strchr(lang, '/') != NULL)
		return why_set(why, STATUS_BAD_DATA,
		    "--lang \"%s\" is no language; give one like en", lang);

	char *text = NULL;
	char *dir = NULL;
	struct lexicon *lexicon = NULL;
	struct complaints complaints = { 0 };
	enum status status = text_input(arguments, 0, &text, why);
	if (status == STATUS_OK)
		status = find_words(session, &dir, &lang, why);
	if (status == STATUS_OK) {
		status = words_load(dir, lang, &lexicon, &complaints, why);
		if (status == STATUS_NO_FILE)
			status = why_set(why, STATUS_BAD_DATA,
			    "there are no words for \"%s\" in %s", lang, dir);
	}
	if (status == STATUS_OK) {
		struct reading reading = reply_read(lexicon, asked, text);
		int unknown = reply_unknown(lexicon, text);
		if (reply_may_be_other(&reading, unknown))
			read_others(dir, lang, unknown, asked, text, &reading);
		json_print(stdout, reading_json(&reading));
	}
	for (int i = 0; i < complaints.len; i++)
		log_error("%s", complaints.lines[i]);
	complaints_free(&complaints);
	lexicon_free(lexicon);
	free(dir);
	free(text);
	return status;
}

static const struct option_row options[] = {
	{ "asked", "WHAT", false, "pain, done, leg, settled or none" },
	{ "lang", "LANG", false, "language of the reply" },
	{ "json", NULL, false, "as it does anyway" },
	{ NULL, NULL, false, NULL },
};

const struct command command_read = {
	.name = "read",
	.synopsis = "read [--asked pain|done|leg|settled|none] [--lang LANG] "
		    "[TEXT]",
	.summary = "read one reply as a tick would, touching nothing",
	.details = "Prints what the reply was read as, as JSON. Without TEXT "
		   "it is read from\nstandard input. A text that begins with "
		   "two dashes wants \"--\" before it.",
	.needs = NEEDS_NOTHING,
	.options = options,
	.run = run,
};
