/*
 * NAME
 *	tongues - a reply is read in its writer's language, and in the others
 */
#ifndef TICK_TONGUES_H
#define TICK_TONGUES_H

#include "tick/practice.h"

/* What a text says, read with the words of lang; and what must not be missed,
 * with those of every other language that there are words for. */
enum status tongues_read(struct practice *practice, const char *lang,
    enum asks asked, const char *text, struct reading *reading,
    struct why *why);

#endif
