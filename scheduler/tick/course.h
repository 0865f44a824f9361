/*
 * NAME
 *	course - a patient's way through the plan: begun, moved, paused, ended
 *
 * Each of these changes the patient's record, writes it back, sets or drops
 * what is scheduled and queued, and adds the event that says why. All run
 * inside a transaction. The ticks and the commands use the same ones.
 */
#ifndef TICK_COURSE_H
#define TICK_COURSE_H

#include "care/decide.h"
#include "store/inbox.h"
#include "store/moves.h"
#include "tick/practice.h"

/* Schedule the reminders of a stage (and of always at the very beginning):
 * slots before now don't exist. */
enum status course_schedule(struct practice *practice,
    const struct patient *patient, bool always, struct why *why);

/* The next slot of one reminder strictly after an instant; none: it ends. */
enum status course_schedule_next(struct practice *practice,
    const struct patient *patient, const char *stage, const char *reminder,
    int64_t after, struct why *why);

/* What was meant for the patient's stage, or for any (everything), is of no use
 * any more: slots, and messages that wait. */
enum status course_clear_stage(struct practice *practice,
    const struct patient *patient, bool everything, struct why *why);

/*
 * Make a move. to is a stage, or NULL to finish. pain is the score that the
 * new stage begins with (PAIN_NONE: as the last stage did). in_reply is the
 * message it follows, so that the patient hears of it at once; NULL: the new
 * stage's first reminder says so, or for a finish a last message in the day.
 */
struct course_step {
	const struct stage *to;
	enum decision_act act; /* STAY: a clinician's own move */
	const char *because;
	int pain;
	const struct inbound *in_reply;
	const char *by; /* the clinician, or NULL */
};
enum status course_move(struct practice *practice, struct patient *patient,
    const struct course_step *step, struct why *why);

/* by is "red-flag", "clinician" or "patient"; until year 0: until resumed. A
 * red flag's pause does not end on its day: the day is kept for later. */
enum status course_pause(struct practice *practice, struct patient *patient,
    const char *by, struct date until, struct why *why);
enum status course_resume(struct practice *practice, struct patient *patient,
    const char *because, struct why *why);

/* The red flag by which a patient is paused, or was before a STOP, has been
 * looked at: goes on, unless a pause until a later day was set before. */
enum status course_clear_flag(
    struct practice *practice, struct patient *patient, struct why *why);

/* An opt-out, and its end. */
enum status course_stop(struct practice *practice, struct patient *patient,
    const char *because, struct why *why);
enum status course_restart(struct practice *practice, struct patient *patient,
    const char *because, struct why *why);

enum status course_discharge(struct practice *practice, struct patient *patient,
    const char *by, struct why *why);

/* The template that tells of a stage: "stage/adjust"; the caller frees. */
char *course_stage_template(const char *stage, enum decision_act act);

#endif
