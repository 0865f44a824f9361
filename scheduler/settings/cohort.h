/*
 * NAME
 *	cohort - the virtual patients of a simulation, as their file has them
 *
 * Shapes of pain, habits, what befalls patients and the clinic, and what they
 * write. Shares are of a hundred.
 */
#ifndef SETTINGS_COHORT_H
#define SETTINGS_COHORT_H

#include <stdint.h>

#include "settings/complaints.h"

struct cohort_shape {
	char *id;
	double share; /* of all shapes' shares */
	double start, rest; /* pain at first, and in the end */
	int64_t half_life_s;
	double swing; /* from day to day */
	int64_t flare_every_s; /* 0: never */
	double flare_rise;
	int64_t flare_half_life_s;
};

struct cohort_habits {
	double answers, after_nudge, at_once, late, done, sloppy, unclear, asks,
	    thanks, baseline;
};

struct cohort_events {
	double drops_out, stops, starts_again, changes_number, tells_clinic,
	    wrong_number, red_flag, leg;
};

struct cohort_channels {
	double email, both;
};

struct cohort_troubles {
	int gateway_down, gateway_foggy, ticks_missed, long_gap, clock_back,
	    tick_twice;
};

/* What they may write, by what it says. */
enum cohort_says {
	SAYS_PAIN,
	SAYS_PAIN_SLOPPY,
	SAYS_YES,
	SAYS_NO,
	SAYS_LEG_NO,
	SAYS_LEG_YES,
	SAYS_SAME,
	SAYS_BETTER,
	SAYS_WORSE,
	SAYS_UNCLEAR,
	SAYS_ASKS,
	SAYS_THANKS,
	SAYS_STOP,
	SAYS_START,
	SAYS_WRONG,
	SAYS_EMERGENCY,
	SAYS_SELF_HARM,
	SAYS_URGENT,
	SAYS__MAX
};

struct cohort_words {
	char *lang;
	struct cohort_texts {
		char **texts;
		int len; /* at least 1 */
	} says[SAYS__MAX];
};

struct cohort {
	struct cohort_shape *shapes; /* at least 1 */
	int shapes_len;
	struct cohort_habits habits;
	struct cohort_events events;
	struct cohort_channels channels;
	struct cohort_troubles troubles;
	double shares_number;
	double elsewhere;
	char **zones;
	int zones_len;
	struct cohort_words *words; /* at least 1 */
	int words_len;
};

/* NO_FILE, DENIED, BAD_DATA of the file; CONFIG with complaints. *cohort is
 * untouched unless OK. */
enum status cohort_load(const char *path, struct cohort **cohort,
    struct complaints *complaints, struct why *why);
void cohort_free(struct cohort *cohort); /* takes NULL */

/* The words of a language, or the first there are. */
const struct cohort_words *cohort_words_in(
    const struct cohort *cohort, const char *lang);

#endif
