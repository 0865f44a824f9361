/*
 * What would begin another header, command or request is refused by every
 * driver, wherever it stands: libcurl 7.88 passes line breaks on as they are.
 */
#include "desk.h"

#include "base/buffer.h"
#include "post/wire.h"

/* What each driver needs, and not more. */
static const struct {
	enum channel channel;
	const char *driver;
	const char *setting[12]; /* names and values in turn */
} drivers[] = {
	{ CHANNEL_SMS, "twilio",
	    { "account_sid", "AC00000000000000000000000000000001", "auth_token",
		"t", "from", "+447700900000" } },
	{ CHANNEL_SMS, "vonage",
	    { "api_key", "k", "api_secret", "s", "from", "Riverside" } },
	{ CHANNEL_SMS, "telnyx", { "api_key", "k", "from", "+447700900000" } },
	{ CHANNEL_SMS, "plivo",
	    { "auth_id", "MA1", "auth_token", "t", "from", "+447700900000" } },
	{ CHANNEL_SMS, "messagebird",
	    { "access_key", "k", "from", "Riverside" } },
	{ CHANNEL_SMS, "smsgate",
	    { "base_url", "http://127.0.0.1:8080", "user", "u", "password",
		"p" } },
	{ CHANNEL_SMS, "kannel",
	    { "url", "http://127.0.0.1:13013/cgi-bin/sendsms", "user", "u",
		"password", "p" } },
	{ CHANNEL_SMS, "http",
	    { "url", "https://sms.example/send?to={{to}}", "body",
		"{\"to\":\"{{to}}\",\"text\":\"{{text}}\",\"id\":\"{{id}}\"}",
		"headers", "X-Id: {{id}} | X-To: {{to}}" } },
	{ CHANNEL_EMAIL, "smtp",
	    { "url", "smtp://127.0.0.1", "from",
		"Riverside <care@clinic.example>" } },
	{ CHANNEL_EMAIL, "sendgrid",
	    { "api_key", "k", "from", "care@clinic.example" } },
	{ CHANNEL_EMAIL, "mailgun",
	    { "api_key", "k", "domain", "mg.clinic.example", "from",
		"care@clinic.example" } },
	{ CHANNEL_EMAIL, "postmark",
	    { "server_token", "t", "from", "care@clinic.example" } },
	{ CHANNEL_EMAIL, "ses",
	    { "region", "eu-west-1", "access_key_id", "A", "secret_access_key",
		"s", "from", "care@clinic.example" } },
};
#define DRIVERS (sizeof(drivers) / sizeof(drivers[0]))

static const char *const hostile[] = { "a\nX-Evil: 1", "a\r\nX-Evil: 1", "a\rb",
	"a\x01z", "a\x7fz", "a\tz", "a\x1b[2J" };
#define HOSTILE (sizeof(hostile) / sizeof(hostile[0]))

static struct gateway
gateway_of(size_t i)
{
	const struct driver *driver =
	    driver_find(drivers[i].channel, drivers[i].driver);
	struct gateway gateway;
	size_t n, s;

	assert_non_null(driver);
	gateway = gateway_with(driver, NULL);
	for (n = 0; drivers[i].setting[n] != NULL; n += 2) {
		for (s = 0; driver->settings[s].name != NULL; s++)
			if (strcmp(driver->settings[s].name,
				drivers[i].setting[n]) == 0)
				break;
		if (driver->settings[s].name == NULL)
			fail_msg("%s has no setting %s", drivers[i].driver,
			    drivers[i].setting[n]);
		replace_text(&gateway.settings[s], drivers[i].setting[n + 1]);
	}
	return gateway;
}

static struct post_message
harmless(enum channel channel)
{
	return (struct post_message){ .key = "K0000000000000A1",
		.to = channel == CHANNEL_SMS ? "+447700900123"
					     : "jane@patients.example",
		.body = "Hello",
		.subject = channel == CHANNEL_SMS ? NULL : "Your check-in",
		.at = 1772442000,
		.expires_at = 1772445600 };
}

static bool
has_control(const char *text)
{
	return text != NULL && !wire_plain(text);
}

