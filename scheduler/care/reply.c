#include "care/reply.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "care/reply_text.h"

static bool
answered(const struct reading *reading)
{
	return reading->pain != PAIN_NONE || reading->done != ANSWER_NONE ||
	       reading->leg != ANSWER_NONE || reading->settled != ANSWER_NONE;
}

static bool
was_answered(const struct reading *reading, enum asks asked)
{
	switch (asked) {
	case ASKS_PAIN:
		return reading->pain != PAIN_NONE;
	case ASKS_DONE:
		return reading->done != ANSWER_NONE;
	case ASKS_LEG:
		return reading->leg != ANSWER_NONE;
	case ASKS_SETTLED:
		return reading->settled != ANSWER_NONE;
	default:
		return answered(reading);
	}
}

/* Nothing was understood, or what was asked is in doubt. */
static bool
unclear(const struct reading *reading, enum asks asked, bool doubt)
{
	if (reading->flags_len > 0 || reading->stop || reading->start ||
	    reading->help || reading->wrong_number || reading->automatic ||
	    reading->pause_days > 0)
		return false;
	/* "Same as yesterday" gives no score. */
	if (asked == ASKS_PAIN && reading->pain == PAIN_NONE &&
	    reading->done == ANSWER_NONE && reading->leg == ANSWER_NONE &&
	    reading->settled != ANSWER_NONE)
		return !reading->question;
	if (answered(reading))
		return doubt && !was_answered(reading, asked);
	return !reading->courtesy && !reading->question;
}

static struct reading
read_text(const struct lexicon *lexicon, enum asks asked, const char *written)
{
	struct reading reading = reading_none();
	struct reply_text text;
	bool doubt = false;

	reply_text_open(&text, lexicon, written);
	reply_read_keywords(&text, asked, &reading);
	if (!reading.automatic && reading.pause_days == 0) {
		reading.pain = reply_score(&text, asked, &doubt);
		/* "Sorry, wrong number: 6, not 9" is no stranger's. */
		if (asked == ASKS_PAIN && reading.pain > 0 && !reading.who)
			reading.wrong_number = false;
		reply_read_answers(&text, asked, &reading);
	}
	text.answered =
	    reading.pain != PAIN_NONE || reading.done != ANSWER_NONE;
	reply_read_flags(&text, asked, &reading);
	reading.question = !reading.stop && !reading.start &&
			   !reading.wrong_number && !reading.automatic &&
			   reply_asks(&text);
	if (answered(&reading) || reading.flags_len > 0 || reading.question)
		reading.courtesy = false;
	reading.unclear = unclear(&reading, asked, doubt);
	reply_text_close(&text);
	return reading;
}

/* The line "--", below which mail programs put who writes; or NULL. */
static const char *
sign_off(const char *written)
{
	for (const char *at = written; at != NULL;) {
		const char *end = at + 2;

		if (strncmp(at, "--", 2) == 0 &&
		    (end[strspn(end, " \r")] == '\n' ||
			end[strspn(end, " \r")] == '\0'))
			return at;
		at = strchr(at, '\n');
		at = at == NULL ? NULL : at + 1;
	}
	return NULL;
}

/* What a program may have put there, or the patient: nothing counts of it but
 * what must not be missed, and whoever may want no more has a person look. */
static void
read_beside(
    struct reading *reading, const struct lexicon *lexicon, const char *beside)
{
	struct reading read = read_text(lexicon, ASKS_NONE, beside);

	reading_take_graver(reading, &read);
	if (read.stop && !reading->stop) {
		reading->question = true;
		reading->unclear = reading->courtesy = false;
	}
}

struct reading
reply_read(const struct lexicon *lexicon, enum asks asked, const char *written)
{
	const char *below = sign_off(written);
	char *above = below == NULL
			  ? xstrdup(written)
			  : xstrndup(written, (size_t)(below - written));
	char *signatures = reply_signatures(lexicon, above);
	struct reading reading = read_text(lexicon, asked, above);

	if (*signatures != '\0')
		read_beside(&reading, lexicon, signatures);
	if (below != NULL)
		read_beside(&reading, lexicon, below);
	free(signatures);
	free(above);
	return reading;
}
