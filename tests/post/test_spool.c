/* The folder that stands in for a provider. */
#include "desk.h"

#include <sys/stat.h>

#include "base/json.h"

#define NOW ((int64_t)1772442000) /* 2026-03-02T09:00:00Z */

struct spool {
	char *path;
	struct gateway sms, email;
	struct clock clock;
	struct post *post;
};

static int
set_up(void **state)
{
	struct spool *spool = xcalloc(1, sizeof(*spool));

	spool->path = folder_make();
	spool->sms = gateway_with(&driver_spool_sms, "path", spool->path, NULL);
	spool->email = gateway_with(&driver_spool_email, "path", spool->path,
	    "from", "Riverside <care@clinic.example>", NULL);
	spool->clock = (struct clock){ .fixed = true, .fixed_at = NOW };
	assert_int_equal(
	    post_open(&spool->post, &spool->clock, NULL), STATUS_OK);
	*state = spool;
	return 0;
}

static int
tear_down(void **state)
{
	struct spool *spool = *state;

	post_close(spool->post);
	gateway_free(&spool->sms);
	gateway_free(&spool->email);
	folder_remove(spool->path);
	free(spool);
	return 0;
}

static const struct post_message question = {
	.key = "K0000000000000A1",
	.to = "+447700900123",
	.body = "Worst pain today, 0 none to 10 worst imaginable?",
	.at = NOW,
	.expires_at = NOW + 3600,
};

static const struct post_message letter = {
	.key = "K0000000000000B2",
	.to = "jane@patients.example",
	.to_name = "Jane",
	.subject = "Your exercise check-in",
	.body = "Hello Jane",
	.reply_to = "replies@clinic.example",
	.unsubscribe = "replies@clinic.example",
	.at = NOW,
};

/* The one event that there is to be. */
static struct post_event
only_event(struct spool *spool)
{
	struct post_event event = { 0 }, none;

	assert_true(post_wait(spool->post, 0, &event));
	assert_false(post_wait(spool->post, 0, &none));
	return event;
}

static struct post_outcome
send_one(struct spool *spool, const struct gateway *gateway,
    const struct post_message *message)
{
	struct post_event event;

	post_send(spool->post, gateway, message, spool);
	event = only_event(spool);
	assert_int_equal(event.kind, POST_EVENT_SENT);
	assert_ptr_equal(event.tag, spool);
	assert_ptr_equal(event.gateway, gateway);
	return event.outcome;
}

static void
an_sms_becomes_a_file_of_the_contracts_members(void **state)
{
	struct spool *spool = *state;
	struct post_outcome outcome = send_one(spool, &spool->sms, &question);
	char *bytes;

	assert_int_equal(outcome.class, POST_DELIVERED);
	assert_string_equal(outcome.provider_id, question.key);
	bytes = file_get(spool->path, "sent/K0000000000000A1.json");
	assert_string_equal(bytes,
	    "{\"id\":\"K0000000000000A1\",\"to\":\"+447700900123\","
	    "\"from\":\"main\",\"body\":\"Worst pain today, 0 none to 10 "
	    "worst imaginable?\",\"at\":\"2026-03-02T09:00:00Z\"}\n");
	free(bytes);
}

static void
an_email_becomes_a_message_with_our_key_as_its_id(void **state)
{
	struct spool *spool = *state;
	struct post_outcome outcome = send_one(spool, &spool->email, &letter);
	char *bytes;

	assert_int_equal(outcome.class, POST_DELIVERED);
	assert_string_equal(outcome.provider_id, letter.key);
	bytes = file_get(spool->path, "sent/K0000000000000B2.eml");
	assert_non_null(strstr(bytes, "<K0000000000000B2@clinic.example>\r\n"));
	assert_non_null(strstr(bytes, "Hello Jane"));
	free(bytes);
}

