/*
 * NAME
 *	memory - allocation that does not come back empty-handed
 *
 * Each call gives memory that the caller frees with free(), or panics: a
 * program whose every step may be killed needs no second way to stop.
 */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

void *xcalloc(size_t count, size_t size);
void *xrealloc(void *old, size_t count, size_t size);
char *xstrdup(const char *text);	    /* NULL gives NULL */
char *xstrndup(const char *text, size_t len);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Free what *text points to, and set it to a copy of value (NULL for none). */
void replace_text(char **text, const char *value);

#endif
