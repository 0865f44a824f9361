/*
 * NAME
 *	play - a simulation under way: the hall, its actors, and who watches
 *
 * What the files of the simulation share; others see simulate.h.
 */
#ifndef SIMULATE_PLAY_H
#define SIMULATE_PLAY_H

#include "simulate/actor.h"
#include "simulate/hall.h"
#include "simulate/simulate.h"
#include "store/moves.h"
#include "store/outbox.h"

/* An actor in the clinic. */
struct part {
	struct actor actor;
	struct zone *zone;
	bool enrolled;
	char old_phone[ACTOR_ADDRESS_SIZE]; /* somebody else's by now, or "" */
	int64_t next_at; /* when something befalls him by himself */
	struct date stage_since_on;
	int messages, segments;
};

/* A message on the wire, until the tick has ended. */
struct play_sent {
	struct message message; /* owned: its row as it was then */
	char address[EMAIL_SIZE];
	bool claimed, taken;
	int64_t at;
};

/* What was meant by a reply; by the number in its id. */
struct meaning {
	char text[160]; /* word for word */
	bool stop, confirmed, start;
	enum flag_level flag; /* FLAG__MAX: none */
};

/* A message that a receipt may still come for. */
struct afloat {
	int64_t message_id;
	int64_t until_at;
};

struct play {
	const struct simulation *order;
	struct hall hall;
	struct cast cast;
	struct part *parts; /* patient_id - 1: in the order of enrolment */
	int parts_len;
	int *by_turn; /* numbers of the actors, in the order of enrolment */
	int enrolled;
	struct witness *witness;
	struct tally *tally;
	int64_t now;
	bool open; /* the gateways work */

	struct play_sent *sent; /* in this tick */
	int sent_len;
	struct meaning *meanings;
	int meanings_len;
	struct afloat *afloat;
	int afloat_len;
	int64_t *waiting; /* moves that wait for a yes */
	int waiting_len;
	int64_t last_alert, last_reading, last_move, last_slot;
};

/* Whose that patient is: an index of parts; -1 for nobody's. */
int play_who(const struct play *play, int64_t patient_id);

/* Let somebody write, and remember what was meant. */
void play_write(struct play *play, const char *from, const char *text,
    const char *answers, int64_t at, const struct meaning *meaning);

/* play_actors.c: enrol those whose time has come; what befalls the others;
 * how one takes a message. */
enum status play_enrol(struct play *play, struct why *why);
enum status play_befall(struct play *play, struct why *why);
void play_hear(struct play *play, int who, const struct play_sent *sent);

/* play_staff.c: what the clinicians do in this hour. */
enum status play_staff(struct play *play, struct why *why);

/* play_watch.c: what has happened in this tick, for witness and tally. */
enum status play_watch(struct play *play, struct why *why);
enum status play_moved(
    struct play *play, const struct move *move, struct why *why);
void play_state(struct play *play, const struct message *message);
/* play_end.c: at the end of a week, and of all. */
enum status play_census(struct play *play, int week, struct why *why);
enum status play_close(struct play *play, struct why *why);

/* play_trouble.c: what goes wrong at the clinic. */
struct trouble {
	enum trouble_kind {
		TROUBLE_DOWN,
		TROUBLE_FOG,
		TROUBLE_NO_TICK,
		TROUBLE_CLOCK_BACK,
		TROUBLE_TWICE,
		TROUBLE__MAX
	} kind;
	int64_t from_at, until_at;
};
struct troubles {
	struct trouble *list; /* owned */
	int len;
};
void troubles_plan(struct troubles *troubles, const struct cohort *cohort,
    const struct lottery *lottery, int64_t begins_at, int weeks);
/* Is one of that kind under way? */
bool troubles_are(
    const struct troubles *troubles, enum trouble_kind kind, int64_t at);
void troubles_free(struct troubles *troubles);

#endif
