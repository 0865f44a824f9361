#include "tick/trouble.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "care/decide.h"
#include "tick/alerting.h"
#include "tick/mail.h"

static enum status
tell(struct practice *practice, const char *name, const char *text,
    struct why *why)
{
	struct alerting_topic topic = { .kind = ALERT_GATEWAY,
		.level = "notice",
		.topic = name,
		.because = text };
	return alerting_open(practice, &topic, NULL, why);
}

static enum status
note(struct practice *practice, const char *name, enum channel channel,
    const char *reason, bool late, struct why *why)
{
	struct gateway_row row = { 0 };
	char text[BECAUSE_SIZE];
	enum status status = gateway_get(practice->store, name, &row, why);
	if (status == STATUS_OK && row.failing_since_at == 0) {
		row.failing_since_at = practice->now;
		status = gateway_put(practice->store, channel, &row, why);
	}
	free(row.cursor);
	if (status != STATUS_OK ||
	    (late && practice->now - row.failing_since_at <
			 practice->config->alerts.late_s))
		return status;
	snprintf(text, sizeof text, "%s%s does not work: %s",
	    strcmp(name, MAIL_GATEWAY) == 0 ? "the " : "gateway ", name,
	    reason);
	return tell(practice, name, text, why);
}

enum status
trouble_note(struct practice *practice, const struct gateway *gateway,
    const char *reason, bool late, struct why *why)
{
	return note(practice, gateway->name, driver_channel(gateway->driver),
	    reason, late, why);
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
	snprintf(text, sizeof text,
	    "gateway %s has sent all it may today (daily_most = %d): what is "
	    "not urgent waits until tomorrow, or for another gateway",
	    gateway->name, gateway->daily_most);
	return tell(practice, gateway->name, text, why);
}

/* Who is mute, and why. */
struct failed {
	const char *name;
	enum channel channel;
	const char *reason;
};

static enum status
failed_work(struct practice *practice, void *arg, struct why *why)
{
	const struct failed *failed = arg;
	return note(practice, failed->name, failed->channel, failed->reason,
	    false, why);
}

enum status
trouble_source(struct practice *practice, const char *name,
    enum channel channel, const char *reason, struct why *why)
{
	struct failed failed = { name, channel, reason };
	return practice_transact(practice, failed_work, &failed, why);
}

enum status
trouble_gateway(struct practice *practice, const struct gateway *gateway,
    const char *reason, struct why *why)
{
	return trouble_source(practice, gateway->name,
	    driver_channel(gateway->driver), reason, why);
}
