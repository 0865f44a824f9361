/*
 * NAME
 *	address - phone numbers and email addresses, checked before use
 *
 * Phones are kept as E.164 ("+" and 7 to 15 digits). Nothing with a control
 * character, a space or an angle bracket passes for an email address: libcurl
 * 7.88 does not look, and such an address could carry an SMTP command.
 */
#ifndef BASE_ADDRESS_H
#define BASE_ADDRESS_H

#include "base/status.h"

#define PHONE_SIZE 20  /* room for E.164 and its NUL */
#define EMAIL_SIZE 256 /* RFC 5321 allows 254 */

/*
 * A number as people of that country (ISO 3166, two letters) write it, to
 * E.164: spaces, dots, dashes and brackets go, 00 and the country's trunk
 * prefix are understood. One that begins with + is any country's, and country
 * may be NULL. BAD_DATA says what is wrong with it, without repeating it.
 */
enum status phone_normalise(const char *text, const char *country,
    char out[PHONE_SIZE], struct why *why);
bool phone_country_known(const char *country);

/* Trimmed, domain in lower case. BAD_DATA. */
enum status email_normalise(const char *text, char out[EMAIL_SIZE],
    struct why *why);

/* "sms:+44..." or "email:duty@...": the kind, and the address normalised. */
enum channel {
	CHANNEL_SMS,
	CHANNEL_EMAIL,
	CHANNEL__MAX
};
extern const char *const channel_names[CHANNEL__MAX];

struct address {
	enum channel channel;
	char text[EMAIL_SIZE];
};
enum status address_parse(const char *text, const char *country,
    struct address *out, struct why *why);

#endif
