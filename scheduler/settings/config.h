/*
 * NAME
 *	config - the clinic's one configuration file
 *
 * Read by libconfig, checked row by row against one table of settings: an
 * unknown one, a wrong type or a missing one is CONFIG with file and line. A
 * file that holds a secret itself and that others may read is refused
 * (DENIED). Paths are absolute afterwards, secrets resolved.
 */
#ifndef SETTINGS_CONFIG_H
#define SETTINGS_CONFIG_H

#include "base/address.h"
#include "base/status.h"
#include "care/quiet.h"
#include "compose/facts.h"
#include "post/mailbox.h"
#include "settings/complaints.h"

struct clinic {
	char *name;
	char *sms_name; /* name where not given */
	char *phone; /* as written */
	char *emergency;
	char *urgent;
	char *crisis;
	char *hours_text;
	struct hours hours;
	char country[3];
	char *timezone;
	char *language;
	char *currency; /* of prices; NULL: not said */
	struct quiet quiet; /* with closed days */
	struct date *closed; /* owned; quiet.closed lends it */
	int daily_limit;
	int weekly_limit;
	int reading_age; /* above which plan check warns of a text */
	bool require_consent;
	bool require_screened;
	bool require_born;
	char *consent_wording; /* the version patients agree to now; "" none */
	int adult_age;
};

struct alerting {
	struct address *to; /* in this order */
	int to_len;
	struct address *night_to; /* outside hours; none: to serves */
	int night_to_len;
	int64_t repeat_s;
	int rounds;
	int64_t late_s; /* without a tick for so long: an alert */
};

/* The weekly review by email. */
struct reviewing {
	struct address *to; /* none: nobody asked for it */
	int to_len;
	bool names; /* patients by name and in their words, not by initials */
};

struct config {
	char *path; /* as opened */
	char *dir; /* absolute, where it lies */
	struct clinic clinic;
	char *database; /* absolute path, or postgresql://... */
	char *templates;
	char *plans;
	char *words;
	struct gateway *sms; /* tried in this order */
	int sms_len;
	struct gateway *email;
	int email_len;
	struct mailbox_settings mailbox; /* {0} where there is none */
	struct alerting alerts;
	struct reviewing review;
	int64_t tick_budget_s; /* sending begins no later than that */
	struct {
		bool given;
		char *listen, *url;
	} web;
};

/*
 * Read a file. On failure *config is untouched and complaints holds a line
 * for each thing that is wrong (the first is also in why).
 */
enum status config_load(const char *path, struct config **config,
    struct complaints *complaints, struct why *why);
void config_free(struct config *config);

/* Are all secrets there? A gateway or mailbox whose own can't be had has its
 * trouble set, and the others work. CONFIG with the first of them. */
enum status config_whole(const struct config *config, struct why *why);

/* The clinic as templates see it; lends the config's texts. */
struct clinic_facts config_clinic_facts(const struct config *config);

#endif
