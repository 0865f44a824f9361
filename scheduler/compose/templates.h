/*
 * NAME
 *	templates - the texts of a folder, by language and name
 *
 * templates/en/calm/move-1.md is "calm/move-1" in "en": front matter
 * ("subject: ...", "segments: 2", "lock-screen: calf"), a line "---", the SMS
 * text, and perhaps a line "--- email" with the email's Markdown. Files are
 * read when first asked for and kept.
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

#define TEMPLATE_SEGMENTS 2 /* where its file does not say */

struct template
{
	char *name;
	char *path;
	char *subject; /* of the email, as it stands in the file */
	char *lock_screen; /* words that it shows on purpose, or NULL */
	int segments; /* at most */
	int segments_line; /* where it says so, or where the SMS begins */
	struct mustache *subject_text; /* NULL: it has none */
	struct mustache *sms;
	struct mustache *email; /* NULL: the SMS text serves */
};

/* CONFIG with file and line; NONE when there is no such template in either
 * language. "es-MX" is looked for in "es" too. Lent. */
enum status templates_find(struct templates *templates, const char *lang,
    const char *name, const struct template **template, struct why *why);

/*
 * The same for a patient of that plan, whose own version of a text stands in
 * a folder of its name: of "neck", "neck/safety/net" comes before
 * "safety/net", in either language. plan "" or NULL is none.
 */
enum status templates_find_for(struct templates *templates, const char *plan,
    const char *lang, const char *name, const struct template **template,
    struct why *why);

/* Does that language have it itself, without falling back? */
bool templates_has(
    struct templates *templates, const char *lang, const char *name);

/* Where that template of that language would be. The caller frees. */
char *templates_path(
    const struct templates *templates, const char *lang, const char *name);

/* The part of a template that a channel shows. Lent. */
const struct mustache *template_text(
    const struct template *template, enum channel channel);

#endif
