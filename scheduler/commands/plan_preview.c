/*
 * plan preview - every message as it would arrive, and what it costs
 *
 * For each kind of patient of whom a text may know: where several of them get
 * the same words, these are shown once.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "commands/plan.h"
#include "commands/plan_variants.h"
#include "commands/print.h"

struct preview {
	const struct plan_desk *desk;
	const char *lang;
	struct plan_about *about;
	json_t *array; /* NULL: as text */
};

static void
print_indented(const char *text)
{
	while (*text != '\0') {
		size_t line = strcspn(text, "\n");
		if (line > 0)
			printf("    %.*s", (int)line, text);
		putchar('\n');
		text += line;
		text += *text == '\n';
	}
}

/* Of one message by the first gateway of its channel; 0: not known. */
static double
cost_of(const struct plan_desk *desk, enum channel channel,
    const struct composed *composed)
{
	const struct config *config = desk->config;
	bool sms = channel == CHANNEL_SMS;
	if (config == NULL || (sms ? config->sms_len : config->email_len) == 0)
		return 0;
	const struct gateway *first = sms ? config->sms : config->email;
	return first->price * (sms ? composed->count.segments : 1);
}

/* ", 0.08 GBP" */
static void
print_cost(const struct plan_desk *desk, double cost)
{
	if (cost <= 0)
		return;
	const char *currency = desk->config->clinic.currency;
	printf(", %.4g%s%s", cost, currency != NULL ? " " : "",
	    currency != NULL ? currency : "");
}

static void
print_group(const struct plan_desk *desk, enum channel channel,
    const char *names, const struct composed *composed)
{
	double cost = cost_of(desk, channel, composed);
	if (channel == CHANNEL_EMAIL) {
		printf("  email for %s", names);
		print_cost(desk, cost);
		printf(": %s\n", composed->subject);
		print_indented(composed->body);
		return;
	}
	printf("  SMS for %s: %d %s, %d segment%s", names,
	    composed->count.units,
	    composed->count.ucs2 ? "UCS-2 units" : "septets",
	    composed->count.segments, composed->count.segments == 1 ? "" : "s");
	print_cost(desk, cost);
	putchar('\n');
	print_hanging(stdout, "", 4, composed->body);
}

static void
add_group(const struct preview *preview, const struct plan_message *message,
    enum channel channel, const char *names, const struct composed *composed)
{
	json_t *object = json_object();
	json_put_text(object, "template", message->name);
	json_put_text(object, "with", message->ask);
	json_put_text(object, "stage", message->stage);
	json_put_text(object, "lang", preview->lang);
	json_put_text(object, "for", names);
	json_put_text(object, "channel", channel_names[channel]);
	json_put_text(object, "subject", composed->subject);
	json_put_text(object, "body", composed->body);
	if (channel == CHANNEL_SMS) {
		json_put_text(object, "encoding",
		    composed->count.ucs2 ? "UCS-2" : "GSM-7");
		json_put_whole(object, "units", composed->count.units);
		json_put_whole(object, "segments", composed->count.segments);
		json_put_whole(object, "limit", composed->segments_limit);
	}
	json_put_cost(
	    object, "cost", cost_of(preview->desk, channel, composed));
	json_array_append_new(preview->array, object);
}

static enum status
show_message(const struct preview *preview, const struct plan_message *message,
    struct why *why)
{
	if (preview->array == NULL)
		printf("\n%s%s%s (%s)\n", message->name,
		    message->ask != NULL ? " with " : "",
		    message->ask != NULL ? message->ask : "", message->stage);
	enum status status = STATUS_OK;
	for (int c = 0; c < CHANNEL__MAX && status == STATUS_OK; c++) {
		struct plan_variants variants = { 0 };
		enum channel channel = (enum channel)c;
		status = plan_variants_compose(preview->desk, preview->about,
		    preview->lang, message, channel, &variants, why);
		for (int i = 0; i < variants.len; i++) {
			const struct plan_variant *variant = &variants.list[i];
			if (preview->array != NULL)
				add_group(preview, message, channel,
				    variant->whom, &variant->composed);
			else
				print_group(preview->desk, channel,
				    variant->whom, &variant->composed);
		}
		plan_variants_free(&variants);
	}
	return status;
}

static enum status
show_lang(struct preview *preview, struct why *why)
{
	struct plan_messages messages = { 0 };
	plan_messages_list(preview->desk, preview->lang, &messages);
	if (preview->array == NULL)
		printf("%s, in \"%s\": %d messages\n",
		    preview->desk->plan->title, preview->lang, messages.len);
	enum status status = STATUS_OK;
	for (int i = 0; i < messages.len && status == STATUS_OK; i++)
		status = show_message(preview, &messages.list[i], why);
	plan_messages_free(&messages);
	return status;
}

static enum status
show_langs(struct preview *preview, const char *only, struct why *why)
{
	const struct plan_desk *desk = preview->desk;
	enum status status = STATUS_OK;
	if (only != NULL &&
	    !templates_has(desk->templates, only, desk->plan->welcome))
		return why_set(why, STATUS_BAD_DATA,
		    "plan %s has no texts in \"%s\"", desk->plan->id, only);
	for (int i = 0; i < desk->langs_len && status == STATUS_OK; i++) {
		preview->lang = only != NULL ? only : desk->langs[i];
		if (i > 0 && preview->array == NULL)
			puts("\n");
		status = show_lang(preview, why);
		if (only != NULL)
			break;
	}
	return status;
}

enum status
plan_run_preview(
    struct session *session, const struct arguments *arguments, struct why *why)
{
	struct plan_desk desk;
	struct preview preview = { .desk = &desk };
	if (argument_given(arguments, "json"))
		preview.array = json_array();
	enum status status = plan_desk_open(session, &desk, why);
	if (status == STATUS_OK)
		status = plan_desk_pick(&desk, arguments->words[1], why);
	if (status == STATUS_OK) {
		plan_desk_about(&desk, &preview.about);
		status = show_langs(&preview, argument(arguments, "lang"), why);
		plan_about_free(preview.about, desk.plan->about_len);
	}
	if (status == STATUS_OK && preview.array != NULL) {
		json_print(stdout, preview.array);
		preview.array = NULL;
	}
	json_decref(preview.array);
	plan_desk_close(&desk);
	return status;
}
