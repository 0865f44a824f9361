#include "tick/contact.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "care/sentence.h"
#include "tick/alerting.h"
#include "tick/amiss.h"
#include "tick/mail.h"
#include "tick/queue.h"
#include "tick/restraint.h"
#include "tick/token.h"
#include "tick/tongues.h"

#define NUMBERS_MAX 8 /* alerts taken by one reply */

static bool
is_among(const struct address *list, int len, const char *address)
{
	for (int i = 0; i < len; i++)
		if (strcasecmp(list[i].text, address) == 0)
			return true;
	return false;
}

bool
contact_is_listed(const struct practice *practice, const char *address)
{
	const struct alerting *alerts = &practice->config->alerts;
	return is_among(alerts->to, alerts->to_len, address) ||
	       is_among(alerts->night_to, alerts->night_to_len, address);
}

/* What follows the word ACK, or NULL where the reply does not begin with it:
 * "ACK 17", "ack17", "Ack #17 and 18", "Acknowledged 17". */
static const char *
after_ack(const char *text)
{
	while (*text != '\0' && !isalnum((unsigned char)*text))
		text++;
	if (strncasecmp(text, "ack", 3) != 0)
		return NULL;
	text += 3;
	if (strncasecmp(text, "nowledge", 8) == 0)
		text += 8;
	while (isalpha((unsigned char)*text))
		text++;
	return text;
}

/* What may stand between one number and the next: "17, 18 and #19". */
static const char *
after_joint(const char *text)
{
	const char *before = NULL;
	while (before != text) {
		before = text;
		text += strspn(text, " ,.:&#+\t");
		if (strncasecmp(text, "and ", 4) == 0 ||
		    strncasecmp(text, "no. ", 4) == 0)
			text += 4;
	}
	return text;
}

/* The numbers that a text begins with. Those further on are of something else:
 * "17, will ring her in 5 minutes", or a telephone below a name. */
static int
numbers_in(const char *text, int64_t numbers[NUMBERS_MAX])
{
	int len = 0;
	for (text = after_joint(text);
	     isdigit((unsigned char)*text) && len < NUMBERS_MAX;
	     text = after_joint(text)) {
		char *end = NULL;
		numbers[len++] = strtoll(text, &end, 10);
		text = end;
	}
	return len;
}

/* Say what became of it, to whoever wrote. */
static enum status
tell_back(struct practice *practice, const struct inbound *inbound,
    const struct alert *alert, const char *because, const char *template,
    struct why *why)
{
	struct address to = { .channel = inbound->channel };
	bool may = false;
	enum status status = restraint_may_answer(
	    practice, inbound->sender, KIND_HELP, 0, &may, why);
	if (status != STATUS_OK || !may ||
	    strlen(inbound->sender) >= sizeof to.text)
		return status;
	snprintf(to.text, sizeof to.text, "%s", inbound->sender);
	struct alert about = { .because = (char *)because };
	if (alert != NULL)
		about.alert_id = alert->alert_id;
	return queue_to_clinician(
	    practice, &to, KIND_HELP, &about, "", template, why);
}

static enum status
tell_odd(struct practice *practice, const struct inbound *inbound,
    const char *because, struct why *why)
{
	return tell_back(
	    practice, inbound, NULL, because, "clinic/ack-odd", why);
}

static enum status
acknowledge(struct practice *practice, const struct inbound *inbound,
    int64_t number, struct why *why)
{
	struct alert alert = { 0 };
	char because[128];
	enum status status = alert_by_id(practice->store, number, &alert, why);
	if (status == STATUS_NONE) {
		snprintf(because, sizeof because, "there is no alert %lld",
		    (long long)number);
		return tell_odd(practice, inbound, because, why);
	}
	if (status != STATUS_OK)
		return status;

	if (alert.state == ALERT_CLOSED) {
		snprintf(because, sizeof because,
		    "alert %lld is closed already", (long long)number);
		status = tell_odd(practice, inbound, because, why);
	} else if (alert.state == ALERT_ACKNOWLEDGED &&
		   strcmp(alert.acknowledged_by, inbound->sender) != 0) {
		snprintf(because, sizeof because,
		    "somebody else has taken alert %lld already",
		    (long long)number);
		status = tell_odd(practice, inbound, because, why);
	} else {
		status = alerting_acknowledge(
		    practice, &alert, inbound->sender, why);
		if (status == STATUS_OK)
			status = tell_back(
			    practice, inbound, &alert, "", "clinic/ack", why);
	}
	alert_free(&alert);
	return status;
}

