/*
 * NAME
 *	review - one week of a clinic, in figures, ordered by who needs a person
 *
 * Everything that any form shows is computed here, once: the forms (text,
 * html, csv, json and others) only write it down.
 *
 * The figures are those of the stretch. Who needs a person is of now, until a
 * newer week is whole; of an older stretch, of its end.
 */
#ifndef REVIEW_REVIEW_H
#define REVIEW_REVIEW_H

#include "care/plan.h"
#include "review/adherence.h"
#include "review/attention.h"
#include "review/rows.h"
#include "review/totals.h"

struct plans_row;

/* What one segment, or one email, costs at a gateway. */
struct review_price {
	const char *gateway; /* lent */
	double price; /* in the clinic's money; 0: not known */
};

/* What is asked for; all lent. */
struct review_ask {
	struct stretch stretch;
	const struct zone *zone; /* the clinic's */
	int64_t now;
	const char *clinic; /* its name */
	int64_t patient_id; /* 0: everybody */
	const char *plan; /* NULL: any */
	const char *clinician; /* NULL: anybody's */
	const struct review_price *prices; /* NULL: none is known */
	int prices_len;
	int course_weeks; /* of those who need a person, to be drawn; or 0 */
};

/* The scores and moves of more weeks than those of the rows. */
struct review_past {
	int64_t from_at; /* 0: not loaded */
	struct week_reading *readings; /* owned, as the next */
	int readings_len;
	struct week_move *moves;
	int moves_len;
};

struct review_patient {
	const struct week_patient *who; /* lent by the review's rows */
	const struct plan *plan;
	const struct stage *stage; /* NULL once finished */
	int days_in_stage; /* at the end of the stretch */
	int days_on_plan;
	struct adherence_rows rows; /* lent likewise */
	struct adherence figures;

	struct attention attention; /* who needs a person, and why */
	struct review_past past; /* of those who need a person, if asked for */
	char *words; /* the patient's last ones; or NULL */
	int64_t words_at;
	/* needs a person, and did less or not in the stretch before; of up to
	 * two weeks */
	bool is_new;
	bool was_needing; /* does not now, and did then */
	bool moved; /* between stages, in the stretch */
	bool needed_before; /* a person, in the stretch before */
	bool unsigned_before; /* and nobody has signed that off */
	bool joined; /* began in the stretch */
	bool finishing; /* will end the plan soon */
	bool finished; /* ended it in the stretch */
};

struct review {
	struct review_ask ask;
	struct review_rows rows;
	struct review_patient *patients; /* by need, then the rest by ref */
	int len;
	int needing; /* so many first ones need a person */
	int unsigned_before; /* of the patients */
	char *signed_by; /* who signed off all of the stretch before; or NULL */
	struct review_totals totals;
	struct plans_row **plans; /* loaded so far */
	int plans_len;
};

/* On failure nothing is left to free. */
enum status review_make(struct store *store, const struct review_ask *ask,
    struct review *review, struct why *why);
void review_free(struct review *review);

/* What to call a patient: the name, or the initials where names must not be
 * seen ("M. O."), "" once erased. Gives back out. */
#define REVIEW_NAME_SIZE 160
const char *review_name(const struct review_patient *patient, bool initials,
    char out[REVIEW_NAME_SIZE]);

/* The stage's title, "Finished" after the last. Lent. */
const char *review_stage(const struct review_patient *patient);

#endif
