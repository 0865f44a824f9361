#include "commands/review_send.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "review/form_mail.h"
#include "tick/queue.h"

#define KEY_ROOM 64

/* What tells one stretch's mail from another's: "review/2026-11-16/2026-11-22".
 * One who was sent it is not sent it again. */
static void
make_key(const struct stretch *stretch, char key[KEY_ROOM])
{
	char from[DATE_SIZE], to[DATE_SIZE];
	snprintf(key, KEY_ROOM, "review/%s/%s",
	    date_format(stretch->from, from), date_format(stretch->to, to));
}

struct sending {
	struct session *session;
	const struct form_mail *mail;
	char key[KEY_ROOM];
};

static enum status
send_to(struct practice *practice, const struct sending *sending,
    const struct address *to, struct why *why)
{
	bool has = false;
	enum status status = outbox_has(
	    practice->store, 0, to->text, sending->key, 0, &has, why);
	if (status != STATUS_OK)
		return status;
	if (has) {
		log_note("%s has this review already", to->text);
		return STATUS_OK;
	}
	struct composed written = { .subject = xstrdup(sending->mail->subject),
		.body = xstrdup(sending->mail->plain),
		.html = xstrdup(sending->mail->html) };
	status = queue_written(
	    practice, to, KIND_REVIEW, sending->key, &written, why);
	if (status == STATUS_OK)
		log_note("queued for %s; the next tick sends it", to->text);
	return status;
}

static enum status
send_work(struct practice *practice, void *arg, struct why *why)
{
	const struct sending *sending = arg;
	const struct reviewing *review = &sending->session->config->review;
	enum status status = STATUS_OK;
	for (int i = 0; i < review->to_len && status == STATUS_OK; i++)
		status = send_to(practice, sending, &review->to[i], why);
	return status;
}

enum status
review_send(
    struct session *session, const struct review_ask *ask, struct why *why)
{
	const struct config *config = session->config;
	if (config->review.to_len == 0)
		return why_set(why, STATUS_CONFIG,
		    "%s: nobody is to get the review; say who: review = { to = "
		    "[ \"email:ADDRESS\" ]; };",
		    config->path);

	struct review review = { 0 };
	enum status status = review_make(session->store, ask, &review, why);
	if (status != STATUS_OK)
		return status;
	struct form_options options = { .initials = !config->review.names };
	struct form_mail mail = { 0 };
	struct why no_charts = { 0 };
	form_mail(&review, &options, &mail, &no_charts);
	if (no_charts.text[0] != '\0')
		log_error("%s", no_charts.text);

	struct sending sending = { .session = session, .mail = &mail };
	make_key(&ask->stretch, sending.key);
	status =
	    practice_transact(&session->practice, send_work, &sending, why);
	form_mail_free(&mail);
	review_free(&review);
	return status;
}

static enum status
sign_work(struct practice *practice, void *arg, struct why *why)
{
	return week_sign_off_add(practice->store, arg, why);
}

enum status
review_sign_off(struct session *session, const struct review_ask *ask,
    const char *by, struct why *why)
{
	char days[STRETCH_WORDS_SIZE];
	struct week_sign_off row = { .from = ask->stretch.from,
		.to = ask->stretch.to,
		.patient_id = ask->patient_id,
		.at = session->practice.now,
		.by = xstrdup(by) };
	enum status status = STATUS_OK;
	if (ask->plan != NULL || ask->clinician != NULL)
		status = why_set(why, STATUS_USAGE,
		    "sign off the whole week, or --patient REF");
	if (status == STATUS_OK)
		status =
		    practice_transact(&session->practice, sign_work, &row, why);
	if (status == STATUS_OK)
		printf("%s: signed off by %s\n",
		    stretch_words(&ask->stretch, days), by);
	free(row.by);
	return status;
}
