/*
 * NAME
 *	imap_answer - what an IMAP server says, taken apart
 *
 * A server says lines, and within a line a literal: "{62}" at its end, and 62
 * bytes that may be anything, such as a mail. What stands in a literal is
 * never taken for the server's own words. Pure: bytes in, pieces out, all of
 * them lent by the bytes.
 */
#ifndef POST_IMAP_ANSWER_H
#define POST_IMAP_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct imap_answer {
	const char *text; /* up to its first literal, or its end */
	size_t len;
	const char *literal; /* the first one; NULL when it has none */
	size_t literal_len;
	size_t size; /* bytes that all of it takes */
};

enum imap_whole {
	IMAP_MORE, /* it goes on beyond these bytes */
	IMAP_WHOLE,
	IMAP_NONSENSE, /* no server's words, or longer than most */
};

/* The first answer in these bytes; *answer is set when it is whole. */
enum imap_whole imap_answer_read(const char *bytes, size_t len, size_t most,
    struct imap_answer *answer);

/* Does its text begin so, in whatever case? */
bool imap_answer_begins(const struct imap_answer *answer, const char *word);

/* The number behind a word: 7 of "* OK [UIDNEXT 7] ..." for "[UIDNEXT ". 0
 * when there is none, or none that fits 32 bits. */
uint32_t imap_answer_number(
    const struct imap_answer *answer, const char *word);

/* The instant of "INTERNALDATE "02-Mar-2026 18:04:05 +0000"": when the server
 * got a mail. 0 when it does not say. */
int64_t imap_answer_date(const struct imap_answer *answer);

/* The numbers of "* SEARCH 1 2 3", added to a list of len that the caller
 * frees; those that are none are passed over. */
void imap_answer_uids(
    const struct imap_answer *answer, uint32_t **list, size_t *len);

#endif
