/*
 * config.c - see config.h
 *
 * The rows fill a draft (config_rows.c), and config_check.c makes of it what
 * is more than a type.
 */
#include "settings/config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "settings/config_check.h"
#include "settings/config_rows.h"
#include "settings/gateways.h"

/* One or the other of two names beside the file, whichever is there. */
static void
default_path(
    char **member, const char *dir, const char *first, const char *second)
{
	struct stat st;

	if (*member != NULL)
		return;
	*member = xasprintf("%s/%s", dir, first);
	if (second == NULL || stat(*member, &st) == 0)
		return;
	free(*member);
	*member = xasprintf("%s/%s", dir, second);
}

static void
read_gateways(struct tree *tree, struct config *config)
{
	gateways_read(
	    tree, CHANNEL_SMS, NULL, 0, &config->sms, &config->sms_len);
	gateways_read(tree, CHANNEL_EMAIL, config->sms, config->sms_len,
	    &config->email, &config->email_len);
	if (tree_find(tree, "sms") == NULL && tree_find(tree, "email") == NULL)
		complain(tree->complaints, tree->source.files[0], 1,
		    "there is neither an sms nor an email gateway; begin with "
		    "sms = ( { name = \"main\"; driver = \"spool\"; "
		    "path = \"spool\"; } );");
	else if (config->sms_len == 0 && config->email_len == 0)
		complain(tree->complaints, tree->source.files[0], 1,
		    "the lists of sms and email gateways are empty");
}

static void
read_section(struct tree *tree, const char *path, const char *in,
    const char *name, struct config_draft *draft)
{
	const config_setting_t *above =
	    *in != '\0' ? tree_find(tree, in) : tree_root(tree);
	const config_setting_t *group =
	    above != NULL && config_setting_is_group(above)
		? fields_group(tree, above, name)
		: NULL;

	fields_read(tree, group, config_fields(path), draft);
}

static void
read_all(struct tree *tree, struct config_draft *draft)
{
	struct config *config = &draft->config;

	fields_read(tree, tree_root(tree), config_fields(""), draft);
	read_section(tree, "clinic", "", "clinic", draft);
	read_section(tree, "clinic.quiet", "clinic", "quiet", draft);
	read_section(tree, "mailbox", "", "mailbox", draft);
	config->mailbox.trouble = tree_unhad(tree);
	read_section(tree, "alerts", "", "alerts", draft);
	read_section(tree, "review", "", "review", draft);
	read_section(tree, "web", "", "web", draft);
	config->web.given = tree_find(tree, "web") != NULL;
	read_gateways(tree, config);
	config_make_clinic(tree, draft);
	config_make_alerts(tree, draft);
	config_make_review(tree, draft);
	config_check_mailbox(tree, config);
	config_check_urls(tree, config);
	default_path(&config->database, config->dir, "keepmoving.db", NULL);
	default_path(
	    &config->templates, config->dir, "templates", "../templates");
	default_path(&config->plans, config->dir, "plans", NULL);
	default_path(&config->words, config->dir, "words", NULL);
}

static char *
folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *dir = slash == NULL ? xstrdup(".")
				  : xstrndup(path, (size_t)(slash - path) + 1);
	char *real = realpath(dir, NULL);

	if (real == NULL)
		return dir;
	free(dir);
	return real;
}

static void
draft_free(struct config_draft *draft)
{
	free(draft->country);
	texts_free(draft->closed, draft->closed_len);
	texts_free(draft->requires, draft->requires_len);
	texts_free(draft->to, draft->to_len);
	texts_free(draft->night_to, draft->night_to_len);
	texts_free(draft->review_to, draft->review_to_len);
}

static void
gateways_free(struct gateway *gateways, int len)
{
	for (int i = 0; i < len; i++)
		gateway_free(&gateways[i]);
	free(gateways);
}

static void
config_clear(struct config *config)
{
	struct clinic *clinic = &config->clinic;
	char *texts[] = { config->path, config->dir, clinic->name,
		clinic->sms_name, clinic->phone, clinic->emergency,
		clinic->urgent, clinic->crisis, clinic->hours_text,
		clinic->timezone, clinic->language, clinic->currency,
		clinic->consent_wording, config->database, config->templates,
		config->plans, config->words, config->mailbox.url,
		config->mailbox.user, config->mailbox.password,
		config->mailbox.token, config->mailbox.address,
		config->mailbox.move_to, config->mailbox.ca_file,
		config->mailbox.trouble, config->web.listen, config->web.url };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		free(texts[i]);
	free(clinic->closed);
	gateways_free(config->sms, config->sms_len);
	gateways_free(config->email, config->email_len);
	free(config->alerts.to);
	free(config->alerts.night_to);
	free(config->review.to);
}

void
config_free(struct config *config)
{
	if (config == NULL)
		return;
	config_clear(config);
	free(config);
}

enum status
config_load(const char *path, struct config **config,
    struct complaints *complaints, struct why *why)
{
	struct config_draft draft = { 0 };
	struct tree tree;
	enum status status = tree_read(&tree, path, complaints, why);

	if (status != STATUS_OK)
		goto out;
	draft.config.path = xstrdup(path);
	draft.config.dir = folder(path);
	read_all(&tree, &draft);
	status = tree_status(&tree, why);
	if (status != STATUS_OK) {
		config_clear(&draft.config);
		goto out;
	}
	*config = xcalloc(1, sizeof(**config));
	**config = draft.config;
out:
	draft_free(&draft);
	tree_free(&tree);
	return status;
}

static const char *
first_trouble(const struct gateway *gateways, int len)
{
	for (int i = 0; i < len; i++)
		if (gateways[i].trouble != NULL)
			return gateways[i].trouble;
	return NULL;
}

enum status
config_whole(const struct config *config, struct why *why)
{
	const char *trouble = first_trouble(config->sms, config->sms_len);

	if (trouble == NULL)
		trouble = first_trouble(config->email, config->email_len);
	if (trouble == NULL)
		trouble = config->mailbox.trouble;
	return trouble == NULL ? STATUS_OK
			       : why_set(why, STATUS_CONFIG, "%s", trouble);
}

struct clinic_facts
config_clinic_facts(const struct config *config)
{
	const struct clinic *clinic = &config->clinic;

	return (struct clinic_facts){
		.name = clinic->name,
		.sms_name = clinic->sms_name,
		.phone = clinic->phone,
		.emergency = clinic->emergency,
		.urgent = clinic->urgent,
		.crisis = clinic->crisis,
		.hours = clinic->hours_text,
	};
}