/* Does the request carry a control character where it would do harm? */
static bool
is_harmed(const struct post_request *request)
{
	int i;

	for (i = 0; i < request->headers_len; i++)
		if (has_control(request->headers[i]))
			return true;
	return has_control(request->url) || has_control(request->mail_from) ||
	       has_control(request->rcpt) || has_control(request->user) ||
	       strstr(buffer_text(&request->body), "\nX-Evil") != NULL;
}

/* Refused, or written so that it does no harm: false for harm. must: refused,
 * nothing else will do. */
static void
try(size_t i, const struct post_message *message, const char *where, bool must)
{
	struct gateway gateway = gateway_of(i);
	struct post_request request = { 0 };
	struct why why = { "" };
	enum status status =
	    gateway.driver->request(&gateway, message, &request, &why);

	if (status == STATUS_OK && (must || is_harmed(&request)))
		fail_msg("%s takes a hostile %s", drivers[i].driver, where);
	if (status != STATUS_OK)
		assert_true(wire_plain(why.text));
	post_request_free(&request);
	gateway_free(&gateway);
}

static void
what_is_harmless_goes(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < DRIVERS; i++) {
		struct post_message message = harmless(drivers[i].channel);
		struct gateway gateway = gateway_of(i);
		struct post_request request = { 0 };
		struct why why = { "" };

		if (gateway_check(&gateway, &why) != STATUS_OK ||
		    gateway.driver->request(
			&gateway, &message, &request, &why) != STATUS_OK)
			fail_msg("%s: %s", drivers[i].driver, why.text);
		assert_false(is_harmed(&request));
		post_request_free(&request);
		gateway_free(&gateway);
	}
}

static void
what_is_hostile_is_refused(void **state)
{
	size_t i, h;

	(void)state;
	for (i = 0; i < DRIVERS; i++)
		for (h = 0; h < HOSTILE; h++) {
			bool mail = drivers[i].channel == CHANNEL_EMAIL;
			struct post_message message;
			char *address =
			    xasprintf(mail ? "%s@x.example" : "+4477009001%s",
				hostile[h]);

			message = harmless(drivers[i].channel);
			message.to = address;
			try(i, &message, "address", true);
			message = harmless(drivers[i].channel);
			message.key = hostile[h];
			try(i, &message, "key", mail);
			message = harmless(drivers[i].channel);
			message.subject = hostile[h];
			try(i, &message, "subject", mail);
			message = harmless(drivers[i].channel);
			message.to_name = hostile[h];
			try(i, &message, "name", mail);
			message = harmless(drivers[i].channel);
			message.reply_to = address;
			try(i, &message, "address for replies", mail);
			message = harmless(drivers[i].channel);
			message.in_reply_to = hostile[h];
			try(i, &message, "message id", mail);
			message = harmless(drivers[i].channel);
			message.unsubscribe = address;
			try(i, &message, "unsubscribe", mail);
			/* A mail's text is its own: it may say anything. */
			message = harmless(drivers[i].channel);
			message.body = mail ? "Hello" : hostile[h];
			try(i, &message, "text", false);
			free(address);
		}
}

static void
a_hostile_setting_is_refused(void **state)
{
	size_t i, h, s;

	(void)state;
	for (i = 0; i < DRIVERS; i++)
		for (s = 0; drivers[i].setting[s] != NULL; s += 2)
			for (h = 0; h < HOSTILE; h++) {
				struct gateway gateway = gateway_of(i);
				struct why why = { "" };
				size_t row = 0;

				while (
				    strcmp(gateway.driver->settings[row].name,
					drivers[i].setting[s]) != 0)
					row++;
				replace_text(
				    &gateway.settings[row], hostile[h]);
				assert_int_equal(gateway_check(&gateway, &why),
				    STATUS_CONFIG);
				assert_non_null(
				    strstr(why.text, drivers[i].setting[s]));
				assert_true(wire_plain(why.text));
				gateway_free(&gateway);
			}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_harmless_goes),
		cmocka_unit_test(what_is_hostile_is_refused),
		cmocka_unit_test(a_hostile_setting_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