/*
 * Is it surely from whom alerts go to? Anyone can write any sender into a mail,
 * and an alert that a stranger has taken is repeated no more. So a mail has to
 * name one that we sent to a contact: its key is known to whoever got that. A
 * text's sender is its gateway's word, and what is received by hand or lies in
 * a spool is this machine's own.
 */
static enum status
is_proven(struct practice *practice, const struct inbound *inbound,
    bool *proven, struct why *why)
{
	struct message message = { 0 };
	*proven = inbound->channel != CHANNEL_EMAIL ||
		  strcmp(inbound->gateway, MAIL_GATEWAY) != 0;
	if (*proven)
		return STATUS_OK;
	enum status status =
	    token_find(practice->store, inbound->answers, &message, why);
	if (status != STATUS_OK)
		return status == STATUS_NONE ? STATUS_OK : status;
	*proven = message.recipient != NULL &&
		  contact_is_listed(practice, message.recipient);
	message_free(&message);
	return STATUS_OK;
}

static enum status
take_unproven(
    struct practice *practice, const struct inbound *inbound, struct why *why)
{
	enum status status = inbound_set_handled(
	    practice->store, inbound->inbound_id, "open", why);
	if (status == STATUS_OK)
		status = tell_odd(practice, inbound,
		    "anyone could have written that mail. Reply to the mail "
		    "of the alert itself",
		    why);
	return status;
}

/* Alerts don't end by a word: who is to be told instead is for the clinic. */
static enum status
refuse_stop(
    struct practice *practice, const struct inbound *inbound, struct why *why)
{
	char because[BECAUSE_SIZE];
	snprintf(because, sizeof because,
	    "%.100s, to whom alerts go, wrote STOP: give alerts.to another "
	    "address if that one is not to be told any more",
	    inbound->sender);
	struct amiss amiss = { AMISS_CONTACT, because, inbound->sender, NULL };
	enum status status = amiss_tell(practice, &amiss, why);
	if (status == STATUS_OK)
		status = tell_odd(practice, inbound,
		    "STOP ends no alerts, the clinic is asked to take you "
		    "off its list",
		    why);
	return status;
}

/* Anything but an ACK: kept where the clinic reads, and told back; but for
 * thanks, and for what a machine wrote. */
static enum status
take_other_words(
    struct practice *practice, const struct inbound *inbound, struct why *why)
{
	struct reading_row row = { .inbound_id = inbound->inbound_id,
		.at = inbound->came_at,
		.advanced_at = practice->now };
	enum status status =
	    tongues_read(practice, practice->config->clinic.language, ASKS_NONE,
		inbound->body, &row.reading, why);
	if (status == STATUS_OK)
		status = reading_insert(practice->store, &row, why);
	if (status != STATUS_OK || row.reading.courtesy ||
	    row.reading.automatic || inbound->automatic)
		return status;
	status = inbound_set_handled(
	    practice->store, inbound->inbound_id, "open", why);
	if (status == STATUS_OK && row.reading.stop)
		return refuse_stop(practice, inbound, why);
	if (status == STATUS_OK)
		status = tell_odd(practice, inbound,
		    "that was not understood, and is kept in the inbox", why);
	return status;
}

enum status
contact_take(struct practice *practice, const struct inbound *inbound,
    bool *taken, struct why *why)
{
	*taken = false;
	if (!contact_is_listed(practice, inbound->sender))
		return STATUS_OK;

	/* "Acknowledgement: ticket 17" from a machine takes nothing. */
	const char *rest = inbound->automatic ? NULL : after_ack(inbound->body);
	if (rest == NULL) {
		struct patient *list = NULL;
		int len = 0;
		enum status status = patient_by_address(
		    practice->store, inbound->sender, &list, &len, why);
		patient_list_free(list, len);
		if (status != STATUS_OK || len > 0)
			return status;
		*taken = true;
		return take_other_words(practice, inbound, why);
	}

	int64_t numbers[NUMBERS_MAX];
	int len = numbers_in(rest, numbers);
	bool proven = false;
	enum status status = is_proven(practice, inbound, &proven, why);
	*taken = true;
	if (status == STATUS_OK && !proven)
		return take_unproven(practice, inbound, why);
	if (status == STATUS_OK && len == 0)
		return tell_odd(
		    practice, inbound, "the alert's number is missing", why);
	for (int i = 0; i < len && status == STATUS_OK; i++)
		status = acknowledge(practice, inbound, numbers[i], why);
	return status;
}
