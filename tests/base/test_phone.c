/*
 * Telephone numbers as people of each country write them, and what becomes of
 * them. A number that is refused is one that no text would reach.
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
	const char *country, *written, *kept;
} numbers[] = {
	{ "GB", "07700 900001", "+447700900001" },
	{ "GB", "+447700900001", "+447700900001" },
	{ "GB", "0044 7700 900001", "+447700900001" },
	{ "GB", "+44 (0)1632 960001", "+441632960001" },
	{ "GB", "0044 (0) 1632 960001", "+441632960001" },
	{ "GB", "+44 01632 960001", "+441632960001" },
	{ "GB", "(01632) 960-001", "+441632960001" },
	{ "GB", "+44 770(0) 900001", "+447700900001" }, /* no trunk there */
	{ "GB", "+385 12(0)3 4567", "+38512034567" },
	{ "GB", "01632.960.001", "+441632960001" },
	{ "GB", " 01632/960001 ", "+441632960001" },
	{ "GB", "7700900001", "+447700900001" }, /* a spreadsheet ate the 0 */
	{ "GB", "016977 2345", "+44169772345" }, /* nine digits: Brampton */
	{ "gb", "07700 900001", "+447700900001" },
	{ "JE", "07797 900001", "+447797900001" },
	{ "IE", "(087) 123 4567", "+353871234567" },
	{ "IE", "01 234 5678", "+35312345678" },
	{ "US", "(212) 555-0100", "+12125550100" },
	{ "US", "1-212-555-0100", "+12125550100" },
	{ "US", "+1 212.555.0100", "+12125550100" },
	{ "US", "011 44 7700 900001", "+447700900001" },
	{ "CA", "416 555 0100", "+14165550100" },
	{ "AU", "0412 345 678", "+61412345678" },
	{ "AU", "(02) 5550 1234", "+61255501234" },
	{ "AU", "0011 64 21 123 456", "+6421123456" },
	{ "NZ", "021 123 456", "+6421123456" },
	{ "NZ", "027 123 4567", "+64271234567" },
	{ "ZA", "082 123 4567", "+27821234567" },
	{ "IN", "098765 43210", "+919876543210" },
	{ "IN", "98765 43210", "+919876543210" },
	{ "DE", "0171 1234567", "+491711234567" },
	{ "DE", "030/123456", "+4930123456" },
	{ "DE", "+49 (0)30 123456", "+4930123456" },
	{ "FR", "06 12 34 56 78", "+33612345678" },
	{ "FR", "+33 (0)6 12 34 56 78", "+33612345678" },
	{ "ES", "612 34 56 78", "+34612345678" },
	{ "IT", "06 1234 5678", "+390612345678" },
	{ "IT", "+39 06 1234 5678", "+390612345678" },
	{ "IT", "+39 (0)6 1234 5678", "+390612345678" },
	{ "GB", "00 39 06 1234 5678", "+390612345678" },
	{ "IT", "347 123 4567", "+393471234567" },
	{ "PT", "912 345 678", "+351912345678" },
	{ "NL", "06-12345678", "+31612345678" },
	{ "BE", "0470 12 34 56", "+32470123456" },
	{ "BE", "02 555 12 12", "+3225551212" },
	{ "AT", "0664 1234567", "+436641234567" },
	{ "CH", "079 123 45 67", "+41791234567" },
	{ "SE", "070-123 45 67", "+46701234567" },
	{ "SE", "08-123 456", "+468123456" },
	{ "NO", "912 34 567", "+4791234567" },
	{ "DK", "20 12 34 56", "+4520123456" },
	/* With a + it is any country's, whatever the clinic's. */
	{ "GB", "+1 (212) 555-0100", "+12125550100" },
	{ "GB", "+385 (0)1 2345 678", "+38512345678" },
	{ "XX", "+47 912 34 567", "+4791234567" },
	{ NULL, "+47 912 34 567", "+4791234567" },
	{ "GB", "+1234567", "+1234567" }, /* the fewest */
	{ "GB", "+123456789012345", "+123456789012345" }, /* the most */
	/* What a copied contact brings along: marks, odd spaces and dashes. */
	{ "GB", "\u202a+44 7700 900001\u202c", "+447700900001" },
	{ "GB", "07700\u00a0900\u2011001", "+447700900001" },
};

