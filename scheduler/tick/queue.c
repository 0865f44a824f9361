#include "tick/queue.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "compose/last_words.h"

static int
names_count(const struct outgoing *outgoing)
{
	int len = 0;
	while (len < QUEUE_NAMES && outgoing->names[len] != NULL)
		len++;
	return len;
}

/* What templates may say of this patient now. */
static enum status
patient_values(struct practice *practice, const struct patient *patient,
    enum channel channel, const struct outgoing *outgoing, json_t **values,
    struct why *why)
{
	const struct plan *plan = NULL;
	const struct stage *stage = NULL;
	enum status status =
	    practice_stage(practice, patient, &plan, &stage, why);
	if (status != STATUS_OK)
		return status;

	struct traits traits = patient_traits(patient);
	struct patient_facts facts = { .name = patient->name,
		.plan = plan->id,
		.stage_title = stage->title,
		.no_running = traits.so[TRAIT_NO_RUNNING],
		.nerve = traits.so[TRAIT_NERVE],
		.asks = outgoing->asks,
		.pain = PAIN_NONE,
		.pause_days = outgoing->pause_days };
	int room = (int)(sizeof facts.about_keys / sizeof facts.about_keys[0]);
	for (int i = 0; i < patient->facts_len && facts.about_len < room; i++) {
		if (strcmp(patient->facts[i].key, FACT_NERVE) == 0)
			continue;
		facts.about_keys[facts.about_len] = patient->facts[i].key;
		facts.about_values[facts.about_len++] = patient->facts[i].value;
	}

	struct reading_row *last = NULL;
	int len = 0;
	status = reading_of_patient(
	    practice->store, patient->patient_id, 0, 1, &last, &len, why);
	if (status == STATUS_OK && len > 0)
		facts.pain = last[0].reading.pain;
	free(last);
	if (status != STATUS_OK)
		return status;

	struct question *asked = NULL;
	status = question_of_enrolment(
	    practice->store, patient->enrolment_id, 1, &asked, &len, why);
	facts.first_question = len == 0;
	free(asked);
	if (status != STATUS_OK)
		return status;

	struct clinic_facts clinic = config_clinic_facts(practice->config);
	*values = facts_values(channel, &clinic, &facts, NULL);
	return STATUS_OK;
}

/* Is it the world that refuses for now, or is the text no good? */
static bool
is_spoilt(enum status status)
{
	return status != STATUS_OK && status != STATUS_TRY_LATER &&
	       status != STATUS_UNAVAILABLE;
}

/* What must be said is said in the program's own words where its template
 * can't be. */
static enum status
say_at_least(enum status status, const char *template, enum channel channel,
    json_t *values, struct composed *out, const struct why *why)
{
	if (!is_spoilt(status) || values == NULL ||
	    !last_words(template, channel, values, out))
		return status;
	log_error(
	    "%s: %s; it goes in the program's own words", template, why->text);
	return STATUS_OK;
}

static enum status
compose_for(struct practice *practice, const struct patient *patient,
    enum channel channel, const struct outgoing *outgoing, struct composed *out,
    struct why *why)
{
	if (outgoing->words != NULL) {
		message_plain(channel, outgoing->subject, patient->language,
		    outgoing->words, out);
		return STATUS_OK;
	}

	struct templates *templates = NULL;
	json_t *values = NULL;
	enum status status = practice_templates(practice, &templates, why);
	if (status == STATUS_OK)
		status = patient_values(
		    practice, patient, channel, outgoing, &values, why);
	if (status == STATUS_OK)
		status = message_compose(templates, patient->language, channel,
		    outgoing->names, names_count(outgoing), values, out, why);
	if (is_spoilt(status) && values == NULL) {
		struct clinic_facts clinic =
		    config_clinic_facts(practice->config);
		values = facts_values(channel, &clinic, NULL, NULL);
	}
	status =
	    say_at_least(status, outgoing->names[0], channel, values, out, why);
	json_decref(values);
	return status;
}

/* A row for the outbox: takes over what was composed. */
static struct message
message_of(struct practice *practice, enum kind kind, enum channel channel,
    struct composed *composed)
{
	struct message message = { .kind = kind,
		.channel = channel,
		.subject = composed->subject,
		.body = composed->body,
		.html = composed->html,
		.segments =
		    channel == CHANNEL_SMS ? composed->count.segments : 0,
		.queued_at = practice->now,
		.due_at = practice->now,
		.expires_at = practice->now + kind_rules[kind].useful_s };
	*composed = (struct composed){ 0 };
	return message;
}

static enum status
queue_one(struct practice *practice, const struct patient *patient,
    enum channel channel, const struct outgoing *outgoing, const char *parcel,
    struct why *why)
{
	struct composed composed = { 0 };
	enum status status =
	    compose_for(practice, patient, channel, outgoing, &composed, why);
	if (status != STATUS_OK)
		return status;

	struct message message =
	    message_of(practice, outgoing->kind, channel, &composed);
	message.patient_id = patient->patient_id;
	message.alert_id = outgoing->alert_id;
	message.asks = outgoing->asks;
	message.stage = xstrdup(outgoing->stage);
	message.template =
	    xstrdup(outgoing->words != NULL ? "own-words" : outgoing->names[0]);
	if (outgoing->due_at != 0)
		message.due_at = outgoing->due_at;
	if (outgoing->expires_at != 0)
		message.expires_at = outgoing->expires_at;
	if (outgoing->in_reply != NULL) {
		message.recipient = xstrdup(outgoing->in_reply->sender);
		if (channel == CHANNEL_EMAIL)
			message.in_reply_to =
			    xstrdup(outgoing->in_reply->provider_id);
	}
	memcpy(message.parcel, parcel, KEY_SIZE);
	status = outbox_queue(practice->store, &message, why);
	message_free(&message);
	return status;
}

