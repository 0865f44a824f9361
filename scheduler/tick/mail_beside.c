#include "tick/mail_beside.h"

#include <stdlib.h>

#include "text/known.h"
#include "tick/token.h"

static enum status
know_messages(struct practice *practice, int64_t patient_id, int64_t before,
    struct known *known, struct why *why)
{
	struct message *list = NULL;
	int len = 0;
	enum status status =
	    outbox_of_patient(practice->store, patient_id, &list, &len, why);

	for (int i = 0; i < len && status == STATUS_OK; i++)
		if (list[i].body != NULL && list[i].queued_at < before)
			known_add(known, list[i].body);
	message_list_free(list, len);
	return status;
}

static enum status
know_replies(struct practice *practice, int64_t patient_id, int64_t before,
    struct known *known, struct why *why)
{
	struct inbound *list = NULL;
	int len = 0;
	enum status status =
	    inbound_of_patient(practice->store, patient_id, &list, &len, why);

	for (int i = 0; i < len && status == STATUS_OK; i++)
		if (list[i].read_at < before)
			known_add(known, list[i].body);
	inbound_list_free(list, len);
	return status;
}

static enum status
know_patient(struct practice *practice, int64_t patient_id, int64_t before,
    struct known *known, struct why *why)
{
	enum status status =
	    know_messages(practice, patient_id, before, known, why);

	return status == STATUS_OK
		   ? know_replies(practice, patient_id, before, known, why)
		   : status;
}

/* Everyone who has the address, and whoever got the mail that this one
 * answers. */
static enum status
know(struct practice *practice, const struct inbound *inbound, int64_t before,
    struct known *known, struct why *why)
{
	struct message message = { 0 };
	struct patient *list = NULL;
	int len = 0;
	enum status status = patient_by_address(
	    practice->store, inbound->sender, &list, &len, why);

	for (int i = 0; i < len && status == STATUS_OK; i++)
		status = know_patient(
		    practice, list[i].patient_id, before, known, why);
	patient_list_free(list, len);
	if (status == STATUS_OK)
		status = token_find(
		    practice->store, inbound->answers, &message, why);
	if (status == STATUS_OK && message.patient_id != 0)
		status = know_patient(
		    practice, message.patient_id, before, known, why);
	message_free(&message);
	return status == STATUS_NONE ? STATUS_OK : status;
}

static void
add_new(struct buffer *out, struct known *known, const char *text)
{
	char *words = known_beyond(known, text);

	if (*words != '\0')
		buffer_printf(out, "%s%s", out->len > 0 ? "\n" : "", words);
	free(words);
}

enum status
mail_beside(struct practice *practice, const struct inbound *inbound,
    const struct mime_reply *mail, int64_t before, char **beside,
    struct why *why)
{
	struct known known = { 0 };
	struct buffer out = { 0 };
	enum status status;

	*beside = NULL;
	if (mail->automatic ||
	    (*mail->quoted == '\0' && *mail->enclosed == '\0'))
		return STATUS_OK;
	status = know(practice, inbound, before, &known, why);
	if (status == STATUS_OK) {
		if (known.len > 0)
			add_new(&out, &known, mail->quoted);
		add_new(&out, &known, mail->enclosed);
	}
	known_free(&known);
	if (status == STATUS_OK && out.len > 0)
		*beside = buffer_take(&out);
	buffer_free(&out);
	return status;
}
