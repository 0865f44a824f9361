#include "commands/why_day.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "commands/patient_words.h"
#include "commands/plan_words.h"
#include "commands/print.h"
#include "tick/concerns.h"

void
why_day_add(struct why_day *day, int64_t at, const char *kind, const char *rule,
    const char *fmt, ...)
{
	char *sentence = NULL;
	va_list ap;
	va_start(ap, fmt);
	int len = vasprintf(&sentence, fmt, ap);
	va_end(ap);
	if (len < 0)
		panic("out of memory");
	sentence[0] = (char)toupper((unsigned char)sentence[0]);
	day->list =
	    xrealloc(day->list, (size_t)day->len + 1, sizeof *day->list);
	day->list[day->len++] = (struct why_line){ .at = at,
		.kind = kind,
		.sentence = sentence,
		.rule = xstrdup(rule) };
}

void
why_day_free(struct why_day *day)
{
	for (int i = 0; i < day->len; i++) {
		free(day->list[i].sentence);
		free(day->list[i].rule);
	}
	free(day->list);
	*day = (struct why_day){ 0 };
}

static void
say_message(struct why_day *day, const struct message *message)
{
	static const struct {
		const char *kind;
		const char *words;
	} states[MESSAGE__MAX] = {
		[MESSAGE_QUEUED] = { "planned", "waits to go" },
		[MESSAGE_SENDING] = { "sent", "is being sent" },
		[MESSAGE_UNKNOWN] = { "sent", "went, or not: nobody knows" },
		[MESSAGE_ACCEPTED] = { "sent", "was sent" },
		[MESSAGE_DELIVERED] = { "sent", "was sent and delivered" },
		[MESSAGE_UNDELIVERED] = { "not-sent", "was not delivered" },
		[MESSAGE_FAILED] = { "not-sent", "could not be sent" },
		[MESSAGE_CANCELLED] = { "not-sent", "was not sent" },
		[MESSAGE_EXPIRED] = { "not-sent", "was not sent" },
	};
	const char *because = message->because != NULL ? message->because : "";
	if (message->state == MESSAGE_ACCEPTED ||
	    message->state == MESSAGE_DELIVERED)
		because = "";
	char *rule = *because != '\0' ? why_rule_of_reason(day, because) : NULL;
	if (rule == NULL)
		rule = why_rule_of_message(day, message);
	const char *kind = kind_rules[message->kind].name;
	bool named = strcmp(kind, message->template) != 0;
	why_day_add(day, patient_record_at(message),
	    states[message->state].kind, rule, "The %s%s%s%s by %s %s%s%s.",
	    kind, named ? " (" : "", named ? message->template : "",
	    named ? ")" : "", channel_names[message->channel],
	    states[message->state].words, *because != '\0' ? ": " : "",
	    because);
	free(rule);
}

static void
say_missed(struct why_day *day, const struct slot *slot)
{
	char *rule = why_rule_of_reason(day, slot->because);
	if (rule == NULL)
		rule = why_rule_of_reminder(day, slot->reminder);
	why_day_add(day, slot->due_at, "not-sent", rule,
	    "The reminder %s was not sent: %s.", slot->reminder, slot->because);
	free(rule);
}

static void
say_reply(struct why_day *day, const struct inbound *reply)
{
	struct buffer words = { 0 };
	const struct reading_row *row =
	    patient_record_reading(day->record, reply->inbound_id);
	if (row != NULL)
		patient_words_reading(&words, row);
	why_day_add(day, reply->came_at, "reply", NULL,
	    "A reply came by %s%s%s.", channel_names[reply->channel],
	    row != NULL ? " and was read as: " : ", which no tick has read",
	    buffer_text(&words));
	buffer_free(&words);
}

static void
say_move(struct why_day *day, const struct move *move)
{
	static const struct {
		const char *kind;
		const char *words;
	} states[MOVE__MAX] = {
		[MOVE_WAITING] = { "stayed", "A move waits for a yes" },
		[MOVE_MADE] = { "moved", "Moved" },
		[MOVE_REFUSED] = { "stayed", "A clinician refused a move" },
		[MOVE_OVERTAKEN] = { "stayed", "Another move overtook one" },
	};
	char *rule = why_rule_of_move(day, move);
	why_day_add(day, move->at, states[move->state].kind, rule,
	    "%s from %s to %s: %s.", states[move->state].words,
	    patient_record_title(day->record, move->from_stage),
	    patient_record_title(day->record, move->to_stage), move->because);
	free(rule);
}

