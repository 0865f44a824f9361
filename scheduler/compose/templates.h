/*
 * NAME
 *	templates - the texts of a folder, by language and name
 *
 * templates/en/calm/move-1.md is "calm/move-1" in "en": front matter
 * ("subject: ...", "segments: 2"), a line "---", the SMS text, and perhaps a
 * line "--- email" with the email's Markdown. Files are read when first asked
 * for and kept.
 */
#ifndef COMPOSE_TEMPLATES_H
#define COMPOSE_TEMPLATES_H

#include "base/address.h"
#include "base/json.h"
#include "base/status.h"
#include "text/gsm7.h"
#include "text/mustache.h"

struct templates;

/* NO_FILE when the folder is not there. Languages without a template fall
 * back to that one. */
enum status templates_open(const char *dir, const char *fallback_lang,
    struct templates **templates, struct why *why);
void templates_free(struct templates *templates);

struct template {
	char *name;
	char *path;
	char *subject;		/* of the email */
	int segments;		/* at most; 2 unless it says otherwise */
	struct mustache *subject_text;
	struct mustache *sms;
	struct mustache *email; /* NULL: the SMS text serves */
};

/* CONFIG with file and line; NONE when there is no such template in either
 * language. Lent. */
enum status templates_find(struct templates *templates, const char *lang,
    const char *name, const struct template **template, struct why *why);

/* Does that language have it itself, without falling back? */
bool templates_has(struct templates *templates, const char *lang,
    const char *name);

#endif