/* Does the patient want that channel, and is there an address for it? */
static bool
reachable(const struct patient *patient, enum channel channel)
{
	if (strcmp(patient->channel, "both") != 0 &&
	    strcmp(patient->channel, channel_names[channel]) != 0)
		return false;
	return (channel == CHANNEL_SMS ? patient->phone : patient->email) !=
	       NULL;
}

void
queue_parcel(char parcel[KEY_SIZE])
{
	random_base32(parcel, KEY_SIZE - 1);
}

enum status
queue_to_patient(struct practice *practice, const struct patient *patient,
    const struct outgoing *outgoing, const char *parcel, bool *queued,
    struct why *why)
{
	char key[KEY_SIZE];
	enum status status = STATUS_OK;
	bool any = false;

	if (parcel != NULL)
		memcpy(key, parcel, KEY_SIZE);
	else
		queue_parcel(key);

	for (int channel = 0; channel < CHANNEL__MAX; channel++) {
		bool wanted =
		    outgoing->in_reply != NULL
			? outgoing->in_reply->channel == (enum channel)channel
			: reachable(patient, (enum channel)channel);
		if (!wanted)
			continue;
		status = queue_one(practice, patient, (enum channel)channel,
		    outgoing, key, why);
		if (status != STATUS_OK)
			return status;
		any = true;
	}

	if (any)
		practice->count.queued++;
	if (queued != NULL)
		*queued = any;
	return STATUS_OK;
}

enum status
queue_fits(struct practice *practice, const struct patient *patient,
    const struct outgoing *outgoing, bool *fits, struct why *why)
{
	*fits = true;
	if (!reachable(patient, CHANNEL_SMS))
		return STATUS_OK;

	struct composed composed = { 0 };
	enum status status = compose_for(
	    practice, patient, CHANNEL_SMS, outgoing, &composed, why);
	if (status == STATUS_OK)
		*fits = composed.count.segments <= composed.segments_limit;
	composed_free(&composed);
	return status;
}

/* Queue a composed text to an address that is given, about nobody in it. */
static enum status
queue_to_address(struct practice *practice, const struct address *to,
    enum kind kind, const char *template, json_t *values, struct message *about,
    struct why *why)
{
	struct templates *templates = NULL;
	struct composed composed = { 0 };
	enum status status = practice_templates(practice, &templates, why);
	if (status == STATUS_OK)
		status = message_compose(templates,
		    practice->config->clinic.language, to->channel, &template,
		    1, values, &composed, why);
	status =
	    say_at_least(status, template, to->channel, values, &composed, why);
	if (status != STATUS_OK)
		return status;

	struct message message =
	    message_of(practice, kind, to->channel, &composed);
	message.patient_id = about->patient_id;
	message.alert_id = about->alert_id;
	message.in_reply_to = xstrdup(about->in_reply_to);
	message.recipient = xstrdup(to->text);
	message.template = xstrdup(template);
	status = outbox_queue(practice->store, &message, why);
	message_free(&message);
	if (status == STATUS_OK)
		practice->count.queued++;
	return status;
}

enum status
queue_to_stranger(struct practice *practice, const struct inbound *inbound,
    enum kind kind, const char *template, int64_t alert_id, struct why *why)
{
	struct address to = { .channel = inbound->channel };
	if (strlen(inbound->sender) >= sizeof to.text)
		return STATUS_OK;
	memcpy(to.text, inbound->sender, strlen(inbound->sender) + 1);

	struct clinic_facts clinic = config_clinic_facts(practice->config);
	json_t *values = facts_values(to.channel, &clinic, NULL, NULL);
	struct message about = { .alert_id = alert_id,
		.in_reply_to =
		    to.channel == CHANNEL_EMAIL ? inbound->provider_id : NULL };
	enum status status = queue_to_address(
	    practice, &to, kind, template, values, &about, why);
	json_decref(values);
	return status;
}

enum status
queue_to_clinician(struct practice *practice, const struct address *to,
    enum kind kind, const struct alert *alert, const char *ref,
    const char *template, struct why *why)
{
	struct clinic_facts clinic = config_clinic_facts(practice->config);
	struct alert_facts facts = { .ref = ref,
		.level = alert->level,
		.kind = alert_kind_names[alert->kind],
		.because = alert->because,
		.id = alert->alert_id,
		.round = alert->round };
	json_t *values = facts_values(to->channel, &clinic, NULL, &facts);
	struct message about = { .patient_id = alert->patient_id,
		.alert_id = alert->alert_id };
	enum status status =
	    queue_to_address(practice, to, kind, template, values, &about, why);
	json_decref(values);
	return status;
}

enum status
queue_written(struct practice *practice, const struct address *to,
    enum kind kind, const char *key, struct composed *written, struct why *why)
{
	struct message message =
	    message_of(practice, kind, to->channel, written);
	message.recipient = xstrdup(to->text);
	message.template = xstrdup(key);
	enum status status = outbox_queue(practice->store, &message, why);
	message_free(&message);
	if (status == STATUS_OK)
		practice->count.queued++;
	return status;
}
