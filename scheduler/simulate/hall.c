#include "simulate/hall.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "store/inbox.h"
#include "tick/tick.h"

/* Of a clinic that has no configuration: keepmoving.cfg(5)'s defaults. The
 * texts are never changed through the structure. */
static void
make_up(struct hall *hall, const struct hall_order *order)
{
	const struct clinic_facts *facts = order->facts;
	struct clinic *clinic = &hall->config.clinic;
	*clinic = (struct clinic){ .name = (char *)facts->name,
		.sms_name = (char *)facts->sms_name,
		.phone = (char *)facts->phone,
		.emergency = (char *)facts->emergency,
		.urgent = (char *)facts->urgent,
		.crisis = (char *)facts->crisis,
		.hours_text = (char *)facts->hours,
		.country = "GB",
		.timezone = (char *)"Europe/London",
		.language = (char *)"en",
		.quiet = { .from_minute = 20 * 60, .until_minute = 8 * 60 },
		.daily_limit = 1,
		.weekly_limit = 4,
		.require_consent = true,
		.consent_wording = (char *)"",
		.adult_age = 18 };
	hours_parse(facts->hours, &clinic->hours, NULL);
	hall->alerts_to =
	    (struct address){ .channel = CHANNEL_SMS, .text = "+441632960002" };
	hall->config.alerts = (struct alerting){ .to = &hall->alerts_to,
		.to_len = 1,
		.repeat_s = (int64_t)15 * 60,
		.rounds = 4,
		.late_s = (int64_t)60 * 60 };
	hall->config.tick_budget_s = (int64_t)4 * 60;
	hall->config.templates = (char *)order->templates;
	hall->config.words = (char *)order->words;
}

enum status
hall_open(struct hall *hall, const struct hall_order *order, struct why *why)
{
	*hall = (struct hall){ .clock = { .fixed = true,
				   .fixed_at = order->begins_at } };
	if (order->config != NULL)
		hall->config = *order->config;
	else
		make_up(hall, order);
	/* Nothing of the real clinic's is asked, and nothing is sent to it. */
	hall->config.mailbox = (struct mailbox_settings){ 0 };
	hall->config.review = (struct reviewing){ 0 };
	hall->config.database = NULL;
	hall->air = air_new(order->lottery, order->listener);
	hall->config.sms = air_gateway(hall->air, CHANNEL_SMS);
	hall->config.sms_len = 1;
	hall->config.email = air_gateway(hall->air, CHANNEL_EMAIL);
	hall->config.email_len = 1;

	enum status status =
	    store_open_memory(order->begins_at, &hall->store, why);
	if (status == STATUS_OK)
		practice_open(
		    &hall->practice, &hall->config, &hall->clock, hall->store);
	return status;
}

void
hall_close(struct hall *hall)
{
	if (hall->store != NULL)
		practice_close(&hall->practice);
	store_close(hall->store);
	air_free(hall->air);
	*hall = (struct hall){ 0 };
}

void
hall_turn(struct hall *hall, int64_t now)
{
	hall->clock.fixed_at = now;
	hall->practice.now = now;
	hall->practice.count = (struct tick_row){ 0 };
}

struct loading {
	const struct plan *plan;
	const struct plans_about *about;
	int about_len;
};

static enum status
plan_work(struct practice *practice, void *arg, struct why *why)
{
	const struct loading *loading = arg;
	int64_t plan_id = 0;
	bool is_new = false;
	return plans_save(practice->store, loading->plan, loading->about,
	    loading->about_len, practice->now, &plan_id, &is_new, why);
}

enum status
hall_plan(struct hall *hall, const struct plan *plan,
    const struct plans_about *about, int about_len, struct why *why)
{
	struct loading loading = { plan, about, about_len };
	return practice_transact(&hall->practice, plan_work, &loading, why);
}

static enum status
enrol_work(struct practice *practice, void *arg, struct why *why)
{
	return enrol_store(practice, arg, why);
}

enum status
hall_enrol(struct hall *hall, const struct enrolment_form *form,
    int64_t *patient_id, struct why *why)
{
	struct patient patient = { 0 };
	enum status status = enrol_check(&hall->practice, form, &patient, why);
	if (status != STATUS_OK)
		return status;
	status = practice_transact(&hall->practice, enrol_work, &patient, why);
	*patient_id = patient.patient_id;
	patient_free(&patient);
	return status;
}

static enum status
mail_work(struct practice *practice, void *arg, struct why *why)
{
	const struct air_reply *mail = arg;
	bool is_new = false;
	struct inbound inbound = { .gateway = xstrdup("mail"),
		.provider_id = xstrdup(mail->id),
		.channel = CHANNEL_EMAIL,
		.sender = xstrdup(mail->from),
		.recipient = xstrdup(""),
		.body = xstrdup(mail->body),
		.answers =
		    *mail->answers != '\0' ? xstrdup(mail->answers) : NULL,
		.came_at = mail->at,
		.stored_at = practice->now };
	enum status status =
	    inbound_store(practice->store, &inbound, &is_new, why);
	inbound_free(&inbound);
	return status;
}

enum status
hall_tick(struct hall *hall, struct why *why)
{
	const struct air_reply *mail;
	enum status status = STATUS_OK;
	while (status == STATUS_OK &&
	       (mail = air_mail(hall->air, hall->practice.now)) != NULL) {
		struct air_reply copy = *mail;
		status =
		    practice_transact(&hall->practice, mail_work, &copy, why);
		if (status == STATUS_OK)
			air_mail_stored(hall->air, mail);
	}
	if (status == STATUS_OK)
		status = tick_run(&hall->practice, why);
	return status;
}
