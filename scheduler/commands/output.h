/*
 * NAME
 *	output - a document, printed or written into a file
 *
 * A file is written beside and renamed, so that there is never half of one.
 */
#ifndef COMMANDS_OUTPUT_H
#define COMMANDS_OUTPUT_H

#include <stdio.h>

#include "base/status.h"

/* Writes the document; whether that worked is seen in the stream. */
typedef void output_writer(FILE *out, void *arg);

/* path NULL: print it. CANT_CREATE, with nothing left behind. */
enum status output_write(
    const char *path, output_writer *write, void *arg, struct why *why);

#endif
