/* Mailgun: a mail as a whole to exact bytes, outcomes, and its events. */
#include "api_desk.h"

#include "post/mail.h"

#define EVENTS "https://api.mailgun.net/v3/mg.clinic.example/events"

static struct gateway
clinic(void)
{
	return gateway_with(&driver_mailgun, "domain", "mg.clinic.example",
	    "api_key", "key-1", "from", "Riverside <care@clinic.example>",
	    NULL);
}

#define LINE "------keepmoving-" KEY

static void
a_mail_goes_as_a_whole(void **state)
{
	struct gateway gateway = clinic();
	struct post_request request = { 0 };
	struct buffer mail = { 0 };
	struct why why;
	char *expected;

	(void)state;
	assert_int_equal(
	    mail_build(&letter, "Riverside <care@clinic.example>", &mail, &why),
	    STATUS_OK);
	expected = xasprintf(LINE
	    "\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\n"
	    "jane@patients.example\r\n" LINE
	    "\r\nContent-Disposition: form-data; name=\"v:key\"\r\n\r\n" KEY
	    "\r\n" LINE
	    "\r\nContent-Disposition: form-data; name=\"o:tracking\"\r\n\r\n"
	    "no\r\n" LINE
	    "\r\nContent-Disposition: form-data; name=\"message\"; "
	    "filename=\"message.eml\"\r\nContent-Type: message/rfc822\r\n\r\n"
	    "%s\r\n" LINE "--\r\n",
	    buffer_text(&mail));
	assert_request(&gateway, &letter,
	    "https://api.mailgun.net/v3/mg.clinic.example/messages.mime",
	    "Content-Type: multipart/form-data; boundary=----keepmoving-" KEY
	    "\n",
	    expected);
	free(expected);
	buffer_free(&mail);
	assert_int_equal(
	    driver_mailgun.request(&gateway, &letter, &request, NULL),
	    STATUS_OK);
	assert_string_equal(request.user, "api");
	assert_string_equal(request.password, "key-1");
	post_request_free(&request);
	assert_mail_is_guarded(&gateway);
	gateway_free(&gateway);
}

static void
each_answer_has_its_outcome(void **state)
{
	static const struct answer_case cases[] = {
		{ 200, "{\"id\":\"<k@mg.x>\",\"message\":\"Queued.\"}",
		    POST_ACCEPTED, "", "k@mg.x" },
		{ 200, "{\"id\":\"k\"}", POST_ACCEPTED, "", "k" },
		{ 200, "{\"message\":\"Queued.\"}", POST_AMBIGUOUS, "", "" },
		{ 200, "Mailgun Magnificent API", POST_CONFIG, "", "" },
		{ 200, "", POST_AMBIGUOUS, "", "" },
		{ 400, "{\"message\":\"to parameter is not a valid address\"}",
		    POST_BAD_ADDRESS, "to", "" },
		{ 400, "{\"message\":\"from parameter is missing\"}",
		    POST_CONFIG, "from", "" },
		{ 400, "{\"message\":\"jane@x\"}", POST_REFUSED, "400", "" },
		{ 401, "Forbidden", POST_CONFIG, "401", "" },
		{ 402, "", POST_CONFIG, "402", "" },
		{ 404, "{\"message\":\"Domain not found\"}", POST_CONFIG, "404",
		    "" },
		{ 429, "", POST_THROTTLED, "429", "" },
		{ 500, "", POST_AMBIGUOUS, "", "" },
	};
	struct gateway gateway = clinic();

	(void)state;
	ASSERT_OUTCOMES(&gateway, &letter, cases);
	gateway_free(&gateway);
}

#define EVENT(name, more)                                          \
	"{\"event\":\"" name "\",\"timestamp\":1772442001.5," more \
	"\"message\":{\"headers\":{\"message-id\":\"k1@clinic.example\"}}}"
#define OURS "\"user-variables\":{\"key\":\"" KEY "\"},"
#define PAGE(items) \
	"{\"items\":[" items "],\"paging\":{\"next\":\"" EVENTS "/abc==\"}}"

