/* SMTP: a message to an envelope and bytes, a server's reply to an outcome. */
#include "desk.h"

#define NOW ((int64_t)1772442000)

static const struct post_message letter = {
	.key = "K0000000000000B2",
	.to = "jane@patients.example",
	.to_name = "Jane",
	.subject = "Your exercise check-in",
	.body = "Hello Jane\n",
	.at = NOW,
};

static struct gateway
gateway_at(const char *url, const char *tls)
{
	return gateway_with(&driver_smtp, "url", url, "from",
	    "Riverside <care@clinic.example>", "user", "care", "password",
	    "secret", "tls", tls, NULL);
}

static void
a_message_becomes_an_envelope_and_a_mail(void **state)
{
	struct gateway gateway = gateway_at("smtp://127.0.0.1:25", NULL);
	struct post_request request = { 0 };
	struct why why;

	(void)state;
	assert_int_equal(
	    driver_smtp.request(&gateway, &letter, &request, &why), STATUS_OK);
	assert_null(request.method);
	assert_string_equal(request.url, "smtp://127.0.0.1:25/clinic.example");
	assert_string_equal(request.mail_from, "care@clinic.example");
	assert_string_equal(request.rcpt, "jane@patients.example");
	assert_string_equal(request.user, "care");
	assert_string_equal(request.password, "secret");
	assert_false(request.tls_required);
	assert_non_null(strstr(buffer_text(&request.body),
	    "<K0000000000000B2@clinic.example>\r\n"));
	post_request_free(&request);
	gateway_free(&gateway);
}

static void
only_this_machine_is_spoken_to_in_the_clear(void **state)
{
	static const struct {
		const char *url, *tls;
		bool starttls;
		const char *called;
	} cases[] = {
		{ "smtp://mail.example:587", NULL, true,
		    "smtp://mail.example:587/clinic.example" },
		{ "smtp://mail.example:587/me.example", NULL, true,
		    "smtp://mail.example:587/me.example" },
		{ "smtp://mail.example", "false", false,
		    "smtp://mail.example/clinic.example" },
		{ "smtps://mail.example/", NULL, false,
		    "smtps://mail.example/clinic.example" },
		{ "smtp://localhost", "true", true,
		    "smtp://localhost/clinic.example" },
		{ "smtp://localhost", NULL, false,
		    "smtp://localhost/clinic.example" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct gateway gateway = gateway_at(cases[i].url, cases[i].tls);
		struct post_request request = { 0 };

		assert_int_equal(
		    driver_smtp.request(&gateway, &letter, &request, NULL),
		    STATUS_OK);
		assert_string_equal(request.url, cases[i].called);
		assert_int_equal(request.tls_required, cases[i].starttls);
		post_request_free(&request);
		gateway_free(&gateway);
	}
}

static void
a_hostile_address_or_header_writes_no_request(void **state)
{
	static const struct {
		struct post_message message;
		enum status status;
	} cases[] = {
		{ { .to = "jane@x.example>\r\nRCPT TO:<all@x.example" },
		    STATUS_BAD_DATA },
		{ { .to = "<jane@x.example>" }, STATUS_BAD_DATA },
		{ { .to = "jane@x.example NOTIFY=NEVER" }, STATUS_BAD_DATA },
		{ { .to = "j@x.example", .subject = "Hi\r\nBcc: a@b.example" },
		    STATUS_USAGE },
		{ { .to = "j@x.example", .to_name = "J\nBcc: a@b.example" },
		    STATUS_USAGE },
		{ { .to = "j@x.example", .in_reply_to = "a@b>\r\nX: y" },
		    STATUS_USAGE },
		{ { .to = "j@x.example", .reply_to = "a@b.example\r\nX: y" },
		    STATUS_USAGE },
	};
	struct gateway gateway = gateway_at("smtp://127.0.0.1", NULL);
	struct why why;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct post_message message = cases[i].message;
		struct post_request request = { 0 };

		message.key = letter.key;
		message.body = "Hi";
		if (message.subject == NULL)
			message.subject = "Hi";
		if (driver_smtp.request(&gateway, &message, &request, &why) !=
		    cases[i].status)
			fail_msg("row %zu is not refused so", i);
		assert_null(request.rcpt);
		post_request_free(&request);
	}
	gateway_free(&gateway);
}

