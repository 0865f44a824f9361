/* SendGrid: a mail to exact bytes, answers to outcomes. */
#include "api_desk.h"

static struct gateway
clinic(void)
{
	return gateway_with(&driver_sendgrid, "api_key", "SG.k", "from",
	    "\"Riverside\" <care@clinic.example>", NULL);
}

#define HEADERS                        \
	"Authorization: Bearer SG.k\n" \
	"Accept: application/json\n"   \
	"Content-Type: application/json\n"
#define TRACKING                                                          \
	"\"tracking_settings\":{\"click_tracking\":{\"enable\":false},"   \
	"\"open_tracking\":{\"enable\":false},\"subscription_tracking\":" \
	"{\"enable\":false}}"

static void
a_mail_becomes_json(void **state)
{
	struct gateway gateway = clinic();
	struct post_message bare = { .key = KEY,
		.to = "jane@patients.example",
		.body = "Hi",
		.at = NOW };

	(void)state;
	assert_request(&gateway, &letter,
	    "https://api.sendgrid.com/v3/mail/send", HEADERS,
	    "{\"personalizations\":[{\"to\":[{\"email\":"
	    "\"jane@patients.example\",\"name\":\"Jane \\\"J\\\" Doe\"}],"
	    "\"custom_args\":{\"key\":\"" KEY "\"}}],\"from\":{\"email\":"
	    "\"care@clinic.example\",\"name\":\"Riverside\"},\"reply_to\":"
	    "{\"email\":\"replies+k3@clinic.example\"},\"subject\":"
	    "\"Your check-in, caf\xc3\xa9 & all\",\"content\":[{\"type\":"
	    "\"text/plain\",\"value\":\"Hello \\\"Jane\\\"\\nBye\\n\"},"
	    "{\"type\":\"text/html\",\"value\":"
	    "\"<p>Hello &quot;Jane&quot;</p>\"}],\"headers\":{\"Message-ID\":"
	    "\"<" KEY "@clinic.example>\",\"In-Reply-To\":"
	    "\"<abc@patients.example>\",\"References\":"
	    "\"<abc@patients.example>\",\"Auto-Submitted\":\"auto-replied\","
	    "\"X-Auto-Response-Suppress\":\"All\",\"List-Unsubscribe\":"
	    "\"<mailto:replies+k3@clinic.example?subject=unsubscribe>\"}"
	    "," TRACKING "}");
	assert_request(&gateway, &bare, "https://api.sendgrid.com/v3/mail/send",
	    HEADERS,
	    "{\"personalizations\":[{\"to\":[{\"email\":"
	    "\"jane@patients.example\"}],\"custom_args\":{\"key\":\"" KEY
	    "\"}}],\"from\":{\"email\":\"care@clinic.example\",\"name\":"
	    "\"Riverside\"},\"subject\":\"\",\"content\":[{\"type\":"
	    "\"text/plain\",\"value\":\"Hi\"}],\"headers\":{\"Message-ID\":"
	    "\"<" KEY "@clinic.example>\",\"Auto-Submitted\":"
	    "\"auto-generated\",\"X-Auto-Response-Suppress\":\"All\"}," TRACKING
	    "}");
	assert_mail_is_guarded(&gateway);
	gateway_free(&gateway);
}

#define ERROR(field) \
	"{\"errors\":[{\"message\":\"jane@x\",\"field\":\"" field "\"}]}"

static void
each_answer_has_its_outcome(void **state)
{
	static const struct answer_case cases[] = {
		{ 202, "", POST_ACCEPTED, "", KEY },
		{ 200, "", POST_AMBIGUOUS, "", "" },
		{ 400, ERROR("personalizations.0.to.0.email"), POST_BAD_ADDRESS,
		    "400", "" },
		{ 400, ERROR("from.email"), POST_CONFIG, "400", "" },
		{ 400, ERROR("content"), POST_REFUSED, "400", "" },
		{ 400, "", POST_REFUSED, "400", "" },
		{ 401, ERROR("null"), POST_CONFIG, "401", "" },
		{ 403, ERROR("from"), POST_CONFIG, "403", "" },
		{ 413, "", POST_REFUSED, "413", "" },
		{ 429, ERROR("null"), POST_THROTTLED, "429", "" },
		{ 500, "", POST_AMBIGUOUS, "", "" },
	};
	struct gateway gateway = clinic();
	struct post_answer answer = answer_with(202, "");
	struct post_outcome outcome = { 0 };

	(void)state;
	ASSERT_OUTCOMES(&gateway, &letter, cases);
	answer.message_id = "14c5d75ce93.dfd.64b469";
	driver_sendgrid.outcome(&gateway, &letter, &answer, &outcome);
	assert_string_equal(outcome.provider_id, "14c5d75ce93.dfd.64b469");
	gateway_free(&gateway);
}

static void
settings_are_checked(void **state)
{
	(void)state;
	assert_checked(clinic(), NULL);
	assert_checked(gateway_with(&driver_sendgrid, "api_key", "k", "from",
			   "Riverside", NULL),
	    "from is not an email address");
	assert_checked(
	    gateway_with(&driver_sendgrid, "from", "a@b.example", NULL),
	    "needs the setting api_key");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mail_becomes_json),
		cmocka_unit_test(each_answer_has_its_outcome),
		cmocka_unit_test(settings_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
