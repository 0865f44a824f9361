/*
 * NAME
 *	examples - replies and what a person reads in them, from tables
 *
 * DIR/replies holds a table or more for each language, LANG-NAME.tsv; their
 * form is in keepmoving-words(5).
 */
#ifndef SETTINGS_EXAMPLES_H
#define SETTINGS_EXAMPLES_H

#include "base/status.h"
#include "care/likeness.h"

/*
 * Learn from all tables of a language. *likeness is the caller's to free, and
 * NULL where there is no table. CONFIG says which line of which is no example;
 * UNAVAILABLE where one can't be read.
 */
enum status examples_load(const char *dir, const char *lang,
    struct likeness **likeness, struct why *why);

/* Learn from one table; as above. */
enum status examples_learn(struct likeness *likeness, const char *path,
    struct why *why);

#endif
