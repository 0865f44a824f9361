/*
 * NAME
 *	decide - where a patient goes next, and why in words
 *
 * Pure: the plan, the stage, what was read in it and the day in; a decision
 * out. The same words stand in the patient's timeline and in the review:
 * "pain 2 and 3 at the last two check-ins, 5 days in Calm". Retreat is tried
 * before advance. min_days holds back advance and finish, never retreat. A
 * new or worse leg symptom blocks every advance and finish, and alerts,
 * whatever the score. A stage never moves on silence or on time alone.
 */
#ifndef CARE_DECIDE_H
#define CARE_DECIDE_H

#include "base/civil.h"
#include "care/plan.h"
#include "care/sentence.h" /* BECAUSE_SIZE */

/*
 * One reading given in the present stage, newest first in the list below. A
 * leg symptom that a clinician has looked at and closed is left out (leg is
 * ANSWER_NONE) by whoever lists the readings; any other blocks.
 */
struct decide_reading {
	int pain;	     /* or PAIN_NONE */
	enum answer settled; /* the morning after */
	enum answer leg;
};

struct decide_facts {
	const struct plan *plan;
	const struct stage *stage;
	int days; /* local days in this stage: 0 on its first day */
	int start_pain; /* the score the stage began with, or PAIN_NONE */
	const struct decide_reading *readings; /* newest first */
	int readings_len;
	bool leg_open; /* a leg symptom was said and no clinician closed it */
};

enum decision_act {
	DECISION_STAY,
	DECISION_ADVANCE,
	DECISION_RETREAT,
	DECISION_FINISH,
	DECISION__MAX
};

struct decision {
	enum decision_act act;
	const struct stage *to; /* NULL for stay and finish; lent by the plan */
	bool confirm;		/* a clinician must say yes first */
	char because[BECAUSE_SIZE]; /* also says why it stays */
};

struct decision decide(const struct decide_facts *facts);

/*
 * What a clinician should hear of, from the same facts: the stage's alert
 * rule ("pain"), a rise of worse_by over the stage's start on two readings
 * ("worsening"), more than stalled_after days ("stalled"). True when
 * that kind is so now; because says it in words without the patient's own.
 */
enum concern {
	CONCERN_PAIN,
	CONCERN_WORSENING,
	CONCERN_STALLED,
	CONCERN__MAX
};
bool decide_concern(const struct decide_facts *facts, enum concern concern,
    char because[BECAUSE_SIZE]);

#endif
