/* Amazon SES: a mail as a whole to exact bytes, and answers to outcomes. */
#include "api_desk.h"

#include "base/base64.h"
#include "post/mail.h"

static struct gateway
clinic(void)
{
	return gateway_with(&driver_ses, "region", "eu-west-1", "access_key_id",
	    "AKIA1", "secret_access_key", "s3cret", "from",
	    "Riverside <care@clinic.example>", "configuration_set", "clinic",
	    NULL);
}

static void
a_mail_goes_as_a_whole_and_signed(void **state)
{
	struct gateway gateway = clinic();
	struct post_request request = { 0 };
	struct buffer mail = { 0 };
	struct why why;
	char *data, *expected;

	(void)state;
	assert_int_equal(
	    mail_build(&letter, "Riverside <care@clinic.example>", &mail, &why),
	    STATUS_OK);
	data = base64_encode(mail.data, mail.len);
	expected = xasprintf(
	    "{\"FromEmailAddress\":\"Riverside <care@clinic.example>\","
	    "\"Destination\":{\"ToAddresses\":[\"jane@patients.example\"]},"
	    "\"Content\":{\"Raw\":{\"Data\":\"%s\"}},\"EmailTags\":[{\"Name\":"
	    "\"key\",\"Value\":\"" KEY "\"}],\"ConfigurationSetName\":"
	    "\"clinic\"}",
	    data);
	assert_request(&gateway, &letter,
	    "https://email.eu-west-1.amazonaws.com/v2/email/outbound-emails",
	    "Content-Type: application/json\n", expected);
	free(expected);
	free(data);
	buffer_free(&mail);
	assert_int_equal(
	    driver_ses.request(&gateway, &letter, &request, NULL), STATUS_OK);
	assert_string_equal(request.sigv4, "aws:amz:eu-west-1:ses");
	assert_string_equal(request.user, "AKIA1");
	assert_string_equal(request.password, "s3cret");
	post_request_free(&request);
	assert_mail_is_guarded(&gateway);
	gateway_free(&gateway);
}

#define TYPE(t) "{\"__type\":\"" t "\",\"message\":\"jane@x\"}"

static void
each_answer_has_its_outcome(void **state)
{
	static const struct answer_case cases[] = {
		{ 200, "{\"MessageId\":\"0102-a\"}", POST_ACCEPTED, "",
		    "0102-a" },
		{ 200, "{}", POST_AMBIGUOUS, "", "" },
		{ 400, TYPE("MessageRejected"), POST_REFUSED, "MessageRejected",
		    "" },
		{ 400, TYPE("com.amazonaws.ses#SendingPausedException"),
		    POST_CONFIG, "SendingPausedException", "" },
		{ 400, TYPE("AccountSuspendedException"), POST_CONFIG,
		    "AccountSuspendedException", "" },
		{ 400, TYPE("LimitExceededException"), POST_THROTTLED,
		    "LimitExceededException", "" },
		{ 400, "{\"message\":\"Email address is not verified.\"}",
		    POST_CONFIG, "unverified", "" },
		{ 400, TYPE("Other"), POST_REFUSED, "Other", "" },
		{ 400, "", POST_REFUSED, "400", "" },
		{ 403, TYPE("SignatureDoesNotMatch"), POST_CONFIG,
		    "SignatureDoesNotMatch", "" },
		{ 404, TYPE("NotFoundException"), POST_CONFIG,
		    "NotFoundException", "" },
		{ 429, TYPE("TooManyRequestsException"), POST_THROTTLED,
		    "TooManyRequestsException", "" },
		{ 500, "", POST_AMBIGUOUS, "", "" },
	};
	struct gateway gateway = clinic();
	struct post_answer answer = answer_with(400, "{}");
	struct post_outcome outcome = { 0 };

	(void)state;
	ASSERT_OUTCOMES(&gateway, &letter, cases);
	answer.error_type = "SendingPausedException:http://internal/x";
	driver_ses.outcome(&gateway, &letter, &answer, &outcome);
	assert_int_equal(outcome.class, POST_CONFIG);
	assert_string_equal(outcome.code, "SendingPausedException");
	gateway_free(&gateway);
}

static void
settings_are_checked(void **state)
{
	(void)state;
	assert_checked(clinic(), NULL);
	assert_checked(gateway_with(&driver_ses, "region", "evil.example/",
			   "access_key_id", "A", "secret_access_key", "s",
			   "from", "a@b.example", NULL),
	    "region is not one");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mail_goes_as_a_whole_and_signed),
		cmocka_unit_test(each_answer_has_its_outcome),
		cmocka_unit_test(settings_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
