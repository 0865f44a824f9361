/*
 * The engine against a provider that fails in every way it can: what it says
 * of a message is held against what the provider's own account has.
 */
#include "desk.h"

#include <arpa/inet.h>
#include <libgen.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>

#include "base/json.h"

#define NOW ((int64_t)1772442000) /* 2026-03-02T09:00:00Z */

struct provider {
	pid_t pid;
	int leash; /* it ends when this closes */
	int port;
};

struct bench {
	struct provider provider;
	struct gateway gateway;
	struct clock clock;
	struct post *post;
};

static void
provider_start(struct provider *provider)
{
	char here[] = __FILE__, digits[16] = "", *path;
	int in[2], out[2];
	size_t len = 0;
	ssize_t n;

	path = xasprintf("%s/../journeys/standins/twilio.py", dirname(here));
	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	provider->pid = fork();
	if (provider->pid == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		close(in[1]);
		close(out[0]);
		execlp("python3", "python3", path, "--until-eof", "--page-size",
		    "2", (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	provider->leash = in[1];
	while (strchr(digits, '\n') == NULL) {
		n = read(out[0], digits + len, sizeof(digits) - 1 - len);
		assert_true(n > 0);
		len += (size_t)n;
	}
	close(out[0]);
	provider->port = atoi(digits);
	assert_true(provider->port > 0);
	free(path);
}

/* Ask the stand-in's own side; the caller lets the answer go. */
static json_t *
control(const struct provider *provider, const char *what, const char *body)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)provider->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	struct buffer answer = { 0 };
	json_t *root = NULL;
	char bytes[4096];
	const char *text;
	ssize_t n;

	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
	dprintf(fd,
	    "%s /control/%s HTTP/1.1\r\nConnection: close\r\n"
	    "Content-Length: %zu\r\n\r\n%s",
	    body[0] == '\0' ? "GET" : "POST", what, strlen(body), body);
	while ((n = read(fd, bytes, sizeof(bytes))) > 0)
		buffer_add(&answer, bytes, (size_t)n);
	close(fd);
	text = strstr(buffer_text(&answer), "\r\n\r\n");
	assert_non_null(text);
	text += 4;
	assert_int_equal(json_read(text, strlen(text), &root, NULL), STATUS_OK);
	buffer_free(&answer);
	return root;
}

static void
tell(const struct bench *bench, const char *what, const char *body)
{
	json_decref(control(&bench->provider, what, body));
}

static size_t
count(const struct bench *bench, const char *what)
{
	json_t *list = control(&bench->provider, what, "");
	size_t n = json_array_size(list);

	json_decref(list);
	return n;
}

static int
start_provider(void **state)
{
	struct bench *bench = xcalloc(1, sizeof(*bench));

	provider_start(&bench->provider);
	*state = bench;
	return 0;
}

static int
stop_provider(void **state)
{
	struct bench *bench = *state;

	close(bench->provider.leash);
	waitpid(bench->provider.pid, NULL, 0);
	free(bench);
	return 0;
}

static int
set_up(void **state)
{
	struct bench *bench = *state;
	char *url = xasprintf("http://127.0.0.1:%d", bench->provider.port);

	bench->gateway = gateway_with(&driver_twilio, "account_sid",
	    "AC00000000000000000000000000000001", "auth_token",
	    "secret-of-the-test", "from", "+447700900001", "base_url", url,
	    NULL);
	bench->clock = (struct clock){ .fixed = true, .fixed_at = NOW };
	free(url);
	return post_open(&bench->post, &bench->clock, NULL) != STATUS_OK;
}

/* Whatever a test did, every request that went out was well formed. */
static int
tear_down(void **state)
{
	struct bench *bench = *state;

	post_close(bench->post);
	gateway_free(&bench->gateway);
	assert_int_equal(count(bench, "complaints"), 0);
	return 0;
}

static struct post_message
message_to(const char *to, const char *body)
{
	return (struct post_message){ .key = "K0000000000000A1",
		.to = to,
		.body = body,
		.at = NOW,
		.expires_at = NOW + 3600 };
}

static struct post_event
next_event(struct bench *bench)
{
	struct post_event event;

	assert_true(post_wait(bench->post, 10, &event));
	return event;
}

static struct post_outcome
send_one(struct bench *bench, const char *to, const char *body)
{
	struct post_message message = message_to(to, body);
	struct post_event event, none;

	post_send(bench->post, &bench->gateway, &message, bench);
	event = next_event(bench);
	assert_int_equal(event.kind, POST_EVENT_SENT);
	assert_ptr_equal(event.tag, bench);
	assert_false(post_wait(bench->post, 0, &none));
	return event.outcome;
}

static struct post_event
ask_one(struct bench *bench, const char *to, const char *body)
{
	struct post_message message = message_to(to, body);
	struct post_event event;

	post_ask(bench->post, &bench->gateway, &message, NOW, bench);
	event = next_event(bench);
	assert_int_equal(event.kind, POST_EVENT_ASKED);
	return event;
}

static void
a_message_is_taken_under_an_id(void **state)
{
	struct bench *bench = *state;
	size_t before = count(bench, "messages");
	struct post_outcome outcome =
	    send_one(bench, "+447700900123", "caf\xc3\xa9 & 100% + more");
	json_t *all = control(&bench->provider, "messages", "");
	const json_t *last = json_array_get(all, before);

	assert_int_equal(outcome.class, POST_ACCEPTED);
	assert_int_equal(json_array_size(all), before + 1);
	assert_string_equal(outcome.provider_id, json_text(last, "sid"));
	assert_string_equal(
	    json_text(last, "body"), "caf\xc3\xa9 & 100% + more");
	json_decref(all);
}

/*
 * Each way to fail, what is said of it, and whether the provider has the
 * message. Then it is asked: whatever was in doubt is settled by the answer.
 * A good message goes first, so that each fault meets a kept connection, where
 * libcurl would try again by itself.
 */
static void
each_failure_is_called_what_it_is(void **state)
{
	static const struct {
		const char *fault;
		enum post_class class;
		int taken;
		enum post_class asked;
	} cases[] = {
		{ "refuse", POST_BAD_ADDRESS, 0, POST_ABSENT },
		{ "throttle", POST_THROTTLED, 0, POST_ABSENT },
		{ "401", POST_CONFIG, 0, POST_ABSENT },
		{ "redirect-before", POST_CONFIG, 0, POST_ABSENT },
		{ "500-before", POST_AMBIGUOUS, 0, POST_ABSENT },
		{ "500-after", POST_AMBIGUOUS, 1, POST_ACCEPTED },
		{ "reset-before", POST_AMBIGUOUS, 0, POST_ABSENT },
		{ "reset-after", POST_AMBIGUOUS, 1, POST_ACCEPTED },
		{ "garbage-before", POST_AMBIGUOUS, 0, POST_ABSENT },
		{ "garbage-after", POST_AMBIGUOUS, 1, POST_ACCEPTED },
		{ "half", POST_AMBIGUOUS, 1, POST_ACCEPTED },
		{ "huge", POST_AMBIGUOUS, 1, POST_ACCEPTED },
	};
	struct bench *bench = *state;
	char *fault, *body;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct post_outcome outcome;
		struct post_event event;
		size_t before;

		send_one(bench, "+447700900124", "warm up");
		before = count(bench, "messages");
		fault = xasprintf("{\"fault\":\"%s\"}", cases[i].fault);
		body = xasprintf("fault %s", cases[i].fault);
		tell(bench, "fault", fault);
		outcome = send_one(bench, "+447700900125", body);
		if (outcome.class != cases[i].class)
			fail_msg("%s ==> %s: %s", cases[i].fault,
			    post_class_names[outcome.class], outcome.reason);
		assert_int_equal(
		    count(bench, "messages") - before, cases[i].taken);
		event = ask_one(bench, "+447700900125", body);
		if (event.outcome.class != cases[i].asked)
			fail_msg("%s, asked ==> %s: %s", cases[i].fault,
			    post_class_names[event.outcome.class],
			    event.outcome.reason);
		assert_int_equal(event.candidates_len, cases[i].taken);
		free(fault);
		free(body);
	}
}

