/*
 * NAME
 *	message - a template, a patient's facts and a channel in; bytes out
 */
#ifndef COMPOSE_MESSAGE_H
#define COMPOSE_MESSAGE_H

#include "compose/facts.h"
#include "compose/templates.h"

/* {0} is empty; composed_free() frees the members. */
struct composed {
	char *subject; /* NULL in SMS */
	char *body; /* the SMS, or the email's plain text */
	char *html; /* NULL in SMS */
	struct sms_count count; /* of an SMS */
	int segments_limit; /* the largest that its templates allow */
};

/*
 * One message of one or more templates, in that order (a tip, then a
 * question); the first gives the subject. SMS is made plain where that keeps
 * it in GSM-7. CONFIG names file and line; NONE: a template is missing.
 * values are those of facts_values(), and name the plan whose own texts come
 * first; what the templates ask of an about fact and it is not is added to
 * them, as false. *out is untouched on failure.
 */
enum status message_compose(struct templates *templates, const char *lang,
    enum channel channel, const char *const *names, int names_len,
    json_t *values, struct composed *out, struct why *why);

/* A person's own words as a message, expanded by nobody. */
void message_plain(enum channel channel, const char *subject, const char *lang,
    const char *text, struct composed *out);

void composed_free(struct composed *composed);

#endif
