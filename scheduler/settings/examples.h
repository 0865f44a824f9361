/*
 * NAME
 *	examples - replies and what a person reads in them, from tables
 *
 * DIR/replies holds a table or more for each language, LANG-NAME.tsv; their
 * form is in keepmoving-words(5).
 */
#ifndef SETTINGS_EXAMPLES_H
#define SETTINGS_EXAMPLES_H

#include "care/likeness.h"
#include "settings/complaints.h"

/*
 * Learn from all tables of a language. *likeness is the caller's to free, and
 * NULL where there is no table. A line that is no example is passed over, and
 * complained of: one slip of the pen must not keep replies from being read.
 */
void examples_load(const char *dir, const char *lang,
    struct likeness **likeness, struct complaints *complaints);

/* Learn from one table; as above. */
void examples_learn(struct likeness *likeness, const char *path,
    struct complaints *complaints);

#endif
