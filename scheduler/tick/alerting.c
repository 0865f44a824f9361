#include "tick/alerting.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/secret.h"
#include "care/sentence.h"
#include "tick/rounds.h"

bool
alerting_is_red_flag(const struct alert *alert)
{
	return alert->kind == ALERT_RED_FLAG &&
	       strcmp(alert->level, "notice") != 0;
}

/* The length of a patient's reference that a word is, or of a number that is
 * only measured ("after 30 ms"); 0 where it is neither. */
static size_t
particular(const char *word)
{
	char ref[REF_SIZE];
	char found[REF_SIZE];
	size_t digits = strspn(word, "0123456789");
	if (digits > 0 && word[digits] == ' ')
		return digits;
	if (strncmp(word, "P-", 2) != 0)
		return 0;
	snprintf(ref, sizeof ref, "%s", word);
	return ref_normalise(ref, found) ? strlen(ref) : 0;
}

#define PASSING "passing: " /* before the words of such a fault */

/* What is wrong, whoever met it and whenever. */
static char *
fault_of(const char *text, bool passing)
{
	char out[BECAUSE_SIZE];
	size_t len = 0;
	bool begins = true;
	if (passing)
		len = (size_t)snprintf(out, sizeof out, PASSING);
	while (text != NULL && *text != '\0' && len < sizeof out - 1) {
		size_t skip = begins ? particular(text) : 0;
		out[len++] = skip > 0 ? '#' : *text;
		begins = *text == ' ';
		text += skip > 0 ? skip : 1;
	}
	out[len] = '\0';
	return xstrdup(out);
}

static bool
is_passing(const char *fault)
{
	return strncmp(fault, PASSING, strlen(PASSING)) == 0;
}

/* In the same words, or both out of reach for a while, whatever the words. */
static bool
is_same(const char *a, const char *b)
{
	size_t skip_a = is_passing(a) ? strlen(PASSING) : 0;
	size_t skip_b = is_passing(b) ? strlen(PASSING) : 0;
	return (skip_a > 0 && skip_b > 0) ||
	       strcmp(a + skip_a, b + skip_b) == 0;
}

/* The alert that this one is only one more of, or NULL. */
static struct alert *
same_one(struct alert *list, int len, const struct alert *alert)
{
	for (int i = 0; i < len; i++)
		if (is_same(list[i].fault, alert->fault))
			return &list[i];
	return len >= ALERTING_FAULTS_MAX ? &list[len - 1] : NULL;
}

static enum status
tell_again(struct practice *practice, struct alert *alert, const char *because,
    struct why *why)
{
	replace_text(&alert->because, because);
	alert->state = ALERT_OPEN;
	alert->acknowledged_at = 0;
	replace_text(&alert->acknowledged_by, NULL);
	alert->round = 0;
	alert->next_at = rounds_begin_at(practice, alert);
	enum status status = event_add(practice->store, practice->now,
	    alert->patient_id, "reopened", alert_kind_names[alert->kind], why,
	    "alert %lld opened again: %s", (long long)alert->alert_id,
	    alert->because);
	if (status == STATUS_OK && alert->next_at <= practice->now)
		return rounds_send(practice, alert, why);
	return status == STATUS_OK ? alert_update(practice->store, alert, why)
				   : status;
}

static enum status
see_again(struct practice *practice, struct alert *alert,
    const struct alerting_topic *topic, struct why *why)
{
	bool seen = alert->seen_at == practice->now;
	alert->seen_at = practice->now;
	if (topic->again && alert->next_at == 0)
		return tell_again(practice, alert, topic->because, why);
	return seen ? STATUS_OK : alert_update(practice->store, alert, why);
}

static enum status
open_anew(struct practice *practice, struct alert *alert, struct why *why)
{
	bool is_new = false;
	alert->next_at = rounds_begin_at(practice, alert);
	enum status status = alert_insert(practice->store, alert, &is_new, why);
	if (status != STATUS_OK || !is_new)
		return status;
	practice->count.alerts++;
	status = event_add(practice->store, practice->now, alert->patient_id,
	    "alert", alert_kind_names[alert->kind], why,
	    "alert %lld opened: %s", (long long)alert->alert_id,
	    alert->because);
	if (status == STATUS_OK && alert->next_at <= practice->now)
		status = rounds_send(practice, alert, why);
	return status;
}

enum status
alerting_open(struct practice *practice, const struct alerting_topic *topic,
    int64_t *alert_id, struct why *why)
{
	struct alert alert = { .patient_id = topic->patient_id,
		.kind = topic->kind,
		.topic = xstrdup(topic->topic != NULL ? topic->topic : ""),
		.fault = fault_of(topic->fault, topic->passing),
		.because = xstrdup(topic->because),
		.state = ALERT_OPEN,
		.opened_at = practice->now,
		.seen_at = practice->now };
	struct alert *list = NULL;
	int len = 0;
	enum status status = STATUS_OK;
	strncpy(alert.level, topic->level, sizeof alert.level - 1);

	if (alert.kind != ALERT_RED_FLAG)
		status = alert_standing(practice->store, alert.kind,
		    alert.topic, alert.patient_id, &list, &len, why);
	struct alert *same = same_one(list, len, &alert);
	if (status == STATUS_OK && same != NULL) {
		alert.alert_id = same->alert_id;
		status = see_again(practice, same, topic, why);
	} else if (status == STATUS_OK) {
		status = open_anew(practice, &alert, why);
	}
	if (status == STATUS_OK && alert_id != NULL)
		*alert_id = alert.alert_id;
	alert_list_free(list, len);
	alert_free(&alert);
	return status;
}

static enum status
open_work(struct practice *practice, void *arg, struct why *why)
{
	return alerting_open(practice, arg, NULL, why);
}

enum status
alerting_open_now(struct practice *practice, const struct alerting_topic *topic,
    struct why *why)
{
	struct alerting_topic copy = *topic;
	return practice_transact(practice, open_work, &copy, why);
}

enum status
alerting_acknowledge(struct practice *practice, struct alert *alert,
    const char *by, struct why *why)
{
	if (alert->state == ALERT_CLOSED)
		return why_set(why, STATUS_BAD_DATA,
		    "alert %lld is closed already", (long long)alert->alert_id);
	if (alert->state == ALERT_ACKNOWLEDGED)
		return STATUS_OK;

	alert->state = ALERT_ACKNOWLEDGED;
	alert->acknowledged_at = practice->now;
	replace_text(&alert->acknowledged_by, by);
	alert->next_at = 0;
	enum status status = alert_update(practice->store, alert, why);
	if (status != STATUS_OK)
		return status;
	return event_add(practice->store, practice->now, alert->patient_id,
	    "acknowledged", alert_kind_names[alert->kind], why,
	    "alert %lld acknowledged", (long long)alert->alert_id);
}
