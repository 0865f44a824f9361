/*
 * mail_collect.c - see mail.h
 *
 * What was begun with a mail is written down before it is begun: a mail over
 * which the program, or the connection, breaks each time is passed over at the
 * third time and told of, and does not keep all others waiting.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "post/mailbox.h"
#include "tick/alerting.h"
#include "tick/batch.h"
#include "tick/mail.h"
#include "tick/trouble.h"

#define BACK_S ((int64_t)24 * 60 * 60)
#define SAVE_AGAIN_S ((int64_t)60 * 60)
#define TRIES_MAX 3
#define MAILS_MAX 500 /* in one tick; the others wait for the next */

struct collecting {
	struct mailbox *mailbox;
	struct gateway_row row;
	struct mailbox_place place;
	struct mailbox_mail mail;
	bool is_new;
};

static enum status
save_place(
    struct practice *practice, struct collecting *collecting, struct why *why)
{
	char text[POST_CURSOR_SIZE];

	mailbox_place_write(&collecting->place, text);
	replace_text(&collecting->row.cursor, text);
	return gateway_put(
	    practice->store, CHANNEL_EMAIL, &collecting->row, why);
}

static enum status
save_work(struct practice *practice, void *arg, struct why *why)
{
	return save_place(practice, arg, why);
}

/* Stored, and known to be: both or neither. */
static enum status
take_work(struct practice *practice, void *arg, struct why *why)
{
	struct collecting *collecting = arg;
	const struct mailbox_mail *mail = &collecting->mail;
	enum status status = mail_take(practice, buffer_text(&mail->bytes),
	    mail->bytes.len, mail->came_at, &collecting->is_new, why);

	if (status == STATUS_OK && collecting->is_new)
		practice->count.collected++;
	if (status == STATUS_OK)
		status = save_place(practice, collecting, why);
	return status;
}

/* The mail stays where it is, unmarked: somebody must look there. */
static enum status
pass_over_work(struct practice *practice, void *arg, struct why *why)
{
	struct collecting *collecting = arg;
	char text[120];
	struct alerting_topic topic = { .kind = ALERT_GATEWAY,
		.level = "notice",
		.topic = text,
		.because = text };
	enum status status;

	snprintf(text, sizeof text,
	    "mail %" PRIu32 " of the mailbox can't be read by the program: "
	    "somebody must read it there",
	    collecting->place.last);
	status = save_place(practice, collecting, why);
	if (status == STATUS_OK)
		status = alerting_open(practice, &topic, NULL, why);
	return status;
}

static enum status
begin(struct practice *practice, struct collecting *collecting, uint32_t uid,
    struct why *why)
{
	struct mailbox_place *place = &collecting->place;

	place->tries = place->trying == uid ? place->tries + 1 : 1;
	place->trying = uid;
	return practice_transact(practice, save_work, collecting, why);
}

/* Fetch one mail and store it. The status of the world is in *world. */
static enum status
take_one(struct practice *practice, struct collecting *collecting, uint32_t uid,
    enum status *world, struct why *why)
{
	struct mailbox_place *place = &collecting->place;
	enum status status = begin(practice, collecting, uid, why);

	if (status != STATUS_OK)
		return status;
	buffer_clear(&collecting->mail.bytes);
	collecting->mail.gone = false;
	if (place->tries <= TRIES_MAX) {
		*world = mailbox_fetch(
		    collecting->mailbox, uid, &collecting->mail, why);
		if (*world != STATUS_OK && *world != STATUS_NONE)
			return STATUS_OK;
	}
	bool have = place->tries <= TRIES_MAX && *world == STATUS_OK;
	place->last = uid;
	place->trying = 0;
	place->tries = 0;
	*world = STATUS_OK;
	if (collecting->mail.gone)
		return STATUS_OK;
	if (have) {
		status =
		    practice_transact(practice, take_work, collecting, why);
		if (status == STATUS_OK) {
			mailbox_stored(collecting->mailbox, uid);
			return STATUS_OK;
		}
		if (!batch_go_on(practice, status, "a mail", why))
			return status;
	}
	return practice_transact(practice, pass_over_work, collecting, why);
}

/* Mark what is stored, and say that it is. */
static enum status
finish(struct practice *practice, struct collecting *collecting, bool all,
    enum status *world, struct why *why)
{
	struct mailbox_place *place = &collecting->place;
	struct mailbox_place before;
	struct gateway_row *row = &collecting->row;

	*world = mailbox_mark(collecting->mailbox, why);
	if (*world != STATUS_OK && *world != STATUS_NONE)
		return STATUS_OK;
	if (all && mailbox_end(collecting->mailbox) > place->last)
		place->last = mailbox_end(collecting->mailbox);
	place->marked = place->last;
	if (*world == STATUS_OK && mailbox_place_read(row->cursor, &before) &&
	    memcmp(&before, place, sizeof before) == 0 &&
	    row->failing_since_at == 0 && practice->now >= row->polled_at &&
	    practice->now < row->polled_at + SAVE_AGAIN_S)
		return STATUS_OK;
	row->polled_at = practice->now;
	row->failing_since_at = 0;
	return practice_transact(practice, save_work, collecting, why);
}

static enum status
read_all(struct practice *practice, struct collecting *collecting,
    enum status *world, struct why *why)
{
	int64_t since_at = collecting->row.polled_at != 0
			       ? collecting->row.polled_at
			       : practice->now;
	enum status status = STATUS_OK;
	uint32_t uid = 0;
	int taken = 0;

	*world =
	    mailbox_open(&practice->config->mailbox, &collecting->mailbox, why);
	if (*world == STATUS_OK)
		*world = mailbox_find(collecting->mailbox, &collecting->place,
		    since_at - BACK_S, why);
	while (*world == STATUS_OK && taken < MAILS_MAX &&
	       (uid = mailbox_next(collecting->mailbox)) != 0) {
		status = take_one(practice, collecting, uid, world, why);
		if (status != STATUS_OK)
			return status;
		taken++;
	}
	if (*world == STATUS_OK)
		status =
		    finish(practice, collecting, taken < MAILS_MAX, world, why);
	return status;
}

enum status
mail_collect(struct practice *practice, struct why *why)
{
	struct collecting collecting = { .mail.bytes.cap = MAILBOX_MAIL_MAX };
	struct why because = { "" };
	enum status world = STATUS_OK;
	enum status status =
	    gateway_get(practice->store, MAIL_GATEWAY, &collecting.row, why);

	if (status != STATUS_OK)
		return status;
	(void)mailbox_place_read(collecting.row.cursor, &collecting.place);
	status = read_all(practice, &collecting, &world, &because);
	mailbox_close(collecting.mailbox);
	buffer_free(&collecting.mail.bytes);
	free(collecting.row.cursor);
	if (status != STATUS_OK)
		return why_set(why, status, "%s", because.text);
	if (world == STATUS_OK)
		return status;
	log_error("the mailbox can't be read: %s", because.text);
	return trouble_source(practice, world, because.text, why);
}
