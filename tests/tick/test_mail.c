/*
 * Mails that came in: what is kept of each, once, and what it settles. The
 * clinic has an address for replies; one patient, whose welcome has gone.
 */
#include "../commands/clinic_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "store/room.h"
#include "tick/mail.h"
#include "tick/token.h"

struct desk {
	struct clinic_fixture clinic;
	struct config *config;
	struct practice practice;
	char ref[16];
	char key[KEY_SIZE]; /* of the welcome */
};

static const struct clock clock_of_now = { true, 1772445600 };

static int
open_desk(void **state)
{
	struct desk *desk = xcalloc(1, sizeof *desk);
	struct complaints complaints = { 0 };
	struct store *store = NULL;
	struct message *list = NULL;
	struct why why = { "" };
	int len = 0;

	log_set_level(LOG_QUIET);
	clinic_open(&desk->clinic);
	clinic_expect(&desk->clinic, STATUS_OK, "enrol", "--name", "Maya Ortiz",
	    "--plan", "low-back", "--email", "maya@example.com", "--consent",
	    "2026-03-01", "--set", "aggravator=sitting");
	snprintf(desk->ref, sizeof desk->ref, "%.8s", desk->clinic.out.data);
	clinic_expect(&desk->clinic, STATUS_OK, "tick");
	assert_int_equal(STATUS_OK,
	    config_load(desk->clinic.config, &desk->config, &complaints, &why));
	complaints_free(&complaints);
	desk->config->mailbox.address = xstrdup("replies@clinic.example");
	assert_int_equal(
	    STATUS_OK, store_open(desk->config->database, &store, &why));
	practice_open(&desk->practice, desk->config, &clock_of_now, store);
	assert_int_equal(
	    STATUS_OK, outbox_of_patient(store, 1, &list, &len, &why));
	assert_int_equal(1, len);
	memcpy(desk->key, list[0].key, KEY_SIZE);
	message_list_free(list, len);
	*state = desk;
	return 0;
}

static int
close_desk(void **state)
{
	struct desk *desk = *state;
	struct store *store = desk->practice.store;

	practice_close(&desk->practice);
	store_close(store);
	config_free(desk->config);
	clinic_close(&desk->clinic);
	free(desk);
	return 0;
}

struct taking {
	const char *bytes;
	size_t len;
	bool is_new;
};

static enum status
take_work(struct practice *practice, void *arg, struct why *why)
{
	struct taking *taking = arg;

	return mail_take(
	    practice, taking->bytes, taking->len, 0, &taking->is_new, why);
}

static bool
take(struct desk *desk, const char *mail)
{
	struct taking taking = { mail, strlen(mail), false };
	struct why why = { "" };

	if (practice_transact(&desk->practice, take_work, &taking, &why) !=
	    STATUS_OK)
		fail_msg("%s", why.text);
	return taking.is_new;
}

/* What is not read yet, oldest first. */
static struct inbound *
unread(struct desk *desk, int wanted)
{
	struct inbound *list = NULL;
	int len = 0;

	assert_int_equal(STATUS_OK,
	    inbound_unread(desk->practice.store, 50, &list, &len, NULL));
	assert_int_equal(wanted, len);
	return list;
}

/* A thread names its mails from the first on; the newest is the one that is
 * answered, unless In-Reply-To says which. */
static void
names_the_newest_first(void **state)
{
	struct desk *desk = *state;
	struct inbound *list;

	assert_true(take(desk, "From: maya@example.com\nMessage-ID: <r@b>\n"
			       "References: <old@x> <mid@x>\n\t<new@x>\n"
			       "Subject: Re: x\n\n4\n"));
	list = unread(desk, 1);
	assert_string_equal("new@x mid@x old@x", list[0].answers);
	inbound_list_free(list, 1);
}

