/*
 * NAME
 *	amiss - a mistake in the clinic's files, and that it is mended
 *
 * Words, plans or texts that can't be used, a row over which the program
 * stumbles: the clinic hears of each once, and its alert is closed when what
 * was wrong is right again.
 */
#ifndef TICK_AMISS_H
#define TICK_AMISS_H

#include "tick/practice.h"

/* What a mistake is about. Any other word is a piece of work (tick/batch.h),
 * or the name of a text that a gateway refuses. */
#define AMISS_WORDS "words"
#define AMISS_CONTACT "contact"

struct amiss {
	const char *topic;
	const char *because; /* with file and line where there is one */
	const char *fault; /* which of several that the topic may have; NULL:
			      because */
	const char *level; /* NULL: "notice" */
};

/* Tell the clinic. Inside a transaction; the next one in one of its own. */
enum status amiss_tell(
    struct practice *practice, const struct amiss *amiss, struct why *why);
enum status amiss_tell_now(
    struct practice *practice, const struct amiss *amiss, struct why *why);

/* Close the alerts of what is mended. At a tick's end, when all its work has
 * been tried once more. */
enum status amiss_close_mended(struct practice *practice, struct why *why);

#endif
