/*
 * NAME
 *	simulate - a cohort of virtual patients goes through a plan
 *
 * The real program on a faster clock: the ticks, the store and the gateways'
 * engine are those of every clinic, with a database in memory, gateways of
 * air, outages, missed ticks, and a witness who holds the laws of the house
 * against all that happens. The same order gives the same figures to the last
 * digit.
 */
#ifndef SIMULATE_SIMULATE_H
#define SIMULATE_SIMULATE_H

#include "compose/facts.h"
#include "settings/cohort.h"
#include "settings/config.h"
#include "simulate/tally.h"
#include "store/plans.h"

struct simulation {
	const struct config *config; /* NULL: a made-up clinic of those facts */
	const struct clinic_facts *facts;
	const char *templates; /* folders, where there is no configuration */
	const char *words;
	const struct cohort *cohort;
	const struct plan *plan;
	const struct plans_about *about;
	int about_len;
	int patients, weeks;
	int64_t seed;
	/* Told now and then how far it is; or NULL. */
	void (*progress)(void *arg, int done, int of);
	void *arg;
};

#define SIMULATE_STEP_S ((int64_t)5 * 60) /* from tick to tick */

/* Run it. Whether laws were broken stands in the tally, which the caller
 * tally_free()s. */
enum status simulate_run(
    const struct simulation *order, struct tally *tally, struct why *why);

#endif