static void
throttling_says_for_how_long(void **state)
{
	struct bench *bench = *state;

	tell(bench, "fault", "{\"fault\":\"throttle\",\"retry_after\":7}");
	assert_int_equal(
	    send_one(bench, "+447700900123", "x").retry_after_s, 7);
}

static void
an_answer_that_does_not_come_is_in_doubt(void **state)
{
	struct bench *bench = *state;

	bench->gateway.timeout_s = 1;
	tell(bench, "fault", "{\"fault\":\"hang-after\",\"seconds\":2}");
	assert_int_equal(
	    send_one(bench, "+447700900126", "hung").class, POST_AMBIGUOUS);
	bench->gateway.timeout_s = 5;
	assert_int_equal(ask_one(bench, "+447700900126", "hung").outcome.class,
	    POST_ACCEPTED);
}

/* A port that nobody listens on. */
static void
a_refused_connection_is_surely_not_sent(void **state)
{
	struct sockaddr_in own = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct bench *bench = *state;
	struct gateway gateway;
	socklen_t len = sizeof(own);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	struct post_message message = message_to("+447700900123", "x");
	struct post_event event;
	char *url;

	assert_int_equal(bind(fd, (struct sockaddr *)&own, len), 0);
	getsockname(fd, (struct sockaddr *)&own, &len);
	url = xasprintf("http://127.0.0.1:%d", ntohs(own.sin_port));
	gateway = gateway_with(&driver_twilio, "account_sid", "ACx",
	    "auth_token", "t", "from", "+447700900001", "base_url", url, NULL);
	post_send(bench->post, &gateway, &message, NULL);
	event = next_event(bench);
	assert_int_equal(event.outcome.class, POST_NOT_SENT);
	post_ask(bench->post, &gateway, &message, NOW, NULL);
	event = next_event(bench);
	assert_int_equal(event.outcome.class, POST_AMBIGUOUS);
	post_poll(bench->post, &gateway, NOW, NULL, NULL);
	event = next_event(bench);
	assert_int_equal(event.kind, POST_EVENT_POLLED);
	assert_int_equal(event.status, STATUS_UNAVAILABLE);
	assert_true(event.outcome.reason[0] != '\0');
	/* The lane points at the gateway, so the post goes first. */
	post_close(bench->post);
	assert_int_equal(
	    post_open(&bench->post, &bench->clock, NULL), STATUS_OK);
	gateway_free(&gateway);
	close(fd);
	free(url);
}