static void
is_taken_once(void **state)
{
	struct desk *desk = *state;
	struct inbound *list;

	assert_true(take(desk, "From: maya@example.com\nMessage-ID: <a@b>\n"
			       "Subject: Re: x\n\n4\n"));
	assert_false(take(desk, "From: maya@example.com\nMessage-ID: <a@b>\n"
				"Received: again\nSubject: Re: x\n\n4\n"));
	/* A mailer that gives all its mails one id loses none of them. */
	assert_true(take(desk, "From: maya@example.com\nMessage-ID: <a@b>\n"
			       "Subject: Re: x\n\nmy legs are numb\n"));
	assert_false(take(desk, "From: maya@example.com\nMessage-ID: <a@b>\n"
				"Subject: Re: x\n\nmy legs are numb\n"));
	/* One without an id is known by its bytes. */
	assert_true(take(desk, "From: maya@example.com\n\n5\n"));
	assert_false(take(desk, "From: maya@example.com\n\n5\n"));
	list = unread(desk, 3);
	assert_string_equal("a@b", list[0].provider_id);
	assert_string_equal("4", list[0].body);
	assert_string_equal("my legs are numb", list[1].body);
	inbound_list_free(list, 3);
}

static void
stays_erased(void **state)
{
	struct desk *desk = *state;
	const char *mail = "From: maya@example.com\nMessage-ID: <a@b>\n\n4\n";

	assert_true(take(desk, mail));
	desk->clinic.now = "2026-03-02T10:05:00Z";
	clinic_expect(&desk->clinic, STATUS_OK, "tick");
	clinic_expect(
	    &desk->clinic, STATUS_OK, "patient", "erase", desk->ref, "--yes");
	assert_false(take(desk, mail));
}

/* What each mail is kept as. */
static const struct {
	const char *mail;
	const char *sender;
	const char *body;
	bool automatic;
} kept[] = {
	{ "From: a@b.example\nSubject: Re: Your check-in\n\n4", "a@b.example",
	    "4", false },
	{ "From: a@b.example\nSubject: RV: Su mensaje\n\n4", "a@b.example", "4",
	    false },
	{ "From: a@b.example\nSubject: RE : Your check-in\n\n4", "a@b.example",
	    "4", false },
	{ "From: a@b.example\nSubject: Aw[2]: Your check-in\n\n4",
	    "a@b.example", "4", false },
	/* A subject of one's own may be all that matters. */
	{ "From: a@b.example\nSubject: can't feel my legs\n\nplease call",
	    "a@b.example", "can't feel my legs\n\nplease call", false },
	{ "From: a@b.example\nSubject: Today: 5\n\n", "a@b.example", "Today: 5",
	    false },
	{ "From: a@b.example\nSubject: Re: Your check-in\n\n", "a@b.example",
	    "Re: Your check-in", false },
	{ "From: a@b.example\n\n", "a@b.example", "", false },
	{ "From: a@b.example\nSubject: Re: x\nMIME-Version: 1.0\n"
	  "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA",
	    "a@b.example", "[attachment]", false },
	{ "From: a@b.example\nSubject: look here\nMIME-Version: 1.0\n"
	  "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA",
	    "a@b.example", "look here\n\n[attachment]", false },
	/* Of a stranger's mail we don't know what in it is ours. */
	{ "From: a@b.example\nSubject: Re: x\n\n4\n\nFrom: Us\nSent: Monday\n"
	  "\nAny numbness? Call us.",
	    "a@b.example", "4", false },
	{ "From: a@b.example\nSubject: Re: x\nContent-Type: text/plain\n"
	  "Content-Disposition: attachment\n\nnumb legs",
	    "a@b.example", "[attachment]\n--\nnumb legs", false },
	{ "From: a@b.example\nSubject: unsubscribe\n"
	  "Auto-Submitted: auto-generated\n\nSent by Mail.",
	    "a@b.example", "unsubscribe\n\nSent by Mail.", false },
	{ "From: a@b.example\nSubject: Automatic reply: x\n\nI am away",
	    "a@b.example", "Automatic reply: x\n\nI am away", true },
	/* Our own mail, sent back to us by somebody's rule. */
	{ "From: replies+abc@Clinic.example\nSubject: Re: x\n\n4",
	    "replies+abc@clinic.example", "4", true },
	{ "From: replies@clinic.example\nSubject: Re: x\n\n4",
	    "replies@clinic.example", "4", true },
	{ "From: repliesx@clinic.example\nSubject: Re: x\n\n4",
	    "repliesx@clinic.example", "4", false },
	/* Nobody can be answered, and a person looks at it. */
	{ "From: a@b.example, c@d.example\nSubject: Re: x\n\nnumb legs",
	    "(none)", "numb legs", true },
	{ "no mail at all\r\n\x01", "(none)", "no mail at all\n", true },
};

