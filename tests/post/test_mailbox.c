/*
 * The mailbox against an IMAP server that says what a script tells it to: what
 * is asked for, what is made of honest and of strange answers, and what each
 * refusal and each lost connection comes to.
 */
#include "desk.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "post/imap_answer.h"
#include "post/mailbox.h"

/* What the server says to a command that has that word; "" hangs up, NULL is
 * mute. The tag of a line "+OK ..." is the command's. */
struct turn {
	const char *word;
	const char *says;
};

#define GREETING "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n"
#define GREETING_TOKEN                                                 \
	"* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2 AUTH=PLAIN] " \
	"ready\r\n"
#define EXAMINED                                        \
	"* 3 EXISTS\r\n* OK [UIDVALIDITY 77] valid\r\n" \
	"* OK [UIDNEXT 9] next\r\n+OK [READ-ONLY] done\r\n"

static const struct turn signing_in[] = {
	{ "CAPABILITY",
	    "* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2 AUTH=PLAIN\r\n"
	    "+OK\r\n" },
	{ "AUTHENTICATE", "+OK signed in\r\n" },
	{ NULL, NULL },
};

static const struct turn *
turn_of(const struct turn *turns, const char *line)
{
	for (; turns->word != NULL; turns++)
		if (strstr(line, turns->word) != NULL)
			return turns;
	return NULL;
}

static void
answer(int fd, const char *tag, const char *says)
{
	for (const char *p = says; *p != '\0';) {
		size_t len = strcspn(p, "\n");

		len += p[len] == '\n';

		if (*p == '+')
			dprintf(fd, "%s %.*s", tag, (int)len - 1, p + 1);
		else
			dprintf(fd, "%.*s", (int)len, p);
		p += len;
	}
}

/* A child: one connection, by the script; what it heard is the transcript. */
static void
serve(int listening, const char *greeting, const struct turn *turns,
    const char *path)
{
	FILE *transcript = fopen(path, "w");
	int fd = accept(listening, NULL, NULL);
	FILE *peer = fdopen(fd, "r");
	char line[2048], tag[64];

	dprintf(fd, "%s", greeting);
	while (fgets(line, sizeof line, peer) != NULL) {
		const struct turn *turn = turn_of(turns, line);

		fputs(line, transcript);
		fflush(transcript);
		if (turn == NULL)
			turn = turn_of(signing_in, line);
		snprintf(
		    tag, sizeof tag, "%.*s", (int)strcspn(line, " "), line);
		if (turn == NULL)
			dprintf(fd, "%s BAD what?\r\n", tag);
		else if (turn->says != NULL && *turn->says == '\0')
			break;
		else if (turn->says != NULL)
			answer(fd, tag, turn->says);
	}
	_exit(0);
}

struct stage {
	struct mailbox_settings settings;
	struct mailbox *mailbox;
	char *folder, *path, *url;
	pid_t child;
	struct why why;
	enum status opened;
};

static void
stage_open(struct stage *stage, const char *greeting, const struct turn *turns)
{
	struct sockaddr_in own = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof own;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&own, len), 0);
	assert_int_equal(listen(fd, 4), 0);
	getsockname(fd, (struct sockaddr *)&own, &len);
	stage->folder = folder_make();
	stage->path = xasprintf("%s/heard", stage->folder);
	stage->child = fork();
	if (stage->child == 0)
		serve(fd, greeting, turns, stage->path);
	close(fd);
	stage->url =
	    xasprintf("imap://127.0.0.1:%d/INBOX", ntohs(own.sin_port));
	stage->settings.url = stage->url;
	stage->settings.user = "care";
	if (stage->settings.token == NULL)
		stage->settings.password = "secret";
	stage->settings.timeout_s = 1;
	stage->opened =
	    mailbox_open(&stage->settings, &stage->mailbox, &stage->why);
}

/* Gives what the server heard, which the caller frees. */
static char *
stage_close(struct stage *stage)
{
	struct buffer heard = { 0 };

	mailbox_close(stage->mailbox);
	waitpid(stage->child, NULL, 0);
	buffer_read_file(&heard, stage->path, NULL);
	folder_remove(stage->folder);
	free(stage->path);
	free(stage->url);
	return buffer_take(&heard);
}

