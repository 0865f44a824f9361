/*
 * plan_rows.c - see plan_rows.h
 */
#include "settings/plan_rows.h"

#define PLAN_AT(member) .at = offsetof(struct plan, member)
#define STAGE_AT(member) .at = offsetof(struct stage, member)
#define REMINDER_AT(member) .at = offsetof(struct reminder_draft, member)
#define RULE_AT(member) .at = offsetof(struct rule, member)

#define DAYS_MAX 3650
#define COUNT_MAX 100

const struct field plan_fields[] = {
	{ "id", FIELD_TEXT, true, .help = "what enrol --plan takes",
	    PLAN_AT(id) },
	{ "title", FIELD_TEXT, true, .help = "what people call it",
	    PLAN_AT(title) },
	{ "about", FIELD_TEXTS,
	    .help = "what enrolment must say for this plan's messages",
	    PLAN_AT(about), .len_at = offsetof(struct plan, about_len) },
	{ "welcome", FIELD_TEXT, true,
	    .help = "the template of the first message", PLAN_AT(welcome) },
	{ "silent_after", FIELD_WHOLE, .otherwise = "0",
	    .help = "questions in a row without an answer: alert; 0 never",
	    PLAN_AT(silent_after), .max = COUNT_MAX },
	{ "silent_weekly_limit", FIELD_WHOLE, .otherwise = "1",
	    .help = "unasked messages a week to one who is silent; 0 as ever",
	    PLAN_AT(silent_weekly_limit), .max = 168 },
	{ "worse_by", FIELD_WHOLE, .otherwise = "0",
	    .help = "points above the stage's start: alert; 0 never",
	    PLAN_AT(worse_by), .max = 10 },
	{ "email_fallback", FIELD_BOOL, .otherwise = "false",
	    .help = "what can't go by SMS goes by email",
	    PLAN_AT(email_fallback) },
	{ "weekly_limit", FIELD_WHOLE, .otherwise = "0",
	    .help = "unasked messages a week, below the clinic's limit",
	    PLAN_AT(weekly_limit), .max = 168 },
	{ "stages", FIELD_LIST, .required = true,
	    .help = "the stages, the first one first" },
	{ "always", FIELD_LIST, .help = "reminders through all stages" },
	{ 0 },
};

const struct field stage_fields[] = {
	{ "id", FIELD_TEXT, true, .help = "its name in rules", STAGE_AT(id) },
	{ "was", FIELD_TEXTS,
	    .help = "stages of earlier versions whose patients it takes",
	    STAGE_AT(was), .len_at = offsetof(struct stage, was_len) },
	{ "title", FIELD_TEXT, true, .help = "what people call it",
	    STAGE_AT(title) },
	{ "min_days", FIELD_WHOLE, .otherwise = "0",
	    .help = "days that hold back advance and finish",
	    STAGE_AT(min_days), .max = DAYS_MAX },
	{ "stalled_after", FIELD_WHOLE, .otherwise = "0",
	    .help = "days after which a clinician is asked; 0 never",
	    STAGE_AT(stalled_after), .max = DAYS_MAX },
	{ "reminders", FIELD_LIST, .help = "what is sent in this stage" },
	{ "advance", FIELD_GROUP, .help = "when to go on" },
	{ "retreat", FIELD_GROUP, .help = "when to go back" },
	{ "finish", FIELD_GROUP, .help = "when the plan is done" },
	{ "alert", FIELD_GROUP, .help = "when a clinician hears of it" },
	{ 0 },
};

const struct field reminder_fields[] = {
	{ "id", FIELD_TEXT, true, .help = "its name in this stage",
	    REMINDER_AT(reminder.id) },
	{ "message", FIELD_TEXTS, true,
	    .help = "one template, or several taken in turn",
	    REMINDER_AT(reminder.messages),
	    .len_at = offsetof(struct reminder_draft, reminder.messages_len) },
	{ "repeat", FIELD_TEXT, true,
	    .help = "the days: \"FREQ=WEEKLY;BYDAY=MO,TH\"",
	    REMINDER_AT(reminder.repeat) },
	{ "at", FIELD_MINUTE, true,
	    .help = "the time, on the patient's clock: \"16:30\"",
	    REMINDER_AT(reminder.at_minute) },
	{ "asks", FIELD_TEXT, .help = "pain, done, leg or settled",
	    REMINDER_AT(asks) },
	{ "answer_within", FIELD_SECONDS, .otherwise = "24h",
	    .help = "how long the question stands open",
	    REMINDER_AT(reminder.answer_within_s) },
	{ "nudge_after", FIELD_SECONDS,
	    .help = "when to ask once more; left out, never",
	    REMINDER_AT(reminder.nudge_after_s) },
	{ "need", FIELD_WHOLE, .otherwise = "5",
	    .help = "1 most needed, 9 the first to be left out",
	    REMINDER_AT(reminder.need), .min = 1, .max = 9 },
	{ "unless", FIELD_TEXT,
	    .help = "no_running or nerve: not for those of whom it is so",
	    REMINDER_AT(reminder.unless) },
	{ "when", FIELD_TEXT,
	    .help = "no_running or nerve: for those alone of whom it is so",
	    REMINDER_AT(reminder.when) },
	{ 0 },
};

const struct field rule_fields[] = {
	{ "to", FIELD_TEXT, .help = "the stage to go to", RULE_AT(to) },
	{ "readings", FIELD_WHOLE, .otherwise = "1",
	    .help = "how many newest readings must pass", RULE_AT(readings),
	    .min = 1, .max = RULE_READINGS_MAX },
	{ "pain_at_most", FIELD_WHOLE, .help = "a score that passes",
	    RULE_AT(pain_at_most), .max = 10 },
	{ "pain_at_least", FIELD_WHOLE, .help = "a score that passes",
	    RULE_AT(pain_at_least), .max = 10 },
	{ "or_down_by", FIELD_WHOLE,
	    .help = "per cent below the stage's start pass too",
	    RULE_AT(or_down_by), .min = 1, .max = 100 },
	{ "and_at_most", FIELD_WHOLE,
	    .help = "the most that or_down_by lets pass", RULE_AT(and_at_most),
	    .max = 10 },
	{ "settled", FIELD_WHOLE, .otherwise = "0",
	    .help = "so many newest mornings after were SAME or BETTER",
	    RULE_AT(settled), .max = RULE_READINGS_MAX },
	{ "not_worse", FIELD_BOOL, .otherwise = "false",
	    .help = "the newest score is not above the stage's start",
	    RULE_AT(not_worse) },
	{ "confirm", FIELD_BOOL, .otherwise = "false",
	    .help = "wait for a clinician's yes", RULE_AT(confirm) },
	{ 0 },
};

const struct plan_section plan_sections[] = {
	{ "", plan_fields },
	{ "stages", stage_fields },
	{ "reminders", reminder_fields },
	{ "advance", rule_fields },
	{ 0 },
};
