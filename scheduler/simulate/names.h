/*
 * NAME
 *	names - a number for each text, found quickly
 */
#ifndef SIMULATE_NAMES_H
#define SIMULATE_NAMES_H

#include <stddef.h>

/* {0} is empty; names_free() empties it. */
struct names {
	struct name *slots;
	size_t size; /* a power of two, or 0 */
	size_t len;
};

/* The number that stands beside a text, for the caller to change; a text that
 * was not there yet gets 0. Valid until the next names_put(). */
int *names_put(struct names *names, const char *text);
/* The same; NULL where the text is not there. */
int *names_get(const struct names *names, const char *text);
void names_free(struct names *names);

#endif
