/*
 * NAME
 *	actor - a virtual patient: how the pain goes, and what is written back
 *
 * Everything about an actor follows from the cohort's file, the seed and the
 * actor's number. An actor knows what was asked and what was meant by it, and
 * nothing of the program.
 */
#ifndef SIMULATE_ACTOR_H
#define SIMULATE_ACTOR_H

#include "base/zone.h"
#include "care/kinds.h"
#include "care/reading.h"
#include "settings/cohort.h"
#include "simulate/lottery.h"

#define ACTOR_NEVER INT64_MAX
#define ACTOR_NAME_SIZE 48
#define ACTOR_ADDRESS_SIZE 48

struct actor {
	int number; /* 0, 1, ... */
	char name[ACTOR_NAME_SIZE]; /* "Ann Qz0017": no word has that end */
	char phone[ACTOR_ADDRESS_SIZE]; /* "" for none, as the next */
	char email[ACTOR_ADDRESS_SIZE];
	const char *channel; /* "sms", "email", "both" */
	const char *timezone;
	const struct cohort_shape *shape;
	int64_t enrolled_at;
	int baseline; /* or PAIN_NONE: nobody asked */

	/* When it befalls; ACTOR_NEVER. */
	int64_t drops_out_at, stops_at, starts_at, new_number_at, flag_at,
	    leg_at;
	bool tells_clinic; /* of the new number */
	bool wrong_number; /* its new owner says so */
	enum flag_level flag; /* FLAG__MAX: none */

	/* What has been so far. */
	bool answered; /* the newest question */
	int turns;     /* replies so far, which tell the draws apart */
	bool leg_told;
	bool number_changed;
};

/* What an actor sends back to one message, and what is meant by it. */
struct actor_reply {
	bool given;
	char text[160];
	int64_t after_s;
};

struct cast {
	const struct cohort *cohort;
	const struct cohort_words *words;
	struct lottery lottery;
	int64_t begins_at; /* when the first are enrolled */
	int64_t ends_at;
	const char *timezone; /* the clinic's */
};

/* The actor of that number; before is the one enrolled before, or NULL. */
void actor_make(const struct cast *cast, int number, const struct actor *before,
    struct actor *actor);

/* The pain at an instant, 0 to 10. */
int actor_pain(
    const struct cast *cast, const struct actor *actor, int64_t at);

/* How an actor takes a message that came at that instant. */
void actor_hear(const struct cast *cast, struct actor *actor, enum kind kind,
    enum asks asks, int64_t at, struct actor_reply *reply);

/* Words that say something, without a score in them. */
const char *actor_words(const struct cast *cast, const struct actor *actor,
    enum cohort_says says, int turn);

#endif
