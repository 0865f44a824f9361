#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "post/driver.h"
#include "post/wire.h"

/* One row a driver: the only place that knows them all. */
static const struct driver *const drivers[] = {
	&driver_spool_sms,
	&driver_twilio,
	&driver_vonage,
	&driver_telnyx,
	&driver_plivo,
	&driver_messagebird,
	&driver_smsgate,
	&driver_kannel,
	&driver_http,
	&driver_spool_email,
	&driver_smtp,
	&driver_sendgrid,
	&driver_mailgun,
	&driver_postmark,
	&driver_ses,
};
#define DRIVERS_LEN (sizeof(drivers) / sizeof(drivers[0]))

const char *const post_class_names[POST__MAX] = {
	[POST_ACCEPTED] = "accepted",
	[POST_DELIVERED] = "delivered",
	[POST_UNDELIVERED] = "undelivered",
	[POST_THROTTLED] = "throttled",
	[POST_LATER] = "later",
	[POST_NOT_SENT] = "not-sent",
	[POST_AMBIGUOUS] = "ambiguous",
	[POST_ABSENT] = "absent",
	[POST_OPTED_OUT] = "opted-out",
	[POST_BAD_ADDRESS] = "bad-address",
	[POST_REFUSED] = "refused",
	[POST_CONFIG] = "config",
};

const struct driver *
driver_find(enum channel channel, const char *name)
{
	size_t i;

	for (i = 0; i < DRIVERS_LEN; i++)
		if (drivers[i]->channel == channel &&
		    strcmp(drivers[i]->name, name) == 0)
			return drivers[i];
	return NULL;
}

const char *
driver_name(const struct driver *driver)
{
	return driver->name;
}

enum channel
driver_channel(const struct driver *driver)
{
	return driver->channel;
}

const struct setting_row *
driver_settings(const struct driver *driver)
{
	return driver->settings;
}

const char *
driver_names(enum channel channel)
{
	/* A test holds these to the table above. */
	return channel == CHANNEL_SMS
		   ? "spool, twilio, vonage, telnyx, plivo, messagebird, "
		     "smsgate, kannel, http"
		   : "spool, smtp, sendgrid, mailgun, postmark, ses";
}

bool
driver_can_ask(const struct driver *driver)
{
	return driver->ask_request != NULL || driver->local_ask != NULL;
}

bool
driver_can_poll(const struct driver *driver)
{
	return driver->poll_request != NULL || driver->local_poll != NULL;
}

const char *
gateway_setting(const struct gateway *gateway, const char *name)
{
	const struct setting_row *row = gateway->driver->settings;
	int i;

	for (i = 0; row[i].name != NULL; i++) {
		if (strcmp(row[i].name, name) != 0)
			continue;
		if (gateway->settings != NULL && gateway->settings[i] != NULL)
			return gateway->settings[i];
		return row[i].otherwise;
	}
	panic("driver %s has no setting %s", gateway->driver->name, name);
}

enum status
gateway_check(const struct gateway *gateway, struct why *why)
{
	const struct setting_row *row = gateway->driver->settings;

	for (; row->name != NULL; row++) {
		const char *value = gateway_setting(gateway, row->name);

		if (row->required && (value == NULL || value[0] == '\0'))
			return why_set(why, STATUS_CONFIG,
			    "gateway %s: driver %s needs the setting %s: %s",
			    gateway->name, gateway->driver->name, row->name,
			    row->help);
		/* Settings end in headers and URLs. */
		if (value != NULL && !wire_plain(value))
			return why_set(why, STATUS_CONFIG,
			    "gateway %s: the setting %s holds a line break or "
			    "a control character",
			    gateway->name, row->name);
	}
	if (gateway->ca_file != NULL && access(gateway->ca_file, R_OK) != 0)
		return why_set(why, STATUS_CONFIG,
		    "gateway %s: the certificates of ca_file can't be read: "
		    "%s: %s",
		    gateway->name, gateway->ca_file, strerror(errno));
	if (gateway->driver->check == NULL)
		return STATUS_OK;
	if (gateway->driver->check(gateway, why) != STATUS_OK)
		return why_prefix(
		    why, STATUS_CONFIG, "gateway %s", gateway->name);
	return STATUS_OK;
}

void
gateway_free(struct gateway *gateway)
{
	int i;

	if (gateway->settings != NULL)
		for (i = 0; gateway->driver->settings[i].name != NULL; i++)
			free(gateway->settings[i]);
	free(gateway->settings);
	free(gateway->ca_file);
	free(gateway->trouble);
	*gateway = (struct gateway){ 0 };
}
