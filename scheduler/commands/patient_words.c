#include "commands/patient_words.h"

#include <string.h>

#include "commands/print.h"

static void
add(struct buffer *out, size_t start, const char *words)
{
	if (out->len > start)
		buffer_puts(out, ", ");
	buffer_puts(out, words);
}

static void
add_answers(struct buffer *out, size_t start, const struct reading *reading)
{
	if (reading->pain != PAIN_NONE) {
		add(out, start, "pain ");
		buffer_printf(out, "%d", reading->pain);
	}
	if (reading->done != ANSWER_NONE)
		add(out, start,
		    reading->done == ANSWER_YES ? "done" : "not done");
	if (reading->leg != ANSWER_NONE)
		add(out, start,
		    reading->leg == ANSWER_YES ? "new or worse symptoms"
					       : "no new symptoms");
	if (reading->settled != ANSWER_NONE)
		add(out, start,
		    reading->settled == ANSWER_YES ? "settled by the morning"
						   : "worse the morning after");
}

void
patient_words_reading(struct buffer *out, const struct reading_row *row)
{
	const struct reading *reading = &row->reading;
	size_t start = out->len;
	for (int i = 0; i < reading->flags_len; i++) {
		const struct red_flag *flag = &reading->flags[i];
		add(out, start,
		    flag->level == FLAG_NOTICE ? "worth knowing: "
					       : "red flag: ");
		buffer_printf(out, "%s", flag->name);
		if (flag->level != FLAG_NOTICE)
			buffer_printf(
			    out, " (%s)", flag_level_names[flag->level]);
	}
	add_answers(out, start, reading);
	const struct {
		bool is;
		const char *words;
	} rest[] = {
		{ reading->stop, "STOP" },
		{ reading->start, "START" },
		{ reading->help, "HELP" },
		{ reading->wrong_number && !reading->who, "a wrong number" },
		{ reading->who, "asks who we are" },
		{ reading->pause_days > 0, "PAUSE" },
		{ reading->question, "a question for the clinic" },
		{ reading->courtesy, "no answer needed" },
		{ reading->automatic, "an automatic reply" },
		{ reading->unclear, "unclear" },
		{ !row->verified, "an email without its token" },
	};
	for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++)
		if (rest[i].is)
			add(out, start, rest[i].words);
	if (out->len == start)
		buffer_puts(out, "nothing");
}

void
patient_words_state(struct buffer *out, const struct patient *patient)
{
	char day[PRINT_WHEN_SIZE];
	if (patient->erased_at != 0) {
		buffer_puts(out, "erased");
		return;
	}
	buffer_puts(out, patient_state_names[patient->state]);
	if (patient->state == PATIENT_STOPPED)
		buffer_puts(out, ": nothing is sent until the patient "
				 "writes START");
	if (patient->state != PATIENT_PAUSED)
		return;
	if (patient->paused_by != NULL &&
	    strcmp(patient->paused_by, "red-flag") == 0)
		buffer_puts(out, " by a red flag, until its alert is closed "
				 "or the patient resumed");
	else if (patient->paused_until_on.year != 0)
		buffer_printf(out, " by the %s until %s",
		    patient->paused_by != NULL
			? strcmp(patient->paused_by, "patient") == 0 ? "patient"
								     : "clinic"
			: "clinic",
		    print_day(patient->paused_until_on, day));
	else
		buffer_puts(out, " by the clinic until resumed");
}

static const struct message *
next_message(const struct patient_record *record)
{
	const struct message *next = NULL;
	for (int i = 0; i < record->messages_len; i++) {
		const struct message *message = &record->messages[i];
		if (message->state == MESSAGE_QUEUED &&
		    (next == NULL || message->due_at < next->due_at))
			next = message;
	}
	return next;
}

void
patient_words_next(struct buffer *out, const struct patient_record *record)
{
	char when[PRINT_WHEN_SIZE];
	const struct message *message = next_message(record);
	if (message != NULL) {
		buffer_printf(out, "%s, %s",
		    print_when(record->zone, message->due_at, when),
		    kind_rules[message->kind].name);
		if (message->because != NULL && *message->because != '\0')
			buffer_printf(out, " (waits: %s)", message->because);
		return;
	}
	if (record->patient.state != PATIENT_ACTIVE ||
	    record->schedule_len == 0) {
		buffer_puts(out, "nothing");
		if (record->patient.state == PATIENT_PAUSED)
			buffer_puts(out, " while paused");
		return;
	}
	const struct schedule *first = &record->schedule[0];
	const struct reminder *reminder = plan_reminder(record->plan,
	    *first->stage == '\0' ? NULL : first->stage, first->reminder);
	buffer_printf(out, "%s, %s %s/%s",
	    print_when(record->zone,
		first->wake_at > first->due_at ? first->wake_at : first->due_at,
		when),
	    reminder != NULL && reminder->asks != ASKS_NONE ? "the question"
							    : "the reminder",
	    *first->stage == '\0' ? "always" : first->stage, first->reminder);
}

void
patient_words_message(struct buffer *out, const struct message *message)
{
	buffer_printf(out, "%s by %s, %s", kind_rules[message->kind].name,
	    channel_names[message->channel],
	    message_state_names[message->state]);
}

static int
gravity(const struct alert *alert)
{
	static const char *const levels[] = { "emergency", "self-harm",
		"urgent", "notice" };
	for (int i = 0; i < 4; i++)
		if (strcmp(alert->level, levels[i]) == 0)
			return i;
	return 4;
}

static void
add_alert(struct buffer *out, const struct alert *alert, int more)
{
	bool notice = strcmp(alert->level, "notice") == 0;
	buffer_printf(out, "%s%s %lld%s: %s", notice ? "" : alert->level,
	    notice ? "alert" : " alert", (long long)alert->alert_id,
	    alert->state == ALERT_ACKNOWLEDGED ? " (acknowledged)" : "",
	    alert->because != NULL && *alert->because != '\0'
		? alert->because
		: alert_kind_names[alert->kind]);
	if (more > 0)
		buffer_printf(
		    out, "; and %d more alert%s", more, more == 1 ? "" : "s");
}

void
patient_words_attention(struct buffer *out, const struct patient *patient,
    const struct alert *alerts, int alerts_len, const struct move *waiting,
    int waiting_len)
{
	const struct alert *first = NULL;
	int count = 0;
	for (int i = 0; i < alerts_len; i++) {
		if (alerts[i].patient_id != patient->patient_id ||
		    alerts[i].state == ALERT_CLOSED)
			continue;
		if (first == NULL || gravity(&alerts[i]) < gravity(first))
			first = &alerts[i];
		count++;
	}
	size_t start = out->len;
	if (first != NULL)
		add_alert(out, first, count - 1);
	for (int i = 0; i < waiting_len; i++)
		if (waiting[i].enrolment_id == patient->enrolment_id &&
		    waiting[i].state == MOVE_WAITING)
			buffer_printf(out, "%smove %lld to %s waits for a yes",
			    out->len > start ? "; " : "",
			    (long long)waiting[i].move_id, waiting[i].to_stage);
	if (out->len == start && patient->state == PATIENT_PAUSED &&
	    patient->paused_by != NULL &&
	    strcmp(patient->paused_by, "red-flag") == 0)
		buffer_puts(out, "paused by a red flag");
}

const char *
patient_words_outcome(const struct alert *alert)
{
	if (alert->outcome == NULL || *alert->outcome == '\0')
		return "erased";
	return alert->outcome;
}
