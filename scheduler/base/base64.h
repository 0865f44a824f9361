/*
 * NAME
 *	base64 - bytes as letters (RFC 4648, with padding, on one line)
 */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include <stddef.h>

/* The caller frees. */
char *base64_encode(const void *bytes, size_t len);

#endif
