/*
 * The engine against a mail server that says what a script tells it to:
 * what each refusal, at each step, and each lost connection comes to.
 */
#include "desk.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>

#include "post/token.h"

#define NOW ((int64_t)1772442000)

/* What the server says to the greeting, EHLO, MAIL, RCPT, DATA and the dot,
 * each, with AUTH and its answer after EHLO where that offers it; "" closes the
 * connection instead. */
#define TURNS 8

static int
listen_here(int *port)
{
	struct sockaddr_in own = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(own);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&own, len), 0);
	assert_int_equal(listen(fd, 4), 0);
	getsockname(fd, (struct sockaddr *)&own, &len);
	*port = ntohs(own.sin_port);
	return fd;
}

/* One line from the client, or for the mail all up to its dot; what came is
 * written to the transcript. False when it has gone. */
static bool
hear(FILE *peer, FILE *transcript, bool mail)
{
	char line[2048];

	while (fgets(line, sizeof(line), peer) != NULL) {
		fputs(line, transcript);
		if (!mail || strcmp(line, ".\r\n") == 0)
			return true;
	}
	return false;
}

/* A child: serve one connection by the script, then end. */
static void
serve(int listening, const char *const script[TURNS], const char *path,
    bool silent)
{
	FILE *transcript = fopen(path, "w");
	int mail = script[1] != NULL && strstr(script[1], "AUTH") ? 7 : 5;
	int turn, fd = accept(listening, NULL, NULL);
	FILE *peer = fdopen(fd, "r");

	for (turn = 0; turn < TURNS && script[turn] != NULL; turn++) {
		if (turn > 0 && !hear(peer, transcript, turn == mail))
			break;
		if (script[turn][0] == '\0')
			_exit(fflush(transcript));
		dprintf(fd, "%s\r\n", script[turn]);
	}
	/* QUIT is answered, unless this server is one that falls silent. */
	if (hear(peer, transcript, false) && !silent)
		dprintf(fd, "221 Bye\r\n");
	while (silent && hear(peer, transcript, false))
		;
	fflush(transcript);
	_exit(0);
}

static const struct post_message letter = {
	.key = "K0000000000000B2",
	.to = "jane@patients.example",
	.subject = "Your exercise check-in",
	.body = "Hello Jane\n\n.\n.A line that begins with a dot\n",
	.at = NOW,
};

static struct post_outcome
send_as(const char *const script[TURNS], const char *path, bool silent,
    const char *way, const char *secret)
{
	struct clock clock = { .fixed = true, .fixed_at = NOW };
	struct gateway gateway;
	struct post_event event;
	struct post *post;
	char *url;
	int port, listening = listen_here(&port);
	pid_t child = fork();

	if (child == 0)
		serve(listening, script, path, silent);
	close(listening);
	url = xasprintf("smtp://127.0.0.1:%d", port);
	gateway = gateway_with(&driver_smtp, "url", url, "from",
	    "Riverside <care@clinic.example>", way == NULL ? NULL : "user",
	    "care@clinic.example", way, secret, NULL);
	assert_int_equal(gateway_check(&gateway, NULL), STATUS_OK);
	assert_int_equal(post_open(&post, &clock, NULL), STATUS_OK);
	post_send(post, &gateway, &letter, NULL);
	assert_true(post_wait(post, 10, &event));
	assert_int_equal(event.kind, POST_EVENT_SENT);
	post_close(post);
	waitpid(child, NULL, 0);
	gateway_free(&gateway);
	free(url);
	return event.outcome;
}

static struct post_outcome
send_by(const char *const script[TURNS], const char *path, bool silent)
{
	return send_as(script, path, silent, NULL, NULL);
}

#define HI "220 mx ESMTP"
#define EHLO "250 mx"
#define OK "250 2.1.0 Ok"
#define GO "354 Go on"

