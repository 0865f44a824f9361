/*
 * backup - a consistent copy while everything runs, and the proof of one
 */
#include "base/clock.h"
#include "base/json.h"
#include "commands/verbs.h"
#include "store/backup.h"

static enum status
check(const struct arguments *arguments, struct why *why)
{
	struct backup_facts facts = { 0 };
	char when[TIME_SIZE] = "nothing has happened in it";
	enum status status = backup_check(arguments->words[0], &facts, why);
	if (status != STATUS_OK)
		return status;
	if (argument_given(arguments, "json")) {
		json_t *answer = json_object();
		json_put_bool(answer, "good", true);
		json_put_whole(answer, "patients", facts.patients);
		json_put_whole(answer, "messages", facts.messages);
		json_put_time(answer, "last_event", facts.last_event_at);
		json_print(stdout, answer);
		return STATUS_OK;
	}
	if (facts.last_event_at != 0)
		time_format(facts.last_event_at, when);
	printf("%s is good: %lld patient%s, %lld message%s, up to %s\n",
	    arguments->words[0], (long long)facts.patients,
	    facts.patients == 1 ? "" : "s", (long long)facts.messages,
	    facts.messages == 1 ? "" : "s", when);
	return STATUS_OK;
}

static enum status
run(struct session *session, const struct arguments *arguments, struct why *why)
{
	struct store *store = NULL;
	enum status status = arguments_expect(
	    arguments, 1, 1, "backup takes the file to write", why);
	if (status != STATUS_OK)
		return status;
	if (argument_given(arguments, "check"))
		return check(arguments, why);

	status = session_config(session, why);
	if (status == STATUS_OK)
		status = store_open(session->config->database, &store, why);
	if (status == STATUS_OK)
		status = backup_write(store, arguments->words[0], why);
	store_close(store);
	return status;
}

static const struct option_row options[] = {
	{ "check", NULL, false, "prove a backup instead of making one" },
	{ "json", NULL, false, "what --check finds, as JSON" },
	{ NULL, NULL, false, NULL },
};

const struct command command_backup = {
	.name = "backup",
	.synopsis = "backup FILE\nbackup --check FILE",
	.summary = "a consistent copy while everything runs",
	.details = "The copy is written beside FILE and renamed. It holds what "
		   "patients wrote: keep it\nas safe as the database. After "
		   "restoring one, nothing is sent until\n\"keepmoving setup "
		   "--adopt\" says that it is now the clinic.",
	.needs = NEEDS_NOTHING,
	.options = options,
	.run = run,
};
