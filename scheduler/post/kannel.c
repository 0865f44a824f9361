#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "post/driver.h"
#include "post/wire.h"
#include "text/gsm7.h"

/* Final states only: delivered, failed, refused by the centre. */
#define DLR_MASK "19"
#define SENDSMS "/cgi-bin/sendsms"

static const struct setting_row kannel_settings[] = {
	{ "url", SETTING_TEXT, false, NULL,
	    "smsbox's sendsms, as http://127.0.0.1:13013/cgi-bin/sendsms" },
	{ "user", SETTING_TEXT, true, NULL, "username of the sendsms-user" },
	{ "password", SETTING_SECRET, true, NULL, "its password" },
	{ "from", SETTING_TEXT, false, NULL,
	    "the sender; Kannel's own default where not given" },
	{ "dlr_url", SETTING_TEXT, false, NULL,
	    "where delivery reports go; our id and the state are added" },
	{ "base_url", SETTING_TEXT, false, NULL, "the same as url" },
	{ NULL, SETTING_TEXT, false, NULL, NULL },
};

static const char *
kannel_url(const struct gateway *gateway)
{
	const char *url = gateway_setting(gateway, "url");

	return url != NULL ? url : gateway_setting(gateway, "base_url");
}

static enum status
kannel_check(const struct gateway *gateway, struct why *why)
{
	const char *url = kannel_url(gateway);
	const char *dlr_url = gateway_setting(gateway, "dlr_url");

	if (url == NULL)
		return why_set(
		    why, STATUS_CONFIG, "driver kannel needs the setting url");
	if (!wire_url_ok(url, "http https") || strpbrk(url, "?#") != NULL)
		return why_set(why, STATUS_CONFIG,
		    "url is not one as http://127.0.0.1:13013" SENDSMS);
	if (dlr_url != NULL &&
	    (!wire_url_ok(dlr_url, "http https") || strchr(dlr_url, '#')))
		return why_set(why, STATUS_CONFIG, "dlr_url is not a URL");
	return STATUS_OK;
}

static void
put_unit(struct buffer *out, uint32_t unit)
{
	buffer_putc(out, (char)(unit >> 8));
	buffer_putc(out, (char)(unit & 0xff));
}

/* Written here, so that no build of Kannel has to convert anything. */
static void
utf16be(const char *text, struct buffer *out)
{
	const char *end = text + strlen(text);

	while (text < end) {
		uint32_t code = utf8_next(&text, end);

		if (code < 0x10000) {
			put_unit(out, code);
			continue;
		}
		code -= 0x10000;
		put_unit(out, 0xd800 + (code >> 10));
		put_unit(out, 0xdc00 + (code & 0x3ff));
	}
}

static void
add_text(struct buffer *url, const char *body)
{
	struct buffer units = { 0 };

	if (!sms_count(body).ucs2) {
		wire_form(url, "charset", "UTF-8");
		wire_form(url, "coding", "0");
		wire_form(url, "text", body);
		return;
	}
	wire_form(url, "charset", "UTF-16BE");
	wire_form(url, "coding", "2");
	utf16be(body, &units);
	buffer_puts(url, "&text=");
	wire_escape(url, units.data, units.len);
	buffer_free(&units);
}

/* Kannel carries no key of ours back but in this URL; %d and %A are its own
 * escapes, filled when it calls. */
static void
add_dlr(struct buffer *url, const char *dlr_url, const char *key)
{
	struct buffer call = { 0 };

	buffer_printf(&call, "%s%cid=%s&status=%%d&answer=%%A", dlr_url,
	    strchr(dlr_url, '?') == NULL ? '?' : '&', key);
	wire_form(url, "dlr-mask", DLR_MASK);
	wire_form(url, "dlr-url", buffer_text(&call));
	buffer_free(&call);
}

static void
add_validity(struct buffer *url, const struct post_message *message)
{
	int64_t validity_s = message->expires_at - message->at;
	char minutes[24];

	if (message->expires_at == 0)
		return;
	snprintf(minutes, sizeof(minutes), "%lld",
	    validity_s < 60 ? 1LL : (long long)(validity_s / 60));
	wire_form(url, "validity", minutes);
}

static enum status
kannel_request(const struct gateway *gateway,
    const struct post_message *message, struct post_request *request,
    struct why *why)
{
	const char *dlr_url = gateway_setting(gateway, "dlr_url");
	struct buffer url = { 0 };
	char *base;

	if (!wire_phone_ok(message->to))
		return why_set(why, STATUS_BAD_DATA,
		    "not a phone number in international form");
	if (message->body == NULL || message->body[0] == '\0')
		return why_set(why, STATUS_USAGE, "an empty text");
	if (!wire_key_ok(message->key))
		return why_set(why, STATUS_USAGE, "not a message key");
	base = wire_url_base(kannel_url(gateway));
	buffer_puts(&url, base);
	if (strchr(strstr(base, "://") + 3, '/') == NULL)
		buffer_puts(&url, SENDSMS);
	buffer_putc(&url, '?');
	free(base);
	wire_form(&url, "username", gateway_setting(gateway, "user"));
	wire_form(&url, "password", gateway_setting(gateway, "password"));
	wire_form(&url, "from", gateway_setting(gateway, "from"));
	wire_form(&url, "to", message->to);
	add_text(&url, message->body);
	add_validity(&url, message);
	if (dlr_url != NULL)
		add_dlr(&url, dlr_url, message->key);
	request->method = xstrdup("GET");
	request->url = buffer_take(&url);
	request->fresh = true;
	return STATUS_OK;
}

static bool
begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/*
 * smsbox says in words what it means; the codes alone do not tell a full
 * queue from a fault. It takes a message with 202 and "0:" or "3:" only.
 */
static void
kannel_outcome(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_outcome *outcome)
{
	char code[24];

	(void)gateway;
	if (!answer->transport_ok) {
		wire_outcome_lost(outcome, answer);
		return;
	}
	snprintf(code, sizeof(code), "%ld", answer->code);
	outcome->retry_after_s = answer->retry_after_s;
	if (answer->code == 202 &&
	    (begins(answer->text, "0:") || begins(answer->text, "3:"))) {
		wire_outcome(outcome, POST_ACCEPTED, NULL, "accepted");
		/* Its receipt comes under our key. */
		wire_copy(outcome->provider_id, sizeof(outcome->provider_id),
		    message->key);
	} else if (answer->code == 503 &&
		   strstr(answer->text, "Temporal failure") != NULL) {
		wire_outcome(outcome, POST_THROTTLED, code,
		    "Kannel says: try again later");
	} else if (answer->code == 429) {
		wire_outcome(outcome, POST_THROTTLED, code, "too many");
	} else if (answer->code == 403 &&
		   strstr(answer->text, "Not routable") != NULL) {
		wire_outcome(outcome, POST_REFUSED, code,
		    "Kannel has no route for this number");
	} else if (answer->code == 400) {
		wire_outcome(
		    outcome, POST_REFUSED, code, "Kannel refuses the request");
	} else if (answer->code >= 300 && answer->code < 500) {
		wire_outcome(outcome, POST_CONFIG, code,
		    "Kannel answers %s: are url, user and password right?",
		    code);
	} else {
		wire_outcome(outcome, POST_AMBIGUOUS, code,
		    "Kannel's answer can't be read");
	}
}

const struct driver driver_kannel = {
	.name = "kannel",
	.channel = CHANNEL_SMS,
	.settings = kannel_settings,
	.check = kannel_check,
	.request = kannel_request,
	.outcome = kannel_outcome,
};
