/*
 * NAME
 *	patient_change - one patient, looked at and changed in one transaction
 *
 * A tick may be at work beside us: what a change rests on is read inside the
 * transaction that makes it.
 */
#ifndef COMMANDS_PATIENT_CHANGE_H
#define COMMANDS_PATIENT_CHANGE_H

#include "commands/patient.h"

struct patient_change {
	struct session *session;
	const char *ref;
	const char *by;
	struct patient patient; /* patient_free() it afterwards */
	bool nothing; /* it is so already */
	int64_t red_flag; /* of a resume: an alert not closed yet; 0: none */

	const char *until; /* of a pause, or NULL */
	const char *stage; /* of a move */
};

typedef enum status patient_change_work(
    struct practice *practice, struct patient_change *change, struct why *why);

/* Load the patient whom words[1] names, and do the work on the record. DENIED
 * when the patient was erased. */
enum status patient_change_run(struct session *session,
    const struct arguments *arguments, struct patient_change *change,
    patient_change_work *work, struct why *why);

/* DENIED: "P-4K7QXM is completed and can't be paused". */
enum status patient_change_refuse(
    const struct patient *patient, const char *what, struct why *why);

/* The newest score of the present stage, or PAIN_NONE: what the next stage
 * begins with. */
enum status patient_newest_pain(struct practice *practice,
    const struct patient *patient, int *pain, struct why *why);

#endif
