/*
 * NAME
 *	reading - what a reply says, once it has been read
 *
 * {0} is not an empty reading: pain 0 is a score. Start from reading_none().
 */
#ifndef CARE_READING_H
#define CARE_READING_H

#include <stdbool.h>

/* What a question asks for; the names stand in plans and in --asked. */
enum asks {
	ASKS_NONE,
	ASKS_PAIN,    /* worst pain today, 0 to 10 */
	ASKS_DONE,    /* DONE or NOT TODAY */
	ASKS_LEG,     /* new or worse leg symptoms, yes or no */
	ASKS_SETTLED, /* the morning after: SAME, BETTER or WORSE */
	ASKS__MAX
};
extern const char *const asks_names[ASKS__MAX];
enum asks asks_parse(const char *name); /* ASKS__MAX when it is none */

enum answer {
	ANSWER_NONE, /* not said */
	ANSWER_NO,
	ANSWER_YES
};

enum flag_level {
	FLAG_NOTICE,	/* tells the clinic alone, at opening: worse at night */
	FLAG_URGENT,	/* same day */
	FLAG_SELF_HARM, /* the crisis line, now */
	FLAG_EMERGENCY, /* the emergency number, now */
	FLAG__MAX
};
extern const char *const flag_level_names[FLAG__MAX];
enum flag_level flag_level_parse(const char *name); /* or FLAG__MAX */

#define PAIN_NONE (-1)
#define READING_FLAGS 8 /* more in one text are dropped, the highest kept */
#define FLAG_NAME_SIZE 32

struct red_flag {
	char name[FLAG_NAME_SIZE]; /* its name in the words file */
	enum flag_level level;
};

struct reading {
	int pain; /* 0 to 10, or PAIN_NONE */
	enum answer done;
	enum answer leg;     /* yes: new or worse leg symptoms */
	enum answer settled; /* yes: SAME or BETTER */
	bool stop;
	bool start;
	bool help;
	bool wrong_number; /* "wrong number", "who is this" */
	bool who;	   /* no more than "who is this" */
	int pause_days;	   /* "PAUSE 7": no messages for so long; or 0 */
	bool courtesy;	   /* only thanks, ok, a thumb: wants no answer */
	bool question;	   /* asks the clinic something a person must answer */
	bool automatic;	   /* out of office and the like: no answer at all */
	bool unclear;	   /* nothing could be read from it */
	int flags_len;
	struct red_flag flags[READING_FLAGS]; /* the gravest first; notices are
						 here too, last */
};

struct reading reading_none(void);

/* The gravest flag's level, or FLAG__MAX where there is none. */
enum flag_level reading_level(const struct reading *reading);

/* Take the flags of another reading where they are graver. */
void reading_take_graver(
    struct reading *reading, const struct reading *other);

#endif
