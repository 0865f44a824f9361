/*
 * NAME
 *	json - jansson, and the few words we say to it most
 *
 * The texts that json_text() and its like give are lent by the object.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <jansson.h>
#include <stdint.h>
#include <stdio.h>

#include "base/buffer.h"

/* A member's text, or NULL where it is absent, null or no string. */
const char *json_text(const json_t *object, const char *key);

/* A member's whole number, or otherwise. A string of digits counts as one. */
int64_t json_whole(const json_t *object, const char *key, int64_t otherwise);

/* Once, at the beginning: no memory for JSON ends the program from now on. A
 * request that lacks a member for that reason would be another request. */
void json_begin(void);

/* Set a member: NULL text becomes null. A time is written as RFC 3339 UTC,
 * 0 as null. A cost is to a hundredth of a penny, null where it is not known,
 * which is 0. Invalid UTF-8 is replaced, never refused. */
void json_put_text(json_t *object, const char *key, const char *text);
void json_put_whole(json_t *object, const char *key, int64_t value);
void json_put_bool(json_t *object, const char *key, bool value);
void json_put_time(json_t *object, const char *key, int64_t at);
void json_put_cost(json_t *object, const char *key, double cost);

/* One document and a newline; takes over the reference to root. */
void json_print(FILE *out, json_t *root);
char *json_line(json_t *root); /* compact; the caller frees; takes root over */

/* BAD_DATA with the parser's words. The caller json_decref()s *root. */
enum status json_read(const char *bytes, size_t len, json_t **root,
    struct why *why);
/* The same of what a provider says: characters that are none (a NUL, half of an
 * emoji that a phone has cut, bytes that are no UTF-8) become U+FFFD, or one
 * patient's text would hide those of all others in its list. */
enum status json_read_mended(const char *bytes, size_t len, json_t **root,
    struct why *why);

#endif
