#include "tick/stop.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "care/decide.h"
#include "tick/alerting.h"
#include "tick/answer.h"
#include "tick/course.h"
#include "tick/whose.h"

/* "P-4K7QXM, P-7M2N4T and P-9R3WAZ" */
static void
name_them(const struct patient *list, int len, char refs[BECAUSE_SIZE])
{
	size_t used = 0;
	*refs = '\0';
	for (int i = 0; i < len; i++) {
		int n = snprintf(refs + used, BECAUSE_SIZE - used, "%s%s",
		    i == 0	   ? ""
		    : i == len - 1 ? " and "
				   : ", ",
		    list[i].ref);
		if (n > 0 && (size_t)n < BECAUSE_SIZE - used)
			used += (size_t)n;
	}
}

/* Everyone who has that address stops, wherever they are in their plans. */
static enum status
stop_everyone(struct practice *practice, const char *address,
    const char *because, int *sharing, char refs[BECAUSE_SIZE], struct why *why)
{
	struct patient *list = NULL;
	int len = 0;
	enum status status = whose_list(practice, address, &list, &len, why);
	name_them(list, len, refs);
	for (int i = 0; i < len && status == STATUS_OK; i++)
		status = course_stop(practice, &list[i], because, why);
	*sharing = len;
	patient_list_free(list, len);
	return status;
}

static enum status
stop_address(struct practice *practice, const struct inbound *inbound,
    const char *because, bool *was_set, struct why *why)
{
	char refs[BECAUSE_SIZE];
	char text[BECAUSE_SIZE];
	int sharing = 0;
	enum status status = optout_set(
	    practice->store, inbound->sender, practice->now, was_set, why);
	if (status == STATUS_OK)
		status = stop_everyone(
		    practice, inbound->sender, because, &sharing, refs, why);
	if (status != STATUS_OK || sharing < 2 || *was_set)
		return status;
	snprintf(text, sizeof text,
	    "an opt-out from an address that several share stopped %.200s",
	    refs);
	struct alerting_topic topic = { .kind = ALERT_SHARED_NUMBER,
		.level = "notice",
		.topic = text,
		.because = text };
	return alerting_open(practice, &topic, NULL, why);
}

/* A provider that answers the carriers' keywords itself does so for the bare
 * word alone: "please stop texting me" is answered by us. */
static bool
provider_confirms(
    const struct practice *practice, const struct inbound *inbound)
{
	const struct config *config = practice->config;
	const struct gateway *gateway = NULL;
	for (int i = 0; i < config->sms_len; i++)
		if (strcmp(config->sms[i].name, inbound->gateway) == 0)
			gateway = &config->sms[i];
	if (gateway == NULL || !gateway->confirms_stop)
		return false;
	const char *p = inbound->body;
	while (isspace((unsigned char)*p))
		p++;
	while (isalpha((unsigned char)*p))
		p++;
	return p[strspn(p, " \t\r\n.!")] == '\0';
}

enum status
stop_take(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, struct why *why)
{
	bool was = false;
	enum status status = stop_address(
	    practice, inbound, "the patient wrote STOP", &was, why);
	if (status != STATUS_OK || was)
		return status;
	if (provider_confirms(practice, inbound))
		return event_add(practice->store, practice->now,
		    patient != NULL ? patient->patient_id : 0, "held",
		    "answer/stop", why,
		    "no confirmation of STOP: the provider confirms it itself");
	return answer_send(practice, patient, inbound, KIND_STOP_CONFIRM,
	    "answer/stop", ASKS_NONE, why);
}

/* Nothing more goes there, not even a word of who we are. */
enum status
stop_wrong_number(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, struct why *why)
{
	bool was = false;
	char refs[BECAUSE_SIZE] = "";
	struct patient *list = NULL;
	int len = 0;
	enum status status = stop_address(practice, inbound,
	    "stopped: this is said to be the wrong number", &was, why);
	if (status == STATUS_OK && patient == NULL)
		status =
		    whose_list(practice, inbound->sender, &list, &len, why);
	name_them(list, len, refs);
	patient_list_free(list, len);
	if (status != STATUS_OK || (patient == NULL && len == 0))
		return status;
	struct alerting_topic topic = { .kind = ALERT_WRONG_NUMBER,
		.level = "notice",
		.patient_id = patient != NULL ? patient->patient_id : 0,
		.topic = refs,
		.fault = channel_names[inbound->channel],
		.because = "somebody says that this is the wrong number: it "
			   "gets nothing more; find the right one" };
	return alerting_open(practice, &topic, NULL, why);
}

/* "Who is this" from a number that never answered may be anybody's: it stops,
 * and learns nothing. From one that has, it is answered as HELP is, and the
 * clinic looks whether the number is still the patient's. */
enum status
stop_who(struct practice *practice, const struct patient *patient,
    const struct inbound *inbound, struct why *why)
{
	bool has = false;
	enum status status = STATUS_OK;
	if (patient != NULL)
		status = reading_answered_from(practice->store,
		    patient->patient_id, inbound->sender, &has, why);
	if (status != STATUS_OK || !has)
		return status == STATUS_OK
			   ? stop_wrong_number(practice, patient, inbound, why)
			   : status;
	struct alerting_topic topic = { .kind = ALERT_WRONG_NUMBER,
		.level = "notice",
		.patient_id = patient->patient_id,
		.topic = "who",
		.fault = channel_names[inbound->channel],
		.because = "somebody asks who we are, at an address that has "
			   "answered before: is it still the patient's?" };
	status = alerting_open(practice, &topic, NULL, why);
	return status == STATUS_OK
		   ? answer_seldom(practice, patient, inbound, KIND_HELP,
			 "answer/help", ANSWER_HELP_AGAIN_S, why)
		   : status;
}
