/*
 * NAME
 *	limits - how many unasked messages a patient gets
 *
 * So many a local day, and so many in any seven local days. Where the week is
 * short, what the plan needs least is left out: a slot also yields to more
 * needed ones that come within the six days after it.
 */
#ifndef CARE_LIMITS_H
#define CARE_LIMITS_H

#include "base/civil.h"

/* What went longer ago is in nobody's seven days, wherever they live. */
#define LIMITS_BACK_S ((int64_t)8 * 24 * 60 * 60)

struct limits {
	int daily;
	int weekly; /* in any seven days */
};

enum limits_verdict {
	LIMITS_FREE, /* it may go */
	LIMITS_DAY, /* the day has had its share */
	LIMITS_WEEK, /* the seven days have had theirs */
	LIMITS_NEEDED, /* it would take the place of a more needed one */
	LIMITS__MAX
};

/*
 * May one more go today? sent holds the local dates of those that went (or
 * will surely go), in any order; needed the local dates of more needed slots
 * in the next six days, earliest first.
 */
enum limits_verdict limits_check(const struct limits *limits,
    const struct date *sent, int sent_len, struct date today,
    const struct date *needed, int needed_len);

#endif
