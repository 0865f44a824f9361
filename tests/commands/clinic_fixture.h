/*
 * NAME
 *	clinic_fixture - a clinic in a folder of its own, run by its commands
 *
 * Commands run in this process, through their own table; what they print is
 * kept. The clinic is the example configuration with the shipped plan, words
 * and templates: tests run from the top of the tree.
 */
#ifndef TESTS_COMMANDS_CLINIC_FIXTURE_H
#define TESTS_COMMANDS_CLINIC_FIXTURE_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/json.h"
#include "base/status.h"

struct clinic_fixture {
	char dir[64];
	char *config;
	const char *now;   /* RFC 3339: the time of the next commands */
	struct buffer out; /* what the last command printed */
	struct why why;	   /* why it failed */
};

/* Set up at nine on Monday, 2 March 2026. */
void clinic_open(struct clinic_fixture *clinic);
void clinic_close(struct clinic_fixture *clinic);

/* Run one; its words end with NULL. */
enum status clinic_run(struct clinic_fixture *clinic, ...)
    __attribute__((sentinel));

/* The same, and it must come to that. */
#define clinic_expect(clinic, status, ...) \
	clinic_check((clinic), (status), \
	    clinic_run((clinic), __VA_ARGS__, NULL), __FILE__, __LINE__)
void clinic_check(const struct clinic_fixture *clinic, enum status wanted,
    enum status got, const char *file, int line);

/* Enrol somebody; further words may follow, up to NULL. Gives ref. */
const char *clinic_enrol(
    struct clinic_fixture *clinic, char ref[16], const char *phone, ...)
    __attribute__((sentinel));

/* Ticks at nine and at five, UTC, and then: now is that time. */
void clinic_ticks(struct clinic_fixture *clinic, const char *until);

/* What the last command printed holds (or lacks) that text. */
void clinic_said(const struct clinic_fixture *clinic, const char *text);
void clinic_not_said(const struct clinic_fixture *clinic, const char *text);

/* What the last command printed, as JSON; json_decref() it. */
json_t *clinic_json(const struct clinic_fixture *clinic);

#endif
