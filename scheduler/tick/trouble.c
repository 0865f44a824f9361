#include "tick/trouble.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "care/decide.h"
#include "tick/alerting.h"
#include "tick/mail.h"

#define SETTING "setting: " /* begins a fault that the configuration has */
#define CEILING "daily_most " /* begins the topic of a gateway's bound */

/* Who does not work, and what is known of it. */
struct failed {
	const char *name;
	enum channel channel;
	const char *reason;
	const char *setting; /* what its configuration lacks, or NULL */
	bool passing; /* it is out of reach, and may be back */
	bool late; /* told only once that has lasted */
};

static enum status
tell(struct practice *practice, const struct failed *failed, struct why *why)
{
	char text[BECAUSE_SIZE];
	/* It may have been cut short on its way here. */
	bool setting =
	    failed->setting != NULL && strncmp(failed->setting, failed->reason,
					   strlen(failed->reason)) == 0;
	snprintf(text, sizeof text, "%s%s does not work: %s",
	    strcmp(failed->name, MAIL_GATEWAY) == 0 ? "the " : "gateway ",
	    failed->name, failed->reason);
	char *fault = xasprintf("%s%s", setting ? SETTING : "", failed->reason);
	struct alerting_topic topic = { .kind = ALERT_GATEWAY,
		.level = "notice",
		.topic = failed->name,
		.fault = fault,
		.because = text,
		.passing = failed->passing };
	enum status status = alerting_open(practice, &topic, NULL, why);
	free(fault);
	return status;
}

static enum status
note(struct practice *practice, const struct failed *failed, struct why *why)
{
	struct gateway_row row = { 0 };
	enum status status =
	    gateway_get(practice->store, failed->name, &row, why);
	if (status == STATUS_OK && row.failing_since_at == 0) {
		row.failing_since_at = practice->now;
		status =
		    gateway_put(practice->store, failed->channel, &row, why);
	}
	free(row.cursor);
	if (status != STATUS_OK ||
	    (failed->late && practice->now - row.failing_since_at <
				 practice->config->alerts.late_s))
		return status;
	return tell(practice, failed, why);
}

enum status
trouble_note(struct practice *practice, const struct gateway *gateway,
    enum status world, const char *reason, bool late, struct why *why)
{
	struct failed failed = { gateway->name, driver_channel(gateway->driver),
		reason, gateway->trouble, world != STATUS_CONFIG, late };
	return note(practice, &failed, why);
}

enum status
trouble_over(
    struct practice *practice, const struct gateway *gateway, struct why *why)
{
	struct gateway_row row = { 0 };
	enum status status =
	    gateway_get(practice->store, gateway->name, &row, why);
	if (status == STATUS_OK && row.failing_since_at != 0) {
		row.failing_since_at = 0;
		status = gateway_put(practice->store,
		    driver_channel(gateway->driver), &row, why);
	}
	free(row.cursor);
	return status;
}

enum status
trouble_ceiling(
    struct practice *practice, const struct gateway *gateway, struct why *why)
{
	char text[BECAUSE_SIZE];
	char *name = xasprintf(CEILING "%s", gateway->name);
	struct alerting_topic topic = { .kind = ALERT_GATEWAY,
		.level = "notice",
		.topic = name,
		.because = text };
	snprintf(text, sizeof text,
	    "gateway %s has sent all it may today (daily_most = %d): what is "
	    "not urgent waits until tomorrow, or for another gateway",
	    gateway->name, gateway->daily_most);
	enum status status = alerting_open(practice, &topic, NULL, why);
	free(name);
	return status;
}

static enum status
failed_work(struct practice *practice, void *arg, struct why *why)
{
	return note(practice, arg, why);
}

enum status
trouble_source(struct practice *practice, enum status world, const char *reason,
    struct why *why)
{
	struct failed failed = { MAIL_GATEWAY, CHANNEL_EMAIL, reason,
		practice->config->mailbox.trouble, world != STATUS_CONFIG,
		false };
	return practice_transact(practice, failed_work, &failed, why);
}

enum status
trouble_gateway(struct practice *practice, const struct gateway *gateway,
    enum status world, const char *reason, struct why *why)
{
	struct failed failed = { gateway->name, driver_channel(gateway->driver),
		reason, gateway->trouble, world != STATUS_CONFIG, false };
	return practice_transact(practice, failed_work, &failed, why);
}

const char *
trouble_whose(const struct alert *alert)
{
	bool ceiling = strncmp(alert->topic, CEILING, strlen(CEILING)) == 0;
	return alert->topic + (ceiling ? strlen(CEILING) : 0);
}

/* False where none has that name now; what its settings lack, or NULL. */
static bool
is_configured(const struct config *config, const char *name, const char **lacks)
{
	bool found =
	    config->mailbox.url != NULL && strcmp(name, MAIL_GATEWAY) == 0;
	*lacks = found ? config->mailbox.trouble : NULL;
	for (int i = 0; i < config->sms_len + config->email_len; i++) {
		const struct gateway *gateway =
		    i < config->sms_len ? &config->sms[i]
					: &config->email[i - config->sms_len];
		if (strcmp(gateway->name, name) != 0)
			continue;
		found = true;
		*lacks = gateway->trouble;
	}
	return found;
}

/* What a gateway lacks is told at each tick. Of one that does not take some
 * messages, and takes others, a moment of work says nothing. */
static enum status
is_over(struct practice *practice, const struct alert *alert, char **outcome,
    struct why *why)
{
	struct gateway_row row = { 0 };
	bool lacks = strncmp(alert->fault, SETTING, strlen(SETTING)) == 0;
	const char *name = trouble_whose(alert);
	const char *lacks_now = NULL;
	bool ceiling = name != alert->topic;

	/* A reply or mail that was spoilt is its own topic: somebody must look
	 * at it. */
	if (strcmp(alert->topic, alert->because) == 0)
		return STATUS_OK;
	enum status status = gateway_get(practice->store, name, &row, why);
	free(row.cursor);
	if (status != STATUS_OK)
		return status;

	if (!is_configured(practice->config, name, &lacks_now))
		*outcome = xasprintf("%s is not used any more", name);
	else if (lacks && alert->seen_at != practice->now)
		*outcome =
		    xasprintf(lacks_now != NULL
				  ? "%s has another fault in its settings now"
				  : "%s has all its settings",
			name);
	else if (ceiling && alerting_is_quiet(practice, alert))
		*outcome = xasprintf("%s has stayed below its bound", name);
	else if (!ceiling && row.failing_since_at == 0 &&
		 alerting_is_quiet(practice, alert))
		*outcome = xasprintf("%s works, and has for a while", name);
	return STATUS_OK;
}

enum status
trouble_close_over(struct practice *practice, struct why *why)
{
	return alerting_close_over(practice, ALERT_GATEWAY, is_over, why);
}
