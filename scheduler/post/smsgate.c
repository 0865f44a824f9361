#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "post/api.h"
#include "post/smsgate.h"
#include "post/wire.h"

#define BODY_MAX 1600
#define ID_MAX 36
#define TTL_LEAST_S 5
#define TTL_MOST_S ((int64_t)7 * 24 * 60 * 60)

static const struct setting_row smsgate_settings[] = {
	{ "base_url", SETTING_TEXT, true, NULL,
	    "the phone, as http://192.168.1.20:8080, or the cloud, as "
	    "https://api.sms-gate.app/3rdparty/v1" },
	{ "user", SETTING_TEXT, false, "sms", "as shown in the app" },
	{ "password", SETTING_SECRET, true, NULL, "as shown in the app" },
	{ "sim", SETTING_NUMBER, false, NULL,
	    "which SIM card sends: 1 or 2; the phone's own choice where not "
	    "given" },
	{ NULL, SETTING_TEXT, false, NULL, NULL },
};

/* A name or number that only the clinic's own network knows. */
static bool
is_near(const char *url)
{
	static const char *const begins[] = { "10.", "192.168.", "169.254.",
		"172.16.", "172.17.", "172.18.", "172.19.", "172.2", "172.30.",
		"172.31." };
	const char *host = strstr(url, "://") + 3;
	size_t len = strcspn(host, ":/?#"), i;

	if (wire_url_loopback(url) || memchr(host, '.', len) == NULL)
		return host[0] != '[' || wire_url_loopback(url);
	if (len > 6 && strncmp(host + len - 6, ".local", 6) == 0)
		return true;
	if (strspn(host, "0123456789.") != len)
		return false;
	for (i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
		if (strncmp(host, begins[i], strlen(begins[i])) == 0)
			return true;
	return false;
}

/* The phone speaks no TLS of its own, so http is well inside the clinic. */
static enum status
smsgate_check(const struct gateway *gateway, struct why *why)
{
	const char *url = gateway_setting(gateway, "base_url");
	const char *sim = gateway_setting(gateway, "sim");

	if (!wire_url_ok(url, "https http") || strpbrk(url, "?#") != NULL)
		return why_set(why, STATUS_CONFIG,
		    "base_url is not one as http://192.168.1.20:8080");
	if (strncmp(url, "https:", 6) != 0 && !is_near(url))
		return why_set(why, STATUS_CONFIG,
		    "base_url must be https outside the clinic's own network");
	if (sim != NULL && (strlen(sim) != 1 || sim[0] < '1' || sim[0] > '9'))
		return why_set(why, STATUS_CONFIG, "sim is 1 or 2");
	return STATUS_OK;
}

void
smsgate_credentials(const struct gateway *gateway, struct post_request *request)
{
	request->user = xstrdup(gateway_setting(gateway, "user"));
	request->password = xstrdup(gateway_setting(gateway, "password"));
}

static enum status
smsgate_request(const struct gateway *gateway,
    const struct post_message *message, struct post_request *request,
    struct why *why)
{
	const char *sim = gateway_setting(gateway, "sim");
	enum status status = api_sms_check(message, BODY_MAX, why);
	int64_t ttl_s = api_validity_s(message, TTL_LEAST_S, TTL_MOST_S);
	json_t *body, *text, *numbers;

	if (status != STATUS_OK)
		return status;
	if (strlen(message->key) > ID_MAX)
		return why_set(why, STATUS_USAGE, "the key is too long");
	request->url = api_url(gateway, "/messages");
	smsgate_credentials(gateway, request);
	body = json_object();
	json_put_text(body, "id", message->key);
	text = json_object();
	json_put_text(text, "text", message->body);
	json_object_set_new(body, "textMessage", text);
	numbers = json_array();
	json_array_append_new(numbers, json_string(message->to));
	json_object_set_new(body, "phoneNumbers", numbers);
	json_put_bool(body, "withDeliveryReport", true);
	if (sim != NULL)
		json_put_whole(body, "simNumber", sim[0] - '0');
	if (ttl_s > 0)
		json_put_whole(body, "ttl", ttl_s);
	api_post_json(request, body);
	return STATUS_OK;
}

bool
smsgate_message(const json_t *message, struct post_outcome *outcome)
{
	const char *state = json_text(message, "state");

	api_accepted(outcome, json_text(message, "id"));
	if (outcome->class != POST_ACCEPTED || state == NULL)
		return outcome->class == POST_ACCEPTED;
	if (strcmp(state, "Delivered") == 0)
		wire_outcome(outcome, POST_DELIVERED, NULL, "delivered");
	else if (strcmp(state, "Failed") == 0)
		/* Android's word for it would name the number. */
		wire_outcome(outcome, POST_UNDELIVERED, NULL,
		    "the phone could not send it");
	else if (strcmp(state, "Cancelled") == 0)
		wire_outcome(
		    outcome, POST_UNDELIVERED, NULL, "cancelled at the phone");
	else
		wire_outcome(outcome, POST_ACCEPTED, NULL, "%s", state);
	return true;
}

/*
 * 409 is as good as 202: the phone has our id already. 503 comes from the
 * cloud when its queue is full; a repeat would be known by its id anyway.
 */
static void
smsgate_outcome(const struct gateway *gateway,
    const struct post_message *message, const struct post_answer *answer,
    struct post_outcome *outcome)
{
	static const struct api_row none[] = { { NULL, POST_CONFIG, NULL } };
	json_t *root = NULL;

	(void)gateway;
	if (answer->transport_ok && answer->code == 503) {
		wire_outcome(outcome, POST_THROTTLED, "503",
		    "the phone or its cloud takes no more for now");
		outcome->retry_after_s = answer->retry_after_s;
		return;
	}
	if (!api_answered(answer, &root, outcome))
		return;
	if (answer->code == 409)
		api_accepted(outcome, message->key);
	else if (answer->code >= 300)
		api_refused(answer, NULL, none, outcome);
	else if (smsgate_message(root, outcome) &&
		 strcmp(outcome->provider_id, message->key) != 0) {
		*outcome = (struct post_outcome){ 0 };
		wire_outcome(outcome, POST_AMBIGUOUS, NULL,
		    "the answer is about another message");
	}
	json_decref(root);
}

const struct driver driver_smsgate = {
	.name = "smsgate",
	.channel = CHANNEL_SMS,
	.settings = smsgate_settings,
	.check = smsgate_check,
	.request = smsgate_request,
	.outcome = smsgate_outcome,
	.ask_request = smsgate_ask_request,
	.ask_answer = smsgate_ask_answer,
	.poll_request = smsgate_poll_request,
	.poll_answer = smsgate_poll_answer,
};
