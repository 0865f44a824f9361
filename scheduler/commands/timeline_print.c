/*
 * timeline_print - the timeline as a person reads it; see timeline.h
 *
 * Words that went either way stand first and whole; what the program made of
 * them stands below in brackets.
 */
#include <string.h>

#include "base/buffer.h"
#include "commands/patient_words.h"
#include "commands/print.h"
#include "commands/timeline.h"

#define HANG 11 /* "  16:30  > " */
#define EMAIL_SHOWN 480 /* bytes of an email: --json has all of it */

static void
lead(char out[32], const struct patient_record *record, int64_t at,
    const char *mark)
{
	char clock[PRINT_WHEN_SIZE];
	snprintf(
	    out, 32, "  %s  %s", print_clock(record->zone, at, clock), mark);
}

static bool
went_by_sms_too(
    const struct patient_record *record, const struct message *email)
{
	for (int i = 0; i < record->messages_len; i++)
		if (record->messages[i].channel == CHANNEL_SMS &&
		    strcmp(record->messages[i].parcel, email->parcel) == 0)
			return true;
	return false;
}

/* "- moving", "2. Change what keeps it going" */
static bool
begins_item(const char *line)
{
	const char *p = line + strspn(line, " ");
	size_t digits = strspn(p, "0123456789");
	if (digits > 0)
		return (p[digits] == '.' || p[digits] == ')') &&
		       p[digits + 1] == ' ';
	return (*p == '-' || *p == '*' || *p == '+') && p[1] == ' ';
}

/* A paragraph that was wrapped for a mail is one again; lists stay lists. */
static void
add_paragraph(struct buffer *text, const char *paragraph, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const char *next = paragraph + i + 1;
		bool joins =
		    paragraph[i] == '\n' && *next != '\0' && !begins_item(next);
		buffer_putc(text, joins ? ' ' : paragraph[i]);
	}
}

/* The first paragraphs of an email, under its subject. */
static void
put_email(struct buffer *text, const struct message *message, bool twin)
{
	buffer_printf(text, "[%s]",
	    message->subject != NULL ? message->subject : "no subject");
	if (twin)
		return;
	size_t start = text->len;
	for (const char *p = message->body; *p != '\0';) {
		const char *end = strstr(p, "\n\n");
		size_t len = end != NULL ? (size_t)(end - p) : strlen(p);
		if (text->len > start &&
		    text->len - start + len > EMAIL_SHOWN) {
			buffer_puts(text, "\n[...]");
			return;
		}
		buffer_putc(text, '\n');
		if (text->len > start + 1)
			buffer_putc(text, '\n');
		add_paragraph(text, p, len);
		p += len;
		p += strspn(p, "\n");
	}
}

static void
print_message(FILE *out, const struct patient_record *record,
    const struct timeline_entry *entry)
{
	const struct message *message = &record->messages[entry->index];
	struct buffer text = { 0 };
	struct buffer state = { 0 };
	char head[32];
	if (message->body == NULL || *message->body == '\0')
		buffer_puts(&text, "[erased]");
	else if (message->channel == CHANNEL_EMAIL)
		put_email(&text, message, went_by_sms_too(record, message));
	else
		buffer_puts(&text, message->body);
	lead(head, record, entry->at, "→");
	print_hanging(out, head, HANG, buffer_text(&text));

	patient_words_message(&state, message);
	bool say = message->state != MESSAGE_ACCEPTED &&
		   message->state != MESSAGE_DELIVERED &&
		   message->because != NULL && *message->because != '\0';
	print_hanging_f(out, "", HANG, "(%s%s%s)", buffer_text(&state),
	    say ? ": " : "", say ? message->because : "");
	buffer_free(&text);
	buffer_free(&state);
}

