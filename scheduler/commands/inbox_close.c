/*
 * inbox close, inbox accept - an entry that needs nobody any more
 */
#include <stdlib.h>
#include <string.h>

#include "commands/inbox.h"
#include "commands/subcommand.h"
#include "store/inbox.h"
#include "tick/alerting.h"

/* Alerts whose whole word is "see the inbox". */
static bool
points_to_inbox(const struct alert *alert)
{
	return alert->state != ALERT_CLOSED &&
	       (alert->kind == ALERT_QUESTION || alert->kind == ALERT_UNCLEAR);
}

static enum status
close_alerts(struct practice *practice, int64_t patient_id, const char *by,
    struct why *why)
{
	struct alert *list = NULL;
	int len = 0;
	if (patient_id == 0)
		return STATUS_OK;
	enum status status =
	    alert_of_patient(practice->store, patient_id, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++)
		if (points_to_inbox(&list[i]))
			status = alerting_close(practice, &list[i], by,
			    "seen to in the inbox", why);
	alert_list_free(list, len);
	return status;
}

enum status
inbox_close(struct practice *practice, int64_t patient_id, int64_t inbound_id,
    const char *by, int *closed, struct why *why)
{
	struct inbound *list = NULL;
	int len = 0;
	bool left = false;
	*closed = 0;
	enum status status = inbound_open(practice->store, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		if (list[i].patient_id != patient_id)
			continue;
		if (inbound_id != 0 && list[i].inbound_id != inbound_id) {
			left = true;
			continue;
		}
		status = inbound_set_handled(
		    practice->store, list[i].inbound_id, "closed", why);
		(*closed)++;
	}
	inbound_list_free(list, len);
	if (status == STATUS_OK && !left)
		status = close_alerts(practice, patient_id, by, why);
	return status;
}

struct closing {
	int64_t id;
	const char *by;
	bool accept;
	bool was_open;
};

/* Count what it says as the patient's own, from the next tick on. */
static enum status
accept(
    struct practice *practice, const struct inbound *inbound, struct why *why)
{
	struct reading_row row = { 0 };
	enum status status =
	    reading_by_inbound(practice->store, inbound->inbound_id, &row, why);
	if (status == STATUS_NONE || (status == STATUS_OK && row.verified) ||
	    inbound->patient_id == 0)
		return why_set(why, STATUS_BAD_DATA,
		    "entry %lld is no email that waits to be accepted",
		    (long long)inbound->inbound_id);
	if (status == STATUS_OK)
		status = reading_verify(practice->store, row.reading_id, why);
	return status;
}

static enum status
close_work(struct practice *practice, void *arg, struct why *why)
{
	struct closing *closing = arg;
	struct inbound inbound = { 0 };
	int closed = 0;
	enum status status =
	    inbound_by_id(practice->store, closing->id, &inbound, why);
	if (status == STATUS_NONE)
		status = why_set(why, STATUS_BAD_DATA,
		    "there is no entry %lld; \"keepmoving inbox list\" shows "
		    "those that stand open",
		    (long long)closing->id);
	if (status != STATUS_OK)
		return status;
	closing->was_open =
	    inbound.handled != NULL && strcmp(inbound.handled, "open") == 0;
	if (closing->accept)
		status = accept(practice, &inbound, why);
	else if (inbound.handled == NULL)
		status = why_set(why, STATUS_BAD_DATA,
		    "entry %lld was never in the inbox",
		    (long long)closing->id);
	if (status == STATUS_OK && closing->was_open)
		status = inbox_close(practice, inbound.patient_id, closing->id,
		    closing->by, &closed, why);
	if (status == STATUS_OK && (closing->was_open || closing->accept))
		status = event_add(practice->store, practice->now,
		    inbound.patient_id, "inbox", "", why, "%s",
		    closing->accept
			? "an email was accepted as the patient's own"
			: "closed in the inbox by the clinic");
	inbound_free(&inbound);
	return status;
}

static enum status
run_closing(struct session *session, const struct arguments *arguments,
    struct closing *closing, const char *done, struct why *why)
{
	closing->by = session_by(session, arguments);
	enum status status = subcommand_number(
	    arguments->words[1], "an entry", &closing->id, why);
	if (status == STATUS_OK)
		status = practice_transact(
		    &session->practice, close_work, closing, why);
	if (status == STATUS_OK)
		printf("entry %lld is %s%s\n", (long long)closing->id, done,
		    closing->was_open || closing->accept ? "" : " already");
	return status;
}

enum status
inbox_run_close(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	struct closing closing = { 0 };
	return run_closing(session, arguments, &closing, "closed", why);
}

enum status
inbox_run_accept(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	struct closing closing = { .accept = true };
	return run_closing(session, arguments, &closing,
	    "accepted: the next tick counts it", why);
}
