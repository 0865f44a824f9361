/*
 * count - how a text goes out as SMS
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "commands/text_input.h"
#include "commands/verbs.h"
#include "text/gsm7.h"

#define FORCED_MAX 100 /* a whole text in Greek needs no list of all of it */

static void
put_count(json_t *answer, const char *text)
{
	struct sms_count count = sms_count(text);
	json_put_text(answer, "encoding", count.ucs2 ? "UCS-2" : "GSM-7");
	json_put_whole(answer, "units", count.units);
	json_put_whole(answer, "segments", count.segments);
}

/* One character that GSM-7 does not have: which, and the how manieth. */
static json_t *
forced(const char *bytes, size_t len, uint32_t code, int at)
{
	json_t *one = json_object();
	char *character = xstrndup(bytes, len);
	char name[16];
	snprintf(name, sizeof name, "U+%04X", (unsigned)code);
	json_put_whole(one, "at", at);
	json_put_text(one, "character", character);
	json_put_text(one, "code", name);
	json_put_text(one, "plain", sms_plain_of(code));
	free(character);
	return one;
}

static json_t *
all_forced(const char *text)
{
	const char *p = text;
	const char *end = text + strlen(text);
	json_t *list = json_array();
	for (int at = 1; p < end && json_array_size(list) < FORCED_MAX; at++) {
		const char *start = p;
		uint32_t code = utf8_next(&p, end);
		if (gsm7_septets(code) == 0)
			json_array_append_new(
			    list, forced(start, (size_t)(p - start), code, at));
	}
	return list;
}

/* What a message of this text would cost: typographic characters are made
 * plain where that makes all of it GSM-7. */
static json_t *
as_sent(const char *text)
{
	json_t *sent = json_object();
	char *plain = sms_plain(text);
	put_count(sent, plain);
	json_put_text(sent, "text", plain);
	free(plain);
	return sent;
}

static enum status
run(struct session *session, const struct arguments *arguments, struct why *why)
{
	(void)session;
	char *text = NULL;
	enum status status = text_input(arguments, 0, &text, why);
	if (status != STATUS_OK)
		return status;
	json_t *answer = json_object();
	put_count(answer, text);
	json_object_set_new(answer, "forced_by", all_forced(text));
	json_object_set_new(answer, "sent", as_sent(text));
	json_print(stdout, answer);
	free(text);
	return STATUS_OK;
}

static const struct option_row options[] = {
	{ "json", NULL, false, "as it does anyway" },
	{ NULL, NULL, false, NULL },
};

const struct command command_count = {
	.name = "count",
	.synopsis = "count [TEXT]",
	.summary = "how a text goes out as SMS: encoding, units, segments",
	.details =
	    "Without TEXT it is read from standard input, to its end. The "
	    "answer has the\ntext as it stands, each character that forces "
	    "UCS-2 (forced_by: its place, and\nwhat would do instead), and "
	    "the text as it would be sent.",
	.needs = NEEDS_NOTHING,
	.options = options,
	.run = run,
};
