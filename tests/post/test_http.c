/* Any API: what the configuration says becomes exact bytes and outcomes. */
#include "api_desk.h"

#include "post/http.h"

#define URL "https://sms.example/v1/send"

static struct gateway
json_api(void)
{
	return gateway_with(&driver_http, "url", URL, "body",
	    "{\"to\":\"{{to}}\",\"n\":\"{{to_no_plus}}\",\"from\":"
	    "\"{{from}}\",\"text\":\"{{text}}\",\"ref\":\"{{id}}\"}",
	    "from", "Riverside \"R\"", "authorization", "Bearer tok", "headers",
	    "X-Ref: {{id}} | X-Key: {{secret}}", "secret", "s&x", "id_pointer",
	    "/messages/0/id", "error_pointer", "/error/code", "throttled",
	    "busy slow", "opted_out", "stop", "bad_address", "nonumber,17",
	    "refused", "spam", "account", "nomoney", NULL);
}

static void
a_body_of_json_is_filled(void **state)
{
	struct gateway gateway = json_api();

	(void)state;
	assert_request(&gateway, &question, URL,
	    "Content-Type: application/json; charset=utf-8\n"
	    "X-Ref: " KEY "\nX-Key: s&x\nAuthorization: Bearer tok\n",
	    "{\"to\":\"+447700900123\",\"n\":\"447700900123\",\"from\":"
	    "\"Riverside \\\"R\\\"\",\"text\":" QUESTION_JSON ",\"ref\":\"" KEY
	    "\"}");
	assert_sms_is_guarded(&gateway);
	gateway_free(&gateway);
}

static void
a_form_and_a_url_are_percent_encoded(void **state)
{
	struct gateway gateway = gateway_with(&driver_http, "url",
	    URL "?key={{secret}}", "secret", "s&x=#", "content_type", "form",
	    "body", "to={{to}}&text={{text}}", NULL);

	(void)state;
	assert_request(&gateway, &question, URL "?key=s%26x%3D%23",
	    "Content-Type: application/x-www-form-urlencoded; charset=utf-8\n",
	    "to=%2B447700900123&text=" QUESTION_FORM);
	gateway_free(&gateway);
}

static void
xml_is_escaped(void **state)
{
	struct gateway gateway = gateway_with(&driver_http, "url", URL,
	    "content_type", "xml", "body", "<m to='{{to}}'>{{text}}</m>", NULL);
	struct post_message message = question;

	(void)state;
	message.body = "<b> & \"'\n\x01]]>";
	assert_request(&gateway, &message, URL,
	    "Content-Type: application/xml; charset=utf-8\n",
	    "<m to='+447700900123'>&lt;b&gt; &amp; "
	    "&quot;&apos;&#10;]]&gt;</m>");
	gateway_free(&gateway);
}

static void
a_get_has_all_in_its_url(void **state)
{
	struct gateway gateway = gateway_with(&driver_http, "url",
	    URL "?to={{to_no_plus}}&text={{text}}", "method", "GET", "user",
	    "u", "password", "p", NULL);
	struct post_request request = { 0 };

	(void)state;
	assert_checked(gateway_with(&driver_http, "url",
			   URL "?to={{to_no_plus}}", "method", "GET", NULL),
	    NULL);
	assert_int_equal(
	    driver_http.request(&gateway, &question, &request, NULL),
	    STATUS_OK);
	assert_string_equal(request.method, "GET");
	assert_string_equal(
	    request.url, URL "?to=447700900123&text=" QUESTION_FORM);
	assert_int_equal(request.headers_len, 0);
	assert_int_equal(request.body.len, 0);
	assert_string_equal(request.user, "u");
	assert_true(request.fresh);
	post_request_free(&request);
	gateway_free(&gateway);
}

/* What is filled in is never looked at for places again. */
static void
a_text_is_not_a_template(void **state)
{
	struct gateway gateway = gateway_with(&driver_http, "url", URL, "body",
	    "[\"{{text}}\"]", "secret", "s", NULL);
	struct post_message message = question;

	(void)state;
	message.body = "{{secret}} {{";
	assert_request(&gateway, &message, URL,
	    "Content-Type: application/json; charset=utf-8\n",
	    "[\"{{secret}} {{\"]");
	gateway_free(&gateway);
}

#define CODE(c) "{\"error\":{\"code\":\"" c "\",\"to\":\"+447700900123\"}}"

