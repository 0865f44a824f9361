/*
 * NAME
 *	witness - what must always hold, held against what happens
 *
 * The laws are those of the house. A witness is told what gateways took, what
 * patients wrote and meant, which alerts and moves there were, and at each
 * tick's end compares. It is told by others and looks nothing up itself, so
 * that it shares no line with the program that it watches.
 *
 * Histories that no statement can change, and copies that send nothing, are
 * the store's own tests to see to.
 */
#ifndef SIMULATE_WITNESS_H
#define SIMULATE_WITNESS_H

#include "base/address.h"
#include "base/zone.h"
#include "care/kinds.h"
#include "care/reading.h"

enum law {
	LAW_ONE_SLOT,	/* one slot, one message */
	LAW_INTENT,	/* intent before act */
	LAW_HEARD,	/* nothing a patient said is lost */
	LAW_STOP,	/* stop means stop */
	LAW_RED_FLAG,	/* a red flag is answered, and reaches a person */
	LAW_SAYS_WHY,	/* decisions say why */
	LAW_HOURS,	/* no send outside the patient's day */
	LAW_LIMITS,	/* nor above the limits */
	LAW_LATE,	/* late is not loud */
	LAW_NO_SILENCE, /* nothing is silent */
	LAW_NO_ADVANCE, /* no step up on silence */
	LAW_NAMELESS,	/* a wrong number learns nothing */
	LAW_FORWARD,	/* states never go back */
	LAW__MAX
};
extern const char *const law_names[LAW__MAX];

/* What the clinic has set. */
struct witness_house {
	int quiet_from, quiet_until; /* minutes; the same: never quiet */
	const struct date *closed; /* lent */
	int closed_len;
	int daily, weekly;
	int64_t repeat_s; /* an emergency is told again after so long */
	int rounds;
	int64_t step_s; /* from tick to tick */
};

struct witness;

struct witness *witness_new(const struct witness_house *house);
void witness_free(struct witness *witness); /* takes NULL */

/* Somebody is enrolled: numbers count from 0, each once and in order. zone is
 * lent; addresses may be "". */
void witness_enrolled(struct witness *witness, int who, const char *name,
    const struct zone *zone, const char *phone, const char *email);
void witness_new_phone(struct witness *witness, int who, const char *phone);

/* A message that a gateway was told to send. */
struct witness_sent {
	const char *key;
	const char *parcel;
	enum kind kind;
	enum channel channel;
	const char *address;
	const char *body;
	int who; /* whom it is to, or about; -1: nobody */
	int64_t alert_id; /* 0: none */
	int64_t at;
	int64_t expires_at;
	bool claimed; /* its row says so, durably */
	bool taken; /* the gateway has it now */
};
void witness_sent(struct witness *witness, const struct witness_sent *sent);

/* What somebody wrote, at the moment at which the program said that it keeps
 * it; flag FLAG__MAX: none. */
struct witness_heard {
	const char *id;
	const char *address;
	enum channel channel;
	int64_t at;
	bool stop; /* or "wrong number", which gets no confirmation */
	bool confirmed; /* a confirmation may follow */
	bool start;
	enum flag_level flag;
};
void witness_heard(struct witness *witness, const struct witness_heard *heard);

/* A reading that the program made of it. */
struct witness_read {
	const char *id;
	int who; /* -1: a stranger */
	int visit;
	bool same_words; /* the record has it word for word */
	bool scored; /* it has a score */
	bool seen_to; /* it could be read, or a person will, or was asked
			 again */
};
void witness_read(struct witness *witness, const struct witness_read *read);

/* A slot's row. */
void witness_slot(struct witness *witness, const char *slot,
    const char *parcel, const char *because);

/* A move that was made. */
struct witness_move {
	int who;
	bool up; /* advance or finish, by the program */
	int readings; /* that its rule asks for */
	int days; /* in the stage, and that the plan asks for */
	int min_days;
	const char *because;
};
void witness_move(struct witness *witness, const struct witness_move *move);

struct witness_alert {
	int64_t alert_id;
	int who; /* -1: nobody */
	bool red_flag;
	bool at_once; /* an emergency, or self-harm */
	const char *because;
	int64_t at;
};
void witness_alert(struct witness *witness, const struct witness_alert *alert);
void witness_acknowledged(struct witness *witness, int64_t alert_id);
void witness_closed(struct witness *witness, int64_t alert_id);

/* A message's state. rank: 0 while it may still go, 1 accepted, 2 final. state
 * is a name that lives on; because is why, and lost says that it never got
 * there. */
void witness_state(struct witness *witness, int64_t message_id, int rank,
    const char *state, bool lost, const char *because);

/* A tick has ended. open: both gateways took what they were given. */
void witness_tick(struct witness *witness, int64_t now, bool open);

/* How often a law was broken, and the first time in words, or NULL. */
int witness_broken(const struct witness *witness, enum law law);
const char *witness_first(const struct witness *witness, enum law law);

#endif
