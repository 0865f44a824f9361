#include "tick/parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "text/gsm7.h"

/* Pieces come seconds apart; a person does not type so long a text so soon. */
#define TOGETHER_S ((int64_t)60)
#define PARTS_MAX 8

/* What a piece holds of each alphabet: 153 of 7 bits, 67 of 16. An escape or a
 * pair is never cut in two, so that one may be missing; some phones cut at the
 * length of a lone text; and a gateway may drop the space at the end. */
static bool
is_full(const char *body)
{
	struct sms_count count = sms_count(body);
	return !count.ucs2 ? count.units >= 150 && count.units <= 160
			   : count.units >= 65 && count.units <= 70;
}

/* Was nothing dropped where it was cut, so that a word may go on there? */
static bool
is_whole(const char *body)
{
	struct sms_count count = sms_count(body);
	return !count.ucs2 ? count.units == 153 || count.units == 160
			   : count.units == 67 || count.units == 70;
}

static bool
belong_together(const struct inbound *a, const struct inbound *b)
{
	int64_t apart = a->came_at - b->came_at;
	return a->channel == CHANNEL_SMS && b->channel == CHANNEL_SMS &&
	       apart >= -TOGETHER_S && apart <= TOGETHER_S && a->read_at == 0 &&
	       b->read_at == 0 && strcmp(a->sender, b->sender) == 0 &&
	       strcmp(a->gateway, b->gateway) == 0;
}

/* A keyword stands on its own, however soon it follows a long text. */
static enum status
is_keyword(
    struct practice *practice, const char *body, bool *is, struct why *why)
{
	const struct lexicon *lexicon = NULL;
	enum status status = practice_lexicon(
	    practice, practice->config->clinic.language, &lexicon, why);
	if (status != STATUS_OK)
		return status;
	struct reading reading = reply_read(lexicon, ASKS_NONE, body);
	*is = reading.stop || reading.start || reading.help ||
	      reading.wrong_number || reading.pause_days > 0;
	return STATUS_OK;
}

/* The pieces that go with one, in the order in which they are read: full ones
 * as they came, what is left over last. Gives how many; 1: it is whole. */
static int
gather(struct inbound *list, int len, int at, struct inbound *found[PARTS_MAX])
{
	struct inbound *rest = NULL;
	int n = 0;
	for (int i = at; i < len && n < PARTS_MAX - 1; i++) {
		if (!belong_together(&list[at], &list[i]))
			continue;
		if (is_full(list[i].body))
			found[n++] = &list[i];
		else if (rest == NULL)
			rest = &list[i];
		else
			return 1; /* two short ones: they are two texts */
	}
	if (n == 0)
		return 1;
	if (rest != NULL)
		found[n++] = rest;
	return n;
}

static enum status
join(struct practice *practice, struct inbound *first,
    struct inbound *found[PARTS_MAX], int n, struct why *why)
{
	struct buffer text = { 0 };
	for (int i = 0; i < n; i++) {
		buffer_puts(&text, found[i]->body);
		if (i + 1 < n && !is_whole(found[i]->body))
			buffer_putc(&text, ' ');
	}
	replace_text(&first->body, buffer_text(&text));
	buffer_free(&text);

	enum status status = inbound_rewrite(practice->store, first, why);
	for (int i = 0; i < n && status == STATUS_OK; i++) {
		if (found[i] == first)
			continue;
		found[i]->read_at = practice->now;
		status = inbound_set_part(practice->store, found[i]->inbound_id,
		    first->inbound_id, practice->now, why);
	}
	return status;
}

enum status
parts_join(
    struct practice *practice, struct inbound *list, int len, struct why *why)
{
	enum status status = STATUS_OK;
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		struct inbound *found[PARTS_MAX];
		int n = list[i].read_at == 0 ? gather(list, len, i, found) : 1;
		bool keyword = false;
		if (n > 1)
			status = is_keyword(
			    practice, found[n - 1]->body, &keyword, why);
		if (status == STATUS_OK && n > 1 && !keyword)
			status = join(practice, &list[i], found, n, why);
	}
	return status;
}

bool
parts_may_follow(const struct practice *practice, const struct inbound *inbound)
{
	struct sms_count count = sms_count(inbound->body);
	int full = !count.ucs2 ? 153 : 67;
	return inbound->channel == CHANNEL_SMS && count.units == full &&
	       practice->now - inbound->came_at < TOGETHER_S;
}
