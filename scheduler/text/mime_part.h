/*
 * NAME
 *	mime_part - the pieces of reading a mail, for the files of mime alone
 */
#ifndef TEXT_MIME_PART_H
#define TEXT_MIME_PART_H

#include <gmime/gmime.h>

#include "text/mime.h"

/* The text that a person wrote, quotes and all, as UTF-8: plain text where it
 * says something, otherwise HTML without its tags. *attached says whether
 * anything else came with it. The caller frees. */
char *mime_body_text(GMimeMessage *message, bool *attached);

/* The text of one leaf, decoded and in UTF-8. The caller frees. */
char *mime_part_text(GMimePart *part);

/* Whether an object is of a type: mime_is(object, "text", "plain"). */
bool mime_is(GMimeObject *object, const char *type, const char *subtype);

/* A mail's HTML without its tags, each line of a quoted mail marked with ">"
 * so that it can be cut like one in plain text. The caller frees. */
char *html_text(const char *html);

/* What the sender wrote above the quoted mail and between its lines, without
 * what a phone adds; a line "--" stays, and what is below it. The caller
 * frees. */
char *quote_cut(const char *text);

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
