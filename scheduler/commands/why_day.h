/*
 * NAME
 *	why_day - what happened to one patient on one day, and what did not
 *
 * A line for each send, each non-send and each move, with the rule that it
 * followed; and where nothing was due, why nothing was.
 */
#ifndef COMMANDS_WHY_DAY_H
#define COMMANDS_WHY_DAY_H

#include "commands/patient_record.h"
#include "commands/timeline.h"

struct why_line {
	int64_t at; /* 0: of the whole day */
	const char *kind; /* sent, not-sent, planned, reply, moved, stayed,
			     alert, event, nothing */
	char *sentence;
	char *rule; /* or NULL */
};

struct why_day {
	struct practice *practice;
	const struct patient_record *record;
	struct date date;
	int64_t start_at;
	int64_t end_at;
	struct why_line *list; /* by time */
	int len;
};

/* CONFIG where the plan can't be read. why_day_free() in any case. */
enum status why_day_make(struct practice *practice,
    const struct patient_record *record, struct date date, struct why_day *day,
    struct why *why);
void why_day_free(struct why_day *day);

/* For those who make one: sentence and rule may be formatted; the caller
 * frees the rule. */
void why_day_add(struct why_day *day, int64_t at, const char *kind,
    const char *rule, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

/* why_plan.c: what is to come that day, or why nothing is. */
void why_day_plan(struct why_day *day);

/* why_rule.c: the rule behind a reason, behind a reminder ("calm/move") and
 * behind a move. The caller frees; NULL where there is none. */
char *why_rule_of_reason(const struct why_day *day, const char *because);
char *why_rule_of_reminder(const struct why_day *day, const char *name);
char *why_rule_of_move(const struct why_day *day, const struct move *move);
char *why_rule_of_message(
    const struct why_day *day, const struct message *message);

#endif
