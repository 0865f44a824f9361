/*
 * NAME
 *	witness_book - what the files of the witness share
 */
#ifndef SIMULATE_WITNESS_BOOK_H
#define SIMULATE_WITNESS_BOOK_H

#include "simulate/names.h"
#include "simulate/witness.h"

#define BOOK_COUNTED 32 /* unasked messages of somebody that are remembered */
#define BOOK_KEY_SIZE 24

struct book_person {
	char *name; /* owned; first name and surname */
	const struct zone *zone;
	int phone, email; /* places; -1: none */
	bool stopped;
	int red_flags; /* that stand open */
	struct {
		struct date on;
		char parcel[BOOK_KEY_SIZE];
	} counted[BOOK_COUNTED]; /* the newest unasked ones, in a ring */
	int counted_len;
	int64_t unasked_at; /* the tick of the last one */
	int visit, scores; /* the newest stage that a score came in */
};

/* An address. */
struct book_place {
	bool stopped;
	int confirms, nets; /* that may still go there though it is */
	int64_t net_at; /* the last safety net */
};

struct book_flag {
	char *address;
	int64_t at;
	bool answered, alerted;
};

struct book_alert {
	int64_t alert_id;
	int who;
	bool red_flag, at_once, acknowledged;
	int64_t told_at; /* opened, where nobody was told yet */
	int rounds;
};

struct book_state {
	int rank;
	const char *state;
};

struct witness {
	struct witness_house house;
	int broken[LAW__MAX];
	char *first[LAW__MAX];
	struct book_person *people;
	int people_len;
	struct names addresses; /* to places, from 1 on */
	struct book_place *places;
	int places_len;
	struct names keys, slots;
	struct names heard; /* 1: heard, 2: read */
	char **unread; /* ids of this tick, until they are read */
	int unread_len;
	struct book_flag *flags;
	int flags_len;
	struct book_alert *alerts; /* that are not closed */
	int alerts_len;
	struct book_state *states; /* by message_id */
	int64_t states_len;
	int64_t last_at; /* the last tick */
	int64_t trouble_at; /* when a gateway was last down, or a tick late */
};

/* A law is broken; who -1: by nobody's. The text says how. */
void book_break(struct witness *witness, enum law law, int64_t at, int who,
    const char *fmt, ...) __attribute__((format(printf, 5, 6)));

struct book_place *book_place(struct witness *witness, const char *address);
struct book_person *book_person(struct witness *witness, int who);

/* Is it something that nobody asked for, or held until the patient's day? */
bool book_is_unasked(enum kind kind);
bool book_is_polite(enum kind kind);

#endif