/* Still in Twilio's queue, with no date yet, on the third page of two. */
static void
a_message_that_waits_in_the_queue_is_found_on_a_later_page(void **state)
{
	struct bench *bench = *state;
	struct post_outcome first, same;
	struct post_event event;
	int i;

	first = send_one(bench, "+447700900127", "Pain?");
	tell(bench, "status", "{\"status\":\"queued\"}");
	for (i = 0; i < 4; i++)
		send_one(bench, "+447700900127", "other words");
	event = ask_one(bench, "+447700900127", "Pain?");
	assert_int_equal(event.outcome.class, POST_ACCEPTED);
	assert_int_equal(event.candidates_len, 1);
	assert_string_equal(event.outcome.provider_id, first.provider_id);
	/* The same words twice: both are offered. */
	same = send_one(bench, "+447700900127", "Pain?");
	event = ask_one(bench, "+447700900127", "Pain?");
	assert_int_equal(event.candidates_len, 2);
	assert_string_not_equal(
	    event.candidates[0].provider_id, event.candidates[1].provider_id);
	assert_true(
	    strcmp(event.candidates[0].provider_id, same.provider_id) == 0 ||
	    strcmp(event.candidates[1].provider_id, same.provider_id) == 0);
}

/* The first page holds the message, and yet half a list settles nothing. */
static void
a_list_that_fails_proves_nothing(void **state)
{
	static const char *const faults[] = { "500", "reset-before",
		"garbage-before", "half", "foreign-page", "huge" };
	struct bench *bench = *state;
	struct post_event event;
	char *fault;
	size_t i;

	send_one(bench, "+447700900128", "Pain?");
	for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		fault =
		    xasprintf("{\"fault\":\"%s\",\"on\":\"list\"}", faults[i]);
		tell(bench, "fault", fault);
		event = ask_one(bench, "+447700900128", "Pain?");
		assert_int_equal(event.outcome.class, POST_AMBIGUOUS);
		assert_int_equal(event.candidates_len, 0);
		tell(bench, "fault", fault);
		post_poll(bench->post, &bench->gateway, NOW, NULL, NULL);
		do {
			event = next_event(bench);
		} while (event.kind != POST_EVENT_POLLED);
		assert_int_equal(event.status, STATUS_UNAVAILABLE);
		assert_null(event.cursor);
		free(fault);
	}
}