static void
assert_said(const char *heard, const char *line)
{
	if (strstr(heard, line) == NULL)
		fail_msg("\"%s\" was not said:\n%s", line, heard);
}

static void
finds_fetches_and_marks(void **state)
{
	/* The newest is named though it is an old one, the others in disorder;
	 * one is gone, one has words of the server's own in it. */
	static const struct turn turns[] = { { "EXAMINE", EXAMINED },
		{ "UID SEARCH", "* SEARCH 8 5 7 3\r\n+OK done\r\n" },
		{ "UID FETCH 5 ",
		    "* 9 FETCH (FLAGS (\\Seen))\r\n"
		    "* 1 FETCH (UID 5 INTERNALDATE \" 2-Mar-2026 "
		    "10:04:05 +0100\" BODY[]<0> {28}\r\n"
		    "Subject: x\r\n\r\nk5 OK no\r\n* 2 )\r\n+OK done\r\n" },
		{ "UID FETCH 7 ", "+OK done\r\n" },
		{ "UID FETCH 8 ", "+NO it is broken\r\n" },
		{ "SELECT", "* OK [UIDVALIDITY 77] x\r\n+OK\r\n" },
		{ "UID STORE", "+OK\r\n" }, { NULL, NULL } };
	struct stage stage = { 0 };
	struct mailbox_place place = { .validity = 77, .last = 4, .marked = 2 };
	struct mailbox_mail mail = { 0 };
	char *heard;

	(void)state;
	stage_open(&stage, GREETING, turns);
	assert_int_equal(stage.opened, STATUS_OK);
	assert_int_equal(mailbox_count(stage.mailbox), 3);
	assert_int_equal(
	    STATUS_OK, mailbox_find(stage.mailbox, &place, 0, &stage.why));
	assert_int_equal(mailbox_next(stage.mailbox), 5);
	assert_int_equal(
	    STATUS_OK, mailbox_fetch(stage.mailbox, 5, &mail, &stage.why));
	assert_string_equal(
	    buffer_text(&mail.bytes), "Subject: x\r\n\r\nk5 OK no\r\n* 2 ");
	assert_int_equal(mail.came_at, 1772442245);
	mailbox_stored(stage.mailbox, 5);
	assert_int_equal(mailbox_next(stage.mailbox), 7);
	assert_int_equal(
	    STATUS_NONE, mailbox_fetch(stage.mailbox, 7, &mail, &stage.why));
	assert_true(mail.gone);
	assert_int_equal(mailbox_next(stage.mailbox), 8);
	assert_int_equal(
	    STATUS_NONE, mailbox_fetch(stage.mailbox, 8, &mail, &stage.why));
	assert_false(mail.gone);
	assert_string_equal(
	    stage.why.text, "the mail server says: NO it is broken");
	assert_int_equal(mailbox_next(stage.mailbox), 0);
	assert_int_equal(mailbox_end(stage.mailbox), 8);
	assert_int_equal(STATUS_OK, mailbox_mark(stage.mailbox, &stage.why));
	heard = stage_close(&stage);
	assert_said(heard, "AUTHENTICATE PLAIN AGNhcmUAc2VjcmV0\r\n");
	assert_said(heard, "k1 EXAMINE \"INBOX\"\r\n");
	assert_said(heard, "k2 UID SEARCH UID 5:*\r\n");
	assert_said(heard, "k3 UID FETCH 5 (INTERNALDATE "
			   "BODY.PEEK[]<0.8388609>)\r\n");
	assert_said(heard, "k6 SELECT \"INBOX\"\r\n");
	assert_said(heard, "k7 UID STORE 3:4 +FLAGS.SILENT (\\Seen)\r\n");
	assert_said(heard, "k8 UID STORE 5 +FLAGS.SILENT (\\Seen)\r\n");
	buffer_free(&mail.bytes);
	free(heard);
}

