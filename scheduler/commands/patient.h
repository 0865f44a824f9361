/*
 * NAME
 *	patient - what can be done with one patient, a function each
 */
#ifndef COMMANDS_PATIENT_H
#define COMMANDS_PATIENT_H

#include "commands/command.h"

typedef enum status patient_verb(struct session *session,
    const struct arguments *arguments, struct why *why);

/* patient_list.c */
patient_verb patient_run_list;
/* patient_show.c */
patient_verb patient_run_show;
/* patient_course.c */
patient_verb patient_run_pause;
patient_verb patient_run_resume;
patient_verb patient_run_move;
patient_verb patient_run_discharge;
/* patient_edit.c */
patient_verb patient_run_edit;
/* patient_erase.c */
patient_verb patient_run_erase;
/* patient_export.c */
patient_verb patient_run_export;

#endif
