/*
 * NAME
 *	hash - the fingerprint of some bytes
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>

#define HASH_SIZE 65 /* 64 hexadecimal digits and a NUL */

/* SHA-256 in lower-case hexadecimal. */
void hash_hex(const void *bytes, size_t len, char out[HASH_SIZE]);

#endif
