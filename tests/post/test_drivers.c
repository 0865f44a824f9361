/* The table of drivers, and what its rows promise. */
#include "desk.h"

#include "post/wire.h"

static void
drivers_are_found_by_channel_and_name(void **state)
{
	(void)state;
	assert_ptr_equal(driver_find(CHANNEL_SMS, "spool"), &driver_spool_sms);
	assert_ptr_equal(
	    driver_find(CHANNEL_EMAIL, "spool"), &driver_spool_email);
	assert_ptr_equal(driver_find(CHANNEL_SMS, "twilio"), &driver_twilio);
	assert_ptr_equal(driver_find(CHANNEL_EMAIL, "smtp"), &driver_smtp);
	assert_null(driver_find(CHANNEL_SMS, "smtp"));
	assert_null(driver_find(CHANNEL_EMAIL, "pigeon"));
}

static void
the_names_in_an_error_message_are_all_there_are(void **state)
{
	static const char *const known[] = { "spool", "twilio", "vonage",
		"telnyx", "plivo", "messagebird", "smsgate", "kannel", "http",
		"smtp", "sendgrid", "mailgun", "postmark", "ses" };
	char names[256];
	int channel;
	size_t i;

	(void)state;
	for (channel = 0; channel < CHANNEL__MAX; channel++) {
		names[0] = '\0';
		for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
			if (driver_find((enum channel)channel, known[i]) ==
			    NULL)
				continue;
			if (names[0] != '\0')
				strcat(names, ", ");
			strcat(names, known[i]);
		}
		assert_string_equal(driver_names((enum channel)channel), names);
	}
}

static void
who_can_be_asked_and_polled(void **state)
{
	(void)state;
	assert_true(driver_can_ask(&driver_spool_sms));
	assert_true(driver_can_poll(&driver_spool_email));
	assert_true(driver_can_ask(&driver_twilio));
	assert_true(driver_can_poll(&driver_twilio));
	assert_false(driver_can_ask(&driver_kannel));
	assert_false(driver_can_poll(&driver_kannel));
	assert_false(driver_can_ask(&driver_smtp));
	assert_false(driver_can_poll(&driver_smtp));
}

static void
a_setting_not_given_has_its_default(void **state)
{
	struct gateway gateway =
	    gateway_with(&driver_twilio, "account_sid", "ACx", NULL);

	(void)state;
	assert_string_equal(gateway_setting(&gateway, "account_sid"), "ACx");
	assert_string_equal(
	    gateway_setting(&gateway, "base_url"), "https://api.twilio.com");
	assert_null(gateway_setting(&gateway, "from"));
	gateway_free(&gateway);
}

#define SID "AC00000000000000000000000000000001"

/* Settings by name and value, and what gateway_check() says of them. */
static void
settings_are_checked(void **state)
{
	static const struct {
		const struct driver *driver;
		const char *set[10];
		const char *says; /* NULL for nothing */
	} cases[] = {
		{ &driver_twilio,
		    { "account_sid", SID, "auth_token", "t", "from",
			"+447700900001" },
		    NULL },
		{ &driver_twilio,
		    { "account_sid", SID, "auth_token", "t",
			"messaging_service", "MG1" },
		    NULL },
		{ &driver_twilio,
		    { "account_sid", SID, "auth_token", "t", "from",
			"+447700900001", "base_url", "http://127.0.0.1:81/" },
		    NULL },
		{ &driver_twilio, { "account_sid", SID }, "auth_token" },
		{ &driver_twilio, { "account_sid", SID, "auth_token", "t" },
		    "either from or messaging_service" },
		{ &driver_twilio,
		    { "account_sid", SID, "auth_token", "t", "from", "Clinic" },
		    "from is not a phone number" },
		{ &driver_twilio,
		    { "account_sid", "AC/../x", "auth_token", "t", "from",
			"+447700900001" },
		    "account_sid" },
		{ &driver_twilio,
		    { "account_sid", SID, "auth_token", "t\r\nX: y", "from",
			"+447700900001" },
		    "line break" },
		{ &driver_twilio,
		    { "account_sid", SID, "auth_token", "t", "from",
			"+447700900001", "base_url", "http://api.example" },
		    "must be https" },
		{ &driver_twilio,
		    { "account_sid", SID, "auth_token", "t", "from",
			"+447700900001", "base_url",
			"http://127.0.0.1.evil.example" },
		    "must be https" },
		{ &driver_twilio,
		    { "account_sid", SID, "auth_token", "t", "from",
			"+447700900001", "base_url", "ftp://api.example" },
		    "not a URL" },
		{ &driver_kannel,
		    { "url", "http://10.0.0.2:13013/cgi-bin/sendsms", "user",
			"u", "password", "p" },
		    NULL },
		{ &driver_kannel,
		    { "base_url", "http://127.0.0.1:13013", "user", "u",
			"password", "p", "dlr_url", "https://c.example/d?k=1" },
		    NULL },
		{ &driver_kannel, { "user", "u", "password", "p" },
		    "needs the setting url" },
		{ &driver_kannel,
		    { "url", "file:///etc/passwd", "user", "u", "password",
			"p" },
		    "url is not one" },
		{ &driver_kannel,
		    { "url", "http://u:p@h/", "user", "u", "password", "p" },
		    "url is not one" },
		{ &driver_smtp,
		    { "url", "smtp://127.0.0.1:25", "from", "c@c.example" },
		    NULL },
		{ &driver_smtp,
		    { "url", "smtps://mail.example", "from", "C <c@c.example>",
			"user", "u", "password", "p" },
		    NULL },
		{ &driver_smtp,
		    { "url", "smtp://mail.example:587", "from", "c@c.example",
			"user", "u", "password", "p", "tls", "false" },
		    "in the clear" },
		{ &driver_smtp,
		    { "url", "smtp://mail.example:587", "from", "c@c.example",
			"user", "u" },
		    "come together" },
		{ &driver_smtp, { "url", "smtp://h", "from", "clinic" },
		    "from is not an email address" },
		{ &driver_smtp, { "url", "http://h", "from", "c@c.example" },
		    "url is not one" },
	};
	struct gateway gateway;
	struct why why;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *const *set = cases[i].set;

		gateway = gateway_with(cases[i].driver, set[0], set[1], set[2],
		    set[3], set[4], set[5], set[6], set[7], set[8], set[9],
		    NULL);
		why.text[0] = '\0';
		if (cases[i].says == NULL) {
			if (gateway_check(&gateway, &why) != STATUS_OK)
				fail_msg("row %zu: %s", i, why.text);
		} else {
			assert_int_equal(
			    gateway_check(&gateway, &why), STATUS_CONFIG);
			if (strstr(why.text, cases[i].says) == NULL)
				fail_msg("row %zu: %s", i, why.text);
			assert_null(strchr(why.text, '\n'));
		}
		gateway_free(&gateway);
	}
}