static void
a_list_without_end_is_left(void **state)
{
	struct bench *bench = *state;
	struct post_event event;

	tell(bench, "fault",
	    "{\"fault\":\"endless\",\"on\":\"list\",\"times\":300}");
	event = ask_one(bench, "+447700900128", "no such words");
	assert_int_equal(event.outcome.class, POST_AMBIGUOUS);
	tell(bench, "unfault", "{}");
}

static void
replies_and_receipts_come_by_polling(void **state)
{
	static const char *const replies[] = { "4", "DONE",
		"the pain won't stop \xf0\x9f\x98\x80" };
	struct bench *bench = *state;
	struct post_outcome sent;
	struct post_event event;
	size_t got = 0, i;
	bool receipt = false;
	char *text;

	for (i = 0; i < 3; i++) {
		text = xasprintf(
		    "{\"from\":\"+447700900130\",\"body\":\"%s\"}", replies[i]);
		tell(bench, "inbound", text);
		free(text);
	}
	tell(bench, "inbound",
	    "{\"from\":\"+447700900130\",\"to\":\"+447700900777\","
	    "\"body\":\"not to us\"}");
	sent = send_one(bench, "+447700900131", "Hello");
	text = xasprintf(
	    "{\"sid\":\"%s\",\"status\":\"delivered\"}", sent.provider_id);
	tell(bench, "status", text);
	free(text);
	post_poll(bench->post, &bench->gateway, NOW, NULL, bench);
	for (;;) {
		event = next_event(bench);
		assert_ptr_equal(event.tag, bench);
		if (event.kind == POST_EVENT_POLLED)
			break;
		if (event.kind == POST_EVENT_RECEIPT) {
			receipt |= event.outcome.class == POST_DELIVERED &&
				   strcmp(event.outcome.provider_id,
				       sent.provider_id) == 0;
			continue;
		}
		assert_int_equal(event.kind, POST_EVENT_INBOUND);
		for (i = 0; i < 3; i++)
			got += strcmp(event.inbound.body, replies[i]) == 0;
		assert_string_equal(event.inbound.from, "+447700900130");
		assert_string_equal(event.inbound.to, "+447700900001");
		assert_true(event.inbound.at > NOW);
	}
	assert_int_equal(event.status, STATUS_OK);
	assert_int_equal(got, 3);
	assert_true(receipt);
}

static void
no_more_are_under_way_than_the_gateway_takes(void **state)
{
	struct bench *bench = *state;
	struct post_message message = message_to("+447700900132", "many");
	struct post_event event;
	json_t *peak;
	int64_t most;
	int i;

	/* Four under way, and one more that waits for a place. */
	assert_int_equal(post_room(bench->post, &bench->gateway), 5);
	tell(bench, "fault",
	    "{\"fault\":\"slow\",\"seconds\":0.05,\"times\":20}");
	for (i = 0; i < 20; i++)
		post_send(bench->post, &bench->gateway, &message, NULL);
	assert_int_equal(post_room(bench->post, &bench->gateway), 0);
	for (i = 0; i < 20; i++) {
		event = next_event(bench);
		assert_int_equal(event.outcome.class, POST_ACCEPTED);
	}
	assert_false(post_wait(bench->post, 0, &event));
	/* What it takes in a quarter of a second may wait now. */
	assert_in_range(post_room(bench->post, &bench->gateway), 6, 25);
	peak = control(&bench->provider, "peak", "");
	most = json_whole(peak, "peak", 0);
	assert_in_range(most, 2, 4);
	json_decref(peak);
}

