/*
 * NAME
 *	text_input - a text from the words of a command, or from standard input
 */
#ifndef COMMANDS_TEXT_INPUT_H
#define COMMANDS_TEXT_INPUT_H

#include "base/buffer.h"
#include "commands/arguments.h"

/* All of standard input, at most 1 MiB. BAD_DATA when it is more. */
enum status text_input_read(struct buffer *out, struct why *why);

/*
 * The words from the n-th on, joined by spaces; where there are none, standard
 * input. The caller frees *text. BAD_DATA when it is not UTF-8.
 */
enum status text_input(
    const struct arguments *arguments, int n, char **text, struct why *why);

#endif
