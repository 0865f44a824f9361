/*
 * same_words.c - see same_words.h
 */
#include "settings/same_words.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "compose/message.h"

/* What one template says, by itself. */
struct said {
	const char *name;
	char *body;
};

struct all {
	const struct text_check *check;
	const char *lang;
	struct said *list;
	int len;
};

static char *
say(const struct all *all, const char *name)
{
	const struct text_check *check = all->check;
	struct patient_facts patient = { .name = "Ann",
		.plan = check->plan,
		.stage_title = "",
		.pain = PAIN_NONE };
	struct composed composed = { 0 };
	char *body = NULL;
	json_t *values;

	for (int i = 0; i < check->about_len && i < FACTS_ABOUT; i++) {
		patient.about_keys[i] = check->about[i].key;
		if (check->about[i].values_len > 0)
			patient.about_values[i] = check->about[i].values[0];
		patient.about_len++;
	}
	values =
	    facts_values(CHANNEL_SMS, &check->ground->clinic, &patient, NULL);
	if (message_compose(check->ground->templates, all->lang, CHANNEL_SMS,
		&name, 1, values, &composed, NULL) == STATUS_OK)
		body = xstrdup(composed.body);
	composed_free(&composed);
	json_decref(values);
	return body;
}

static bool
is_listed(const struct all *all, const char *name)
{
	for (int i = 0; i < all->len; i++)
		if (strcmp(all->list[i].name, name) == 0)
			return true;
	return false;
}

static void
warn_of(const struct all *all, const char *name, const char *like)
{
	const struct template *template;

	if (templates_find_for(all->check->ground->templates, all->check->plan,
		all->lang, name, &template, NULL) == STATUS_OK)
		complain_warn(all->check->complaints, template->path,
		    template->segments_line,
		    "%s: says the very words of %s; a patient would read them "
		    "twice",
		    name, like);
}

static void
take(struct all *all, const char *name)
{
	char *body;

	if (is_listed(all, name) || (body = say(all, name)) == NULL)
		return;
	for (int i = 0; i < all->len; i++)
		if (strcmp(all->list[i].body, body) == 0)
			warn_of(all, name, all->list[i].name);
	all->list =
	    xrealloc(all->list, (size_t)all->len + 1, sizeof(*all->list));
	all->list[all->len++] = (struct said){ name, body };
}

static void
take_reminders(struct all *all, const struct reminder *reminders, int len)
{
	for (int i = 0; i < len; i++)
		for (int k = 0; k < reminders[i].messages_len; k++)
			take(all, reminders[i].messages[k]);
}

void
same_words_check(
    const struct text_check *check, const struct plan *plan, const char *lang)
{
	struct all all = { .check = check, .lang = lang };

	for (int i = 0; i < plan->stages_len; i++)
		take_reminders(&all, plan->stages[i].reminders,
		    plan->stages[i].reminders_len);
	take_reminders(&all, plan->always, plan->always_len);
	for (int i = 0; i < all.len; i++)
		free(all.list[i].body);
	free(all.list);
}
