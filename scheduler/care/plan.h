/*
 * NAME
 *	plan - what a clinic believes about one complaint, as plain data
 *
 * A plan is read from its file by settings/, checked, stored as versioned rows
 * by store/, and handed to the decisions in care/. Every threshold is a member
 * here and stands in the plan file; none is in code.
 */
#ifndef CARE_PLAN_H
#define CARE_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "care/reading.h"

#define RULE_UNSET (-1) /* this bound was not given */
#define RULE_READINGS_MAX 20 /* as many newest ones as a rule may ask for */

/* What must be so for a stage to be left; or for a clinician to be told. */
struct rule {
	bool given;	   /* the plan has this rule */
	char *to;	   /* the stage to go to; NULL in alert and finish */
	int readings;	   /* so many newest ones must all pass; at least 1 */
	int pain_at_most;  /* 0 to 10, or RULE_UNSET */
	int pain_at_least; /* 0 to 10, or RULE_UNSET */
	int or_down_by;	   /* per cent below the stage's start passes too ... */
	int and_at_most;   /* ... as long as the score is at most this */
	int settled;	   /* so many newest mornings were SAME or BETTER */
	bool not_worse;	   /* newest reading is not above the stage's start */
	bool confirm;	   /* waits for a clinician's yes */
};

struct reminder {
	char *id;
	char **messages; /* template names, taken in turn */
	int messages_len;
	char *repeat;	       /* an RFC 5545 RRULE */
	int at_minute;	       /* of the patient's local day */
	enum asks asks;	       /* ASKS_NONE for a tip */
	int64_t answer_within_s; /* how long the question stands open */
	int64_t nudge_after_s;	 /* 0 for no nudge */
	int need;	       /* 1 (most needed) to 9: under tighter limits the
				  least needed is left out */
	int line; /* in the plan file, for complaints; 0 from the store */
	char *unless;	       /* the trait that leaves it out, or NULL */
	char *when;	       /* the trait that it is for alone, or NULL */
};

/*
 * What is so of some patients and not of others, as reminders name it:
 * "no_running", which enrolment says, and "nerve", which an answer does. A
 * leg symptom that was told of makes the texts those for an irritated nerve,
 * until a clinician says otherwise.
 */
enum trait { TRAIT_NO_RUNNING, TRAIT_NERVE, TRAIT__MAX };
extern const char *const trait_names[TRAIT__MAX];
enum trait trait_parse(const char *name); /* or TRAIT__MAX */
struct traits {
	bool so[TRAIT__MAX];
};

struct stage {
	char *id;
	char **was; /* stages of earlier versions whose patients it takes */
	int was_len;
	char *title;
	int min_days;	   /* local days that hold back advance and finish */
	int stalled_after; /* days after which a clinician is asked; 0 never */
	struct reminder *reminders;
	int reminders_len;
	struct rule advance;
	struct rule retreat;
	struct rule finish;
	struct rule alert;
	int line; /* in the plan file; 0 from the store */
};

struct plan {
	char *id;
	char *title;
	int64_t version; /* 1, 2, ...; 0 while not stored */
	char **about;	 /* facts that enrolment must give */
	int about_len;
	char *welcome;	      /* the first message's template */
	int silent_after;     /* unanswered questions in a row; 0 never */
	int silent_weekly_limit; /* for whom is silent; 0: as ever */
	int worse_by;	      /* points over the stage's start, on two readings;
				 0 never */
	bool email_fallback;  /* channel sms may fall back to email */
	int weekly_limit;     /* tighter than the clinic's, or 0 */
	struct stage *stages; /* in order; the first is where patients begin */
	int stages_len;
	struct reminder *always; /* through all of it, counted from enrolment */
	int always_len;
};

void plan_free(struct plan *plan); /* the members and the plan; takes NULL */

/* Unasked messages in seven days: the clinic's limit, the plan's where that is
 * tighter, and for one who is silent the one for those. */
int plan_weekly_limit(const struct plan *plan, int clinics, bool silent);

/* When it will have lasted too long for one who came into it at since_at; 0:
 * never. */
int64_t stage_stalls_at(const struct stage *stage, int64_t since_at);

/* The stage of that id, or NULL. Lent. */
const struct stage *plan_stage(const struct plan *plan, const char *id);

/* The stage that takes the patients of that one, which may be of an earlier
 * version: itself, or one that says that it was it; or NULL. Lent. */
const struct stage *plan_stage_after(const struct plan *plan, const char *id);

/* The reminder of that id in a stage or in always (stage_id NULL). Lent. */
const struct reminder *plan_reminder(const struct plan *plan,
    const char *stage_id, const char *reminder_id);

/* Is that reminder for somebody of whom this is so? */
bool reminder_is_for(
    const struct reminder *reminder, const struct traits *traits);

#endif
