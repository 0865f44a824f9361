/* A mail: its parts, quotes, signature, and what it reports. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "text/known.h"
#include "text/mime.h"

static void
expect_line(const char *what, const char *text)
{
	if (text == NULL)
		return;
	fuzz_expect(
	    fuzz_is_clean(text) && strpbrk(text, "\n\t") == NULL, what, text);
}

/* Of what was said before nothing is new, but what is too short to tell. */
static void
expect_nothing_new(const char *text)
{
	struct known known = { 0 };
	char *beyond;

	known_add(&known, text);
	beyond = known_beyond(&known, text);
	fuzz_expect(
	    known_quoted_from(&known, text) <= strlen(text), "from", "");
	fuzz_expect(known.len == 0 || *beyond == '\0', "new", beyond);
	known_free(&known);
	free(beyond);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct mime_reply reply = { 0 };
	struct why why = { "" };

	if (mime_read((const char *)bytes, len, &reply, &why) != STATUS_OK)
		return 0;
	expect_line("message-id", reply.message_id);
	expect_line("from", reply.from);
	expect_line("to", reply.to);
	expect_line("delivered-to", reply.delivered_to);
	expect_line("recipients", reply.recipients);
	expect_line("in-reply-to", reply.in_reply_to);
	expect_line("references", reply.references);
	expect_line("subject", reply.subject);
	expect_line("bounce-status", reply.bounce_status);
	expect_line("bounce-id", reply.bounce_id);
	fuzz_expect(fuzz_is_clean(reply.body), "body", reply.body);
	fuzz_expect(strlen(reply.body) <= MIME_BODY_MAX, "too long", "");
	fuzz_expect(fuzz_is_clean(reply.quoted), "quoted", reply.quoted);
	fuzz_expect(fuzz_is_clean(reply.enclosed), "enclosed", reply.enclosed);
	expect_nothing_new(reply.quoted);
	fuzz_expect(reply.subject != NULL && reply.at >= 0, "empty", "");
	fuzz_expect(!reply.bounce || reply.automatic, "bounce", reply.body);
	mime_reply_free(&reply);
	return 0;
}
