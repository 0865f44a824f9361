/*
 * NAME
 *	output - a document, printed or written into a file
 *
 * A file is written beside and renamed, so that there is never half of one, and
 * is its owner's alone: patients are named in it.
 */
#ifndef COMMANDS_OUTPUT_H
#define COMMANDS_OUTPUT_H

#include <stdio.h>

#include "base/status.h"

/* Writes the document. Whether that came to the disk is seen in the stream;
 * the status says whether there was one. */
typedef enum status output_writer(FILE *out, void *arg, struct why *why);

/* path NULL: print it. CANT_CREATE, or what the writer gave; with nothing left
 * behind, and a file of before as it was. */
enum status output_write(
    const char *path, output_writer *write, void *arg, struct why *why);

#endif
