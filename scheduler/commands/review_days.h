/*
 * NAME
 *	review_days - which days a review is about, from the command line
 */
#ifndef COMMANDS_REVIEW_DAYS_H
#define COMMANDS_REVIEW_DAYS_H

#include "base/civil.h"
#include "commands/arguments.h"

/*
 * --week, or --from and --to; otherwise the last whole week before today or,
 * where since is not NULL, everything from that day on. BAD_DATA for what is
 * no week or day, or has not come yet; USAGE where they don't go together.
 */
enum status review_days(const struct arguments *arguments, struct date today,
    const struct date *since, struct date *from, struct date *to,
    struct why *why);

#endif