static double
now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void
a_rate_is_kept(void **state)
{
	struct bench *bench = *state;
	struct post_message message = message_to("+447700900133", "slowly");
	struct post_event event;
	double began_s;
	int i;

	bench->gateway.rate = 10;
	bench->gateway.in_flight = 100;
	assert_int_equal(post_room(bench->post, &bench->gateway), 10);
	began_s = now_s();
	for (i = 0; i < 13; i++)
		post_send(bench->post, &bench->gateway, &message, NULL);
	for (i = 0; i < 13; i++)
		assert_int_equal(
		    next_event(bench).outcome.class, POST_ACCEPTED);
	assert_true(now_s() - began_s > 0.29);
	/* One may always wait its turn, or nothing would ever be claimed. */
	assert_int_equal(post_room(bench->post, &bench->gateway), 1);
	assert_false(post_wait(bench->post, 0, &event));
}

/* One message in a quarter of an hour: nobody is kept waiting for that, with a
 * row that says 'sending'. */
static void
a_turn_that_is_far_off_is_not_waited_for(void **state)
{
	struct bench *bench = *state;

	bench->gateway.rate = 0.02;
	send_one(bench, "+447700900137", "slowly");
	assert_int_equal(post_room(bench->post, &bench->gateway), 1);
	post_close(bench->post);

	bench->gateway.rate = 0.001;
	assert_int_equal(
	    post_open(&bench->post, &bench->clock, NULL), STATUS_OK);
	assert_int_equal(post_room(bench->post, &bench->gateway), 1);
	send_one(bench, "+447700900137", "slowly");
	assert_int_equal(post_room(bench->post, &bench->gateway), 0);
}

/* A provider that took all in a moment, and then hangs: who still waited behind
 * those that hang has not left, and the tick gets on. */
static void
who_waits_behind_what_hangs_is_given_back(void **state)
{
	struct bench *bench = *state;
	struct post_message message = message_to("+447700900135", "stuck");
	int len[POST__MAX] = { 0 };
	double began_s = now_s();
	int i;

	bench->gateway.timeout_s = 1;
	tell(bench, "fault",
	    "{\"fault\":\"hang-before\",\"times\":40,\"seconds\":2}");
	for (i = 0; i < 40; i++)
		post_send(bench->post, &bench->gateway, &message, NULL);
	for (i = 0; i < 40; i++)
		len[next_event(bench).outcome.class]++;
	assert_in_range(len[POST_AMBIGUOUS], 4, 8);
	assert_int_equal(len[POST_NOT_SENT], 40 - len[POST_AMBIGUOUS]);
	assert_true(now_s() - began_s < 3.5);
	tell(bench, "unfault", "{}");
}

static void
several_are_waited_for_together(void **state)
{
	struct bench *bench = *state;
	struct post_message message = message_to("+447700900135", "together");
	struct post_event event;
	double began_s = now_s();
	int i;

	assert_false(post_gather(bench->post, 1, 5));
	assert_true(now_s() - began_s < 1);
	assert_int_equal(post_waiting(bench->post), 0);
	tell(
	    bench, "fault", "{\"fault\":\"slow\",\"seconds\":0.2,\"times\":6}");
	for (i = 0; i < 6; i++)
		post_send(bench->post, &bench->gateway, &message, NULL);
	/* Four have a place. */
	assert_in_range(post_waiting(bench->post), 2, 6);
	assert_false(post_gather(bench->post, 1, 0.01));
	began_s = now_s();
	assert_true(post_gather(bench->post, 6, 10));
	assert_true(now_s() - began_s > 0.3);
	assert_int_equal(post_waiting(bench->post), 0);
	/* There are no more than those, and none is lost by looking. */
	assert_false(post_gather(bench->post, 7, 10));
	assert_true(now_s() - began_s < 5);
	for (i = 0; i < 6; i++)
		assert_true(post_wait(bench->post, 0, &event));
	assert_false(post_wait(bench->post, 0, &event));
}

