/*
 * config_check.c - see config_check.h
 */
#include "settings/config_check.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void
make_country(struct tree *tree, struct config_draft *draft)
{
	const char *country = draft->country;

	if (country == NULL)
		return;
	if (strlen(country) != 2 || !phone_country_known(country)) {
		tree_complain(tree, tree_find(tree, "clinic.country"),
		    "is \"%s\", and must be one that phone numbers are known "
		    "of, by its two letters (GB, US)",
		    country);
		return;
	}
	for (int i = 0; i < 2; i++)
		draft->config.clinic.country[i] =
		    (char)toupper((unsigned char)country[i]);
}

static void
make_zone(struct tree *tree, const struct clinic *clinic)
{
	struct zone *zone = NULL;
	struct why why;

	if (clinic->timezone == NULL ||
	    zone_open(clinic->timezone, &zone, &why) == STATUS_OK) {
		zone_free(zone);
		return;
	}
	tree_complain(tree, tree_find(tree, "clinic.timezone"),
	    "can't be used: %s", why.text);
}

/* "en", "es-MX": it names files and goes into the mail's HTML. */
static void
check_language(struct tree *tree, const struct clinic *clinic)
{
	static const char lower[] = "abcdefghijklmnopqrstuvwxyz";
	static const char tail[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
	const char *language = clinic->language;
	size_t len;

	if (language == NULL)
		return;
	len = strspn(language, lower);
	if ((len == 2 || len == 3) &&
	    (language[len] == '\0' ||
		(language[len] == '-' && language[len + 1] != '\0' &&
		    language[len + strspn(language + len, tail)] == '\0')))
		return;
	tree_complain(tree, tree_find(tree, "clinic.language"),
	    "is \"%s\", and must be a language like \"en\" or \"es\"",
	    language);
}

static void
make_hours(struct tree *tree, struct clinic *clinic)
{
	struct why why;

	if (clinic->hours_text == NULL ||
	    hours_parse(clinic->hours_text, &clinic->hours, &why) == STATUS_OK)
		return;
	tree_complain(tree, tree_find(tree, "clinic.hours"),
	    "can't be read: %s", why.text);
}

/* An element of what may be one text or several. */
static const config_setting_t *
element(const struct tree *tree, const char *path, int i)
{
	const config_setting_t *s = tree_find(tree, path);

	return config_setting_is_aggregate(s)
		   ? config_setting_get_elem(s, (unsigned)i)
		   : s;
}

static void
make_closed(struct tree *tree, struct config_draft *draft)
{
	struct clinic *clinic = &draft->config.clinic;
	int len = draft->closed_len;
	struct why why;

	clinic->closed = xcalloc((size_t)len + 1, sizeof(*clinic->closed));
	for (int i = 0; i < len; i++)
		if (date_parse(draft->closed[i], &clinic->closed[i], &why) !=
		    STATUS_OK)
			tree_complain(tree, element(tree, "clinic.closed", i),
			    "is no day: %s", why.text);
	clinic->quiet.closed = clinic->closed;
	clinic->quiet.closed_len = len;
}

static void
make_requires(struct tree *tree, struct config_draft *draft)
{
	struct clinic *clinic = &draft->config.clinic;

	clinic->require_consent =
	    tree_find(tree, "clinic.enrol_requires") == NULL;
	for (int i = 0; i < draft->requires_len; i++) {
		if (strcmp(draft->requires[i], "consent") == 0)
			clinic->require_consent = true;
		else if (strcmp(draft->requires[i], "screened") == 0)
			clinic->require_screened = true;
		else if (strcmp(draft->requires[i], "born") == 0)
			clinic->require_born = true;
		else
			tree_complain(tree,
			    element(tree, "clinic.enrol_requires", i),
			    "is \"%s\", and can be \"consent\", "
			    "\"screened\" and \"born\"",
			    draft->requires[i]);
	}
}

static void
make_addresses(struct tree *tree, const char *path, char **texts, int len,
    const char *country, struct address **addresses, int *addresses_len)
{
	struct why why;

	/* Without a country every number would be wrong. */
	if (country[0] == '\0')
		return;
	*addresses = xcalloc((size_t)len + 1, sizeof(**addresses));
	*addresses_len = len;
	for (int i = 0; i < len; i++)
		if (address_parse(texts[i], country, &(*addresses)[i], &why) !=
		    STATUS_OK)
			tree_complain(tree, element(tree, path, i),
			    "can't be reached: %s", why.text);
}

static bool
has_channel(const struct address *list, int len, enum channel channel)
{
	for (int i = 0; i < len; i++)
		if (list[i].channel == channel)
			return true;
	return false;
}

/* Who is told by a channel needs a gateway of it, or nobody is told. */
static void
check_reach(struct tree *tree, const char *path, const struct address *list,
    int len, const struct config *config)
{
	const char *why = "names an address by %s, and there is no %s gateway";

	if (config->sms_len == 0 && has_channel(list, len, CHANNEL_SMS))
		tree_complain(tree, tree_find(tree, path), why, "sms", "sms");
	if (config->email_len == 0 && has_channel(list, len, CHANNEL_EMAIL))
		tree_complain(
		    tree, tree_find(tree, path), why, "email", "email");
}

void
config_make_alerts(struct tree *tree, struct config_draft *draft)
{
	struct config *config = &draft->config;
	const char *country = config->clinic.country;
	const config_setting_t *to = tree_find(tree, "alerts.to");
	struct alerting *alerts = &config->alerts;

	make_addresses(tree, "alerts.to", draft->to, draft->to_len, country,
	    &alerts->to, &alerts->to_len);
	make_addresses(tree, "alerts.night_to", draft->night_to,
	    draft->night_to_len, country, &alerts->night_to,
	    &alerts->night_to_len);
	if (to != NULL && config_setting_is_aggregate(to) &&
	    config_setting_length(to) == 0)
		tree_complain(tree, to,
		    "must name at least one: a red flag has to reach a person");
	check_reach(tree, "alerts.to", alerts->to, alerts->to_len, config);
	check_reach(tree, "alerts.night_to", alerts->night_to,
	    alerts->night_to_len, config);
}

/* It is a page: no text message could hold it. */
void
config_make_review(struct tree *tree, struct config_draft *draft)
{
	struct config *config = &draft->config;
	struct reviewing *review = &config->review;

	make_addresses(tree, "review.to", draft->review_to,
	    draft->review_to_len, config->clinic.country, &review->to,
	    &review->to_len);
	if (has_channel(review->to, review->to_len, CHANNEL_SMS))
		tree_complain(tree, tree_find(tree, "review.to"),
		    "names a number, and the review goes by email alone");
	check_reach(tree, "review.to", review->to, review->to_len, config);
}

void
config_make_clinic(struct tree *tree, struct config_draft *draft)
{
	struct clinic *clinic = &draft->config.clinic;

	if (clinic->sms_name == NULL)
		clinic->sms_name = xstrdup(clinic->name);
	if (clinic->urgent == NULL)
		clinic->urgent = xstrdup(clinic->emergency);
	if (clinic->crisis == NULL)
		clinic->crisis = xstrdup(clinic->emergency);
	make_country(tree, draft);
	make_zone(tree, clinic);
	check_language(tree, clinic);
	make_hours(tree, clinic);
	make_closed(tree, draft);
	make_requires(tree, draft);
}

static void
check_start(struct tree *tree, const char *path, const char *text,
    const char *first, const char *second)
{
	if (text == NULL || strncmp(text, first, strlen(first)) == 0 ||
	    strncmp(text, second, strlen(second)) == 0)
		return;
	tree_complain(tree, tree_find(tree, path), "must begin with %s or %s",
	    first, second);
}

static void
check_database(struct tree *tree, const char *database)
{
	if (database != NULL && strstr(database, "://") != NULL)
		check_start(
		    tree, "database", database, "postgresql://", "postgres://");
}

static void
check_listen(struct tree *tree, const char *listen)
{
	const char *colon = listen != NULL ? strrchr(listen, ':') : NULL;
	char *end;
	long port;

	if (listen == NULL)
		return;
	port = colon != NULL ? strtol(colon + 1, &end, 10) : 0;
	if (colon == NULL || colon[1] < '0' || colon[1] > '9' || *end != '\0' ||
	    port < 1 || port > 65535)
		tree_complain(tree, tree_find(tree, "web.listen"),
		    "must be ADDRESS:PORT, like \"127.0.0.1:8480\"");
}

/* Its name stands beside the gateways' in the database. */
static void
check_gateway_names(
    struct tree *tree, const char *path, const struct gateway *list, int len)
{
	for (int i = 0; i < len; i++)
		if (strcmp(list[i].name, "mailbox") == 0)
			tree_complain(tree, tree_find(tree, path),
			    "has a gateway called \"mailbox\", which is what "
			    "the mailbox is called; give it another name");
}

void
config_check_mailbox(struct tree *tree, const struct config *config)
{
	const config_setting_t *mailbox = tree_find(tree, "mailbox");
	struct why why;

	check_gateway_names(tree, "sms", config->sms, config->sms_len);
	check_gateway_names(tree, "email", config->email, config->email_len);
	check_start(
	    tree, "mailbox.url", config->mailbox.url, "imap://", "imaps://");
	/* A password that can't be had is no reason to say there is none. */
	if (mailbox != NULL && config->mailbox.trouble == NULL &&
	    tree->complaints->len == 0 &&
	    mailbox_check(&config->mailbox, &why) != STATUS_OK)
		tree_complain(tree, mailbox, "can't be so: %s", why.text);
}

void
config_check_urls(struct tree *tree, const struct config *config)
{
	check_start(tree, "web.url", config->web.url, "https://", "http://");
	check_listen(tree, config->web.listen);
	check_database(tree, config->database);
}
