/* Kannel: a message to the bytes of a sendsms, answers to outcomes. */
#include "desk.h"

#define URL "http://127.0.0.1:13013/cgi-bin/sendsms"
#define NOW ((int64_t)1772442000)

static const struct post_message question = {
	.key = "K0000000000000A1",
	.to = "+447700900123",
	.body = "Pain? 0-10 & caf\xc3\xa9",
	.at = NOW,
	.expires_at = NOW + 7250,
};

static void
assert_sendsms(const char *url, const char *dlr_url, const char *body,
    const char *expected)
{
	struct gateway gateway =
	    gateway_with(&driver_kannel, "url", url, "user", "tester",
		"password", "f&o", "from", "13013", "dlr_url", dlr_url, NULL);
	struct post_message message = question;
	struct post_request request = { 0 };
	struct why why;

	message.body = body;
	assert_int_equal(
	    driver_kannel.request(&gateway, &message, &request, &why),
	    STATUS_OK);
	assert_string_equal(request.method, "GET");
	assert_string_equal(request.url, expected);
	assert_int_equal(request.body.len, 0);
	/* Nobody can be asked, so no kept connection may leave a doubt. */
	assert_true(request.fresh);
	post_request_free(&request);
	gateway_free(&gateway);
}

#define CALL                                                           \
	URL "?username=tester&password=f%26o&from=13013&to=%2B4477009" \
	    "00123"

static void
a_plain_text_goes_as_utf8_in_seven_bits(void **state)
{
	(void)state;
	assert_sendsms(URL, NULL, "Pain? 0-10 & caf\xc3\xa9",
	    CALL "&charset=UTF-8&coding=0&text=Pain%3F%200-10%20%26%20caf%C3%"
		 "A9&validity=120");
}

static void
any_other_text_goes_as_ucs2(void **state)
{
	(void)state;
	/* "Qué" with an e that GSM-7 has, a curly quote that it lacks, and a
	 * face beyond 16 bits. */
	assert_sendsms(URL, NULL, "Q\xe2\x80\x99\xf0\x9f\x99\x82",
	    CALL "&charset=UTF-16BE&coding=2&text=%00Q%20%19%D8%3D%DEB"
		 "&validity=120");
}

static void
a_report_is_called_for_under_our_key(void **state)
{
	(void)state;
	assert_sendsms("http://127.0.0.1:13013/", "https://c.example/dlr", "Hi",
	    CALL "&charset=UTF-8&coding=0&text=Hi&validity=120&dlr-mask=19"
		 "&dlr-url=https%3A%2F%2Fc.example%2Fdlr%3Fid%3D"
		 "K0000000000000A1%26status%3D%25d%26answer%3D%25A");
	assert_sendsms("http://127.0.0.1:13013", "https://c.example/dlr?k=1",
	    "Hi",
	    CALL "&charset=UTF-8&coding=0&text=Hi&validity=120&dlr-mask=19"
		 "&dlr-url=https%3A%2F%2Fc.example%2Fdlr%3Fk%3D1%26id%3D"
		 "K0000000000000A1%26status%3D%25d%26answer%3D%25A");
}

static void
several_receivers_in_one_address_are_refused(void **state)
{
	struct gateway gateway = gateway_with(
	    &driver_kannel, "url", URL, "user", "u", "password", "p", NULL);
	struct post_message message = question;
	struct post_request request = { 0 };
	struct why why;

	(void)state;
	message.to = "+447700900123 +447700900124";
	assert_int_equal(
	    driver_kannel.request(&gateway, &message, &request, &why),
	    STATUS_BAD_DATA);
	assert_null(request.url);
	gateway_free(&gateway);
}

static void
each_answer_has_its_outcome(void **state)
{
	static const struct {
		long status;
		const char *text;
		enum post_class class;
	} cases[] = {
		{ 202, "0: Accepted for delivery", POST_ACCEPTED },
		{ 202, "3: Queued for later delivery", POST_ACCEPTED },
		{ 202, "", POST_AMBIGUOUS },
		{ 202, "<html>", POST_AMBIGUOUS },
		{ 200, "0: Accepted for delivery", POST_AMBIGUOUS },
		{ 200, "It works!", POST_AMBIGUOUS },
		{ 302, "", POST_CONFIG },
		{ 400, "Empty text", POST_REFUSED },
		{ 401, "", POST_CONFIG },
		{ 403, "Authorization failed for sendsms", POST_CONFIG },
		{ 403, "Not routable. Do not try again.", POST_REFUSED },
		{ 404, "Unknown request.", POST_CONFIG },
		{ 429, "", POST_THROTTLED },
		{ 500, "", POST_AMBIGUOUS },
		{ 502, "", POST_AMBIGUOUS },
		{ 503, "Temporal failure, try again later.", POST_THROTTLED },
		{ 503, "", POST_AMBIGUOUS },
	};
	struct post_outcome outcome;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct post_answer answer = { .transport_ok = true,
			.body_sent = true,
			.code = cases[i].status,
			.text = cases[i].text,
			.len = strlen(cases[i].text) };

		outcome = (struct post_outcome){ 0 };
		driver_kannel.outcome(NULL, &question, &answer, &outcome);
		if (outcome.class != cases[i].class)
			fail_msg("%ld %s ==> %s", cases[i].status,
			    cases[i].text, post_class_names[outcome.class]);
		assert_string_equal(outcome.provider_id,
		    outcome.class == POST_ACCEPTED ? question.key : "");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_text_goes_as_utf8_in_seven_bits),
		cmocka_unit_test(any_other_text_goes_as_ucs2),
		cmocka_unit_test(a_report_is_called_for_under_our_key),
		cmocka_unit_test(several_receivers_in_one_address_are_refused),
		cmocka_unit_test(each_answer_has_its_outcome),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