/* No byte leaves for these. */
static void
a_hostile_address_is_refused_and_writes_nothing(void **state)
{
	static const char *const phones[] = { "", "447700900123",
		"+0447700900123", "+44770090012x", "+44 7700900123",
		"+447700900123\r\nX: y", "../../x", "jane@x.example", NULL };
	static const char *const emails[] = { "", "jane", "@x.example", "jane@",
		"a@b@c", "jane@x.example\r\nRCPT TO:<all@x.example>",
		"<jane@x.example>", "jane @x.example", "jane@x.example,b@x.y",
		"jane\x7f@x.example", NULL };
	struct spool *spool = *state;
	struct post_message message;
	int i;

	for (i = 0; phones[i] != NULL; i++) {
		message = question;
		message.to = phones[i];
		assert_int_equal(send_one(spool, &spool->sms, &message).class,
		    POST_BAD_ADDRESS);
	}
	for (i = 0; emails[i] != NULL; i++) {
		message = letter;
		message.to = emails[i];
		assert_int_equal(send_one(spool, &spool->email, &message).class,
		    POST_BAD_ADDRESS);
	}
	message = letter;
	message.subject = "Hello\r\nBcc: all@x.example";
	assert_int_equal(
	    send_one(spool, &spool->email, &message).class, POST_REFUSED);
	message = letter;
	message.reply_to = "a@x.example\nBcc: all@x.example";
	assert_int_equal(
	    send_one(spool, &spool->email, &message).class, POST_REFUSED);
	message = question;
	message.key = "../escape";
	assert_int_not_equal(
	    send_one(spool, &spool->sms, &message).class, POST_DELIVERED);
	assert_false(file_is(spool->path, "sent"));
}

static struct post_event
ask_one(struct spool *spool, const struct gateway *gateway,
    const struct post_message *message)
{
	struct post_event event;

	post_ask(spool->post, gateway, message, NOW, NULL);
	event = only_event(spool);
	assert_int_equal(event.kind, POST_EVENT_ASKED);
	return event;
}

static void
asked_it_says_whether_the_file_is_there(void **state)
{
	struct spool *spool = *state;
	struct post_event event;

	event = ask_one(spool, &spool->sms, &question);
	assert_int_equal(event.outcome.class, POST_ABSENT);
	assert_int_equal(event.candidates_len, 0);
	send_one(spool, &spool->sms, &question);
	event = ask_one(spool, &spool->sms, &question);
	assert_int_equal(event.outcome.class, POST_DELIVERED);
	assert_string_equal(event.outcome.provider_id, question.key);
	/* The same key as an email is another message. */
	event = ask_one(spool, &spool->email, &question);
	assert_int_equal(event.outcome.class, POST_ABSENT);
}

/* A tick killed while it wrote leaves a hidden file at most. */
static void
half_a_file_of_a_killed_tick_is_no_message(void **state)
{
	struct spool *spool = *state;
	char *sent = xasprintf("%s/sent", spool->path);

	assert_int_equal(mkdir(sent, 0700), 0);
	file_put(sent, ".K0000000000000A1.json.tmp", "{\"id\":\"K00");
	assert_int_equal(
	    ask_one(spool, &spool->sms, &question).outcome.class, POST_ABSENT);
	assert_int_equal(
	    send_one(spool, &spool->sms, &question).class, POST_DELIVERED);
	/* Sent once more by mistake, it is still one file. */
	assert_int_equal(
	    send_one(spool, &spool->sms, &question).class, POST_DELIVERED);
	assert_false(file_is(sent, ".K0000000000000A1.json.tmp"));
	assert_true(file_is(sent, "K0000000000000A1.json"));
	free(sent);
}

static void
a_folder_that_cant_be_made_is_a_matter_of_configuration(void **state)
{
	struct spool *spool = *state;

	file_put(spool->path, "sent", "a file, not a folder");
	assert_int_equal(
	    send_one(spool, &spool->sms, &question).class, POST_CONFIG);
}

/* Poll, and write what came as lines; store is what a caller does who has
 * made each durable. */
static char *
poll_one(struct spool *spool, const struct gateway *gateway, bool store)
{
	struct buffer told = { 0 };
	struct post_event event;
	char time[TIME_SIZE];

	post_poll(spool->post, gateway, NOW, NULL, NULL);
	while (post_wait(spool->post, 0, &event)) {
		switch (event.kind) {
		case POST_EVENT_INBOUND:
			buffer_printf(&told, "%s %s: %s (%s)\n",
			    event.inbound.provider_id, event.inbound.from,
			    event.inbound.body,
			    time_format(event.inbound.at, time));
			if (store)
				post_inbound_stored(spool->post, gateway,
				    event.inbound.provider_id);
			break;
		case POST_EVENT_SPOILT:
			buffer_printf(
			    &told, "spoilt %s\n", event.outcome.reason);
			break;
		default:
			assert_int_equal(event.kind, POST_EVENT_POLLED);
			assert_int_equal(event.status, STATUS_OK);
			buffer_puts(&told, "end\n");
		}
	}
	return buffer_take(&told);
}