static void
one_in_doubt_is_known_by_our_key(void **state)
{
	struct gateway gateway = clinic();
	struct post_message message = letter;
	struct post_request request = { 0 };
	struct listing listing;

	(void)state;
	assert_int_equal(
	    driver_mailgun.ask_request(&gateway, &letter, NOW, &request, NULL),
	    STATUS_OK);
	assert_string_equal(request.url,
	    EVENTS "?begin=1772438400&ascending=yes&limit=100&recipient="
		   "jane%40patients.example");
	post_request_free(&request);
	listing_begin(&listing, &gateway, true);
	message.at = NOW + 1800;
	assert_int_equal(
	    ask_page(&listing, &message, 200, PAGE(EVENT("accepted", ""))),
	    STATUS_OK);
	assert_string_equal(listing.found.next, EVENTS "/abc==");
	assert_int_equal(
	    ask_page(&listing, &message, 200, PAGE("")), STATUS_OK);
	assert_int_equal(listing.found.candidates_len, 0);
	assert_int_equal(
	    ask_page(&listing, &message, 200, PAGE(EVENT("accepted", OURS))),
	    STATUS_OK);
	assert_int_equal(listing.found.candidates_len, 1);
	assert_string_equal(
	    listing.found.candidates[0].provider_id, "k1@clinic.example");
	/* Events show late. */
	message.at = NOW + 1799;
	assert_int_equal(
	    ask_page(&listing, &message, 200, PAGE("")), STATUS_UNAVAILABLE);
	listing_end(&listing);
	gateway_free(&gateway);
}

static void
each_event_has_its_outcome(void **state)
{
	static const struct {
		const char *event;
		enum post_class class;
	} cases[] = {
		{ EVENT("accepted", ""), POST_ACCEPTED },
		{ EVENT("delivered", ""), POST_DELIVERED },
		{ EVENT("rejected", ""), POST_UNDELIVERED },
		{ EVENT("failed", "\"severity\":\"temporary\","),
		    POST_ACCEPTED },
		{ EVENT("failed", "\"severity\":\"permanent\","),
		    POST_UNDELIVERED },
		{ EVENT("failed",
		      "\"severity\":\"permanent\",\"reason\":\"bounce\","),
		    POST_BAD_ADDRESS },
		{ EVENT("failed", "\"severity\":\"permanent\",\"reason\":"
				  "\"suppress-unsubscribe\","),
		    POST_OPTED_OUT },
		{ EVENT("complained", ""), POST_OPTED_OUT },
		{ EVENT("opened", ""), POST__MAX },
		{ "{\"event\":\"delivered\"}", POST__MAX },
	};
	struct gateway gateway = clinic();
	struct listing listing;
	size_t i;

	(void)state;
	assert_polls(&gateway, 0,
	    EVENTS "?begin=1772438400&ascending=yes&limit=100&event=delivered"
		   "%20OR%20failed%20OR%20rejected%20OR%20complained%20OR%20"
		   "unsubscribed");
	assert_polls(&gateway, 1, NULL);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *page =
		    xasprintf("{\"items\":[%s],\"paging\":{}}", cases[i].event);

		listing_begin(&listing, &gateway, false);
		assert_int_equal(poll_page(&listing, 200, page), STATUS_OK);
		if (cases[i].class != POST__MAX)
			assert_next_receipt(
			    &listing, "k1@clinic.example", cases[i].class);
		assert_no_more(&listing);
		assert_null(listing.found.next);
		listing_end(&listing);
		free(page);
	}
	gateway_free(&gateway);
}

static void
settings_are_checked(void **state)
{
	(void)state;
	assert_checked(clinic(), NULL);
	assert_checked(gateway_with(&driver_mailgun, "domain", "mg/..",
			   "api_key", "k", "from", "a@b.example", NULL),
	    "domain is not one");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mail_goes_as_a_whole),
		cmocka_unit_test(each_answer_has_its_outcome),
		cmocka_unit_test(one_in_doubt_is_known_by_our_key),
		cmocka_unit_test(each_event_has_its_outcome),
		cmocka_unit_test(settings_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
