/*
 * NAME
 *	examples - replies and what a person reads in them, from tables
 *
 * DIR/replies holds a table or more for each language, LANG-NAME.tsv; their
 * form is in keepmoving-words(5).
 */
#ifndef SETTINGS_EXAMPLES_H
#define SETTINGS_EXAMPLES_H

#include "care/lexicon.h"
#include "care/likeness.h"
#include "settings/complaints.h"

/*
 * Give a lexicon what all tables of its language teach, none where there are
 * none. A line that is no example, or names what can't be read or a flag that
 * the lexicon has not, is passed over, and complained of: one slip of the pen
 * must not keep replies from being read.
 */
void examples_load(const char *dir, const char *lang, struct lexicon *lexicon,
    struct complaints *complaints);

/* Learn from one table, by the flags of that lexicon; as above. */
void examples_learn(struct likeness *likeness, const struct lexicon *lexicon,
    const char *path, struct complaints *complaints);

#endif
