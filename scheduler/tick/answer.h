/*
 * NAME
 *	answer - what is written back to what somebody wrote
 *
 * At once, at any hour, and at most one answer to a reply but for a safety
 * net, which stands beside any other. All run inside a transaction.
 */
#ifndef TICK_ANSWER_H
#define TICK_ANSWER_H

#include "store/inbox.h"
#include "tick/practice.h"

/* Safety net, alert, pause. told is set when something was answered. */
enum status answer_red_flags(struct practice *practice, struct patient *patient,
    const struct inbound *inbound, const struct reading_row *row, bool *told,
    struct why *why);

/* STOP, START, HELP and "wrong number". */
enum status answer_commands(struct practice *practice, struct patient *patient,
    const struct inbound *inbound, const struct reading_row *row, bool *told,
    struct why *why);

/*
 * Thanks, one gentle re-ask, or the clinic's inbox. answered: it answered its
 * question; told: it had its answer already.
 */
enum status answer_rest(struct practice *practice,
    const struct patient *patient, const struct inbound *inbound,
    const struct reading_row *row, bool answered, bool told, struct why *why);

/* From an address that is no patient's, or that several share. */
enum status answer_stranger(struct practice *practice,
    const struct inbound *inbound, const struct reading_row *row,
    struct why *why);

#endif
