/*
 * Email addresses, and addresses with their channel before them. What could
 * carry a command of SMTP or a line of a header must never pass.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <string.h>

#include "base/address.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *written, *kept;
} emails[] = {
	{ "anna@example.org", "anna@example.org" },
	{ "  anna@example.org\n", "anna@example.org" },
	{ "Anna.Lee@Example.ORG", "Anna.Lee@example.org" },
	{ "anna+physio@mail.example.co.uk", "anna+physio@mail.example.co.uk" },
	{ "o'brien@example.ie", "o'brien@example.ie" },
	{ "a@xn--bcher-kva.example", "a@xn--bcher-kva.example" },
	{ "care@localhost", "care@localhost" },
	{ "1@2.example", "1@2.example" },
};

static const char *const no_emails[] = {
	"",
	"anna",
	"anna@",
	"@example.org",
	"anna@example",
	"anna@example..org",
	"anna@.example.org",
	"anna@example.org.",
	"anna@-example.org",
	"anna@example-.org",
	"anna@192.0.2.1",
	"anna@[192.0.2.1]",
	".anna@example.org",
	"anna.@example.org",
	"an..na@example.org",
	"an na@example.org",
	"anna@exam ple.org",
	"anna@@example.org",
	"anna@home@example.org",
	"Anna <anna@example.org>",
	"<anna@example.org>",
	"anna@example.org>",
	"anna@example.org, ben@example.org",
	"anna@example.org;ben@example.org",
	"\"anna lee\"@example.org",
	"anna@example.org\r\nRCPT TO:<ben@example.org>",
	"anna\n@example.org",
	"anna\x01@example.org",
	"anna\x7f@example.org",
	"ann\u00e4@example.org",
	"anna@b\u00fccher.example",
	"anna@example.org\u00a0",
};

static void
each_email_is_kept(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(emails); i++) {
		struct why why = { "" };
		char kept[EMAIL_SIZE] = "";

		email_normalise(emails[i].written, kept, &why);
		if (strcmp(kept, emails[i].kept) != 0)
			fail_msg("'%s': '%s' (%s)", emails[i].written, kept,
			    why.text);
	}
}

static void
what_is_no_email_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(no_emails); i++) {
		struct why why = { "" };
		char kept[EMAIL_SIZE] = "untouched";

		if (email_normalise(no_emails[i], kept, &why) !=
		    STATUS_BAD_DATA)
			fail_msg("'%s' passed", no_emails[i]);
		assert_string_equal(kept, "untouched");
		assert_string_not_equal(why.text, "");
	}
	assert_int_equal(email_normalise(NULL, (char[EMAIL_SIZE]){ "" }, NULL),
	    STATUS_BAD_DATA);
}

/* local part of n letters, and a domain that makes it whole_len bytes */
static const char *
long_email(size_t local_len, size_t whole_len, char text[512])
{
	size_t at;

	memset(text, 'd', whole_len);
	memset(text, 'a', local_len);
	text[local_len] = '@';
	for (at = local_len + 50; at < whole_len - 10; at += 50)
		text[at] = '.';
	memcpy(text + whole_len - 4, ".org", 5);
	return text;
}

static void
the_bounds_of_rfc_5321_hold(void **state)
{
	char text[512], kept[EMAIL_SIZE];

	(void)state;
	assert_int_equal(
	    email_normalise(long_email(64, 254, text), kept, NULL), STATUS_OK);
	assert_int_equal(strlen(kept), 254);
	assert_int_equal(email_normalise(long_email(64, 255, text), kept, NULL),
	    STATUS_BAD_DATA);
	assert_int_equal(email_normalise(long_email(65, 200, text), kept, NULL),
	    STATUS_BAD_DATA);
}

static void
an_address_names_its_channel(void **state)
{
	struct address a = { 0 };
	struct why why = { "" };

	(void)state;
	assert_int_equal(
	    address_parse("sms:01632 960002", "GB", &a, &why), STATUS_OK);
	assert_int_equal(a.channel, CHANNEL_SMS);
	assert_string_equal(a.text, "+441632960002");
	assert_int_equal(
	    address_parse("email:Duty@Clinic.Example", "GB", &a, &why),
	    STATUS_OK);
	assert_int_equal(a.channel, CHANNEL_EMAIL);
	assert_string_equal(a.text, "Duty@clinic.example");
	assert_string_equal(channel_names[CHANNEL_SMS], "sms");
	assert_string_equal(channel_names[CHANNEL_EMAIL], "email");
}

static void
an_address_without_a_channel_is_refused(void **state)
{
	static const char *const wrong[] = { "", "+441632960002",
		"duty@clinic.example", "fax:+441632960002",
		"sms:", "sms:duty@clinic.example", "email:+441632960002",
		"sms" };
	struct address a = { .text = "untouched" };

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		assert_int_equal(
		    address_parse(wrong[i], "GB", &a, NULL), STATUS_BAD_DATA);
		assert_string_equal(a.text, "untouched");
	}
	assert_int_equal(address_parse(NULL, "GB", &a, NULL), STATUS_BAD_DATA);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_email_is_kept),
		cmocka_unit_test(what_is_no_email_is_refused),
		cmocka_unit_test(the_bounds_of_rfc_5321_hold),
		cmocka_unit_test(an_address_names_its_channel),
		cmocka_unit_test(an_address_without_a_channel_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
