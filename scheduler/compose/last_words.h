/*
 * NAME
 *	last_words - what must be said even where its template is broken
 *
 * Texts are files that a clinic may change at any time, and setup looks at
 * them. But should one be gone or spoilt at three in the morning, somebody in
 * danger is still told whom to call, and a clinician that there is somebody.
 */
#ifndef COMPOSE_LAST_WORDS_H
#define COMPOSE_LAST_WORDS_H

#include "compose/message.h"

/* The program's own words for that template, in English, with the values of
 * facts_values(). False, and *out untouched, where it has none. */
bool last_words(const char *template, enum channel channel, json_t *values,
    struct composed *out);

#endif
