/*
 * NAME
 *	attention - who needs a person, in the order of need, and why
 *
 * The order of the enum is the order of the page. An alert whose kind has a
 * place of its own further down has that place, if it is only a notice.
 */
#ifndef REVIEW_ATTENTION_H
#define REVIEW_ATTENTION_H

#include "care/plan.h"
#include "care/sentence.h"
#include "review/adherence.h"

#define ATTENTION_SEVERE 8 /* Boonstra 2016: 8 or more is severe */
#define ATTENTION_SIX_WEEKS 42 /* days; Wallwork 2024: 56 falls to 26 by then */
#define ATTENTION_STILL 5
#define ATTENTION_HIGH 7 /* silence after such a score comes first */

enum attention_kind {
	ATTENTION_RED_FLAG, /* one stands open */
	ATTENTION_ALERT, /* an alert without outcome */
	ATTENTION_PAUSED, /* by a red flag that is closed, never resumed */
	ATTENTION_SEVERE_PAIN, /* 8 or more in the stretch */
	ATTENTION_WORSE_MORNING,
	ATTENTION_WORSENING,
	ATTENTION_STALLED,
	ATTENTION_STILL_HIGH, /* 5 or more after six weeks */
	ATTENTION_SILENT, /* though messages arrive */
	ATTENTION_UNDELIVERABLE,
	ATTENTION_QUESTION, /* the patient waits for our answer */
	ATTENTION_MOVE, /* waits for a yes */
	ATTENTION_OPTED_OUT,
	ATTENTION__NONE
};
extern const char *const attention_names[ATTENTION__NONE]; /* "stalled" */
extern const char *const attention_titles[ATTENTION__NONE]; /* as headings */

/* What is known of one patient; all lent. */
struct attention_facts {
	const struct week_patient *who;
	const struct plan *plan;
	const struct stage *stage; /* or NULL */
	int days_in_stage;
	int days_on_plan;
	const struct adherence *figures;
	const struct adherence_rows *rows;
	const struct week_waiting *waiting;
	int waiting_len;
	const struct stretch *stretch;
	const struct zone *zone;
	int64_t as_of_at; /* what was open, or waited, then */
};

struct attention {
	enum attention_kind kind; /* the first that holds, or NONE */
	unsigned also; /* bits of all kinds that hold, that one apart */
	int urgency; /* within a kind, the greater first */
	char because[BECAUSE_SIZE]; /* a sentence; "" for NONE */
};

struct attention attention_judge(const struct attention_facts *facts);

/* <0: a goes first. */
int attention_compare(const struct attention *a, const struct attention *b);

#endif