static void
each_step_can_fail_in_its_own_way(void **state)
{
	static const struct {
		const char *script[TURNS];
		enum post_class class;
		const char *code;
	} cases[] = {
		{ { HI, EHLO, OK, OK, GO, "250 2.0.0 queued" }, POST_ACCEPTED,
		    "" },
		{ { "" }, POST_NOT_SENT, "" },
		{ { "421 4.3.2 Not now" }, POST_THROTTLED, "4.3.2" },
		{ { "554 Go away" }, POST_CONFIG, "554" },
		{ { HI, "" }, POST_NOT_SENT, "" },
		{ { HI, EHLO, "451 4.3.0 Later" }, POST_THROTTLED, "4.3.0" },
		{ { HI, EHLO, "550 5.7.1 Sender refused" }, POST_CONFIG,
		    "5.7.1" },
		{ { HI, EHLO, "530 5.7.0 Authenticate" }, POST_CONFIG,
		    "5.7.0" },
		{ { HI, EHLO, "" }, POST_NOT_SENT, "" },
		{ { HI, EHLO, OK, "450 4.2.0 Greylisted" }, POST_LATER,
		    "4.2.0" },
		{ { HI, EHLO, OK, "421 4.7.0 Too many" }, POST_THROTTLED,
		    "4.7.0" },
		{ { HI, EHLO, OK, "550 5.1.1 No such user" }, POST_BAD_ADDRESS,
		    "5.1.1" },
		{ { HI, EHLO, OK, "550-5.1.1 No such user\r\n550 5.1.1 here" },
		    POST_BAD_ADDRESS, "5.1.1" },
		{ { HI, EHLO, OK, "554 5.7.1 Policy" }, POST_REFUSED, "5.7.1" },
		{ { HI, EHLO, OK, "" }, POST_NOT_SENT, "" },
		{ { HI, EHLO, OK, OK, "451 4.5.0 Later" }, POST_LATER,
		    "4.5.0" },
		{ { HI, EHLO, OK, OK, "554 No" }, POST_REFUSED, "554" },
		{ { HI, EHLO, OK, OK, "" }, POST_NOT_SENT, "" },
		{ { HI, EHLO, OK, OK, GO, "452 4.3.1 Disk full" },
		    POST_THROTTLED, "4.3.1" },
		{ { HI, EHLO, OK, OK, GO, "554 5.7.1 Spam" }, POST_REFUSED,
		    "5.7.1" },
		{ { HI, EHLO, OK, OK, GO, "552 5.3.4 Too large" }, POST_REFUSED,
		    "5.3.4" },
		/* The dot was there, the word after it never came. */
		{ { HI, EHLO, OK, OK, GO, "" }, POST_AMBIGUOUS, "" },
	};
	char *folder = folder_make();
	char *path = xasprintf("%s/transcript", folder);
	struct post_outcome outcome;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		outcome = send_by(cases[i].script, path, false);
		if (outcome.class != cases[i].class)
			fail_msg("row %zu ==> %s: %s", i,
			    post_class_names[outcome.class], outcome.reason);
		assert_string_equal(outcome.code, cases[i].code);
	}
	free(path);
	folder_remove(folder);
}

static void
the_bytes_on_the_wire(void **state)
{
	static const char *const script[TURNS] = { HI, EHLO, OK, OK, GO,
		"250 2.0.0 queued" };
	static const char envelope[] = "EHLO clinic.example\r\n"
				       "MAIL FROM:<care@clinic.example>\r\n"
				       "RCPT TO:<jane@patients.example>\r\n"
				       "DATA\r\n";
	char *folder = folder_make();
	char *path = xasprintf("%s/transcript", folder), *bytes;
	struct post_outcome outcome = send_by(script, path, false);

	(void)state;
	assert_int_equal(outcome.class, POST_ACCEPTED);
	assert_string_equal(
	    outcome.provider_id, "K0000000000000B2@clinic.example");
	bytes = file_get(folder, "transcript");
	assert_int_equal(strncmp(bytes, envelope, strlen(envelope)), 0);
	assert_non_null(
	    strstr(bytes, "\r\nMessage-ID: <K0000000000000B2@clinic.example>"));
	/* A line of one dot is text, not the end of the mail. */
	assert_non_null(strstr(bytes, "\r\n..\r\n"));
	assert_non_null(strstr(bytes, "\r\n..A line that begins"));
	assert_non_null(strstr(bytes, "\r\n.\r\n"));
	free(bytes);
	free(path);
	folder_remove(folder);
}

/* libcurl alone would wait two minutes, and the tick with it. */
static void
a_server_that_does_not_say_goodbye_is_left(void **state)
{
	static const char *const taken[TURNS] = { HI, EHLO, OK, OK, GO,
		"250 2.0.0 queued" };
	static const char *const refused[TURNS] = { HI, EHLO, OK,
		"550 5.1.1 No such user" };
	char *folder = folder_make();
	char *path = xasprintf("%s/transcript", folder), *bytes;
	time_t began = time(NULL);

	(void)state;
	assert_int_equal(send_by(taken, path, true).class, POST_ACCEPTED);
	bytes = file_get(folder, "transcript");
	assert_string_equal(bytes + strlen(bytes) - 6, "QUIT\r\n");
	free(bytes);
	assert_int_equal(send_by(refused, path, true).class, POST_BAD_ADDRESS);
	assert_true(time(NULL) - began < 6);
	free(path);
	folder_remove(folder);
}

