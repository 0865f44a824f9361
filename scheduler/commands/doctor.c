/*
 * doctor - is everything in order? Looks, and sends nothing
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"
#include "commands/plan_folder.h"
#include "commands/verbs.h"
#include "store/alerts.h"
#include "store/identity.h"
#include "store/outbox.h"

#define YEAR_2026_AT ((int64_t)1767225600)

enum finding {
	FINDING_GOOD,
	FINDING_LOOK, /* nothing is broken, but a person should look */
	FINDING_BAD
};

/* What was found, as it is printed and counted. */
struct visit {
	struct session *session;
	json_t *list; /* NULL: as text */
	int bad;
};

static void __attribute__((format(printf, 4, 5))) find(struct visit *visit,
    enum finding finding, const char *what, const char *fmt, ...)
{
	static const char *const words[] = { "good", "look", "bad" };
	char text[600];
	va_list args;
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);

	visit->bad += finding == FINDING_BAD;
	if (visit->list == NULL) {
		printf("%-4s  %-13s %s\n", words[finding], what, text);
		return;
	}
	json_t *row = json_object();
	json_put_text(row, "finding", words[finding]);
	json_put_text(row, "what", what);
	json_put_text(row, "text", text);
	json_array_append_new(visit->list, row);
}

static void
look_at_permissions(struct visit *visit)
{
	const struct config *config = visit->session->config;
	struct stat st;
	if (stat(config->database, &st) == 0 && (st.st_mode & 077) != 0)
		find(visit, FINDING_LOOK, "permissions",
		    "others can read %s: chmod 600 it", config->database);
	else if (access(config->database, R_OK | W_OK) != 0)
		find(visit, FINDING_BAD, "permissions",
		    "%s can't be written by this user", config->database);
	else
		find(visit, FINDING_GOOD, "permissions",
		    "the database is this user's alone");
}

static void
look_at_clock(struct visit *visit)
{
	struct practice *practice = &visit->session->practice;
	struct tick_row last = { 0 };
	struct why why = { "" };
	char when[TIME_SIZE];
	enum status status = tick_last(practice->store, 0, &last, &why);
	if (practice->now < YEAR_2026_AT ||
	    (status == STATUS_OK && practice->now < last.started_at - 300))
		find(visit, FINDING_BAD, "clock",
		    "it is %s here, before the last tick: set the clock",
		    time_format(practice->now, when));
	else
		find(visit, FINDING_GOOD, "clock", "%s",
		    time_format(practice->now, when));

	if (status == STATUS_NONE)
		find(visit, FINDING_LOOK, "last tick",
		    "none has run yet: add the line of cron.example");
	else if (status != STATUS_OK)
		find(visit, FINDING_BAD, "last tick", "%s", why.text);
	else if (practice->now - last.started_at >
		 practice->config->alerts.late_s)
		find(visit, FINDING_BAD, "last tick",
		    "%s, too long ago: look at cron",
		    time_format(last.started_at, when));
	else
		find(visit, FINDING_GOOD, "last tick", "%s",
		    time_format(last.started_at, when));
}

static void
look_at_gateways(struct visit *visit, const struct gateway *list, int len)
{
	struct store *store = visit->session->store;
	for (int i = 0; i < len; i++) {
		char what[GATEWAY_NAME_SIZE + 16];
		struct gateway_row row = { 0 };
		struct why why = { "" };
		char when[TIME_SIZE];
		snprintf(what, sizeof what, "%s %s",
		    channel_names[driver_channel(list[i].driver)],
		    list[i].name);
		enum status status =
		    list[i].trouble != NULL
			? why_set(&why, STATUS_CONFIG, "%s", list[i].trouble)
			: gateway_check(&list[i], &why);
		if (status == STATUS_OK)
			status = gateway_get(store, list[i].name, &row, &why);
		if (status != STATUS_OK)
			find(visit, FINDING_BAD, what, "%s", why.text);
		else if (row.failing_since_at != 0)
			find(visit, FINDING_BAD, what,
			    "does not work since %s: see alert list",
			    time_format(row.failing_since_at, when));
		else
			find(visit, FINDING_GOOD, what, "%s, settings in order",
			    driver_name(list[i].driver));
		free(row.cursor);
	}
}

/* Signs in and looks, which changes nothing there. */
static void
look_at_mailbox(struct visit *visit)
{
	const struct config *config = visit->session->config;
	struct mailbox *mailbox = NULL;
	struct why why = { "" };
	if (config->mailbox.url == NULL)
		return;
	if (mailbox_open(&config->mailbox, &mailbox, &why) != STATUS_OK)
		find(visit, FINDING_BAD, "mailbox", "%s", why.text);
	else
		find(visit, FINDING_GOOD, "mailbox",
		    "signed in to %s, which holds %lld mails",
		    config->mailbox.url, (long long)mailbox_count(mailbox));
	mailbox_close(mailbox);
}

