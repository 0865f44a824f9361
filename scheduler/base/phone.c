#include "base/address.h"

#include <string.h>
#include <strings.h>

#include "base/phone_plan.h"
#include "base/utf8.h"

#define E164_SHORTEST 7
#define E164_LONGEST 15
#define DIGITS_MAX 24 /* more than any number with its prefixes */

/* What is left of a number when the typography is gone. */
struct dialled {
	bool plus;
	char digits[DIGITS_MAX + 1];
	size_t len;
	size_t zero; /* where the 0 of "(0)" stands; 0 when there is none */
};

/*
 * Spaces and dashes of all kinds, and the invisible marks that a copied
 * contact brings along.
 */
static bool
is_typography(uint32_t code)
{
	if (code < 0x80)
		return code != 0 && strchr(" \t.-/()[]", (int)code) != NULL;
	return code == 0xa0 || code == 0xad || code == 0x202f ||
	       code == 0x2212 || code == 0xfeff ||
	       (code >= 0x2000 && code <= 0x2015) ||
	       (code >= 0x202a && code <= 0x202e) ||
	       (code >= 0x2060 && code <= 0x2069);
}

static enum status
refuse_sign(uint32_t code, const char *rest, struct why *why)
{
	if (code == '#' || code == ';' || code == ',' || code == 'x' ||
	    code == 'X' || strncasecmp(rest, "ext", 3) == 0)
		return why_set(why, STATUS_BAD_DATA,
		    "phone number with an extension, which no text reaches");
	if (code == '+')
		return why_set(why, STATUS_BAD_DATA,
		    "phone number with a + that is not at its start");
	return why_set(
	    why, STATUS_BAD_DATA, "phone number with a sign that is no digit");
}

static enum status
strip(const char *text, struct dialled *d, struct why *why)
{
	const char *p = text, *end = text + strlen(text);

	while (p < end) {
		const char *here = p;
		uint32_t code = utf8_next(&p, end);

		if (code >= '0' && code <= '9') {
			if (d->len == DIGITS_MAX)
				return why_set(why, STATUS_BAD_DATA,
				    "phone number too long");
			if (code == '0' && here > text && here[-1] == '(' &&
			    *p == ')')
				d->zero = d->len;
			d->digits[d->len++] = (char)code;
		} else if (code == '+' && d->len == 0 && !d->plus) {
			d->plus = true;
		} else if (!is_typography(code)) {
			return refuse_sign(code, here, why);
		}
	}
	if (d->len == 0)
		return why_set(why, STATUS_BAD_DATA, "no phone number");
	return STATUS_OK;
}

static void
drop_digits(struct dialled *d, size_t at, size_t n)
{
	memmove(d->digits + at, d->digits + at + n, d->len - at - n + 1);
	d->len -= n;
	if (d->zero >= at + n)
		d->zero -= n;
	else if (d->zero >= at)
		d->zero = 0;
}

/* The dialled beginning of a number abroad becomes the plus it stands for. */
static void
take_international(struct dialled *d, const struct phone_plan *plan)
{
	size_t len = 0;

	if (d->plus)
		return;
	if (plan != NULL && plan->international[0] != '\0' &&
	    strncmp(d->digits, plan->international,
		strlen(plan->international)) == 0)
		len = strlen(plan->international);
	else if (strncmp(d->digits, "00", 2) == 0)
		len = 2;
	if (len == 0)
		return;
	drop_digits(d, 0, len);
	d->plus = true;
}

static bool
has_length(const struct phone_plan *plan, size_t len)
{
	return len >= (size_t)plan->shortest && len <= (size_t)plan->longest;
}

/*
 * "+44 (0)1632 960001" and "+44 01632 960001": the 0 is for callers at home.
 * Without brackets it goes only where the plan says that no number has it; in
 * brackets also after a code we don't know, and those have at most 3 digits.
 */
