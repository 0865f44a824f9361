/*
 * NAME
 *	buffer - bytes that grow, up to a cap set from birth
 *
 * {0} is a valid empty buffer with the cap of BUFFER_CAP. Adding past the cap
 * adds nothing and sets over, which whoever reads from outside must look at.
 * The bytes are always followed by a NUL that len does not count.
 */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

#define BUFFER_CAP ((size_t)16 * 1024 * 1024) /* bytes */

struct buffer {
	char *data;  /* owned; NULL until something was added */
	size_t len;  /* bytes in use */
	size_t size; /* bytes allocated */
	size_t cap;  /* bytes at most; 0 means BUFFER_CAP */
	bool over;   /* something did not fit */
};

void buffer_add(struct buffer *b, const void *bytes, size_t len);
void buffer_puts(struct buffer *b, const char *text);
void buffer_putc(struct buffer *b, char c);
void buffer_printf(struct buffer *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The bytes as a string, "" when empty; lent until the next change. */
const char *buffer_text(const struct buffer *b);

/* Hand the bytes over as a string that the caller frees; the buffer empties. */
char *buffer_take(struct buffer *b);

void buffer_clear(struct buffer *b); /* len 0, over false, memory kept */
void buffer_free(struct buffer *b);

/* Add a whole file. NO_FILE, DENIED or BAD_DATA (past the cap, a folder). */
enum status buffer_read_file(struct buffer *b, const char *path,
    struct why *why);

#endif
