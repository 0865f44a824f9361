/*
 * count - how a text goes out as SMS
 */
#include <stdlib.h>
#include <unistd.h>

#include "base/json.h"
#include "commands/text_input.h"
#include "commands/verbs.h"
#include "text/gsm7.h"

static enum status
run(struct session *session, const struct arguments *arguments, struct why *why)
{
	(void)session;
	char *text = NULL;
	enum status status = text_input(arguments, 0, &text, why);
	if (status != STATUS_OK)
		return status;
	struct sms_count count = sms_count(text);
	json_t *answer = json_object();
	json_put_text(answer, "encoding", count.ucs2 ? "UCS-2" : "GSM-7");
	json_put_whole(answer, "units", count.units);
	json_put_whole(answer, "segments", count.segments);
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
	.details = "Without TEXT it is read from standard input, to its end.",
	.needs = NEEDS_NOTHING,
	.options = options,
	.run = run,
};
