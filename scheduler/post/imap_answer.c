#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/civil.h"
#include "base/memory.h"
#include "post/imap_answer.h"

/* The digits at p, before end; 0 when there are none or too many. */
static uint32_t
number_at(const char *p, const char *end)
{
	uint64_t number = 0;

	for (; p < end && *p >= '0' && *p <= '9' && number <= UINT32_MAX; p++)
		number = number * 10 + (uint64_t)(*p - '0');
	return number > UINT32_MAX ? 0 : (uint32_t)number;
}

/* Does a line, its end cut, announce a literal: "{62}" or "{62+}"? */
static bool
announces(const char *line, size_t len, uint64_t *literal_len)
{
	const char *end = line + len, *p;
	uint64_t number = 0;

	if (len < 3 || end[-1] != '}')
		return false;
	for (p = end - 2; p > line && *p != '{'; p--)
		if ((*p < '0' || *p > '9') && (*p != '+' || p != end - 2))
			return false;
	if (*p != '{' || p[1] < '0' || p[1] > '9')
		return false;
	for (p++; *p >= '0' && *p <= '9' && number <= UINT32_MAX; p++)
		number = number * 10 + (uint64_t)(*p - '0');
	*literal_len = number;
	return true;
}

enum imap_whole
imap_answer_read(
    const char *bytes, size_t len, size_t most, struct imap_answer *answer)
{
	struct imap_answer read = { 0 };
	uint64_t literal_len;
	size_t at = 0, line_len;
	const char *newline;

	for (;;) {
		newline = memchr(bytes + at, '\n', len - at);
		if (newline == NULL)
			return len > most ? IMAP_NONSENSE : IMAP_MORE;
		line_len = (size_t)(newline - (bytes + at));
		if (line_len > 0 && newline[-1] == '\r')
			line_len--;
		if (read.text == NULL) {
			read.text = bytes;
			read.len = line_len;
		}
		if (!announces(bytes + at, line_len, &literal_len))
			break;
		at = (size_t)(newline + 1 - bytes);
		if (literal_len > most || at > most - literal_len)
			return IMAP_NONSENSE;
		if (literal_len > len - at)
			return IMAP_MORE;
		if (read.literal == NULL) {
			read.literal = bytes + at;
			read.literal_len = (size_t)literal_len;
		}
		at += (size_t)literal_len;
	}
	read.size = (size_t)(newline + 1 - bytes);
	*answer = read;
	return IMAP_WHOLE;
}

bool
imap_answer_begins(const struct imap_answer *answer, const char *word)
{
	size_t len = strlen(word);

	return answer->len >= len && strncasecmp(answer->text, word, len) == 0;
}

uint32_t
imap_answer_number(const struct imap_answer *answer, const char *word)
{
	const char *end = answer->text + answer->len, *p;
	size_t len = strlen(word);

	for (p = answer->text; (size_t)(end - p) > len; p++)
		if (strncasecmp(p, word, len) == 0)
			return number_at(p + len, end);
	return 0;
}

int64_t
imap_answer_date(const struct imap_answer *answer)
{
	static const char label[] = "INTERNALDATE \"";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	const char *p =
	    memmem(answer->text, answer->len, label, sizeof label - 1);
	const char *end = answer->text + answer->len, *month;
	char text[32] = "", name[4], sign;
	int day, year, h, m, s, zone_h, zone_m;
	int64_t at;

	if (p == NULL)
		return 0;
	p += sizeof label - 1;
	memcpy(text, p,
	    (size_t)(end - p) < sizeof text ? (size_t)(end - p)
					    : sizeof text - 1);
	// NOLINTNEXTLINE(cert-err34-c): no field is too wide for a number
	if (sscanf(text, " %2d-%3s-%4d %2d:%2d:%2d %c%2d%2d", &day, name, &year,
		&h, &m, &s, &sign, &zone_h, &zone_m) != 9 ||
	    (month = strstr(months, name)) == NULL || strlen(name) != 3)
		return 0;
	at = date_days(
		 (struct date){ year, (int)(month - months) / 3 + 1, day }) *
		 86400 +
	     (int64_t)h * 3600 + (int64_t)m * 60 + s;
	zone_m += zone_h * 60;
	at -= (sign == '-' ? -60 : 60) * (int64_t)zone_m;
	return at > 0 ? at : 0;
}

void
imap_answer_uids(const struct imap_answer *answer, uint32_t **list, size_t *len)
{
	const char *end = answer->text + answer->len, *p;
	uint32_t uid;

	if (!imap_answer_begins(answer, "* SEARCH"))
		return;
	p = answer->text + strlen("* SEARCH");
	while (p < end) {
		while (p < end && *p == ' ')
			p++;
		uid = number_at(p, end);
		if (uid != 0) {
			/* Grown as powers of two are passed. */
			if ((*len & (*len - 1)) == 0)
				*list = xrealloc(*list,
				    *len == 0 ? 1 : *len * 2, sizeof **list);
			(*list)[(*len)++] = uid;
		}
		while (p < end && *p != ' ')
			p++;
	}
}
