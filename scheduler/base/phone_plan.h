/*
 * NAME
 *	phone_plan - how each country writes its telephone numbers
 *
 * From the national numbering plans, as far as a text message needs them: a
 * number that these bounds let pass may still be nobody's.
 */
#ifndef BASE_PHONE_PLAN_H
#define BASE_PHONE_PLAN_H

#include <stdbool.h>

struct phone_plan {
	char country[3]; /* ISO 3166, two letters */
	const char *code; /* country code, without the + */
	const char *trunk; /* written before the number at home, or "" */
	const char *international; /* dialled for +, besides 00 */
	int shortest; /* digits after code and trunk */
	int longest;
	int bare; /* the trunk may lack from so many digits on; 0 never */
	const char *first; /* what the digits after the trunk may begin with */
	/* Where mobiles are told by their first digit and have bounds of their
	 * own, that digit and those bounds; else NUL. */
	char mobile;
	int mobile_shortest;
	int mobile_longest;
};

/* NULL when the table lacks the country. Upper and lower case are one. */
const struct phone_plan *phone_plan_of(const char *country);

/* The plan whose country code these international digits begin with. */
const struct phone_plan *phone_plan_by_code(const char *digits);

#endif
