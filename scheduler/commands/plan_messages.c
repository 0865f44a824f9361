#include "commands/plan_messages.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "settings/own_texts.h"

static struct plan_message *
add(struct plan_messages *messages, const char *name, const char *stage,
    const char *title)
{
	messages->list = xrealloc(
	    messages->list, (size_t)messages->len + 1, sizeof *messages->list);
	struct plan_message *message = &messages->list[messages->len++];
	*message = (struct plan_message){
		.name = xstrdup(name), .stage = stage, .stage_title = title
	};
	return message;
}

static void
add_question(struct plan_message *message, enum asks asks)
{
	message->asks = asks;
	if (asks != ASKS_NONE)
		message->ask = xasprintf("ask/%s", asks_names[asks]);
}

static void
add_reminders(struct plan_messages *messages, const struct reminder *reminders,
    int len, const char *stage, const char *title)
{
	for (int i = 0; i < len; i++)
		for (int m = 0; m < reminders[i].messages_len; m++) {
			struct plan_message *message = add(
			    messages, reminders[i].messages[m], stage, title);
			message->reminder = &reminders[i];
			add_question(message, reminders[i].asks);
		}
}

/* What tells of a new stage, where the clinic wrote that: in answer to what
 * led there, or with the stage's first question. */
static void
add_announcement(struct plan_messages *messages, const struct plan_desk *desk,
    const char *lang, const struct stage *stage)
{
	char *name = xasprintf("stage/%s", stage->id);
	char *own = xasprintf("%s/%s", desk->plan->id, name);
	enum asks asks = ASKS_NONE;
	for (int i = 0; i < stage->reminders_len && asks == ASKS_NONE; i++)
		asks = stage->reminders[i].asks;
	if (templates_has(desk->templates, lang, own) ||
	    templates_has(desk->templates, lang, name)) {
		add(messages, name, stage->id, stage->title);
		if (asks != ASKS_NONE)
			add_question(
			    add(messages, name, stage->id, stage->title), asks);
	}
	free(name);
	free(own);
}

/* Questions are shown with what they follow. */
static bool
stands_alone(const struct own_text *own)
{
	return !own->to_clinician && strncmp(own->name, "ask/", 4) != 0;
}

void
plan_messages_list(const struct plan_desk *desk, const char *lang,
    struct plan_messages *messages)
{
	const struct plan *plan = desk->plan;
	const char *first = plan->stages[0].title;
	add(messages, plan->welcome, "welcome", first);
	for (int i = 0; i < plan->stages_len; i++) {
		const struct stage *stage = &plan->stages[i];
		if (i > 0)
			add_announcement(messages, desk, lang, stage);
		add_reminders(messages, stage->reminders, stage->reminders_len,
		    stage->id, stage->title);
	}
	add_reminders(
	    messages, plan->always, plan->always_len, "always", first);
	for (int i = 0; i < messages->len; i++) {
		messages->list[i].first = messages->list[i].ask != NULL;
		if (messages->list[i].first)
			break;
	}
	for (const struct own_text *own = own_texts; own->name != NULL; own++)
		if (stands_alone(own) &&
		    templates_has(desk->templates, lang, own->name))
			add(messages, own->name, "whatever the plan", first)
			    ->asks = own->asks;
}

void
plan_messages_free(struct plan_messages *messages)
{
	for (int i = 0; i < messages->len; i++) {
		free(messages->list[i].name);
		free(messages->list[i].ask);
	}
	free(messages->list);
	*messages = (struct plan_messages){ 0 };
}
