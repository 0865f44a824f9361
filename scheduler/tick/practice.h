/*
 * NAME
 *	practice - the clinic at work: configuration, memory, texts and the time
 *
 * What the six steps and the commands share for the length of one run. Plans,
 * words and templates are read when first needed and kept, so that a tick
 * with nothing to do reads none.
 */
#ifndef TICK_PRACTICE_H
#define TICK_PRACTICE_H

#include "base/clock.h"
#include "base/zone.h"
#include "care/reply.h"
#include "compose/templates.h"
#include "settings/config.h"
#include "store/history.h"
#include "store/patients.h"
#include "store/plans.h"

struct practice {
	const struct config *config; /* lent, as the next two */
	const struct clock *clock;
	struct store *store;
	int64_t now; /* when this run began: every decision uses it */
	const char *by; /* who is at the desk; NULL: the program itself */
	struct tick_row count; /* what this run did so far */

	struct templates *templates; /* NULL until needed, as what follows */
	struct practice_place *places;
	int places_len;
	struct plans_row **plans;
	int plans_len;
	struct practice_words *words;
	int words_len;
};

/* Never fails: what can fail is opened later. */
void practice_open(struct practice *practice, const struct config *config,
    const struct clock *clock, struct store *store);
void practice_close(struct practice *practice);

/* All of these lend what they give, until practice_close(). */
enum status practice_plan(struct practice *practice, int64_t plan_id,
    const struct plans_row **row, struct why *why);
enum status practice_lexicon(struct practice *practice, const char *lang,
    const struct lexicon **lexicon, struct why *why);
enum status practice_templates(
    struct practice *practice, struct templates **templates, struct why *why);
/* The clinic's zone, and that of any name. */
enum status practice_zone(
    struct practice *practice, const struct zone **zone, struct why *why);
enum status practice_zone_named(struct practice *practice, const char *name,
    const struct zone **zone, struct why *why);

/* The stage that a patient is in. CONFIG when the plan has none of that name,
 * which setup prevents. */
enum status practice_stage(struct practice *practice,
    const struct patient *patient, const struct plan **plan,
    const struct stage **stage, struct why *why);

/* Is the clinic open at that instant, and when is it next? */
bool practice_is_open(struct practice *practice, int64_t at);
int64_t practice_next_open(struct practice *practice, int64_t at);

/*
 * Do one piece of work in a transaction: committed when it gives OK, rolled
 * back whole otherwise.
 */
typedef enum status practice_work(
    struct practice *practice, void *arg, struct why *why);
enum status practice_transact(
    struct practice *practice, practice_work *work, void *arg, struct why *why);

#endif