static void
asks_nothing_when_nothing_is_new(void **state)
{
	static const struct turn turns[] = { { "EXAMINE", EXAMINED },
		{ NULL, NULL } };
	struct stage stage = { 0 };
	struct mailbox_place place = { .validity = 77, .last = 8, .marked = 8 };
	char *heard;

	(void)state;
	stage_open(&stage, GREETING, turns);
	assert_int_equal(
	    STATUS_OK, mailbox_find(stage.mailbox, &place, 0, &stage.why));
	assert_int_equal(mailbox_next(stage.mailbox), 0);
	assert_int_equal(STATUS_OK, mailbox_mark(stage.mailbox, &stage.why));
	heard = stage_close(&stage);
	assert_null(strstr(heard, "SEARCH"));
	assert_null(strstr(heard, "SELECT"));
	free(heard);
}

static void
begins_anew_where_numbers_have_changed(void **state)
{
	static const struct turn turns[] = { { "EXAMINE", EXAMINED },
		{ "UID SEARCH SINCE", "* SEARCH 2 1\r\n+OK done\r\n" },
		{ "SELECT", "* OK [UIDVALIDITY 78] x\r\n+OK\r\n" },
		{ NULL, NULL } };
	struct stage stage = { .settings.move_to = "Read \"it\"" };
	struct mailbox_place place = { .validity = 76, .last = 400 };
	char *heard;

	(void)state;
	stage_open(&stage, GREETING, turns);
	assert_int_equal(STATUS_OK,
	    mailbox_find(stage.mailbox, &place, 1772442000, &stage.why));
	assert_int_equal(place.validity, 77);
	assert_int_equal(place.last, 0);
	assert_int_equal(mailbox_next(stage.mailbox), 1);
	assert_int_equal(mailbox_next(stage.mailbox), 2);
	/* Once more, between looking and marking: nothing is marked. */
	mailbox_stored(stage.mailbox, 1);
	assert_int_equal(
	    STATUS_UNAVAILABLE, mailbox_mark(stage.mailbox, &stage.why));
	heard = stage_close(&stage);
	assert_said(heard, "UID SEARCH SINCE 2-Mar-2026\r\n");
	assert_null(strstr(heard, "MOVE"));
	free(heard);
}

static void
moves_and_quotes(void **state)
{
	static const struct turn turns[] = { { "EXAMINE", EXAMINED },
		{ "SELECT", "* OK [UIDVALIDITY 77] x\r\n+OK\r\n" },
		{ "UID MOVE", "+NO [TRYCREATE] no such folder\r\n" },
		{ NULL, NULL } };
	struct stage stage = { .settings.move_to = "Read \"it\"" };
	char *heard;

	(void)state;
	stage_open(&stage, GREETING, turns);
	mailbox_stored(stage.mailbox, 4);
	mailbox_stored(stage.mailbox, 6);
	assert_int_equal(STATUS_NONE, mailbox_mark(stage.mailbox, &stage.why));
	assert_non_null(strstr(stage.why.text, "no such folder"));
	heard = stage_close(&stage);
	assert_said(heard, "UID MOVE 4,6 \"Read \\\"it\\\"\"\r\n");
	free(heard);
}

static void
signs_in_with_a_token(void **state)
{
	static const struct turn turns[] = { { "EXAMINE", EXAMINED },
		{ NULL, NULL } };
	struct stage stage = { .settings.token = "tok" };
	char *heard;

	(void)state;
	stage_open(&stage, GREETING_TOKEN, turns);
	assert_int_equal(stage.opened, STATUS_OK);
	heard = stage_close(&stage);
	/* user=care^Aauth=Bearer tok^A^A */
	assert_said(heard, "XOAUTH2 dXNlcj1jYXJlAWF1dGg9QmVhcmVyIHRvawEB\r\n");
	free(heard);
}