static void
assert_polled(struct spool *spool, const struct gateway *gateway, bool store,
    const char *expected)
{
	char *told = poll_one(spool, gateway, store);

	assert_string_equal(told, expected);
	free(told);
}

static void
drop(struct spool *spool, const char *name, const char *bytes)
{
	char *inbox = xasprintf("%s/inbox", spool->path);

	(void)mkdir(inbox, 0700);
	file_put(inbox, name, bytes);
	free(inbox);
}

static void
an_empty_inbox_makes_itself(void **state)
{
	struct spool *spool = *state;

	assert_polled(spool, &spool->sms, true, "end\n");
	assert_true(file_is(spool->path, "inbox"));
}

static void
replies_come_once_in_the_order_of_their_names(void **state)
{
	struct spool *spool = *state;

	drop(spool, "2.json",
	    "{\"id\":\"R2\",\"from\":\"+447700900123\",\"body\":\"DONE\"}");
	drop(spool, "1.json",
	    "{\"id\":\"R1\",\"from\":\"+447700900123\",\"to\":\"clinic\","
	    "\"body\":\"4\",\"at\":\"2026-03-02T08:59:00+01:00\"}");
	drop(spool, ".3.json", "{\"id\":\"R3\", half a fi");
	drop(spool, "4.json.tmp", "{\"id\":\"R4\", half a fi");
	assert_polled(spool, &spool->sms, true,
	    "R1 +447700900123: 4 (2026-03-02T07:59:00Z)\n"
	    "R2 +447700900123: DONE (2026-03-02T09:00:00Z)\n"
	    "end\n");
	assert_true(file_is(spool->path, "inbox/done/1.json"));
	assert_true(file_is(spool->path, "inbox/done/2.json"));
	assert_true(file_is(spool->path, "inbox/.3.json"));
	assert_polled(spool, &spool->sms, true, "end\n");
}

/* Killed between the row and the move: found again under the same id. */
static void
a_reply_that_was_not_moved_is_found_again_as_the_same(void **state)
{
	struct spool *spool = *state;
	char *first, *second;

	drop(spool, "a.json", "{\"from\":\"+447700900123\",\"body\":\"7\"}");
	first = poll_one(spool, &spool->sms, false);
	assert_true(file_is(spool->path, "inbox/a.json"));
	second = poll_one(spool, &spool->sms, true);
	assert_string_equal(first, second);
	assert_int_equal(strncmp(first, "a.json@", 7), 0);
	free(first);
	free(second);
}

static void
a_name_used_again_without_an_id_is_another_reply(void **state)
{
	struct spool *spool = *state;
	char *first, *second;

	drop(spool, "a.json", "{\"from\":\"+447700900123\",\"body\":\"7\"}");
	first = poll_one(spool, &spool->sms, true);
	drop(spool, "a.json", "{\"from\":\"+447700900123\",\"body\":\"7\"}");
	second = poll_one(spool, &spool->sms, true);
	assert_string_not_equal(first, second);
	assert_true(file_is(spool->path, "inbox/done/a.json"));
	assert_true(file_is(spool->path, "inbox/done/a.json.2"));
	free(first);
	free(second);
}

static void
what_cant_be_read_is_set_aside_and_told(void **state)
{
	static const struct {
		const char *bytes, *reason;
	} cases[] = {
		{ "pain is 7 today", "it is not JSON" },
		{ "", "it is not JSON" },
		{ "[1]", "it is not a JSON object" },
		{ "{\"from\":\"+447700900123\"}", "it has no body" },
		{ "{\"from\":\"+447700900123\",\"body\":7}", "it has no body" },
		{ "{\"body\":\"7\"}", "it has no sender that can be read" },
		{ "{\"from\":\"a\\nb\",\"body\":\"7\"}",
		    "it has no sender that can be read" },
		{ "{\"id\":[],\"from\":\"+447700900123\",\"body\":\"7\"}",
		    "its id can't be read" },
	};
	struct spool *spool = *state;
	char *expected;
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		drop(spool, "x.json", cases[i].bytes);
		expected = xasprintf("spoilt inbox/bad/x.json can't be read as "
				     "a reply: %s\nend\n",
		    cases[i].reason);
		assert_polled(spool, &spool->sms, true, expected);
		free(expected);
		assert_false(file_is(spool->path, "inbox/x.json"));
	}
	assert_true(file_is(spool->path, "inbox/bad/x.json"));
	assert_true(file_is(spool->path, "inbox/bad/x.json.8"));
}