static void
each_reply_has_its_outcome(void **state)
{
	static const struct {
		const char *step;
		bool body_sent;
		const char *reply;
		enum post_class class;
		const char *code;
	} cases[] = {
		{ "DATA", true, "250 2.0.0 Ok: queued as 4X", POST_ACCEPTED,
		    "" },
		{ "", false, "421 4.3.2 Not now", POST_THROTTLED, "4.3.2" },
		{ "", false, "554 No service for you", POST_CONFIG, "554" },
		{ "AUTH", false, "535 5.7.8 Error", POST_CONFIG, "5.7.8" },
		{ "AUTH", false, "454 4.7.0 Temporary", POST_THROTTLED,
		    "4.7.0" },
		{ "MAIL", false, "550 5.7.30 Basic authentication is not",
		    POST_CONFIG, "5.7.30" },
		{ "MAIL", false, "530 Must issue STARTTLS", POST_CONFIG,
		    "530" },
		{ "RCPT", false, "450 4.2.0 Greylisted", POST_LATER, "4.2.0" },
		{ "RCPT", false, "452 4.2.2 Full", POST_LATER, "4.2.2" },
		{ "RCPT", false, "550 5.1.1 <jane@x.example> unknown",
		    POST_BAD_ADDRESS, "5.1.1" },
		{ "RCPT", false, "550 No such user", POST_BAD_ADDRESS, "550" },
		{ "RCPT", false, "553 sorry", POST_BAD_ADDRESS, "553" },
		{ "RCPT", false, "552 5.2.2 Mailbox full", POST_LATER,
		    "5.2.2" },
		{ "RCPT", false, "552 5.3.4 Too large", POST_REFUSED, "5.3.4" },
		{ "RCPT", false, "554 5.7.1 Blocked by policy", POST_REFUSED,
		    "5.7.1" },
		{ "RCPT", false, "554 5.7.1 <j@x>: Relay access denied",
		    POST_CONFIG, "5.7.1" },
		{ "DATA", false, "554 no valid recipients", POST_REFUSED,
		    "554" },
		{ "DATA", true, "451 4.7.1 Later", POST_LATER, "4.7.1" },
		{ "DATA", true, "554 5.7.1 Spam", POST_REFUSED, "5.7.1" },
		{ "DATA", true, "552 5.3.4 Too large", POST_REFUSED, "5.3.4" },
		{ "DATA", true, "550 5.1.1 Unknown", POST_BAD_ADDRESS,
		    "5.1.1" },
	};
	struct gateway gateway = gateway_at("smtp://127.0.0.1", NULL);
	struct post_outcome outcome;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct post_answer answer = { .transport_ok = true,
			.body_sent = cases[i].body_sent,
			.code = strtol(cases[i].reply, NULL, 10),
			.step = cases[i].step,
			.text = cases[i].reply,
			.len = strlen(cases[i].reply) };

		outcome = (struct post_outcome){ 0 };
		driver_smtp.outcome(&gateway, &letter, &answer, &outcome);
		if (outcome.class != cases[i].class)
			fail_msg("%s %s ==> %s", cases[i].step, cases[i].reply,
			    post_class_names[outcome.class]);
		assert_string_equal(outcome.code, cases[i].code);
		assert_string_equal(
		    outcome.provider_id, outcome.class == POST_ACCEPTED
					     ? "K0000000000000B2@clinic.example"
					     : "");
		/* The server's words may name the patient. */
		assert_null(strstr(outcome.reason, "jane"));
	}
	gateway_free(&gateway);
}

static void
lost_after_the_dot_is_in_doubt_and_before_it_is_not(void **state)
{
	struct post_answer answer = { .code = 354,
		.step = "DATA",
		.text = "354 Go on",
		.len = 9,
		.transport_error = "Timeout" };
	struct post_outcome outcome = { 0 };

	(void)state;
	driver_smtp.outcome(NULL, &letter, &answer, &outcome);
	assert_int_equal(outcome.class, POST_NOT_SENT);
	answer.body_sent = true;
	driver_smtp.outcome(NULL, &letter, &answer, &outcome);
	assert_int_equal(outcome.class, POST_AMBIGUOUS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_becomes_an_envelope_and_a_mail),
		cmocka_unit_test(only_this_machine_is_spoken_to_in_the_clear),
		cmocka_unit_test(a_hostile_address_or_header_writes_no_request),
		cmocka_unit_test(each_reply_has_its_outcome),
		cmocka_unit_test(
		    lost_after_the_dot_is_in_doubt_and_before_it_is_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