static void
print_reply(FILE *out, const struct patient_record *record,
    const struct timeline_entry *entry)
{
	const struct inbound *reply = &record->replies[entry->index];
	const struct reading_row *row =
	    patient_record_reading(record, reply->inbound_id);
	struct buffer words = { 0 };
	char head[32];
	if (row != NULL)
		patient_words_reading(&words, row);
	lead(head, record, entry->at, "←");
	print_hanging(out, head, HANG,
	    record->patient.erased_at != 0 && *reply->body == '\0'
		? "[erased]"
		: print_body(reply->body));
	bool open =
	    reply->handled != NULL && strcmp(reply->handled, "open") == 0;
	print_hanging_f(out, "", HANG, "(%s%s%s)",
	    row != NULL ? "read as: " : "not read yet", buffer_text(&words),
	    open ? "; waits in the inbox" : "");
	buffer_free(&words);
}

static void
print_move(FILE *out, const struct patient_record *record,
    const struct timeline_entry *entry)
{
	static const char *const heads[MOVE__MAX] = {
		[MOVE_WAITING] = "waits for a yes",
		[MOVE_MADE] = "moved",
		[MOVE_REFUSED] = "refused by the clinic",
		[MOVE_OVERTAKEN] = "overtaken by another move",
	};
	const struct move *move = &record->moves[entry->index];
	char head[32];
	lead(head, record, entry->at, "▸");
	print_hanging_f(out, head, HANG, "%s from %s to %s", heads[move->state],
	    patient_record_title(record, move->from_stage),
	    patient_record_title(record, move->to_stage));
	print_hanging_f(out, "", HANG, "because: %s%s%s%s", move->because,
	    move->decided_by != NULL ? " (" : "",
	    move->decided_by != NULL ? move->decided_by : "",
	    move->decided_by != NULL ? ")" : "");
}

static void
print_alert(FILE *out, const struct patient_record *record,
    const struct timeline_entry *entry)
{
	const struct alert *alert = &record->alerts[entry->index];
	char head[32];
	char when[PRINT_WHEN_SIZE];
	lead(head, record, entry->at, "!");
	print_hanging_f(out, head, HANG, "alert %lld, %s, %s: %s",
	    (long long)alert->alert_id, alert_kind_names[alert->kind],
	    alert->level, alert->because);
	if (alert->state == ALERT_ACKNOWLEDGED)
		print_hanging_f(out, "", HANG, "(acknowledged %s by %s)",
		    print_when(record->zone, alert->acknowledged_at, when),
		    alert->acknowledged_by);
	else if (alert->state == ALERT_CLOSED)
		print_hanging_f(out, "", HANG, "(closed %s by %s: %s)",
		    print_when(record->zone, alert->closed_at, when),
		    alert->closed_by != NULL ? alert->closed_by : "the clinic",
		    patient_words_outcome(alert));
	else
		print_hanging(out, "", HANG, "(open)");
}

static void
print_entry(FILE *out, const struct patient_record *record,
    const struct timeline_entry *entry)
{
	char head[32];
	switch (entry->kind) {
	case TIMELINE_MESSAGE:
		print_message(out, record, entry);
		break;
	case TIMELINE_REPLY:
		print_reply(out, record, entry);
		break;
	case TIMELINE_MOVE:
		print_move(out, record, entry);
		break;
	case TIMELINE_ALERT:
		print_alert(out, record, entry);
		break;
	case TIMELINE_MISSED:
		lead(head, record, entry->at, "·");
		print_hanging_f(out, head, HANG, "%s was missed: %s",
		    record->slots[entry->index].reminder,
		    record->slots[entry->index].because);
		break;
	case TIMELINE_EVENT:
	case TIMELINE__MAX:
		lead(head, record, entry->at, "·");
		print_hanging(
		    out, head, HANG, record->events[entry->index].because);
		break;
	}
}

void
timeline_print(FILE *out, const struct patient_record *record,
    const struct timeline *timeline)
{
	struct date day = { 0 };
	char text[PRINT_WHEN_SIZE];
	for (int i = 0; i < timeline->len; i++) {
		const struct timeline_entry *entry = &timeline->list[i];
		struct date date = zone_local(record->zone, entry->at).date;
		if (i == 0 || date_compare(date, day) != 0)
			fprintf(out, "%s%s\n", i > 0 ? "\n" : "",
			    print_day(date, text));
		day = date;
		print_entry(out, record, entry);
	}
}