/* A child: one text is taken as an SMS gateway takes it. */
static pid_t
take_a_text(int listening)
{
	pid_t child = fork();
	char line[2048];

	if (child != 0)
		return child;
	alarm(30); /* whatever becomes of the test */
	int fd = accept(listening, NULL, NULL);
	FILE *peer = fdopen(fd, "r");

	while (fgets(line, sizeof(line), peer) != NULL &&
	       strcmp(line, "\r\n") != 0)
		;
	dprintf(fd, "HTTP/1.1 202 Accepted\r\nContent-Length: 25\r\n\r\n"
		    "0: Accepted for delivery\n");
	_exit(0);
}

/* A child: takes a mail to its dot, says so to us, and to its client that last
 * word; with none, nothing until that has gone. */
static pid_t
take_a_mail(int listening, int heard, const char *last)
{
	static const char *const script[] = { HI, EHLO, OK, OK, GO, NULL };
	pid_t child = fork();

	if (child != 0)
		return child;
	alarm(30); /* whatever becomes of the test */
	int fd = accept(listening, NULL, NULL);
	FILE *peer = fdopen(fd, "r"), *nowhere = fopen("/dev/null", "w");

	for (int turn = 0; script[turn] != NULL; turn++) {
		if (turn > 0)
			(void)hear(peer, nowhere, false);
		dprintf(fd, "%s\r\n", script[turn]);
	}
	(void)hear(peer, nowhere, true);
	if (write(heard, "", 1) == 1 && last != NULL)
		dprintf(fd, "%s\r\n", last);
	(void)hear(peer, nowhere, false);
	_exit(0);
}

static struct gateway
gateway_at(const struct driver *driver, const char *form, int port)
{
	char *url = xasprintf(form, port);
	struct gateway gateway =
	    driver == &driver_smtp ? gateway_with(driver, "url", url, "from",
					 "care@clinic.example", NULL)
				   : gateway_with(driver, "url", url, "user",
					 "tester", "password", "secret", NULL);

	free(url);
	return gateway;
}

/* libcurl waits for the word after the dot with its whole thread. */
static void
a_mute_mail_server_holds_up_no_text(void **state)
{
	static const struct post_message text = { .key = "K0000000000000C3",
		.to = "+447700900123",
		.body = "Pain?",
		.at = NOW,
		.expires_at = NOW + 3600 };
	struct clock clock = { .fixed = true, .fixed_at = NOW };
	int mails, texts, heard[2];
	int mail_door = listen_here(&mails), text_door = listen_here(&texts);
	struct post_event event;
	struct post *post;
	char byte;

	(void)state;
	assert_int_equal(pipe(heard), 0);
	pid_t mute = take_a_mail(mail_door, heard[1], NULL);
	pid_t quick = take_a_text(text_door);
	close(mail_door);
	close(text_door);
	struct gateway mail =
	    gateway_at(&driver_smtp, "smtp://127.0.0.1:%d", mails);
	struct gateway sms = gateway_at(
	    &driver_kannel, "http://127.0.0.1:%d/cgi-bin/sendsms", texts);

	assert_int_equal(post_open(&post, &clock, NULL), STATUS_OK);
	post_send(post, &mail, &letter, NULL);
	assert_int_equal(read(heard[0], &byte, 1), 1);
	post_send(post, &sms, &text, NULL);
	assert_true(post_wait(post, (double)mail.timeout_s / 2, &event));
	assert_ptr_equal(event.gateway, &sms);
	assert_int_equal(event.outcome.class, POST_ACCEPTED);
	assert_true(post_wait(post, 10, &event));
	assert_ptr_equal(event.gateway, &mail);
	assert_int_equal(event.outcome.class, POST_AMBIGUOUS);
	post_close(post);
	waitpid(mute, NULL, 0);
	waitpid(quick, NULL, 0);
	close(heard[0]);
	close(heard[1]);
	gateway_free(&mail);
	gateway_free(&sms);
}

