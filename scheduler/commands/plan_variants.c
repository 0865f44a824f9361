#include "commands/plan_variants.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "commands/plan_words.h"

#define SAMPLE_NAME "Sam Miller"

/* What may be so of a patient beyond a plan's facts: a trait, or: */
enum more { MORE_FIRST = TRAIT__MAX, MORE_NOTHING, MORE__MAX };

/* One made-up patient: the value that tells him from the others. */
struct kind {
	int fact, choice;
	const char *value; /* NULL: the plan has no facts with values */
	int more; /* a trait, or an enum more */
	struct composed composed;
	bool taken;
};

struct job {
	const struct plan_desk *desk;
	const struct plan_about *about;
	const char *lang;
	const struct plan_message *message;
	enum channel channel;
	struct kind *kinds;
	int plain_len; /* kinds of whom nothing more is so; they stand first */
	int len;
};

/* What is so of everyone who gets that message, and of this kind. */
static struct traits
traits_of(const struct job *job, int more)
{
	const struct reminder *reminder = job->message->reminder;
	struct traits traits = { 0 };
	if (reminder != NULL && reminder->when != NULL &&
	    trait_parse(reminder->when) != TRAIT__MAX)
		traits.so[trait_parse(reminder->when)] = true;
	if (more < TRAIT__MAX)
		traits.so[more] = true;
	return traits;
}

/* Do such patients get it, and are they another kind than the plain ones? */
static bool
is_kind(const struct job *job, int more)
{
	const struct reminder *reminder = job->message->reminder;
	struct traits plain = traits_of(job, MORE_NOTHING);
	struct traits traits = traits_of(job, more);
	if (more == MORE_FIRST)
		return job->message->first;
	return !plain.so[more] &&
	       (reminder == NULL || reminder_is_for(reminder, &traits));
}

static void
fill_facts(const struct job *job, const struct kind *kind,
    struct patient_facts *patient)
{
	const struct plan *plan = job->desk->plan;
	for (int i = 0; i < plan->about_len && i < FACTS_ABOUT; i++) {
		const struct plan_about *about = &job->about[i];
		int choice = i == kind->fact ? kind->choice : 0;
		patient->about_keys[i] = about->key;
		patient->about_values[i] =
		    choice < about->values_len ? about->values[choice] : NULL;
		patient->about_len++;
	}
}

static enum status
compose(const struct job *job, struct kind *kind, struct why *why)
{
	const struct plan_message *message = job->message;
	struct traits traits = traits_of(job, kind->more);
	struct patient_facts patient = { .name = SAMPLE_NAME,
		.plan = job->desk->plan->id,
		.stage_title = message->stage_title,
		.asks = message->asks,
		.no_running = traits.so[TRAIT_NO_RUNNING],
		.nerve = traits.so[TRAIT_NERVE],
		.first_question = kind->more == MORE_FIRST,
		.pain = 4 };
	fill_facts(job, kind, &patient);
	json_t *values =
	    facts_values(job->channel, &job->desk->clinic, &patient, NULL);
	const char *names[2] = { message->name, message->ask };
	enum status status = message_compose(job->desk->templates, job->lang,
	    job->channel, names, message->ask != NULL ? 2 : 1, values,
	    &kind->composed, why);
	json_decref(values);
	if (status == STATUS_NONE)
		status = why_set(why, STATUS_CONFIG,
		    "there is no template \"%s\"; \"plan check\" tells more",
		    message->name);
	return status;
}

static struct kind *
add_kind(struct job *job, struct kind kind)
{
	job->kinds =
	    xrealloc(job->kinds, (size_t)job->len + 1, sizeof *job->kinds);
	job->kinds[job->len++] = kind;
	return &job->kinds[job->len - 1];
}