/* None of these may stop the tick, or be followed elsewhere. */
static void
what_is_no_plain_small_file_is_set_aside(void **state)
{
	struct spool *spool = *state;
	char *big = xcalloc(1, 70000), *inbox;

	memset(big, ' ', 69999);
	drop(spool, "big.json", big);
	inbox = xasprintf("%s/inbox", spool->path);
	assert_int_equal(chdir(inbox), 0);
	assert_int_equal(mkdir("dir.json", 0700), 0);
	assert_int_equal(symlink("/etc/passwd", "link.json"), 0);
	assert_int_equal(mkfifo("pipe.json", 0600), 0);
	assert_int_equal(chdir("/"), 0);
	assert_polled(spool, &spool->sms, true,
	    "spoilt inbox/bad/big.json can't be read as a reply: it is larger "
	    "than 64 KiB\n"
	    "spoilt inbox/bad/dir.json can't be read as a reply: it is not a "
	    "plain file\n"
	    "spoilt inbox/bad/link.json can't be read as a reply: it is a "
	    "link\n"
	    "spoilt inbox/bad/pipe.json can't be read as a reply: it is not a "
	    "plain file\n"
	    "end\n");
	assert_polled(spool, &spool->sms, true, "end\n");
	free(inbox);
	free(big);
}

static void
two_gateways_share_an_inbox(void **state)
{
	struct spool *spool = *state;

	drop(spool, "m.json",
	    "{\"id\":7,\"from\":\"jane@x.example\",\"body\":\"hi\"}");
	drop(spool, "s.json",
	    "{\"id\":\"S\",\"from\":\"+447700900123\",\"body\":\"3\","
	    "\"at\":\"yesterday\"}");
	/* Whichever asks first takes both; nothing is left for the other. */
	assert_polled(spool, &spool->sms, true,
	    "7 jane@x.example: hi (2026-03-02T09:00:00Z)\n"
	    "S +447700900123: 3 (2026-03-02T09:00:00Z)\nend\n");
	assert_polled(spool, &spool->email, true, "end\n");
}

static void
its_settings_are_checked(void **state)
{
	struct gateway none = gateway_with(&driver_spool_sms, NULL);
	struct gateway bad = gateway_with(
	    &driver_spool_email, "path", "/x", "from", "not an address", NULL);
	struct spool *spool = *state;
	struct why why;

	assert_int_equal(gateway_check(&none, &why), STATUS_CONFIG);
	assert_non_null(strstr(why.text, "needs the setting path"));
	assert_int_equal(gateway_check(&bad, &why), STATUS_CONFIG);
	assert_int_equal(gateway_check(&spool->sms, &why), STATUS_OK);
	assert_int_equal(gateway_check(&spool->email, &why), STATUS_OK);
	gateway_free(&none);
	gateway_free(&bad);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_sms_becomes_a_file_of_the_contracts_members),
		TEST(an_email_becomes_a_message_with_our_key_as_its_id),
		TEST(a_hostile_address_is_refused_and_writes_nothing),
		TEST(asked_it_says_whether_the_file_is_there),
		TEST(half_a_file_of_a_killed_tick_is_no_message),
		TEST(a_folder_that_cant_be_made_is_a_matter_of_configuration),
		TEST(an_empty_inbox_makes_itself),
		TEST(replies_come_once_in_the_order_of_their_names),
		TEST(a_reply_that_was_not_moved_is_found_again_as_the_same),
		TEST(a_name_used_again_without_an_id_is_another_reply),
		TEST(what_cant_be_read_is_set_aside_and_told),
		TEST(what_is_no_plain_small_file_is_set_aside),
		TEST(two_gateways_share_an_inbox),
		TEST(its_settings_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
