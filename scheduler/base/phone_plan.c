#include "base/phone_plan.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#define ANY "123456789"

/*
 * Where numbers are of one length, one without its trunk 0 is still whole:
 * spreadsheets eat it. Elsewhere it could be a local number without its area,
 * and a guess would text a stranger. Italy has no trunk: its 0 is part of the
 * number, abroad too.
 */
static const struct phone_plan plans[] = {
	/* country, code, trunk, international, shortest, longest, bare,
	 * first, and a mobile's first digit, shortest and longest */
	{ "GB", "44", "0", "", 9, 10, 10, ANY, '7', 10, 10 },
	{ "GG", "44", "0", "", 9, 10, 10, ANY, '7', 10, 10 },
	{ "IM", "44", "0", "", 9, 10, 10, ANY, '7', 10, 10 },
	{ "JE", "44", "0", "", 9, 10, 10, ANY, '7', 10, 10 },
	{ "IE", "353", "0", "", 7, 9, 9, ANY, '8', 9, 9 },
	{ "US", "1", "1", "011", 10, 10, 10, "23456789", 0, 0, 0 },
	{ "CA", "1", "1", "011", 10, 10, 10, "23456789", 0, 0, 0 },
	{ "AU", "61", "0", "0011", 9, 9, 9, "234578", 0, 0, 0 },
	{ "NZ", "64", "0", "", 8, 10, 8, ANY, 0, 0, 0 },
	{ "ZA", "27", "0", "", 9, 9, 9, ANY, 0, 0, 0 },
	{ "IN", "91", "0", "", 10, 10, 10, ANY, 0, 0, 0 },
	{ "DE", "49", "0", "", 6, 12, 0, ANY, '1', 10, 11 },
	{ "FR", "33", "0", "", 9, 9, 9, ANY, 0, 0, 0 },
	{ "ES", "34", "", "", 9, 9, 9, "6789", 0, 0, 0 },
	{ "IT", "39", "", "", 6, 11, 6, "03", '3', 9, 10 },
	{ "PT", "351", "", "", 9, 9, 9, "23789", 0, 0, 0 },
	{ "NL", "31", "0", "", 9, 9, 9, ANY, 0, 0, 0 },
	{ "BE", "32", "0", "", 8, 9, 9, ANY, 0, 0, 0 },
	{ "AT", "43", "0", "", 7, 13, 0, ANY, 0, 0, 0 },
	{ "CH", "41", "0", "", 9, 9, 9, ANY, 0, 0, 0 },
	{ "SE", "46", "0", "", 7, 9, 9, ANY, '7', 9, 9 },
	{ "NO", "47", "", "", 8, 8, 8, "23456789", 0, 0, 0 },
	{ "DK", "45", "", "", 8, 8, 8, "23456789", 0, 0, 0 },
	{ "FI", "358", "0", "", 6, 11, 0, ANY, 0, 0, 0 },
	{ "PL", "48", "", "", 9, 9, 9, ANY, 0, 0, 0 },
	{ "CZ", "420", "", "", 9, 9, 9, "23456789", 0, 0, 0 },
	{ "SK", "421", "0", "", 9, 9, 9, ANY, 0, 0, 0 },
	{ "GR", "30", "", "", 10, 10, 10, "26789", 0, 0, 0 },
};

const struct phone_plan *
phone_plan_of(const char *country)
{
	if (country == NULL)
		return NULL;
	for (size_t i = 0; i < sizeof(plans) / sizeof(plans[0]); i++) {
		if (strcasecmp(plans[i].country, country) == 0)
			return &plans[i];
	}
	return NULL;
}

const struct phone_plan *
phone_plan_by_code(const char *digits)
{
	/* No country code begins another: the first that fits is the one. */
	for (size_t i = 0; i < sizeof(plans) / sizeof(plans[0]); i++) {
		const char *code = plans[i].code;

		if (strncmp(digits, code, strlen(code)) == 0)
			return &plans[i];
	}
	return NULL;
}
