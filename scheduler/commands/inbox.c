/*
 * inbox - what patients wrote that a person must answer
 */
#include <stdlib.h>
#include <string.h>

#include "commands/inbox.h"
#include "commands/print.h"
#include "commands/reading_json.h"
#include "commands/subcommand.h"
#include "commands/verbs.h"
#include "store/inbox.h"

static json_t *
entry_object(
    const struct inbound *entry, const char *ref, const struct reading_row *row)
{
	json_t *object = json_object();
	json_put_whole(object, "id", entry->inbound_id);
	json_put_text(object, "ref", *ref != '\0' ? ref : NULL);
	json_put_time(object, "at", entry->came_at);
	json_put_text(object, "channel", channel_names[entry->channel]);
	json_put_text(object, "from", entry->sender);
	json_put_text(object, "body", entry->body);
	json_object_set_new(object, "reading",
	    row != NULL ? reading_json(&row->reading) : json_null());
	json_put_bool(object, "verified", row == NULL || row->verified);
	return object;
}

static void
print_entry(const struct inbound *entry, const char *ref,
    const struct reading_row *row, const struct zone *zone)
{
	char head[32];
	char when[PRINT_WHEN_SIZE];
	snprintf(head, sizeof head, "%5lld", (long long)entry->inbound_id);
	print_hanging_f(stdout, head, 7, "%s%s, %s by %s",
	    *ref != '\0' ? ref : "unknown sender ",
	    *ref != '\0' ? "" : entry->sender,
	    print_when(zone, entry->came_at, when),
	    channel_names[entry->channel]);
	print_hanging(stdout, "", 7, print_body(entry->body));
	if (row != NULL && !row->verified)
		print_hanging(stdout, "", 7,
		    "(an email that anyone could have written: \"inbox "
		    "accept\" takes it as the patient's)");
}

static enum status
show_entry(struct store *store, const struct inbound *entry,
    const struct zone *zone, json_t *array, struct why *why)
{
	struct patient patient = { 0 };
	struct reading_row row = { 0 };
	enum status status = STATUS_OK;
	if (entry->patient_id != 0)
		status = patient_by_id(store, entry->patient_id, &patient, why);
	if (status != STATUS_OK)
		return status;
	status = reading_by_inbound(store, entry->inbound_id, &row, why);
	bool read = status == STATUS_OK;
	if (read || status == STATUS_NONE) {
		status = STATUS_OK;
		if (array != NULL)
			json_array_append_new(
			    array, entry_object(
				       entry, patient.ref, read ? &row : NULL));
		else
			print_entry(
			    entry, patient.ref, read ? &row : NULL, zone);
	}
	patient_free(&patient);
	return status;
}

static enum status
run_list(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	struct inbound *list = NULL;
	int len = 0;
	const struct zone *zone = NULL;
	json_t *array = argument_given(arguments, "json") ? json_array() : NULL;
	enum status status = practice_zone(&session->practice, &zone, why);
	if (status == STATUS_OK)
		status = inbound_open(session->store, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++)
		status = show_entry(session->store, &list[i], zone, array, why);
	if (status == STATUS_OK && array != NULL) {
		json_print(stdout, array);
		array = NULL;
	}
	json_decref(array);
	if (status == STATUS_OK && len == 0 &&
	    !argument_given(arguments, "json"))
		puts("the inbox is empty");
	inbound_list_free(list, len);
	return status;
}

static const struct option_row options[] = {
	{ "json", NULL, false, "for other programs (list)" },
	{ "by", "NAME", false, "who does it" },
	{ NULL, NULL, false, NULL },
};

static const struct subcommand table[] = {
	{ "list", "[--json]", 0, 0, "json", run_list },
	{ "reply", "REF TEXT", 2, -1, "by", inbox_run_reply },
	{ "accept", "ID", 1, 1, "by", inbox_run_accept },
	{ "close", "ID", 1, 1, "by", inbox_run_close },
	{ NULL, NULL, 0, 0, NULL, NULL },
};

static enum status
run(struct session *session, const struct arguments *arguments, struct why *why)
{
	return subcommand_run(table, session, arguments, why);
}

const struct command command_inbox = {
	.name = "inbox",
	.synopsis = "inbox list [--json]\n"
		    "inbox reply REF TEXT\n"
		    "inbox accept ID\n"
		    "inbox close ID",
	.summary = "what patients wrote that a person must answer",
	.details =
	    "reply sends your own words in the patient's day, and closes what\n"
	    "that patient has in the inbox. accept takes an email that came\n"
	    "without its token as the patient's own, so that it counts.",
	.needs = NEEDS_STORE,
	.options = options,
	.run = run,
};