static void
each_answer_has_its_outcome(void **state)
{
	static const struct answer_case cases[] = {
		{ 200, "{\"messages\":[{\"id\":\"m1\"}]}", POST_ACCEPTED, "",
		    "m1" },
		{ 202, "{\"messages\":[{\"id\":77}]}", POST_ACCEPTED, "",
		    "77" },
		{ 200, "{\"messages\":[]}", POST_AMBIGUOUS, "", "" },
		{ 200, "OK", POST_AMBIGUOUS, "", "" },
		{ 400, CODE("slow"), POST_THROTTLED, "slow", "" },
		{ 400, CODE("stop"), POST_OPTED_OUT, "stop", "" },
		{ 400, CODE("nonumber"), POST_BAD_ADDRESS, "nonumber", "" },
		{ 422, "{\"error\":{\"code\":17}}", POST_BAD_ADDRESS, "17",
		    "" },
		{ 400, CODE("spam"), POST_REFUSED, "spam", "" },
		{ 400, CODE("nomoney"), POST_CONFIG, "nomoney", "" },
		{ 500, CODE("busy"), POST_THROTTLED, "busy", "" },
		{ 400, CODE("no"), POST_REFUSED, "no", "" },
		{ 401, CODE("no"), POST_CONFIG, "no", "" },
		{ 429, CODE("stop"), POST_THROTTLED, "stop", "" },
		{ 404, "", POST_CONFIG, "404", "" },
		{ 500, "", POST_AMBIGUOUS, "", "" },
		{ 302, "", POST_CONFIG, "302", "" },
	};
	struct gateway gateway = json_api();

	(void)state;
	ASSERT_OUTCOMES(&gateway, &question, cases);
	gateway_free(&gateway);
}

static void
success_is_what_the_settings_say(void **state)
{
	static const struct answer_case cases[] = {
		{ 200, "{\"status\":0,\"text\":\"queued\"}", POST_ACCEPTED, "",
		    KEY },
		{ 200, "{\"status\":1,\"text\":\"queued\"}", POST_AMBIGUOUS, "",
		    "" },
		{ 200, "{\"status\":0,\"text\":\"no\"}", POST_AMBIGUOUS, "",
		    "" },
		{ 201, "{\"status\":0,\"text\":\"queued\"}", POST_AMBIGUOUS, "",
		    "" },
		{ 200, "queued", POST_AMBIGUOUS, "", "" },
	};
	struct gateway gateway = gateway_with(&driver_http, "url", URL, "body",
	    "{}", "ok_status", "200 202", "ok_pointer", "/status", "ok_value",
	    "0", "ok_text", "queued", NULL);

	(void)state;
	ASSERT_OUTCOMES(&gateway, &question, cases);
	gateway_free(&gateway);
}

static void
pointers_are_those_of_rfc_6901(void **state)
{
	static const struct {
		const char *pointer;
		int value; /* -1 for none */
	} cases[] = {
		{ "/foo/0", 1 },
		{ "/foo/1", 2 },
		{ "/foo/2", -1 },
		{ "/foo/-", -1 },
		{ "/foo/x", -1 },
		{ "/a~1b", 3 },
		{ "/m~0n", 4 },
		{ "/", 5 },
		{ "/foo/0/x", -1 },
		{ "/nothing", -1 },
		{ "foo", -1 },
	};
	static const char text[] = "{\"foo\":[1,2],\"a/b\":3,\"m~n\":4,\"\":5}";
	json_t *root = NULL;
	size_t i;

	(void)state;
	assert_int_equal(json_read(text, strlen(text), &root, NULL), STATUS_OK);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const json_t *value = http_pointer(root, cases[i].pointer);

		if (cases[i].value < 0)
			assert_null(value);
		else
			assert_int_equal(
			    json_integer_value(value), cases[i].value);
	}
	json_decref(root);
}

static void
settings_are_checked(void **state)
{
	static const struct {
		const char *set[8];
		const char *says;
	} cases[] = {
		{ { "url", URL, "body", "{}" }, NULL },
		{ { "base_url", URL, "body", "{}" }, NULL },
		{ { "body", "{}" }, "needs the setting url" },
		{ { "url", URL }, "needs the setting body" },
		{ { "url", URL, "method", "GET", "body", "{}" },
		    "a GET has no body" },
		{ { "url", URL, "method", "PUT", "body", "{}" },
		    "method is POST or GET" },
		{ { "url", URL, "body", "{}", "content_type", "yaml" },
		    "content_type is" },
		{ { "url", URL, "body", "{{too}}" }, "{{too}}" },
		{ { "url", URL, "body", "{{from}}" }, "{{from}}" },
		{ { "url", URL, "body", "{{to" }, "without" },
		{ { "url", "https://{{id}}.example/", "body", "{}" },
		    "must not depend on the message" },
		{ { "url", "http://sms.example/", "body", "{}" },
		    "must be https" },
		{ { "url", "sms.example", "body", "{}" }, "url is not a URL" },
		{ { "url", URL, "body", "{}", "headers", "nonsense" },
		    "headers is not as" },
		{ { "url", URL, "body", "{}", "id_pointer", "id" },
		    "no JSON pointer" },
		{ { "url", URL, "body", "{}", "ok_value", "0" },
		    "come together" },
		{ { "url", URL, "body", "{}", "user", "u" }, "come together" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *const *set = cases[i].set;

		assert_checked(
		    gateway_with(&driver_http, set[0], set[1], set[2], set[3],
			set[4], set[5], set[6], set[7], NULL),
		    cases[i].says);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_body_of_json_is_filled),
		cmocka_unit_test(a_form_and_a_url_are_percent_encoded),
		cmocka_unit_test(xml_is_escaped),
		cmocka_unit_test(a_get_has_all_in_its_url),
		cmocka_unit_test(a_text_is_not_a_template),
		cmocka_unit_test(each_answer_has_its_outcome),
		cmocka_unit_test(success_is_what_the_settings_say),
		cmocka_unit_test(pointers_are_those_of_rfc_6901),
		cmocka_unit_test(settings_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
