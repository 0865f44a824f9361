/*
 * NAME
 *	mime_part - the pieces of reading a mail, for the files of mime alone
 */
#ifndef TEXT_MIME_PART_H
#define TEXT_MIME_PART_H

#include <gmime/gmime.h>

#include "text/mime.h"

/* What a mail says, as UTF-8; each text "" when there is none. */
struct mime_words {
	/* What a person wrote, quotes and all: plain text where it says
	 * something, otherwise HTML without its tags. */
	char *text;
	char *other; /* the other form of it: what a mailer made the same of */
	char *enclosed; /* the words of text files that came with it */
	bool attached; /* something came with it, be it text */
};

/* The caller frees the texts. */
void mime_body_words(GMimeMessage *message, struct mime_words *words);

/* The text of one leaf, decoded and in UTF-8. The caller frees. */
char *mime_part_text(GMimePart *part);

/* Whether an object is of a type: mime_is(object, "text", "plain"). */
bool mime_is(GMimeObject *object, const char *type, const char *subtype);

/* A mail's HTML without its tags, each line of a quoted mail marked with ">"
 * so that it can be cut like one in plain text. The caller frees. */
char *html_text(const char *html);

/* What the sender wrote above the quoted mail and between its lines, without
 * what a phone adds; a line "--" stays, and what is below it. *rest is what
 * else stands there, without the mailers' own lines: another's words, or the
 * sender's where nobody can tell. The caller frees both. */
char *quote_cut(const char *text, char **rest);

/* Sets body, quoted, enclosed, attached and cut. */
void mime_read_words(GMimeMessage *message, struct mime_reply *reply);

/* Sets what the mail reports, and whether a person wrote it. */
void mime_judge(GMimeMessage *message, struct mime_reply *reply);

/* A header's text on one line without control characters, NULL when it is
 * empty or NULL. The caller frees. */
char *mime_line(const char *text);

/* The first "<id>" of a text, without its brackets, NULL when there is none;
 * *text is stepped over it. Whatever else stands there is passed over. *text
 * may be NULL. The caller frees. */
char *mime_next_id(const char **text);

#endif