static void
say_entry(struct why_day *day, const struct timeline_entry *entry)
{
	const struct patient_record *record = day->record;
	const struct alert *alert;
	char *rule;
	switch (entry->kind) {
	case TIMELINE_MESSAGE:
		say_message(day, &record->messages[entry->index]);
		break;
	case TIMELINE_MISSED:
		say_missed(day, &record->slots[entry->index]);
		break;
	case TIMELINE_REPLY:
		say_reply(day, &record->replies[entry->index]);
		break;
	case TIMELINE_MOVE:
		say_move(day, &record->moves[entry->index]);
		break;
	case TIMELINE_ALERT:
		alert = &record->alerts[entry->index];
		why_day_add(day, entry->at, "alert", NULL,
		    "Alert %lld was opened (%s, %s): %s.",
		    (long long)alert->alert_id, alert_kind_names[alert->kind],
		    alert->level, alert->because);
		break;
	case TIMELINE_EVENT:
	case TIMELINE__MAX:
		rule = why_rule_of_reason(
		    day, record->events[entry->index].because);
		why_day_add(day, entry->at, "event", rule, "%s.",
		    record->events[entry->index].because);
		free(rule);
		break;
	}
}

/* A slot of that day whose message went on another. */
static void
say_late_slots(struct why_day *day)
{
	const struct patient_record *record = day->record;
	char when[PRINT_WHEN_SIZE];
	for (int i = 0; i < record->slots_len; i++) {
		const struct slot *slot = &record->slots[i];
		if (slot->parcel == NULL ||
		    date_compare(slot->local_date, day->date) != 0)
			continue;
		for (int m = 0; m < record->messages_len; m++) {
			int64_t at = patient_record_at(&record->messages[m]);
			if (strcmp(record->messages[m].parcel, slot->parcel) !=
				0 ||
			    (at >= day->start_at && at < day->end_at))
				continue;
			char *rule = why_rule_of_reminder(day, slot->reminder);
			why_day_add(day, slot->due_at, "not-sent", rule,
			    "The reminder %s was due, and its message %s is "
			    "of %s.",
			    slot->reminder,
			    message_state_names[record->messages[m].state],
			    print_when(record->zone, at, when));
			free(rule);
			break;
		}
	}
}

/* What a decision would be now, when it is to stay. */
static enum status
say_stay(struct why_day *day, struct why *why)
{
	int64_t now = day->practice->now;
	if (now < day->start_at || now >= day->end_at ||
	    day->record->patient.state != PATIENT_ACTIVE)
		return STATUS_OK;
	struct decide_reading list[CONCERNS_READINGS];
	struct decide_facts facts = { 0 };
	bool verified = true;
	enum status status = concerns_facts(
	    day->practice, &day->record->patient, list, &facts, &verified, why);
	if (status != STATUS_OK)
		return status;
	struct decision decision = decide(&facts);
	if (decision.act != DECISION_STAY || *decision.because == '\0')
		return STATUS_OK;

	const struct stage *stage = day->record->stage;
	struct buffer rule = { 0 };
	plan_words_rule(&rule, stage,
	    stage->finish.given && !stage->advance.given ? PLAN_FINISH
							 : PLAN_ADVANCE);
	const char *because = decision.because;
	if (strncmp(because, "stays: ", 7) == 0)
		because += 7;
	why_day_add(day, now, "stayed",
	    rule.len > 0 ? buffer_text(&rule) : NULL, "Stays in %s: %s.",
	    stage->title, because);
	buffer_free(&rule);
	return STATUS_OK;
}

/* By time, and as they were said; what is of the whole day comes last. */
static void
sort(struct why_day *day)
{
	for (int i = 1; i < day->len; i++) {
		struct why_line line = day->list[i];
		int at = i;
		while (at > 0 && line.at != 0 &&
		       (day->list[at - 1].at == 0 ||
			   day->list[at - 1].at > line.at)) {
			day->list[at] = day->list[at - 1];
			at--;
		}
		day->list[at] = line;
	}
}

enum status
why_day_make(struct practice *practice, const struct patient_record *record,
    struct date date, struct why_day *day, struct why *why)
{
	struct timeline timeline;
	*day = (struct why_day){ .practice = practice,
		.record = record,
		.date = date,
		.start_at = zone_day_start(record->zone, date),
		.end_at = zone_day_start(
		    record->zone, date_from_days(date_days(date) + 1)) };
	timeline_make(record, day->start_at, day->end_at, &timeline);
	for (int i = 0; i < timeline.len; i++)
		say_entry(day, &timeline.list[i]);
	timeline_free(&timeline);
	say_late_slots(day);
	why_day_plan(day);
	enum status status = say_stay(day, why);
	sort(day);
	return status;
}