static void
every_setting_has_help(void **state)
{
	static const struct driver *const all[] = { &driver_spool_sms,
		&driver_twilio, &driver_kannel, &driver_spool_email,
		&driver_smtp };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const struct setting_row *row = driver_settings(all[i]);

		for (; row->name != NULL; row++) {
			assert_non_null(row->help);
			assert_true(row->type < SETTING__MAX);
		}
	}
}

static void
addresses_that_may_go_on_a_wire(void **state)
{
	static const struct {
		const char *text;
		const char *bare; /* NULL when there is none */
	} cases[] = {
		{ "jane@x.example", "jane@x.example" },
		{ "Jane <jane@x.example>", "jane@x.example" },
		{ "<jane@x.example>", "jane@x.example" },
		{ "\"A <b@c> d\" <jane@x.example>", "jane@x.example" },
		{ "Jane", NULL },
		{ "Jane <>", NULL },
		{ "Jane <jane@x.example> x", NULL },
		{ "Jane <jane@x.example", NULL },
		{ "Jane\n <jane@x.example>", NULL },
		{ "Jane <jane@x.example\r\n>", NULL },
	};
	char bare[EMAIL_SIZE], long_name[300];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(wire_email_bare(cases[i].text, bare),
		    cases[i].bare != NULL);
		if (cases[i].bare != NULL)
			assert_string_equal(bare, cases[i].bare);
	}
	memset(long_name, 'a', sizeof(long_name) - 1);
	long_name[1] = '@';
	long_name[254] = '\0';
	assert_true(wire_email_ok(long_name));
	long_name[254] = 'a';
	long_name[255] = '\0';
	assert_false(wire_email_ok(long_name));
	assert_true(wire_phone_ok("+4477009"));
	assert_false(wire_phone_ok("+447700"));
	assert_true(wire_phone_ok("+447700900123456"));
	assert_false(wire_phone_ok("+4477009001234567"));
	assert_false(wire_phone_ok(NULL));
}

static void
what_stays_on_this_machine(void **state)
{
	(void)state;
	assert_true(wire_url_loopback("http://127.0.0.1:80/x"));
	assert_true(wire_url_loopback("smtp://localhost"));
	assert_true(wire_url_loopback("http://[::1]:80"));
	assert_true(wire_url_loopback("http://127.5.0.1"));
	assert_false(wire_url_loopback("http://localhost.evil.example"));
	assert_false(wire_url_loopback("http://127.0.0.1.evil.example"));
	assert_false(wire_url_loopback("http://10.0.0.1"));
	assert_false(wire_url_loopback("127.0.0.1"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(drivers_are_found_by_channel_and_name),
		cmocka_unit_test(
		    the_names_in_an_error_message_are_all_there_are),
		cmocka_unit_test(who_can_be_asked_and_polled),
		cmocka_unit_test(a_setting_not_given_has_its_default),
		cmocka_unit_test(settings_are_checked),
		cmocka_unit_test(every_setting_has_help),
		cmocka_unit_test(addresses_that_may_go_on_a_wire),
		cmocka_unit_test(what_stays_on_this_machine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