static void
keeps_what_was_written(void **state)
{
	struct desk *desk = *state;
	size_t count = sizeof kept / sizeof kept[0];
	struct inbound *list;

	for (size_t i = 0; i < count; i++)
		assert_true(take(desk, kept[i].mail));
	list = unread(desk, (int)count);
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(kept[i].sender, list[i].sender);
		assert_string_equal(kept[i].body, list[i].body);
		assert_int_equal(kept[i].automatic, list[i].automatic);
		if (strncmp(kept[i].body, "[attachment]", 12) == 0 ||
		    strcmp(kept[i].sender, "(none)") == 0)
			assert_string_equal("open", list[i].handled);
		else
			assert_null(list[i].handled);
	}
	inbound_list_free(list, (int)count);
	clinic_expect(&desk->clinic, STATUS_OK, "alert", "list");
	clinic_said(&desk->clinic, "a mail that could not be read");
}

/* More than is looked at beside an answer is for a person, and the rest of it
 * does not keep the others waiting. */
static void
looks_at_so_much_beside(void **state)
{
	struct desk *desk = *state;
	struct buffer mail = { 0 };
	struct inbound *list;

	buffer_puts(&mail,
	    "From: maya@example.com\nMessage-ID: <a@b>\nSubject: Re: x\n"
	    "Content-Type: multipart/mixed; boundary=B\n\n"
	    "--B\n\n4\n--B\nContent-Disposition: attachment\n\n");
	for (int i = 0; i < 10000; i++)
		buffer_puts(&mail, "\xc3\xa9t\xc3\xa9 ");
	buffer_puts(&mail, "\n--B--\n");
	assert_true(take(desk, mail.data));
	list = unread(desk, 1);
	assert_in_range(strlen(list[0].body), 16000, 16500);
	assert_true(utf8_valid(list[0].body, strlen(list[0].body)));
	assert_non_null(strstr(list[0].body, "4\n\n[too long"));
	assert_string_equal("open", list[0].handled);
	inbound_list_free(list, 1);
	buffer_free(&mail);
}

#define OUTLOOK "From: Riverside\nSent: Monday\nTo: Maya\nSubject: Welcome"
#define OF_POLAND \
	"Od: Riverside <care@c.example>\nData: 2 marca 9:05\nTemat: Welcome"

/* What the patient writes above and below the welcome and behind its lines,
 * and what is kept of it. */
static const struct quote {
	const char *head;
	const char *above, *behind, *below;
	const char *body;
	bool for_a_person;
} quotes[] = {
	{ OUTLOOK, "4", "", "", "4", false },
	{ OUTLOOK, "4", "", "my legs are numb since noon",
	    "4\n--\nmy legs are numb since noon", false },
	{ OUTLOOK, "see below", " NO!", "ring me",
	    "see below\n--\nNO!\nNO!\nNO!\nNO!\nNO!\nring me", false },
	{ OUTLOOK, "", "", "", "Re: Welcome", false },
	{ OUTLOOK, "", "", "numb", "Re: Welcome\n--\nnumb", true },
	/* A head that nobody listed, and none */
	{ OF_POLAND, "4", "", "numb", "4\n--\n" OF_POLAND "\nnumb", false },
	{ "", "4", "", "numb", "4\n--\nnumb", false },
};

