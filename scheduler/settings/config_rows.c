/*
 * config_rows.c - see config_rows.h
 */
#include "settings/config_rows.h"

#include <string.h>

#define AT(member) .at = offsetof(struct config_draft, member)
#define TEXTS_AT(member)                             \
	.at = offsetof(struct config_draft, member), \
	.len_at = offsetof(struct config_draft, member##_len)
#define GATEWAY_AT(member) .at = offsetof(struct gateway_draft, member)

static const struct field root_fields[] = {
	{ "clinic", FIELD_GROUP, .required = true,
	    .help = "who the messages come from" },
	{ "database", FIELD_PATH, .help = "a file, or postgresql://...",
	    AT(config.database) },
	{ "templates", FIELD_PATH, .help = "the folder of the texts",
	    AT(config.templates) },
	{ "plans", FIELD_PATH, .help = "the folder of the plans",
	    AT(config.plans) },
	{ "words", FIELD_PATH,
	    .help = "the folder of the words by which replies are read",
	    AT(config.words) },
	{ "sms", FIELD_LIST, .help = "SMS gateways, tried in this order" },
	{ "email", FIELD_LIST, .help = "email gateways, tried in this order" },
	{ "mailbox", FIELD_GROUP, .help = "where replies by email arrive" },
	{ "alerts", FIELD_GROUP, .required = true,
	    .help = "who is told when a patient needs a person" },
	{ "review", FIELD_GROUP, .help = "the weekly review by email" },
	{ "tick_budget", FIELD_SECONDS, .otherwise = "4m",
	    .help = "how long a tick sends before it leaves the rest to the "
		    "next",
	    AT(config.tick_budget_s) },
	{ "web", FIELD_GROUP, .help = "the console and the webhooks" },
	{ 0 },
};

static const struct field clinic_fields[] = {
	{ "name", FIELD_TEXT, true, .help = "the clinic's name, in email",
	    AT(config.clinic.name) },
	{ "sms_name", FIELD_TEXT,
	    .help = "a short name, in SMS; the name where left out",
	    AT(config.clinic.sms_name) },
	{ "phone", FIELD_TEXT, true,
	    .help = "the number that patients can call",
	    AT(config.clinic.phone) },
	{ "emergency", FIELD_TEXT, true,
	    .help = "the emergency number, as patients should dial it",
	    AT(config.clinic.emergency) },
	{ "urgent", FIELD_TEXT,
	    .help = "for help the same day; emergency where left out",
	    AT(config.clinic.urgent) },
	{ "crisis", FIELD_TEXT,
	    .help = "for thoughts of self-harm; emergency where left out",
	    AT(config.clinic.crisis) },
	{ "hours", FIELD_TEXT, .otherwise = "Mon-Fri 9-17",
	    .help = "when the clinic is open", AT(config.clinic.hours_text) },
	{ "country", FIELD_TEXT, true,
	    .help = "two letters: how phone numbers are written", AT(country) },
	{ "timezone", FIELD_TEXT, true,
	    .help = "the clinic's zone: \"Europe/London\"",
	    AT(config.clinic.timezone) },
	{ "language", FIELD_TEXT, true,
	    .help = "of patients whose own is not given: \"en\"",
	    AT(config.clinic.language) },
	{ "quiet", FIELD_GROUP, .help = "when no reminder is sent" },
	{ "closed", FIELD_TEXTS, .otherwise = "[ ]",
	    .help = "days without reminders: \"2026-12-25\"",
	    TEXTS_AT(closed) },
	{ "daily_limit", FIELD_WHOLE, .otherwise = "1",
	    .help = "unasked messages to a patient in a day",
	    AT(config.clinic.daily_limit), .min = 1, .max = 24 },
	{ "weekly_limit", FIELD_WHOLE, .otherwise = "4",
	    .help = "unasked messages to a patient in a week",
	    AT(config.clinic.weekly_limit), .min = 1, .max = 168 },
	{ "reading_age", FIELD_WHOLE, .otherwise = "11",
	    .help = "years; plan check warns of texts that are harder",
	    AT(config.clinic.reading_age), .min = 6, .max = 18 },
	{ "currency", FIELD_TEXT, .help = "in which prices are: \"GBP\"",
	    AT(config.clinic.currency) },
	{ "enrol_requires", FIELD_TEXTS, .otherwise = "[ \"consent\" ]",
	    .help = "what enrolment must state: \"consent\", \"screened\", "
		    "\"born\"",
	    TEXTS_AT(requires) },
	{ "consent_wording", FIELD_TEXT, .otherwise = "",
	    .help = "the version of the words that patients agree to",
	    AT(config.clinic.consent_wording) },
	{ "adult_age", FIELD_WHOLE, .otherwise = "18",
	    .help = "below it, messages go to a carer",
	    AT(config.clinic.adult_age), .min = 0, .max = 25 },
	{ 0 },
};

static const struct field quiet_fields[] = {
	{ "from", FIELD_MINUTE, .otherwise = "20:00",
	    .help = "from then on no reminder, the patient's own time",
	    AT(config.clinic.quiet.from_minute) },
	{ "until", FIELD_MINUTE, .otherwise = "08:00",
	    .help = "until then; the same as from: never quiet",
	    AT(config.clinic.quiet.until_minute) },
	{ 0 },
};

static const struct field gateway_fields[] = {
	{ "name", FIELD_TEXT, true, .help = "its name here, once only",
	    GATEWAY_AT(name) },
	{ "driver", FIELD_TEXT, true, .help = "which provider: \"spool\"",
	    GATEWAY_AT(driver) },
	{ "rate", FIELD_NUMBER, .otherwise = "0",
	    .help = "messages a second at most; 0 for no bound",
	    GATEWAY_AT(rate) },
	{ "in_flight", FIELD_WHOLE, .otherwise = "8",
	    .help = "requests under way at once", GATEWAY_AT(in_flight),
	    .min = 1, .max = 1000 },
	{ "timeout", FIELD_SECONDS, .otherwise = "30s",
	    .help = "how long one request may take", GATEWAY_AT(timeout_s) },
	{ "confirms_stop", FIELD_BOOL, .otherwise = "false",
	    .help = "the provider itself answers the word STOP",
	    GATEWAY_AT(confirms_stop) },
	{ "daily_most", FIELD_WHOLE, .otherwise = "0",
	    .help = "segments a day at most, or emails; 0 for no bound",
	    GATEWAY_AT(daily_most), .min = 0, .max = 1000000 },
	{ "price", FIELD_NUMBER, .otherwise = "0",
	    .help = "of one segment or email, in the clinic's money",
	    GATEWAY_AT(price) },
	{ "ca_file", FIELD_PATH,
	    .help = "certificates to trust in place of the system's, PEM",
	    GATEWAY_AT(ca_file) },
	{ 0 },
};

static const struct field mailbox_fields[] = {
	{ "url", FIELD_TEXT, .help = "imaps://HOST/FOLDER, or imap://",
	    AT(config.mailbox.url) },
	{ "user", FIELD_TEXT, .help = "who signs in", AT(config.mailbox.user) },
	{ "password", FIELD_SECRET, .help = "the user's password",
	    AT(config.mailbox.password) },
	{ "token", FIELD_SECRET, .help = "an OAuth 2 token in its place",
	    AT(config.mailbox.token) },
	{ "address", FIELD_TEXT,
	    .help = "to which replies go, with a key added after a plus",
	    AT(config.mailbox.address) },
	{ "move_to", FIELD_TEXT, .help = "the folder for mails that are read",
	    AT(config.mailbox.move_to) },
	{ "ca_file", FIELD_PATH,
	    .help = "the certificates of who signed its own",
	    AT(config.mailbox.ca_file) },
	{ "tls", FIELD_BOOL, .otherwise = "false",
	    .help = "STARTTLS at this machine itself, too",
	    AT(config.mailbox.tls) },
	{ "timeout", FIELD_SECONDS, .otherwise = "30s",
	    .help = "how long the server may take to answer",
	    AT(config.mailbox.timeout_s) },
	{ 0 },
};

static const struct field alerts_fields[] = {
	{ "to", FIELD_TEXTS, true,
	    .help = "\"sms:NUMBER\" or \"email:ADDRESS\", in this order",
	    TEXTS_AT(to) },
	{ "repeat", FIELD_SECONDS, .otherwise = "15m",
	    .help = "until somebody acknowledges", AT(config.alerts.repeat_s) },
	{ "rounds", FIELD_WHOLE, .otherwise = "4",
	    .help = "how often all of them are told", AT(config.alerts.rounds),
	    .min = 1, .max = 1000 },
	{ "late", FIELD_SECONDS, .otherwise = "1h",
	    .help = "without a tick, and the clinic is told",
	    AT(config.alerts.late_s) },
	{ "night_to", FIELD_TEXTS, .otherwise = "[ ]",
	    .help = "outside the hours; where empty, to", TEXTS_AT(night_to) },
	{ 0 },
};

static const struct field review_fields[] = {
	{ "to", FIELD_TEXTS, .otherwise = "[ ]",
	    .help = "\"email:ADDRESS\": who gets it", TEXTS_AT(review_to) },
	{ "names", FIELD_BOOL, .otherwise = "false",
	    .help = "patients by name and in their words, not by initials",
	    AT(config.review.names) },
	{ 0 },
};

static const struct field web_fields[] = {
	{ "listen", FIELD_TEXT, .otherwise = "127.0.0.1:8480",
	    .help = "address and port", AT(config.web.listen) },
	{ "url", FIELD_TEXT, .help = "how the outside reaches it",
	    AT(config.web.url) },
	{ 0 },
};

const struct config_section config_sections[] = {
	{ "", root_fields },
	{ "clinic", clinic_fields },
	{ "clinic.quiet", quiet_fields },
	{ "sms", gateway_fields },
	{ "email", gateway_fields },
	{ "mailbox", mailbox_fields },
	{ "alerts", alerts_fields },
	{ "review", review_fields },
	{ "web", web_fields },
	{ 0 },
};

const struct field *
config_fields(const char *path)
{
	for (const struct config_section *s = config_sections; s->path; s++)
		if (strcmp(s->path, path) == 0)
			return s->fields;
	panic("no section \"%s\" of the configuration", path);
}
