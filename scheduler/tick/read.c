/*
 * read - whose reply it is, which question it answers, and what it says
 *
 * Each inbound is read once, in one transaction: the reading, and the mark
 * that it was read. What to do about it is the next step's business.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "store/inbox.h"
#include "store/outbox.h"
#include "tick/batch.h"
#include "tick/contact.h"
#include "tick/parts.h"
#include "tick/steps.h"
#include "tick/token.h"
#include "tick/tongues.h"
#include "tick/whose.h"

#define READ_BATCH 256
/* A question that has closed still lends its sense to a late answer. */
#define LATE_ANSWER_S ((int64_t)3 * 24 * 60 * 60)
#define QUESTIONS_BACK 4

/* Who may have written, and what it may answer. */
struct sender {
	struct patient *list; /* everyone with that address */
	int len;
	struct patient *patient; /* the one it is, or NULL; lent by list */
	struct question question; /* question_id 0: answers none */
	bool verified;
};

/* The newest question that still waits for an answer, open or not long
 * closed; never an older one than the newest asked. */
static enum status
find_question(struct practice *practice, const struct patient *patient,
    int64_t came_at, struct question *question, struct why *why)
{
	struct question *list = NULL;
	int len = 0;
	enum status status = question_of_enrolment(practice->store,
	    patient->enrolment_id, QUESTIONS_BACK, &list, &len, why);
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		if (list[i].asked_at == 0 || list[i].asked_at > came_at)
			continue;
		bool open = list[i].state == QUESTION_OPEN;
		bool late = list[i].state == QUESTION_UNANSWERED &&
			    list[i].closes_at + LATE_ANSWER_S > came_at;
		if (open || late)
			*question = list[i];
		break;
	}
	free(list);
	return status;
}

/* The patient to whom a message went that the mail names: among those of its
 * sender's address or, written from another one, alone. What no person wrote
 * is nobody's from elsewhere: a mail server tells of a bounce. */
static enum status
take_patient(struct practice *practice, const struct inbound *inbound,
    const struct message *message, struct sender *sender, struct why *why)
{
	sender->verified = false;
	for (int n = 0; n < sender->len; n++)
		if (sender->list[n].patient_id == message->patient_id)
			sender->patient = &sender->list[n];
	if (sender->patient == NULL && !inbound->automatic &&
	    message->patient_id != 0 && message->alert_id == 0) {
		struct patient other = { 0 };
		enum status status = patient_by_id(
		    practice->store, message->patient_id, &other, why);
		if (status != STATUS_OK)
			return status;
		patient_list_free(sender->list, sender->len);
		sender->list = xcalloc(1, sizeof *sender->list);
		sender->list[0] = other;
		sender->len = 1;
		sender->patient = &sender->list[0];
	}
	sender->verified = sender->patient != NULL;
	return STATUS_OK;
}

/*
 * An email names what it answers: our keys stand in the address it was sent
 * to, or in its references. With one, it is surely that patient's answer to
 * that message, whatever address it comes from; without, anyone could have
 * written it.
 */
static enum status
find_token(struct practice *practice, const struct inbound *inbound,
    struct sender *sender, struct why *why)
{
	struct message message = { 0 };
	enum status status =
	    token_find(practice->store, inbound->answers, &message, why);
	if (status == STATUS_NONE)
		status = token_find(
		    practice->store, inbound->recipient, &message, why);
	if (status != STATUS_OK)
		return status == STATUS_NONE ? STATUS_OK : status;

	status = take_patient(practice, inbound, &message, sender, why);
	if (status == STATUS_OK && sender->verified) {
		status = question_by_parcel(
		    practice->store, message.parcel, &sender->question, why);
		/* A nudge names no question of its own. */
		if (status == STATUS_NONE)
			status = find_question(practice, sender->patient,
			    inbound->came_at, &sender->question, why);
	}
	message_free(&message);
	return status;
}

/* Of several people who share an address, the one with the open question. */
static enum status
choose_by_question(struct practice *practice, const struct inbound *inbound,
    struct sender *sender, struct why *why)
{
	int asked = 0;
	struct patient *chosen = NULL;
	struct question its = { 0 };
	for (int i = 0; i < sender->len; i++) {
		struct question question = { 0 };
		enum status status = find_question(practice, &sender->list[i],
		    inbound->came_at, &question, why);
		if (status != STATUS_OK)
			return status;
		if (question.question_id == 0 ||
		    question.state != QUESTION_OPEN)
			continue;
		asked++;
		chosen = &sender->list[i];
		its = question;
	}
	if (asked == 1) {
		sender->patient = chosen;
		sender->question = its;
	}
	return STATUS_OK;
}

static enum status
find_sender(struct practice *practice, const struct inbound *inbound,
    struct sender *sender, struct why *why)
{
	enum status status = whose_list(
	    practice, inbound->sender, &sender->list, &sender->len, why);
	if (status != STATUS_OK)
		return status;

	sender->verified = inbound->channel == CHANNEL_SMS;
	if (inbound->channel == CHANNEL_EMAIL)
		status = find_token(practice, inbound, sender, why);
	if (status != STATUS_OK || sender->patient != NULL)
		return status;
	if (sender->len == 1) {
		sender->patient = &sender->list[0];
		return find_question(practice, sender->patient,
		    inbound->came_at, &sender->question, why);
	}
	if (sender->len > 1)
		return choose_by_question(practice, inbound, sender, why);
	return STATUS_OK;
}

