#include "commands/command.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/secret.h"
#include "commands/verbs.h"
#include "settings/nearest.h"

const struct command *const commands[] = {
	&command_setup,
	&command_enrol,
	&command_import,
	&command_patient,
	&command_tick,
	&command_receive,
	&command_read,
	&command_count,
	&command_plan,
	&command_review,
	&command_why,
	&command_alert,
	&command_inbox,
	&command_move,
	&command_doctor,
	&command_backup,
	NULL,
};

const struct command *
command_find(const char *name)
{
	for (int i = 0; commands[i] != NULL; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

const char *
command_nearest(const char *name)
{
	const char *best = NULL;
	int distance = 0;
	for (int i = 0; commands[i] != NULL; i++)
		nearest_offer(name, commands[i]->name, &best, &distance);
	return best;
}

enum status
session_config(struct session *session, struct why *why)
{
	if (session->config != NULL)
		return STATUS_OK;
	struct complaints complaints = { 0 };
	enum status status = config_load(
	    session->config_path, &session->config, &complaints, why);
	/* The first is in why; the rest are told before it. */
	for (int i = 1; i < complaints.len; i++)
		log_error("%s", complaints.lines[i]);
	complaints_free(&complaints);
	if (status == STATUS_NO_FILE)
		return why_set(why, status,
		    "%s: No such file: name the configuration with -c",
		    session->config_path);
	return status;
}

static enum status
open_store(struct session *session, struct why *why)
{
	enum status status =
	    store_open(session->config->database, &session->store, why);
	if (status == STATUS_OK)
		practice_open(&session->practice, session->config,
		    &session->clock, session->store);
	return status;
}

enum status
command_run(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	const struct command *command = session->command;
	enum status status = STATUS_OK;
	if (command->needs >= NEEDS_CONFIG)
		status = session_config(session, why);
	if (status == STATUS_OK && command->needs >= NEEDS_STORE)
		status = open_store(session, why);
	if (status == STATUS_OK)
		status = command->run(session, arguments, why);

	if (session->store != NULL)
		practice_close(&session->practice);
	store_close(session->store);
	config_free(session->config);
	return status;
}

enum status
session_patient(struct session *session, const char *word,
    struct patient *patient, struct why *why)
{
	char ref[REF_SIZE];
	if (!ref_normalise(word, ref))
		return why_set(why, STATUS_BAD_DATA,
		    "\"%s\" is no patient's reference; they look like "
		    "P-4K7QXM",
		    word);
	enum status status = patient_by_ref(session->store, ref, patient, why);
	if (status == STATUS_NONE)
		return why_set(why, STATUS_BAD_DATA,
		    "there is no patient %s; \"keepmoving patient list\" "
		    "shows all",
		    ref);
	return status;
}

const char *
session_user(void)
{
	const struct passwd *user = getpwuid(getuid());
	return user != NULL ? user->pw_name : "the clinic";
}

const char *
session_by(const struct session *session, const struct arguments *arguments)
{
	(void)session;
	const char *by = argument(arguments, "by");
	return by != NULL ? by : session_user();
}

void
command_help_all(FILE *out)
{
	fputs("usage: keepmoving [-c CONFIG] [--now TIME] [-v|-q] COMMAND "
	      "[ARGUMENTS]\n\n",
	    out);
	for (int i = 0; commands[i] != NULL; i++)
		fprintf(out, "  %-9s %s\n", commands[i]->name,
		    commands[i]->summary);
	fputs("\n\"keepmoving help COMMAND\" tells more; keepmoving(1) tells "
	      "all.\n",
	    out);
}

void
command_help(FILE *out, const struct command *command)
{
	const char *line = command->synopsis;
	const char *lead = "usage:";
	while (line != NULL && *line != '\0') {
		size_t len = strcspn(line, "\n");
		/* A line that begins with a space goes on with the last. */
		fprintf(out, "%-6s %s %.*s\n", lead,
		    *line == ' ' ? "          " : "keepmoving", (int)len, line);
		line += len;
		line += *line == '\n';
		lead = "";
	}
	fprintf(out, "\n%s: %s.\n", command->name, command->summary);
	if (command->details != NULL)
		fprintf(out, "\n%s\n", command->details);
	if (command->options == NULL || command->options->name == NULL)
		return;
	fputc('\n', out);
	for (const struct option_row *o = command->options; o->name != NULL;
	     o++) {
		char head[64];
		snprintf(head, sizeof head, "--%s%s%s", o->name,
		    o->value != NULL ? " " : "",
		    o->value != NULL ? o->value : "");
		fprintf(out, "  %-22s %s\n", head, o->help);
	}
}
