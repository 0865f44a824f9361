/*
 * NAME
 *	verbs - the row of each command, one a file
 */
#ifndef COMMANDS_VERBS_H
#define COMMANDS_VERBS_H

#include "commands/command.h"

extern const struct command command_setup;
extern const struct command command_enrol;
extern const struct command command_import;
extern const struct command command_patient;
extern const struct command command_tick;
extern const struct command command_receive;
extern const struct command command_read;
extern const struct command command_count;
extern const struct command command_plan;
extern const struct command command_review;
extern const struct command command_why;
extern const struct command command_alert;
extern const struct command command_inbox;
extern const struct command command_move;
extern const struct command command_doctor;
extern const struct command command_backup;

#endif
