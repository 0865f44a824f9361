/*
 * NAME
 *	batch - one bad row never stops the batch
 */
#ifndef TICK_BATCH_H
#define TICK_BATCH_H

#include "tick/practice.h"

/*
 * Do work for each enrolment that is due, many in one transaction, since a
 * commit costs as much as the work; where one of them fails, each in its own.
 * due fills ids (*len in: room, out: found); work gets a
 * struct batch_item and may set passed_over where it left things as they
 * were, so that a batch of nothing else ends the round. One bad row does not
 * stop the others: see batch_go_on().
 */
struct batch_item {
	int64_t id;
	bool passed_over;
};
typedef enum status batch_due(
    struct practice *practice, int64_t *ids, int *len, struct why *why);
enum status batch_each(struct practice *practice, batch_due *due,
    practice_work *work, const char *subject, struct why *why);

/*
 * One bad row never stops the batch: whether a step may go on after a piece
 * of work failed. What is only that piece's fault is logged and told to the
 * clinic as an alert (subject: what it was about); what concerns the
 * database stops the step, and cron's next run is the retry.
 */
bool batch_go_on(struct practice *practice, enum status status,
    const char *subject, struct why *why);

/* The same of a reply that can't be read, which may tell of danger: the clinic
 * hears of it at once, at any hour. */
bool batch_go_on_unread(struct practice *practice, enum status status,
    struct why *why);

#endif
