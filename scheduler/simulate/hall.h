/*
 * NAME
 *	hall - a clinic in memory, with gateways of air and a clock to turn
 *
 * The real tick over the real store; nothing but the gateways, the database's
 * place and the clock differ from the clinic whose configuration it takes.
 */
#ifndef SIMULATE_HALL_H
#define SIMULATE_HALL_H

#include "simulate/air.h"
#include "tick/enrol.h"
#include "tick/practice.h"

/* What a hall is like; all of it is lent until hall_close(). */
struct hall_order {
	const struct config *config; /* NULL: made up, of those facts */
	const struct clinic_facts *facts;
	const char *templates; /* folders, where there is no configuration */
	const char *words;
	const struct lottery *lottery;
	const struct air_listener *listener;
	int64_t begins_at;
};

struct hall {
	struct config config; /* lends everything but its gateways */
	struct address alerts_to;
	struct clock clock;
	struct store *store;
	struct practice practice;
	struct air *air;
};

/* hall_close() it in any case. */
enum status hall_open(
    struct hall *hall, const struct hall_order *order, struct why *why);
void hall_close(struct hall *hall);

/* Load a plan; a later version of it is followed from the next tick on. */
enum status hall_plan(struct hall *hall, const struct plan *plan,
    const struct plans_about *about, int about_len, struct why *why);

/* Turn the clock to that instant. */
void hall_turn(struct hall *hall, int64_t now);

/* Enrol somebody, now. */
enum status hall_enrol(struct hall *hall, const struct enrolment_form *form,
    int64_t *patient_id, struct why *why);

/* Take in what the mail server has, as its pipe does, and tick once. */
enum status hall_tick(struct hall *hall, struct why *why);

#endif