/* Asked for patience, told that the password is wrong, or left in doubt: those
 * that wait do not try their luck as well. */
static void
what_all_would_hear_is_heard_once(void **state)
{
	static const struct {
		const char *fault;
		enum post_class class;
		enum post_class waiting;
	} cases[] = {
		{ "throttle", POST_THROTTLED, POST_THROTTLED },
		{ "401", POST_CONFIG, POST_CONFIG },
		{ "500-after", POST_AMBIGUOUS, POST_THROTTLED },
	};
	struct bench *bench = *state;
	struct post_message message = message_to("+447700900136", "all");
	size_t before, i;
	char *fault;
	int n;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		before = count(bench, "requests");
		fault = xasprintf("{\"fault\":\"%s\",\"times\":40,"
				  "\"retry_after\":7}",
		    cases[i].fault);
		tell(bench, "fault", fault);
		free(fault);
		for (n = 0; n < 40; n++)
			post_send(bench->post, &bench->gateway, &message, NULL);
		for (n = 0; n < 40; n++) {
			struct post_outcome outcome = next_event(bench).outcome;

			assert_true(outcome.class == cases[i].class ||
				    outcome.class == cases[i].waiting);
			assert_int_equal(outcome.retry_after_s,
			    cases[i].class == POST_THROTTLED ? 7 : 0);
		}
		tell(bench, "unfault", "{}");
		/* A few went before the first was answered. */
		assert_in_range(count(bench, "requests") - before, 1, 30);
	}
	assert_int_equal(
	    send_one(bench, "+447700900136", "all").class, POST_ACCEPTED);
}

static void
waiting_ends_when_it_is_told_to(void **state)
{
	struct bench *bench = *state;
	struct post_message message = message_to("+447700900134", "later");
	struct post_event event;
	double began_s = now_s();

	assert_false(post_wait(bench->post, 5, &event));
	assert_true(now_s() - began_s < 1);
	tell(bench, "fault", "{\"fault\":\"slow\",\"seconds\":0.4}");
	post_send(bench->post, &bench->gateway, &message, NULL);
	began_s = now_s();
	assert_false(post_wait(bench->post, 0.05, &event));
	assert_true(now_s() - began_s < 0.35);
	/* Left under way: closing takes it along without a word. */
}

static void
a_hostile_address_opens_no_connection(void **state)
{
	struct bench *bench = *state;
	size_t before = count(bench, "requests");

	assert_int_equal(send_one(bench, "+447700900123\r\nX: y", "x").class,
	    POST_BAD_ADDRESS);
	assert_int_equal(
	    send_one(bench, "+447700900123", "").class, POST_REFUSED);
	assert_int_equal(count(bench, "requests"), before);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(no_more_are_under_way_than_the_gateway_takes),
		TEST(several_are_waited_for_together),
		TEST(a_message_is_taken_under_an_id),
		TEST(each_failure_is_called_what_it_is),
		TEST(throttling_says_for_how_long),
		TEST(an_answer_that_does_not_come_is_in_doubt),
		TEST(a_refused_connection_is_surely_not_sent),
		TEST(
		    a_message_that_waits_in_the_queue_is_found_on_a_later_page),
		TEST(a_list_that_fails_proves_nothing),
		TEST(a_list_without_end_is_left),
		TEST(replies_and_receipts_come_by_polling),
		TEST(a_rate_is_kept),
		TEST(a_turn_that_is_far_off_is_not_waited_for),
		TEST(who_waits_behind_what_hangs_is_given_back),
		TEST(what_all_would_hear_is_heard_once),
		TEST(waiting_ends_when_it_is_told_to),
		TEST(a_hostile_address_opens_no_connection),
	};

	return cmocka_run_group_tests(tests, start_provider, stop_provider);
}
