/*
 * inbox reply - a clinician's own words to a patient
 *
 * They wait for the patient's day like any other message, and a STOP forbids
 * them like any other message.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "commands/inbox.h"
#include "commands/print.h"
#include "text/gsm7.h"
#include "tick/queue.h"

#define MANY_SEGMENTS 3

struct note {
	struct session *session;
	const char *ref;
	const char *by;
	char *text; /* owned */
	struct patient patient;
	int closed;
};

/* STOP on one channel stops all of a patient's. */
static enum status
may_write(
    struct practice *practice, const struct patient *patient, struct why *why)
{
	const char *addresses[] = { patient->phone, patient->email };
	bool out = patient->state == PATIENT_STOPPED;
	enum status status = STATUS_OK;
	for (int i = 0; i < 2 && status == STATUS_OK && !out; i++)
		if (addresses[i] != NULL)
			status =
			    optout_is(practice->store, addresses[i], &out, why);
	if (status == STATUS_OK && patient->consented_on == NULL)
		return why_set(why, STATUS_DENIED,
		    "%s has not agreed to messages: phone, or put the consent "
		    "on record with \"patient edit %s --consent DATE\"",
		    patient->ref, patient->ref);
	if (status == STATUS_OK && out)
		status = why_set(why, STATUS_DENIED,
		    "%s wrote STOP and gets no messages: phone instead",
		    patient->ref);
	return status;
}

static enum status
queue_note(struct practice *practice, const struct note *note, struct why *why)
{
	char *subject =
	    xasprintf("A note from %s", practice->config->clinic.name);
	struct outgoing outgoing = {
		.kind = KIND_NOTE, .words = note->text, .subject = subject
	};
	bool queued = false;
	enum status status = queue_to_patient(
	    practice, &note->patient, &outgoing, NULL, &queued, why);
	free(subject);
	if (status == STATUS_OK && !queued)
		status = why_set(why, STATUS_BAD_DATA,
		    "%s has no address to write to", note->patient.ref);
	return status;
}

static enum status
note_work(struct practice *practice, void *arg, struct why *why)
{
	struct note *note = arg;
	enum status status =
	    session_patient(note->session, note->ref, &note->patient, why);
	if (status == STATUS_OK && note->patient.erased_at != 0)
		status = why_set(
		    why, STATUS_DENIED, "%s was erased", note->patient.ref);
	if (status == STATUS_OK)
		status = may_write(practice, &note->patient, why);
	if (status == STATUS_OK)
		status = queue_note(practice, note, why);
	if (status == STATUS_OK)
		status = inbox_close(practice, note->patient.patient_id, 0,
		    note->by, &note->closed, why);
	if (status == STATUS_OK)
		status = event_add(practice->store, practice->now,
		    note->patient.patient_id, "inbox", "own-words", why,
		    "the clinic wrote in its own words");
	return status;
}

static enum status
read_text(const struct arguments *arguments, char **text, struct why *why)
{
	char *words = arguments_join(arguments, 2);
	*text = utf8_clean(words, strlen(words));
	free(words);
	if ((*text)[strspn(*text, " \t\n")] == '\0')
		return why_set(why, STATUS_BAD_DATA,
		    "there are no words to send to %s", arguments->words[1]);
	return STATUS_OK;
}

static void
print_done(struct practice *practice, const struct note *note)
{
	char when[PRINT_WHEN_SIZE];
	struct zone *zone = NULL;
	int segments = 0;
	if (strcmp(note->patient.channel, "email") != 0) {
		char *plain = sms_plain(note->text);
		segments = sms_count(plain).segments;
		free(plain);
	}
	printf("queued for %s", note->patient.ref);
	if (zone_open(note->patient.timezone, &zone, NULL) == STATUS_OK &&
	    !quiet_open(&practice->config->clinic.quiet, zone, practice->now))
		printf("; it goes %s, by the patient's clock",
		    print_when(zone,
			quiet_next_open(&practice->config->clinic.quiet, zone,
			    practice->now),
			when));
	zone_free(zone);
	if (note->closed > 0)
		printf("\n%d %s of the inbox closed", note->closed,
		    note->closed == 1 ? "entry" : "entries");
	putchar('\n');
	if (segments > MANY_SEGMENTS)
		printf("it takes %d SMS segments; %d is a lot already\n",
		    segments, MANY_SEGMENTS);
}

enum status
inbox_run_reply(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	struct note note = { .session = session,
		.ref = arguments->words[1],
		.by = session_by(session, arguments) };
	enum status status = read_text(arguments, &note.text, why);
	if (status == STATUS_OK)
		status = practice_transact(
		    &session->practice, note_work, &note, why);
	if (status == STATUS_OK)
		print_done(&session->practice, &note);
	patient_free(&note.patient);
	free(note.text);
	return status;
}
