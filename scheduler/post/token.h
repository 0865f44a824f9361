/*
 * NAME
 *	token - an access token from a command
 *
 * OAuth 2 tokens live for an hour, and where they come from is different
 * everywhere: a command prints one on its first line. It is run once in a
 * tick, when the first mail goes.
 */
#ifndef POST_TOKEN_H
#define POST_TOKEN_H

#include <stdint.h>

#include "base/status.h"

/*
 * Run it by sh(1) and take its first line, which the caller frees. CONFIG,
 * saying why, where it fails, prints none, prints what is no token, or takes
 * longer than timeout_s; what it prints is never repeated.
 */
enum status token_run(
    const char *command, int64_t timeout_s, char **token, struct why *why);

#endif