static char *
quoting(const struct desk *desk, size_t i)
{
	const struct quote *quote = &quotes[i];
	struct message message = { 0 };
	struct buffer mail = { 0 };

	assert_int_equal(STATUS_OK,
	    outbox_by_key(desk->practice.store, desk->key, &message, NULL));
	buffer_printf(&mail,
	    "From: maya@example.com\nMessage-ID: <%zu@b>\n"
	    "In-Reply-To: <%s@c.example>\nSubject: Re: Welcome\n\n"
	    "%s\n\n%s\n\n",
	    i, desk->key, quote->above, quote->head);
	for (const char *p = message.body; *p != '\0'; p++) {
		if (p[0] == '\n' && p[1] == '-')
			buffer_puts(&mail, quote->behind);
		buffer_putc(&mail, *p);
	}
	buffer_printf(&mail, "\n%s\n", quote->below);
	message_free(&message);
	return buffer_take(&mail);
}

/* Our own words are nobody's answer, and what is written among them is seen;
 * one that comes again is the same mail, whatever was said since. */
static void
tells_our_words_from_the_patients(void **state)
{
	size_t count = sizeof quotes / sizeof quotes[0];
	char *mails[sizeof quotes / sizeof quotes[0]];
	struct desk *desk = *state;
	struct inbound *list;

	desk->practice.now += 60;
	for (size_t i = 0; i < count; i++) {
		mails[i] = quoting(desk, i);
		assert_true(take(desk, mails[i]));
	}
	list = unread(desk, (int)count);
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(quotes[i].body, list[i].body);
		assert_int_equal(
		    quotes[i].for_a_person, list[i].handled != NULL);
	}
	inbound_list_free(list, (int)count);

	desk->clinic.now = "2026-03-02T10:05:00Z";
	clinic_expect(&desk->clinic, STATUS_OK, "tick");
	desk->practice.now += 3600;
	for (size_t i = 0; i < count; i++) {
		assert_false(take(desk, mails[i]));
		free(mails[i]);
	}
}

static void
tells_of_what_was_too_long(void **state)
{
	struct desk *desk = *state;
	struct buffer mail = { 0 };
	struct inbound *list;

	buffer_puts(&mail, "From: a@b.example\nSubject: Re: x\n\n");
	for (int i = 0; i < 9000; i++)
		buffer_puts(&mail, "my back\n");
	assert_true(take(desk, buffer_text(&mail)));
	buffer_free(&mail);
	list = unread(desk, 1);
	assert_non_null(strstr(list[0].body, "[too long: the rest is in"));
	assert_string_equal("open", list[0].handled);
	inbound_list_free(list, 1);
}

/* A report: whose mail came back, and why. */
static const struct {
	const char *status;
	bool by_address; /* named by where it was returned to, not by its id */
	const char *code;
	const char *alert; /* what the clinic hears; NULL: nothing */
} reports[] = {
	{ "5.1.1", false, "5.1.1", "undeliverable" },
	{ "5.1.1", true, "5.1.1", "undeliverable" },
	{ "4.4.7", false, "4.4.7", NULL },
	{ "5.2.2", false, "5.2.2", NULL },
	/* Policy: our fault or nobody's, and never the patient's. */
	{ "5.7.1", true, "5.7.1", "configuration" },
};

static char *
report(const struct desk *desk, const char *status, bool by_address)
{
	char address[EMAIL_SIZE];

	token_address("bounces@clinic.example", desk->key, address);
	return xasprintf("Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\n"
			 "To: %s\nSubject: Undelivered\n"
			 "Content-Type: multipart/report; boundary=b;\n"
			 " report-type=delivery-status\n\n"
			 "--b\nContent-Type: message/delivery-status\n\n"
			 "Reporting-MTA: dns; mx.example\n\n"
			 "Final-Recipient: rfc822; maya@example.com\n"
			 "Action: failed\nStatus: %s\n\n"
			 "--b\nContent-Type: message/rfc822\n\n"
			 "From: care@clinic.example\nMessage-ID: <%s@c.example>"
			 "\n\nx\n--b--\n",
	    by_address ? address : "care@clinic.example", status,
	    by_address ? "of-another" : desk->key);
}