/* Make the sender's address one that can be looked up, here and by whoever
 * reads the row later: some gateways leave out the plus, some write numbers as
 * the country does. */
static enum status
tidy_sender(struct practice *practice, struct inbound *inbound, struct why *why)
{
	const char *country = practice->config->clinic.country;
	char *before = xstrdup(inbound->sender);
	char phone[PHONE_SIZE];
	char email[EMAIL_SIZE];
	if (inbound->channel == CHANNEL_SMS) {
		char *plus = xasprintf("+%s", inbound->sender);
		if (phone_normalise(inbound->sender, country, phone, NULL) ==
			STATUS_OK ||
		    phone_normalise(plus, country, phone, NULL) == STATUS_OK)
			replace_text(&inbound->sender, phone);
		free(plus);
	}
	if (inbound->channel == CHANNEL_EMAIL &&
	    email_normalise(inbound->sender, email, NULL) == STATUS_OK)
		replace_text(&inbound->sender, email);
	bool changed = strcmp(before, inbound->sender) != 0;
	free(before);
	return changed ? inbound_rewrite(practice->store, inbound, why)
		       : STATUS_OK;
}

/* The rest of a long text may be a moment away. What can't wait does not. */
static bool
waits_for_rest(const struct practice *practice, const struct inbound *inbound,
    const struct reading *reading)
{
	return parts_may_follow(practice, inbound) && reading->flags_len == 0 &&
	       !reading->stop && !reading->wrong_number;
}

/* The language that a sender is read in. */
static const char *
language_of(const struct practice *practice, const struct sender *sender)
{
	if (sender->patient != NULL)
		return sender->patient->language;
	if (sender->list != NULL && sender->len > 0)
		return sender->list[0].language;
	return practice->config->clinic.language;
}

struct unread {
	struct inbound *list;
	int len;
};

/* Their senders tidied, and what came in pieces put together. */
static enum status
prepare(struct practice *practice, void *arg, struct why *why)
{
	const struct unread *unread = arg;
	enum status status = STATUS_OK;
	for (int i = 0; i < unread->len && status == STATUS_OK; i++)
		status = tidy_sender(practice, &unread->list[i], why);
	if (status == STATUS_OK)
		status = parts_join(practice, unread->list, unread->len, why);
	return status;
}

static enum status
read_one(struct practice *practice, void *arg, struct why *why)
{
	struct inbound *inbound = arg;
	bool taken = false;
	enum status status = contact_take(practice, inbound, &taken, why);
	if (status == STATUS_OK && taken) {
		practice->count.read++;
		return inbound_mark_read(practice->store, inbound->inbound_id,
		    0, practice->now, why);
	}

	struct sender sender = { 0 };
	if (status == STATUS_OK && !inbound->automatic)
		status =
		    deadaddress_lift(practice->store, inbound->sender, why);
	if (status == STATUS_OK)
		status = find_sender(practice, inbound, &sender, why);
	if (status != STATUS_OK)
		goto out;

	enum asks asked =
	    sender.question.question_id != 0 ? sender.question.asks : ASKS_NONE;
	struct reading_row row = { .inbound_id = inbound->inbound_id,
		.patient_id =
		    sender.patient != NULL ? sender.patient->patient_id : 0,
		.visit = sender.patient != NULL ? sender.patient->visit : 0,
		.at = inbound->came_at,
		.asked = asked,
		.question_id = sender.question.question_id,
		.verified = sender.verified };
	status = tongues_read(practice, language_of(practice, &sender), asked,
	    inbound->body, &row.reading, why);
	if (status != STATUS_OK)
		goto out;
	if (inbound->automatic)
		row.reading.automatic = true;
	if (waits_for_rest(practice, inbound, &row.reading))
		goto out;
	status = reading_insert(practice->store, &row, why);
	if (status == STATUS_OK)
		status = inbound_mark_read(practice->store, inbound->inbound_id,
		    row.patient_id, practice->now, why);
	practice->count.read++;
	log_detail("%s: read reply %lld",
	    sender.patient != NULL ? sender.patient->ref : "nobody enrolled",
	    (long long)inbound->inbound_id);
out:
	patient_list_free(sender.list, sender.len);
	return status;
}

enum status
tick_read(struct practice *practice, struct why *why)
{
	for (;;) {
		struct unread unread = { 0 };
		enum status status = inbound_unread(practice->store, READ_BATCH,
		    &unread.list, &unread.len, why);
		int done = 0;
		if (status == STATUS_OK && unread.len > 0)
			status =
			    practice_transact(practice, prepare, &unread, why);
		for (int i = 0; i < unread.len && status == STATUS_OK; i++) {
			if (unread.list[i].read_at != 0)
				continue;
			status = practice_transact(
			    practice, read_one, &unread.list[i], why);
			if (status == STATUS_OK)
				done++;
			else if (batch_go_on_unread(practice, status, why))
				status = STATUS_OK;
		}
		inbound_list_free(unread.list, unread.len);
		/* Those that can't be read stay unread: a batch of nothing
		 * else ends the step. */
		if (status != STATUS_OK || unread.len < READ_BATCH || done == 0)
			return status;
	}
}
