/*
 * NAME
 *	form_mail - a review as a mail
 *
 * The text part is the whole review, as form_text() has it. The page is made
 * for mail programs, which know little of style: who needs a person, and the
 * charts as PNGs in data: URIs, which become parts of the mail.
 */
#ifndef REVIEW_FORM_MAIL_H
#define REVIEW_FORM_MAIL_H

#include "base/buffer.h"
#include "review/forms.h"

struct form_mail {
	char *subject; /* owned, as the next two */
	char *plain;
	char *html;
};

/* Without charts, and a reason in why, where they can't be drawn: the mail is
 * whole all the same. form_mail_free() afterwards. */
void form_mail(const struct review *review, const struct form_options *options,
    struct form_mail *mail, struct why *why);
void form_mail_free(struct form_mail *mail);

#endif
