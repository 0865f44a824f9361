/*
 * plan_about.c - what a plan's templates can say of a patient
 *
 * The values of a fact stand nowhere but in the texts that speak of them, so
 * that a clinic adds one by writing for it. See plan_file.h.
 */
#include "settings/plan_about.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "settings/nearest.h"

#define DEPTH 16 /* partials within each other */
#define FEW 2 /* texts that a slip of the pen may be in */

/* One walk through the names of a template and its partials. */
struct walk {
	struct about_uses *uses;
	const struct plan *plan;
	struct templates *templates;
	const char *lang;
	enum channel channel;
	const struct template *template;
	int depth;
};

static bool
is_key(const struct plan *plan, const char *name, size_t len)
{
	for (int i = 0; i < plan->about_len; i++)
		if (strlen(plan->about[i]) == len &&
		    strncmp(plan->about[i], name, len) == 0)
			return true;
	return false;
}

/* A text names a value as often as it likes: that is one use. */
static bool
used_there(const struct about_uses *uses, const char *name, const char *path)
{
	for (int i = 0; i < uses->len; i++)
		if (strcmp(uses->list[i].name, name) == 0 &&
		    strcmp(uses->list[i].path, path) == 0)
			return true;
	return false;
}

static void
add_use(struct about_uses *uses, const char *name, const char *path, int line)
{
	if (used_there(uses, name, path))
		return;
	uses->list =
	    xrealloc(uses->list, (size_t)uses->len + 1, sizeof(*uses->list));
	uses->list[uses->len++] =
	    (struct about_use){ xstrdup(name), xstrdup(path), line };
}

static void walk_template(struct walk *walk, const char *name);

static void
see_name(void *closure, const char *name, int line, bool partial)
{
	struct walk *walk = closure;
	size_t len = strcspn(name, ".");

	if (partial)
		walk_template(walk, name);
	else if (name[len] == '.' && is_key(walk->plan, name, len))
		add_use(walk->uses, name, walk->template->path, line);
}

static void
walk_template(struct walk *walk, const char *name)
{
	const struct template *above = walk->template;

	if (walk->depth >= DEPTH ||
	    templates_find_for(walk->templates, walk->plan->id, walk->lang,
		name, &walk->template, NULL) != STATUS_OK) {
		walk->template = above;
		return;
	}
	walk->depth++;
	mustache_names(
	    template_text(walk->template, walk->channel), see_name, walk);
	walk->depth--;
	walk->template = above;
}

static void
walk_reminders(struct walk *walk, const struct reminder *reminders, int len)
{
	for (int i = 0; i < len; i++)
		for (int j = 0; j < reminders[i].messages_len; j++)
			walk_template(walk, reminders[i].messages[j]);
}

static void
walk_plan(struct walk *walk)
{
	const struct plan *plan = walk->plan;

	walk_template(walk, plan->welcome);
	for (int i = 0; i < plan->stages_len; i++)
		walk_reminders(walk, plan->stages[i].reminders,
		    plan->stages[i].reminders_len);
	walk_reminders(walk, plan->always, plan->always_len);
}

void
about_uses_find(struct about_uses *uses, const struct plan *plan,
    struct templates *templates, const char *const *langs, int langs_len)
{
	struct walk walk = {
		.uses = uses, .plan = plan, .templates = templates
	};

	for (int i = 0; i < langs_len; i++) {
		walk.lang = langs[i];
		walk.channel = CHANNEL_SMS;
		walk_plan(&walk);
		walk.channel = CHANNEL_EMAIL;
		walk_plan(&walk);
	}
}

void
about_uses_free(struct about_uses *uses)
{
	for (int i = 0; i < uses->len; i++) {
		free(uses->list[i].name);
		free(uses->list[i].path);
	}
	free(uses->list);
	*uses = (struct about_uses){ 0 };
}

static int
times_used(const struct about_uses *uses, const char *name)
{
	int times = 0;

	for (int i = 0; i < uses->len; i++)
		if (strcmp(uses->list[i].name, name) == 0)
			times++;
	return times;
}

/*
 * A value that few texts have and that is a slip of the pen from one that
 * many have. Without this it would be false for everybody, silently.
 */
void
about_uses_check(const struct about_uses *uses, struct complaints *complaints)
{
	for (int i = 0; i < uses->len; i++) {
		const struct about_use *use = &uses->list[i];
		int times = times_used(uses, use->name);

		if (times > FEW)
			continue;
		for (int j = 0; j < uses->len; j++) {
			const char *other = uses->list[j].name;
			int far = nearest_distance(use->name, other);

			if (far == 0 || far > 2 ||
			    times_used(uses, other) < 2 * times)
				continue;
			complain(complaints, use->path, use->line,
			    "{{%s}} is in hardly any text; did you mean "
			    "{{%s}}?",
			    use->name, other);
		}
	}
}

static int
by_alphabet(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool
has_value(const struct plan_about *about, const char *value)
{
	for (int i = 0; i < about->values_len; i++)
		if (strcmp(about->values[i], value) == 0)
			return true;
	return false;
}

static void
collect(const struct about_uses *uses, struct plan_about *about)
{
	size_t len = strlen(about->key);

	for (int i = 0; i < uses->len; i++) {
		const char *name = uses->list[i].name;

		if (strncmp(name, about->key, len) != 0 || name[len] != '.' ||
		    has_value(about, name + len + 1))
			continue;
		about->values = xrealloc(about->values,
		    (size_t)about->values_len + 1, sizeof(*about->values));
		about->values[about->values_len++] = xstrdup(name + len + 1);
	}
	if (about->values_len > 0)
		qsort(about->values, (size_t)about->values_len,
		    sizeof(*about->values), by_alphabet);
}

void
plan_about_values(const struct plan *plan, struct templates *templates,
    const char *const *langs, int langs_len, struct plan_about **about)
{
	struct about_uses uses = { 0 };
	struct plan_about *all =
	    xcalloc((size_t)plan->about_len + 1, sizeof(*all));

	about_uses_find(&uses, plan, templates, langs, langs_len);
	for (int i = 0; i < plan->about_len; i++) {
		all[i].key = xstrdup(plan->about[i]);
		collect(&uses, &all[i]);
	}
	about_uses_free(&uses);
	*about = all;
}

void
plan_about_free(struct plan_about *about, int len)
{
	for (int i = 0; i < len && about != NULL; i++) {
		free(about[i].key);
		for (int j = 0; j < about[i].values_len; j++)
			free(about[i].values[j]);
		free(about[i].values);
	}
	free(about);
}