static void
settles_what_came_back(void **state)
{
	for (size_t i = 0; i < sizeof reports / sizeof reports[0]; i++) {
		struct message message = { 0 };
		struct desk *desk;
		char *mail;

		open_desk(state);
		desk = *state;
		/* A mail server takes it, and thinks better of it later. */
		assert_int_equal(
		    STATUS_OK, db_script(desk->practice.store->db,
				   "UPDATE message SET state = 'accepted',"
				   " settled_at = NULL",
				   NULL));
		mail = report(desk, reports[i].status, reports[i].by_address);
		assert_true(take(desk, mail));
		assert_int_equal(STATUS_OK, outbox_by_key(desk->practice.store,
						desk->key, &message, NULL));
		assert_int_equal(MESSAGE_UNDELIVERED, message.state);
		assert_string_equal(reports[i].code, message.code);
		message_free(&message);
		clinic_expect(&desk->clinic, STATUS_OK, "alert", "list");
		if (reports[i].alert != NULL)
			clinic_said(&desk->clinic, reports[i].alert);
		else
			clinic_not_said(&desk->clinic, "undeliverable");
		free(mail);
		close_desk(state);
	}
}

static void
stops_after_a_complaint(void **state)
{
	struct desk *desk = *state;
	char *mail = xasprintf("From: feedback@mx.example\nTo: x@c.example\n"
			       "Subject: FW\nContent-Type: multipart/report;"
			       " boundary=b; report-type=feedback-report\n\n"
			       "--b\nContent-Type: message/feedback-report\n\n"
			       "Feedback-Type: abuse\n\n"
			       "--b\nContent-Type: message/rfc822\n\n"
			       "From: care@c.example\n"
			       "Message-ID: <%s@c.example>\n\nx\n--b--\n",
	    desk->key);

	assert_true(take(desk, mail));
	free(mail);
	clinic_expect(&desk->clinic, STATUS_OK, "patient", "show", desk->ref);
	clinic_said(&desk->clinic, "stopped");
}

static void
finds_keys(void **state)
{
	struct desk *desk = *state;
	char address[EMAIL_SIZE];
	char *text;
	struct message message = { 0 };

	token_address("replies@clinic.example", "4K7QXMABCDEFGH01", address);
	assert_string_equal("replies+4k7qxmabcdefgh01@clinic.example", address);
	text = xasprintf("0000000000000000@x %sX@y (%s)", desk->key, desk->key);
	assert_int_equal(
	    STATUS_OK, token_find(desk->practice.store, text, &message, NULL));
	assert_string_equal(desk->key, message.key);
	message_free(&message);
	free(text);
	text = xasprintf("X%s 0%s", desk->key, desk->key);
	assert_int_equal(STATUS_NONE,
	    token_find(desk->practice.store, text, &message, NULL));
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    names_the_newest_first, open_desk, close_desk),
		cmocka_unit_test_setup_teardown(
		    is_taken_once, open_desk, close_desk),
		cmocka_unit_test_setup_teardown(
		    stays_erased, open_desk, close_desk),
		cmocka_unit_test_setup_teardown(
		    keeps_what_was_written, open_desk, close_desk),
		cmocka_unit_test_setup_teardown(
		    looks_at_so_much_beside, open_desk, close_desk),
		cmocka_unit_test_setup_teardown(
		    tells_our_words_from_the_patients, open_desk, close_desk),
		cmocka_unit_test_setup_teardown(
		    tells_of_what_was_too_long, open_desk, close_desk),
		cmocka_unit_test(settles_what_came_back),
		cmocka_unit_test_setup_teardown(
		    stops_after_a_complaint, open_desk, close_desk),
		cmocka_unit_test_setup_teardown(
		    finds_keys, open_desk, close_desk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
