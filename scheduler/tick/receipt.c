#include "tick/receipt.h"

#include <stdio.h>
#include <string.h>

#include "tick/fate.h"
#include "tick/loss.h"
#include "tick/settle.h"
#include "tick/token.h"

/* What a report's status comes to. A dead address is one; a full box or a
 * server that did not take it in time is not the address's fault. */
static enum post_class
class_of_bounce(const char *code, const char **says)
{
	static const struct {
		const char *begins;
		enum post_class class;
		const char *says;
	} rows[] = {
		{ "4.", POST_UNDELIVERED, "it was not taken in time" },
		{ "5.2.2", POST_UNDELIVERED, "the mailbox is full" },
		{ "5.7.", POST_REFUSED, "the server there refuses our mail" },
		{ "5.3.4", POST_REFUSED,
		    "it is too long for the server there" },
		{ "5.", POST_BAD_ADDRESS, "the address takes no mail" },
	};
	for (size_t i = 0; code != NULL && i < sizeof rows / sizeof *rows; i++)
		if (strncmp(code, rows[i].begins, strlen(rows[i].begins)) ==
		    0) {
			*says = rows[i].says;
			return rows[i].class;
		}
	*says = "the mail server gives no reason";
	return POST_BAD_ADDRESS;
}

enum status
receipt_bounced(struct practice *practice, const char *named,
    const char *status_code, struct why *why)
{
	struct message message = { 0 };
	struct post_outcome outcome = { 0 };
	const char *says = NULL;
	enum status status = token_find(practice->store, named, &message, why);
	if (status != STATUS_OK)
		return status;
	outcome.class = class_of_bounce(status_code, &says);
	snprintf(outcome.code, sizeof outcome.code, "%s",
	    status_code != NULL ? status_code : "");
	snprintf(outcome.reason, sizeof outcome.reason,
	    "it came back by mail: %s", says);
	status = settle_lost(
	    practice, NULL, &message, MESSAGE_UNDELIVERED, &outcome, why);
	message_free(&message);
	return status;
}

enum status
receipt_complained(
    struct practice *practice, const char *named, struct why *why)
{
	struct message message = { 0 };
	enum status status = token_find(practice->store, named, &message, why);
	if (status != STATUS_OK)
		return status;
	if (message.alert_id == 0 && message.address != NULL)
		status = loss_opted_out(practice, &message,
		    "the patient called our mail unwanted, says the mail "
		    "provider",
		    why);
	message_free(&message);
	return status;
}

struct receipt {
	const struct gateway *gateway;
	const char *key;
	const struct post_outcome *outcome;
};

/* Ours, or NONE. A key that went by another gateway proves nothing here. */
static enum status
find(struct practice *practice, const struct receipt *receipt,
    struct message *message, struct why *why)
{
	const char *gateway = receipt->gateway->name;
	enum status status = STATUS_NONE;
	if (*receipt->outcome->provider_id != '\0')
		status = outbox_by_provider_id(practice->store, gateway,
		    receipt->outcome->provider_id, message, why);
	if (status != STATUS_NONE || receipt->key == NULL ||
	    *receipt->key == '\0')
		return status;
	status = outbox_by_key(practice->store, receipt->key, message, why);
	if (status != STATUS_OK || (message->gateway != NULL &&
				       strcmp(message->gateway, gateway) == 0))
		return status;
	message_free(message);
	return STATUS_NONE;
}

static enum status
receipt_work(struct practice *practice, void *arg, struct why *why)
{
	const struct receipt *receipt = arg;
	const struct post_outcome *outcome = receipt->outcome;
	const struct fate_rule *rule = &fate_rules[outcome->class];
	struct message message = { 0 };
	bool taken = false;
	enum status status = find(practice, receipt, &message, why);
	if (status == STATUS_NONE)
		return STATUS_OK;
	if (status != STATUS_OK)
		return status;
	if (rule->fate == FATE_TAKEN)
		status = settle_taken(
		    practice, receipt->gateway, &message, outcome, &taken, why);
	else if (rule->fate == FATE_FAILED)
		status = settle_lost(practice, receipt->gateway, &message,
		    rule->state, outcome, why);
	message_free(&message);
	/* Another message has that id: of which it speaks can't be told. */
	return status == STATUS_BAD_DATA ? STATUS_OK : status;
}

enum status
receipt_take(struct practice *practice, const struct gateway *gateway,
    const char *key, const struct post_outcome *outcome, struct why *why)
{
	struct receipt receipt = { gateway, key, outcome };
	return practice_transact(practice, receipt_work, &receipt, why);
}
