/*
 * NAME
 *	day_names - the clinic's hours in the days of a language
 *
 * The configuration says "Mon-Fri 9-17". A language has the template "days",
 * seven words with the Monday first, and {{hours}} is written with them.
 */
#ifndef COMPOSE_DAY_NAMES_H
#define COMPOSE_DAY_NAMES_H

#include "compose/templates.h"

/* Put the value "hours" into that language; as it was where it has no days. */
void day_names_put(
    struct templates *templates, const char *lang, json_t *values);

/* Does the language's template hold seven words? NONE: it has none; CONFIG
 * with its file and line. */
enum status day_names_check(
    struct templates *templates, const char *lang, struct why *why);

#endif
