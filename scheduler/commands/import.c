/*
 * import - enrol many, all or none
 */
#include "base/log.h"
#include "commands/import_table.h"
#include "commands/verbs.h"
#include "tick/enrol.h"

static enum status
store_work(struct practice *practice, void *arg, struct why *why)
{
	const struct import_table *import = arg;
	for (int i = 0; i < import->len; i++) {
		enum status status =
		    enrol_store(practice, &import->list[i], why);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

static enum status
run(struct session *session, const struct arguments *arguments, struct why *why)
{
	enum status status = arguments_expect(
	    arguments, 1, 1, "import takes one file, FILE.csv", why);
	if (status != STATUS_OK)
		return status;

	session->practice.by = session_user();
	struct import_table import = { 0 };
	status = import_table_read(
	    &session->practice, arguments->words[0], &import, why);
	if (status == STATUS_OK)
		status = practice_transact(
		    &session->practice, store_work, &import, why);
	for (int i = 0; i < import.len && status == STATUS_OK; i++)
		printf("%s %s\n", import.list[i].ref, import.list[i].name);
	if (status == STATUS_OK && import.len == 0)
		log_note("%s: 0 rows, nobody is enrolled", arguments->words[0]);
	import_table_free(&import);
	return status;
}

static const struct option_row options[] = { { NULL, NULL, false, NULL } };

const struct command command_import = {
	.name = "import",
	.synopsis = "import FILE.csv",
	.summary = "enrol many from a table, all or none",
	.details = "The first line names the columns as enrol's options are "
		   "named: name, plan,\nphone, consent, ...; set:aggravator "
		   "stands for --set aggravator=... . Every bad\nrow is "
		   "named with its line, and then nobody is enrolled.",
	.needs = NEEDS_STORE,
	.options = options,
	.run = run,
};
