/*
 * NAME
 *	words - load the words of a language from config/words/LANG.cfg
 */
#ifndef SETTINGS_WORDS_H
#define SETTINGS_WORDS_H

#include "settings/complaints.h"

struct lexicon;

/*
 * Read DIR/LANG.cfg into a lexicon that the caller frees with lexicon_free()
 * (care/lexicon.h). CONFIG with file and line for an unknown key, a wrong
 * type or a pattern that can't be; NO_FILE when the language has no words.
 * Lines of the tables in DIR/replies that are no examples are passed over, and
 * complained of (NULL: not even that).
 */
enum status words_load(const char *dir, const char *lang,
    struct lexicon **lexicon, struct complaints *complaints, struct why *why);

/* The languages other than lang (es is that of es-MX) that DIR has words for,
 * in the order of the alphabet; each to be freed, and the list. */
int words_others(const char *dir, const char *lang, char ***langs);

#endif
