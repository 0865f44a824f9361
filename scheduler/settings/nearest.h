/*
 * NAME
 *	nearest - what somebody meant who wrote something else
 */
#ifndef SETTINGS_NEAREST_H
#define SETTINGS_NEAREST_H

/* Letters to add, drop, change or swap until one word is the other; words
 * of more than 63 bytes are compared by their first 63. */
int nearest_distance(const char *a, const char *b);

/* Is this the nearest candidate so far to what was written? best and
 * distance are kept by the caller, who starts them as NULL and 0. A word that
 * is too far off to be meant never is. */
void nearest_offer(const char *written, const char *candidate,
    const char **best, int *distance);

#endif