static enum status
compose_plain(struct job *job, struct why *why)
{
	const struct plan *plan = job->desk->plan;
	for (int fact = 0; fact < plan->about_len; fact++)
		for (int v = 0; v < job->about[fact].values_len; v++)
			add_kind(job, (struct kind){ .fact = fact,
					  .choice = v,
					  .value = job->about[fact].values[v],
					  .more = MORE_NOTHING });
	if (job->len == 0)
		add_kind(job, (struct kind){ .more = MORE_NOTHING });
	job->plain_len = job->len;
	enum status status = STATUS_OK;
	for (int i = 0; i < job->len && status == STATUS_OK; i++)
		status = compose(job, &job->kinds[i], why);
	return status;
}

/* The same once more for those of whom more is so, where that makes other
 * words. */
static enum status
compose_more(struct job *job, int more, struct why *why)
{
	enum status status = STATUS_OK;
	for (int i = 0; i < job->plain_len && status == STATUS_OK; i++) {
		const struct kind *plain = &job->kinds[i];
		struct kind kind = { .fact = plain->fact,
			.choice = plain->choice,
			.value = plain->value,
			.more = more };
		status = compose(job, &kind, why);
		if (status == STATUS_OK &&
		    strcmp(kind.composed.body, plain->composed.body) != 0)
			add_kind(job, kind);
		else
			composed_free(&kind.composed);
	}
	return status;
}

/* Who gets these words, in words; all of them are taken. */
static char *
whom(struct job *job, int first)
{
	static const char first_time[] = "asked for the first time";
	const struct reminder *reminder = job->message->reminder;
	int more = job->kinds[first].more;
	struct buffer names = { 0 };
	int count = 0;
	for (int i = first; i < job->len; i++) {
		struct kind *kind = &job->kinds[i];
		if (kind->taken || kind->more != more ||
		    strcmp(kind->composed.body,
			job->kinds[first].composed.body) != 0)
			continue;
		kind->taken = true;
		count++;
		if (kind->value != NULL)
			buffer_printf(&names, "%s%s", names.len > 0 ? ", " : "",
			    kind->value);
	}
	bool all = count == job->plain_len;
	if (all)
		buffer_clear(&names);
	if (all)
		buffer_puts(&names, "everyone");
	if (reminder != NULL && reminder->when != NULL)
		buffer_printf(&names, "%s %s", all ? "" : ",",
		    plan_words_trait(reminder->when));
	if (more != MORE_NOTHING)
		buffer_printf(&names, "%s %s", all ? "" : ",",
		    more == MORE_FIRST ? first_time
				       : plan_words_trait(trait_names[more]));
	return buffer_take(&names);
}

static void
gather(struct job *job, struct plan_variants *variants)
{
	variants->list = xcalloc((size_t)job->len, sizeof *variants->list);
	for (int i = 0; i < job->len; i++) {
		if (job->kinds[i].taken)
			continue;
		struct plan_variant *variant = &variants->list[variants->len++];
		variant->whom = whom(job, i);
		variant->composed = job->kinds[i].composed;
		job->kinds[i].composed = (struct composed){ 0 };
	}
}

enum status
plan_variants_compose(const struct plan_desk *desk,
    const struct plan_about *about, const char *lang,
    const struct plan_message *message, enum channel channel,
    struct plan_variants *variants, struct why *why)
{
	struct job job = { .desk = desk,
		.about = about,
		.lang = lang,
		.message = message,
		.channel = channel };
	enum status status = compose_plain(&job, why);
	for (int more = 0; more < MORE_NOTHING && status == STATUS_OK; more++)
		if (is_kind(&job, more))
			status = compose_more(&job, more, why);
	*variants = (struct plan_variants){ 0 };
	if (status == STATUS_OK)
		gather(&job, variants);
	for (int i = 0; i < job.len; i++)
		composed_free(&job.kinds[i].composed);
	free(job.kinds);
	return status;
}

void
plan_variants_free(struct plan_variants *variants)
{
	for (int i = 0; i < variants->len; i++) {
		free(variants->list[i].whom);
		composed_free(&variants->list[i].composed);
	}
	free(variants->list);
	*variants = (struct plan_variants){ 0 };
}