static void
drop_home_zero(struct dialled *d)
{
	const struct phone_plan *plan = phone_plan_by_code(d->digits);
	size_t code = plan == NULL ? d->zero : strlen(plan->code);
	bool goes = d->zero > 0 && d->zero == code && code <= 3;

	if (plan != NULL && strcmp(plan->country, "IT") == 0)
		return;
	if (plan != NULL && d->digits[code] == '0' &&
	    strcmp(plan->trunk, "0") == 0)
		goes = goes || has_length(plan, d->len - code - 1);
	if (goes)
		drop_digits(d, code, 1);
}

static enum status
check_e164(const struct dialled *d, char out[PHONE_SIZE], struct why *why)
{
	if (d->len < E164_SHORTEST)
		return why_set(why, STATUS_BAD_DATA,
		    "phone number too short: %zu digits after the +", d->len);
	if (d->len > E164_LONGEST)
		return why_set(why, STATUS_BAD_DATA,
		    "phone number too long: %zu digits after the +", d->len);
	if (d->digits[0] == '0')
		return why_set(why, STATUS_BAD_DATA,
		    "phone number with a 0 where the country code belongs");
	out[0] = '+';
	memcpy(out + 1, d->digits, d->len + 1);
	return STATUS_OK;
}

static enum status
check_length(
    const struct phone_plan *plan, const struct dialled *d, struct why *why)
{
	bool mobile = plan->mobile != '\0' && d->digits[0] == plan->mobile;
	int shortest = mobile ? plan->mobile_shortest : plan->shortest;
	int longest = mobile ? plan->mobile_longest : plan->longest;

	if (d->len < (size_t)shortest)
		return why_set(why, STATUS_BAD_DATA,
		    "phone number too short for a %s of %s",
		    mobile ? "mobile" : "number", plan->country);
	if (d->len > (size_t)longest)
		return why_set(why, STATUS_BAD_DATA,
		    "phone number too long for a %s of %s (one of another "
		    "country begins with +)",
		    mobile ? "mobile" : "number", plan->country);
	return STATUS_OK;
}

/* Take the trunk prefix off, and see that a whole number is left. */
static enum status
check_national(
    struct dialled *d, const struct phone_plan *plan, struct why *why)
{
	size_t trunk = strlen(plan->trunk);
	bool at_home = strncmp(d->digits, plan->trunk, trunk) == 0;
	enum status status;

	if (at_home)
		drop_digits(d, 0, trunk);
	status = check_length(plan, d, why);
	if (status != STATUS_OK)
		return status;
	if (!at_home && (plan->bare == 0 || d->len < (size_t)plan->bare))
		return why_set(why, STATUS_BAD_DATA,
		    "phone number without its area: begin it with %s or +%s",
		    plan->trunk, plan->code);
	if (strchr(plan->first, d->digits[0]) == NULL)
		return why_set(why, STATUS_BAD_DATA,
		    "phone number that can't exist in %s: none begins with "
		    "%c there",
		    plan->country, d->digits[0]);
	return STATUS_OK;
}

static enum status
add_code(struct dialled *d, const struct phone_plan *plan, struct why *why)
{
	size_t code = strlen(plan->code);

	if (d->len + code > DIGITS_MAX)
		return why_set(why, STATUS_BAD_DATA, "phone number too long");
	memmove(d->digits + code, d->digits, d->len + 1);
	memcpy(d->digits, plan->code, code);
	d->len += code;
	return STATUS_OK;
}

enum status
phone_normalise(const char *text, const char *country, char out[PHONE_SIZE],
    struct why *why)
{
	const struct phone_plan *plan = phone_plan_of(country);
	struct dialled d = { 0 };
	enum status status = strip(text == NULL ? "" : text, &d, why);

	if (status != STATUS_OK)
		return status;
	take_international(&d, plan);
	if (d.plus) {
		drop_home_zero(&d);
		return check_e164(&d, out, why);
	}
	if (plan == NULL)
		return why_set(why, STATUS_BAD_DATA,
		    "phone number of a country not known here (%s): write "
		    "it with + and the country code",
		    country == NULL ? "none" : country);
	status = check_national(&d, plan, why);
	if (status == STATUS_OK)
		status = add_code(&d, plan, why);
	return status == STATUS_OK ? check_e164(&d, out, why) : status;
}

bool
phone_country_known(const char *country)
{
	return phone_plan_of(country) != NULL;
}
