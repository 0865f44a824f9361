/*
 * NAME
 *	secret - passwords from where they are kept, and random ids
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stddef.h>

#include "base/status.h"

/*
 * A setting's text, or what it points to: "file:PATH" (relative to dir; its
 * first line) or "env:NAME". The caller frees *out. NO_FILE, DENIED, CONFIG.
 * A file that others than its owner can read or write is refused (DENIED); a
 * variable that is not set, and an empty or odd file, are CONFIG.
 */
enum status secret_resolve(const char *text, const char *dir, char **out,
    struct why *why);

/* True when the text is the secret itself, not "file:" or "env:". */
bool secret_is_plain(const char *text);

void random_bytes(void *out, size_t len);

/* Crockford base32 (no I L O U), len characters and a NUL into out. */
void random_base32(char *out, size_t len);

#define REF_SIZE 9 /* "P-" and 6 characters, and a NUL */
void ref_make(char out[REF_SIZE]);

/* "p-4k7qxm" and "P 4K7QXM" are "P-4K7QXM"; I and L read as 1, O as 0. */
bool ref_normalise(const char *text, char out[REF_SIZE]);

#endif