/* A server that refuses, breaks off, is mute, or never comes to an end. */
static void
says_what_went_wrong(void **state)
{
	static const struct {
		struct turn turns[2];
		enum status status;
		const char *why;
	} cases[] = {
		{ { { "AUTHENTICATE", "+NO [AUTHENTICATIONFAILED] no\r\n" } },
		    STATUS_CONFIG, "Login denied" },
		{ { { "EXAMINE", "+NO no such \x01 folder\r\n" } },
		    STATUS_CONFIG,
		    "folder INBOX: the mail server says: NO no such ? folder" },
		{ { { "EXAMINE", "+OK nothing more\r\n" } }, STATUS_UNAVAILABLE,
		    "gives no UIDVALIDITY" },
		{ { { "EXAMINE", "" } }, STATUS_UNAVAILABLE,
		    "the connection was lost" },
		{ { { "EXAMINE", NULL } }, STATUS_UNAVAILABLE,
		    "did not answer for 1 seconds" },
		{ { { "EXAMINE", "* 1 FETCH (BODY[] {99999999999}\r\nx" } },
		    STATUS_UNAVAILABLE, "has no end" },
		{ { { "EXAMINE", "* 1 FETCH (BODY[] {100}\r\nx" } },
		    STATUS_UNAVAILABLE, "did not answer" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct stage stage = { 0 };

		stage_open(&stage, GREETING, cases[i].turns);
		print_message("%s\n", stage.why.text);
		assert_int_equal(stage.opened, cases[i].status);
		assert_non_null(strstr(stage.why.text, cases[i].why));
		assert_null(stage.mailbox);
		free(stage_close(&stage));
	}
}

static void
keeps_its_place(void **state)
{
	const struct mailbox_place full = { UINT32_MAX, UINT32_MAX, UINT32_MAX,
		UINT32_MAX, INT32_MAX };
	struct mailbox_place place = { .last = 1 };
	char text[POST_CURSOR_SIZE];

	(void)state;
	mailbox_place_write(&full, text);
	assert_true(mailbox_place_read(text, &place));
	assert_memory_equal(&place, &full, sizeof full);
	assert_false(mailbox_place_read("1-2-3", &place));
	assert_false(mailbox_place_read(NULL, &place));
	assert_int_equal(place.last, UINT32_MAX);
}

/* Answers taken apart: what is whole, and how long it is. */
static void
takes_answers_apart(void **state)
{
	static const struct {
		const char *bytes;
		enum imap_whole whole;
		size_t size;
		const char *literal;
	} cases[] = {
		{ "* OK\r\nk1", IMAP_WHOLE, 6, NULL },
		{ "* OK\n", IMAP_WHOLE, 5, NULL },
		{ "* OK\r", IMAP_MORE, 0, NULL },
		{ "", IMAP_MORE, 0, NULL },
		{ "* 1 FETCH (X {3}\r\na\r\n)\r\n", IMAP_WHOLE, 24, "a\r\n" },
		{ "* 1 FETCH (X {3}\r\na\r", IMAP_MORE, 0, NULL },
		{ "x {1}\r\nay {0}\r\nz\r\n", IMAP_WHOLE, 18, "a" },
		{ "x {1+}\r\na\r\n", IMAP_WHOLE, 11, "a" },
		{ "x {}\r\n", IMAP_WHOLE, 6, NULL },
		{ "x {-1}\r\n", IMAP_WHOLE, 8, NULL },
		{ "x 1}\r\n", IMAP_WHOLE, 6, NULL },
		{ "{1001}\r\n", IMAP_NONSENSE, 0, NULL },
		{ "{18446744073709551617}\r\n", IMAP_NONSENSE, 0, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct imap_answer got = { 0 };

		print_message("%s\n", cases[i].bytes);
		assert_int_equal(
		    cases[i].whole, imap_answer_read(cases[i].bytes,
					strlen(cases[i].bytes), 1000, &got));
		assert_int_equal(cases[i].size, got.size);
		if (cases[i].literal == NULL) {
			assert_null(got.literal);
			continue;
		}
		assert_int_equal(got.literal_len, strlen(cases[i].literal));
		assert_memory_equal(
		    got.literal, cases[i].literal, got.literal_len);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_answers_apart),
		cmocka_unit_test(finds_fetches_and_marks),
		cmocka_unit_test(asks_nothing_when_nothing_is_new),
		cmocka_unit_test(begins_anew_where_numbers_have_changed),
		cmocka_unit_test(moves_and_quotes),
		cmocka_unit_test(signs_in_with_a_token),
		cmocka_unit_test(says_what_went_wrong),
		cmocka_unit_test(keeps_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
