#include "base/address.h"

#include <string.h>
#include <strings.h>

#define LOCAL_MAX 64
#define LABEL_MAX 63

const char *const channel_names[CHANNEL__MAX] = {
	[CHANNEL_SMS] = "sms",
	[CHANNEL_EMAIL] = "email",
};

static bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

/*
 * RFC 5321's dot-atom. Quoted names are allowed there and used nowhere; to
 * refuse them keeps every sign out that means something to SMTP or a header.
 */
static bool
is_local(const char *text, size_t len)
{
	if (len == 0 || len > LOCAL_MAX || text[0] == '.' ||
	    text[len - 1] == '.')
		return false;
	for (size_t i = 0; i < len; i++) {
		// NOLINTNEXTLINE(clang-analyzer-core.*): len of text is there
		if (text[i] == '.' && text[i + 1] == '.')
			return false;
		if (!is_alnum(text[i]) &&
		    memchr(".!#$%&'*+-/=?^_`{|}~", text[i], 20) == NULL)
			return false;
	}
	return true;
}

static bool
is_label(const char *text, size_t len)
{
	if (len == 0 || len > LABEL_MAX || text[0] == '-' ||
	    text[len - 1] == '-')
		return false;
	for (size_t i = 0; i < len; i++) {
		if (!is_alnum(text[i]) && text[i] != '-')
			return false;
	}
	return true;
}

/* Labels with dots between; one alone is a slip unless it is localhost. */
static bool
is_domain(const char *text)
{
	const char *last = text;
	size_t len;

	if (strcasecmp(text, "localhost") == 0)
		return true;
	for (const char *p = text;; p += len + 1) {
		len = strcspn(p, ".");
		if (!is_label(p, len))
			return false;
		last = p;
		if (p[len] == '\0')
			break;
	}
	/* Digits alone are the end of an IP address, not of a name. */
	return last != text && last[strspn(last, "0123456789")] != '\0';
}

static bool
copy_trimmed(const char *text, char *out, size_t size)
{
	size_t len;

	text += strspn(text, " \t\r\n");
	len = strlen(text);
	while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL)
		len--;
	if (len >= size)
		return false;
	memcpy(out, text, len);
	out[len] = '\0';
	return true;
}

enum status
email_normalise(const char *text, char out[EMAIL_SIZE], struct why *why)
{
	char address[EMAIL_SIZE - 1]; /* the 254 of RFC 5321 */
	char *at;

	if (!copy_trimmed(text == NULL ? "" : text, address, sizeof(address)))
		return why_set(why, STATUS_BAD_DATA,
		    "email address longer than 254 bytes");
	at = strrchr(address, '@');
	if (at == NULL)
		return why_set(
		    why, STATUS_BAD_DATA, "email address without an @");
	if (!is_local(address, (size_t)(at - address)))
		return why_set(why, STATUS_BAD_DATA,
		    "email address with something wrong before the @");
	if (!is_domain(at + 1))
		return why_set(why, STATUS_BAD_DATA,
		    "email address with something wrong after the @");
	for (char *p = at + 1; *p != '\0'; p++) {
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	}
	memcpy(out, address, strlen(address) + 1);
	return STATUS_OK;
}

enum status
address_parse(
    const char *text, const char *country, struct address *out, struct why *why)
{
	struct address address = { 0 };
	enum status status;

	if (text != NULL && strncmp(text, "sms:", 4) == 0) {
		address.channel = CHANNEL_SMS;
		status = phone_normalise(text + 4, country, address.text, why);
	} else if (text != NULL && strncmp(text, "email:", 6) == 0) {
		address.channel = CHANNEL_EMAIL;
		status = email_normalise(text + 6, address.text, why);
	} else {
		return why_set(why, STATUS_BAD_DATA,
		    "an address begins with sms: or email:");
	}
	if (status == STATUS_OK)
		*out = address;
	return status;
}