static const struct {
	const char *country, *written, *because;
} refused[] = {
	{ "GB", "", "no phone number" },
	{ "GB", "   ", "no phone number" },
	{ "GB", "+", "no phone number" },
	{ "GB", "0", "too short" },
	{ "GB", "999", "too short" },
	{ "GB", "960001", "too short" },
	{ "GB", "07700 90000", "too short for a mobile" },
	{ "GB", "07700 9000011", "too long for a mobile" },
	{ "GB", "447700900001", "begins with +" },
	{ "GB", "07700 90000O", "no digit" },
	{ "GB", "0800 FLOWERS", "no digit" },
	{ "GB", "call me", "no digit" },
	{ "GB", "anna@example.org", "no digit" },
	{ "GB", "07700 900001 ext 12", "extension" },
	{ "GB", "01632 960001 x12", "extension" },
	{ "GB", "01632960001#12", "extension" },
	{ "GB", "+441632960001;ext=12", "extension" },
	{ "GB", "07700900001, 07700900002", "extension" },
	{ "GB", "07700+900001", "+ that is not" },
	{ "GB", "++447700900001", "+ that is not" },
	{ "GB", "+07700900001", "0 where the country code" },
	{ "GB", "000447700900001", "0 where the country code" },
	{ "GB", "+123456", "too short" },
	{ "GB", "+1234567890123456", "too long" },
	{ "GB", "0123456789012345678901234567890", "too long" },
	{ "GB", "07700\t900001\r\nRCPT", "no digit" },
	{ "GB", "07700900001\n", "no digit" },
	{ "IE", "087 12 34 56", "too short for a mobile" },
	{ "IE", "087 123 45678", "too long" },
	{ "US", "555-0100", "too short" },
	{ "US", "(112) 555-0100", "too short" },
	{ "US", "012 555 0100", "can't exist" },
	{ "CA", "416 555 01000", "too long" },
	{ "AU", "5550 1234", "too short" },
	{ "AU", "0412 345 6789", "too long" },
	{ "NZ", "123 4567", "too short" },
	{ "ZA", "082 123 456", "too short" },
	{ "IN", "98765 4321", "too short" },
	{ "DE", "1711234567", "without its area" },
	{ "DE", "0171 123456", "too short for a mobile" },
	{ "DE", "0171", "too short" },
	{ "FR", "06 12 34 56 7", "too short" },
	{ "ES", "012 34 56 78", "can't exist" },
	{ "ES", "612 34 56 789", "too long" },
	{ "IT", "912 345 678", "can't exist" },
	{ "IT", "347 123 45678", "too long for a mobile" },
	{ "PT", "912 345 67", "too short" },
	{ "NL", "06 1234567", "too short" },
	{ "BE", "02 555 12", "too short" },
	{ "AT", "1234567", "without its area" },
	{ "CH", "079 123 45 6", "too short" },
	{ "SE", "123 456 78", "without its area" },
	{ "SE", "070-123 45 6", "too short for a mobile" },
	{ "NO", "912 34 56", "too short" },
	{ "DK", "20 12 34 567", "too long" },
	{ "XX", "07700 900001", "not known here (XX)" },
	{ NULL, "07700 900001", "not known here" },
};

static void
each_number_is_kept_as_e164(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(numbers); i++) {
		struct why why = { "" };
		char kept[PHONE_SIZE] = "";

		phone_normalise(
		    numbers[i].written, numbers[i].country, kept, &why);
		if (strcmp(kept, numbers[i].kept) != 0)
			fail_msg("%s '%s': '%s' instead of %s (%s)",
			    numbers[i].country, numbers[i].written, kept,
			    numbers[i].kept, why.text);
	}
}

/* What is kept once stays the same when it comes by again. */
static void
a_kept_number_is_left_as_it_is(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(numbers); i++) {
		char kept[PHONE_SIZE] = "";

		phone_normalise(numbers[i].kept, "US", kept, NULL);
		assert_string_equal(kept, numbers[i].kept);
	}
}

static void
what_reaches_no_phone_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct why why = { "" };
		char kept[PHONE_SIZE] = "untouched";
		enum status status = phone_normalise(
		    refused[i].written, refused[i].country, kept, &why);

		if (status != STATUS_BAD_DATA ||
		    strstr(why.text, refused[i].because) == NULL)
			fail_msg("%s '%s': kept '%s', reason '%s', not '%s'",
			    refused[i].country, refused[i].written, kept,
			    why.text, refused[i].because);
		assert_string_equal(kept, "untouched");
	}
}

static void
the_promised_countries_are_known(void **state)
{
	static const char *const promised[] = { "GB", "IE", "US", "CA", "AU",
		"NZ", "ZA", "IN", "DE", "FR", "ES", "IT", "PT", "NL", "BE",
		"AT", "CH", "SE", "NO", "DK" };

	(void)state;
	for (size_t i = 0; i < COUNT(promised); i++)
		assert_true(phone_country_known(promised[i]));
	assert_false(phone_country_known("XX"));
	assert_false(phone_country_known("GBR"));
	assert_false(phone_country_known(""));
	assert_false(phone_country_known(NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_number_is_kept_as_e164),
		cmocka_unit_test(a_kept_number_is_left_as_it_is),
		cmocka_unit_test(what_reaches_no_phone_is_refused),
		cmocka_unit_test(the_promised_countries_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
