/*
 * NAME
 *	fuzz - what each target of tests/fuzz gives
 *
 * A target is a file fuzz_NAME.c that reads any bytes as NAME would have them
 * from outside, and panics where what comes out is not what the reader's
 * header promises. Its corpus, the folder NAME beside it, is read again by
 * `make check` under sanitizers; `make fuzz` goes on from it. An input over
 * which something broke is added to it, with the repair.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The name is libFuzzer's. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

/* Made ready once, before the first input; a target may do without. */
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

/* A text of its own for the bytes, which the caller frees. */
char *fuzz_text(const uint8_t *bytes, size_t len);

/* The first byte, as a number below that, taken off the input; 0 at its end. */
unsigned fuzz_choice(const uint8_t **bytes, size_t *len, unsigned below);

/* Panic unless it holds: here is what the input was made into. */
void fuzz_expect(bool holds, const char *what, const char *text);

/* UTF-8 without a control character but line breaks and tabs. */
bool fuzz_is_clean(const char *text);

#endif