/* Nor does it put the other mails that it has into doubt. */
static void
a_mail_that_is_not_answered_is_alone(void **state)
{
	struct clock clock = { .fixed = true, .fixed_at = NOW };
	struct post_message second = letter;
	int port, heard[2], door = listen_here(&port);
	struct gateway mail =
	    gateway_at(&driver_smtp, "smtp://127.0.0.1:%d", port);
	struct post_event event;
	struct post *post;
	pid_t mute, quick;
	char byte;

	(void)state;
	assert_int_equal(pipe(heard), 0);
	mail.timeout_s = 3;
	second.key = "K0000000000000D4";
	assert_int_equal(post_open(&post, &clock, NULL), STATUS_OK);
	mute = take_a_mail(door, heard[1], NULL);
	quick = take_a_mail(door, heard[1], "250 2.0.0 queued");
	close(door);
	post_send(post, &mail, &letter, NULL);
	post_send(post, &mail, &second, NULL);
	assert_int_equal(read(heard[0], &byte, 1), 1);
	assert_int_equal(read(heard[0], &byte, 1), 1);
	for (int doubts = 0, taken = 0; doubts + taken < 2;) {
		assert_true(post_wait(post, 20, &event));
		doubts += event.outcome.class == POST_AMBIGUOUS;
		taken += event.outcome.class == POST_ACCEPTED;
		if (doubts > 1 || taken > 1 ||
		    (event.outcome.class != POST_AMBIGUOUS &&
			event.outcome.class != POST_ACCEPTED))
			fail_msg("%d in doubt, %d taken: %s", doubts, taken,
			    event.outcome.reason);
	}
	post_close(post);
	waitpid(mute, NULL, 0);
	waitpid(quick, NULL, 0);
	close(heard[0]);
	close(heard[1]);
	gateway_free(&mail);
}

/* The token is "user=...^Aauth=Bearer T0ken^A^A" in base64. */
static void
a_token_in_place_of_a_password(void **state)
{
	static const char *const script[TURNS] = { HI,
		"250-mx\r\n250 AUTH CRAM-MD5 PLAIN XOAUTH2", "334 ",
		"235 2.7.0 Welcome", OK, OK, GO, "250 2.0.0 queued" };
	static const char *const refused[TURNS] = { HI,
		"250-mx\r\n250 AUTH CRAM-MD5 PLAIN XOAUTH2", "334 ",
		"535 5.7.8 Expired" };
	static const char said[] =
	    "AUTH XOAUTH2\r\ndXNlcj1jYXJlQGNsaW5pYy5leGFtcGxlAWF1dGg9QmVhcm"
	    "VyIFQwa2VuAQE=\r\n";
	char *folder = folder_make();
	char *path = xasprintf("%s/transcript", folder), *bytes;

	(void)state;
	assert_int_equal(send_as(script, path, false, "token", "T0ken").class,
	    POST_ACCEPTED);
	bytes = file_get(folder, "transcript");
	assert_non_null(strstr(bytes, said));
	free(bytes);
	assert_int_equal(send_as(script, path, false, "token_command",
			     "echo T0ken; echo more")
			     .class,
	    POST_ACCEPTED);
	bytes = file_get(folder, "transcript");
	assert_non_null(strstr(bytes, said));
	free(bytes);
	assert_int_equal(
	    send_as(refused, path, false, "token", "T0ken").class, POST_CONFIG);
	free(path);
	folder_remove(folder);
}

static void
a_command_that_gives_no_token(void **state)
{
	static const struct {
		const char *command;
		const char *says;
	} cases[] = {
		{ "exit 3", "exit status 3" },
		{ "true", "is no token" },
		{ "printf 'a b\\n'", "is no token" },
		{ "printf 'a\\001b\\n'", "is no token" },
		{ "no-such-command-here 2>/dev/null", "exit status 127" },
		{ "sleep 30", "within 1 seconds" },
		{ "yes", "within 1 seconds" },
	};
	struct why why;
	char *token;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		token = NULL;
		assert_int_equal(token_run(cases[i].command, 1, &token, &why),
		    STATUS_CONFIG);
		assert_null(token);
		assert_non_null(strstr(why.text, cases[i].says));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_step_can_fail_in_its_own_way),
		cmocka_unit_test(the_bytes_on_the_wire),
		cmocka_unit_test(a_server_that_does_not_say_goodbye_is_left),
		cmocka_unit_test(a_mute_mail_server_holds_up_no_text),
		cmocka_unit_test(a_mail_that_is_not_answered_is_alone),
		cmocka_unit_test(a_token_in_place_of_a_password),
		cmocka_unit_test(a_command_that_gives_no_token),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
