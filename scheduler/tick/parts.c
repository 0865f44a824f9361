#include "tick/parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "text/gsm7.h"
#include "tick/tongues.h"

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

bool
parts_may_follow(const struct practice *practice, const struct inbound *inbound)
{
	return inbound->channel == CHANNEL_SMS && is_full(inbound->body) &&
	       practice->now - inbound->came_at < TOGETHER_S;
}

/* A keyword stands on its own, however soon it follows a long text. */
static enum status
is_keyword(
    struct practice *practice, const char *body, bool *is, struct why *why)
{
	struct reading reading = reading_none();
	enum status status = tongues_read(practice,
	    practice->config->clinic.language, ASKS_NONE, body, &reading, why);
	*is = reading.stop || reading.start || reading.help ||
	      reading.wrong_number || reading.pause_days > 0;
	return status;
}

/* The pieces that go with one, in the order in which they are read: full ones
 * as they came, what is left over last. */
struct pieces {
	struct inbound *list[PARTS_MAX];
	int len;
	bool rest; /* the last of them is what is left over */
};

/* How many seconds lie between a text and the nearest of the full pieces. */
static int64_t
seconds_from(const struct pieces *full, const struct inbound *inbound)
{
	int64_t least = TOGETHER_S;
	for (int i = 0; i < full->len; i++) {
		int64_t apart = inbound->came_at - full->list[i]->came_at;
		apart = apart < 0 ? -apart : apart;
		least = apart < least ? apart : least;
	}
	return least;
}

/* What is left over of the full pieces: of several short texts the nearest in
 * time, and of those as near one that came after them. The others are texts of
 * their own. */
static enum status
add_rest(struct practice *practice, struct inbound *list, int len, int at,
    struct pieces *pieces, struct why *why)
{
	struct inbound *rest = NULL;
	int64_t nearest = 0;
	enum status status = STATUS_OK;
	for (int i = at; i < len && status == STATUS_OK; i++) {
		bool keyword = false;
		if (!belong_together(&list[at], &list[i]) ||
		    is_full(list[i].body))
			continue;
		int64_t apart = seconds_from(pieces, &list[i]);
		bool after = &list[i] > pieces->list[0];
		if (rest != NULL &&
		    (apart > nearest ||
			(apart == nearest &&
			    (!after || rest > pieces->list[0]))))
			continue;
		status = is_keyword(practice, list[i].body, &keyword, why);
		if (keyword)
			continue;
		rest = &list[i];
		nearest = apart;
	}
	pieces->rest = rest != NULL;
	if (rest != NULL)
		pieces->list[pieces->len++] = rest;
	return status;
}

/* None, where that one is whole. */
static enum status
gather(struct practice *practice, struct inbound *list, int len, int at,
    struct pieces *pieces, struct why *why)
{
	*pieces = (struct pieces){ 0 };
	for (int i = at; i < len && pieces->len < PARTS_MAX - 1; i++)
		if (belong_together(&list[at], &list[i]) &&
		    is_full(list[i].body))
			pieces->list[pieces->len++] = &list[i];
	if (pieces->len == 0)
		return STATUS_OK;

	enum status status = add_rest(practice, list, len, at, pieces, why);
	bool among = false;
	for (int i = 0; i < pieces->len; i++)
		among = among || pieces->list[i] == &list[at];
	/* Two full ones wait for what is left over, as a lone one does. */
	if (!among || (!pieces->rest && parts_may_follow(practice, &list[at])))
		pieces->len = 0;
	return status;
}

static enum status
join(struct practice *practice, struct inbound *first,
    const struct pieces *pieces, struct why *why)
{
	struct inbound *const *found = pieces->list;
	int n = pieces->len;
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
		struct pieces pieces = { 0 };
		if (list[i].read_at == 0)
			status = gather(practice, list, len, i, &pieces, why);
		if (status == STATUS_OK && pieces.len > 1)
			status = join(practice, &list[i], &pieces, why);
	}
	return status;
}