static void
look_at_plans(struct visit *visit)
{
	char **names = NULL;
	int len = 0;
	struct why why = { "" };
	enum status status =
	    plans_names(visit->session->store, &names, &len, &why);
	if (status != STATUS_OK)
		find(visit, FINDING_BAD, "plans", "%s", why.text);
	else if (len == 0)
		find(visit, FINDING_BAD, "plans",
		    "none is loaded: run keepmoving setup");
	else
		find(visit, FINDING_GOOD, "plans", "%d loaded, %s%s", len,
		    names[0], len > 1 ? " first" : "");
	for (int i = 0; i < len; i++)
		free(names[i]);
	free(names);
}

/* Their files, as setup would load them: what a text can't be made of is known
 * before a patient waits for it. */
static void
look_at_files(struct visit *visit)
{
	struct plan_folder folder = { 0 };
	struct why why = { "" };
	enum status status =
	    plan_folder_open(visit->session->config, &folder, &why);
	const struct complaints *complaints = &folder.complaints;
	if (status != STATUS_OK)
		find(visit, FINDING_BAD, "plan files", "%s", why.text);
	else if (complaints->len > 1)
		find(visit, FINDING_BAD, "plan files",
		    "%s (and %d more: keepmoving plan check)",
		    complaints->lines[0], complaints->len - 1);
	else if (complaints->len == 1)
		find(visit, FINDING_BAD, "plan files", "%s",
		    complaints->lines[0]);
	else
		find(visit, FINDING_GOOD, "plan files",
		    "%d, with their words and templates", folder.len);
	plan_folder_free(&folder);
}

static void
look_at_alerts(struct visit *visit)
{
	struct alert *list = NULL;
	int len = 0;
	int open = 0;
	struct why why = { "" };
	if (alert_all(visit->session->store, false, &list, &len, &why) !=
	    STATUS_OK) {
		find(visit, FINDING_BAD, "alerts", "%s", why.text);
		return;
	}
	for (int i = 0; i < len; i++)
		open += list[i].state == ALERT_OPEN;
	alert_list_free(list, len);
	if (open > 0)
		find(visit, FINDING_LOOK, "alerts",
		    "%d wait%s for a person: keepmoving alert list", open,
		    open == 1 ? "s" : "");
	else
		find(visit, FINDING_GOOD, "alerts", "none is waiting");
}

static void
look_at_store(struct visit *visit)
{
	struct why why = { "" };
	if (identity_check(visit->session->store, &why) == STATUS_OK)
		find(visit, FINDING_GOOD, "database", "%s",
		    visit->session->config->database);
	else
		find(visit, FINDING_BAD, "database", "%s", why.text);
}

static enum status
run(struct session *session, const struct arguments *arguments, struct why *why)
{
	bool json = argument_given(arguments, "json");
	struct visit visit = { .session = session,
		.list = json ? json_array() : NULL };
	const struct config *config = session->config;
	find(&visit, FINDING_GOOD, "configuration", "%s", config->path);
	look_at_store(&visit);
	look_at_permissions(&visit);
	look_at_plans(&visit);
	look_at_files(&visit);
	look_at_clock(&visit);
	look_at_gateways(&visit, config->sms, config->sms_len);
	look_at_gateways(&visit, config->email, config->email_len);
	look_at_mailbox(&visit);
	look_at_alerts(&visit);
	if (json)
		json_print(stdout, visit.list);
	if (visit.bad == 0)
		return STATUS_OK;
	return why_set(why, STATUS_UNAVAILABLE, "%d of these need%s mending",
	    visit.bad, visit.bad == 1 ? "s" : "");
}

static const struct option_row options[] = {
	{ "json", NULL, false, "the findings as JSON" },
	{ NULL, NULL, false, NULL },
};

const struct command command_doctor = {
	.name = "doctor",
	.synopsis = "doctor [--json]",
	.summary = "is everything in order? looks, and sends nothing",
	.details = "Checks the configuration, permissions, the database and "
		   "whether it is the clinic,\nplans, their files with words "
		   "and templates, the clock, when the last tick ran,\neach "
		   "gateway (without sending), the mailbox (without a trace), "
		   "and whether alerts\nwait. Exits 69 where something needs "
		   "mending.",
	.needs = NEEDS_STORE,
	.options = options,
	.run = run,
};
