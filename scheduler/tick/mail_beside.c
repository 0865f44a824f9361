#include "tick/mail_beside.h"

#include <stdlib.h>
#include <string.h>

#include "text/known.h"
#include "tick/token.h"

/* Of new words beside an answer hardly anybody writes more; reading as much
 * again as the answer may be long takes a tick's time. */
#define BESIDE_MAX 16384

/* What was written to the sender, and what came from there. */
struct said {
	struct known ours, theirs;
};

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
    struct said *said, struct why *why)
{
	enum status status =
	    know_messages(practice, patient_id, before, &said->ours, why);

	if (status == STATUS_OK)
		status = know_replies(
		    practice, patient_id, before, &said->theirs, why);
	return status;
}

/* Everyone who has the address, and whoever got the mail that this one
 * answers. */
static enum status
know(struct practice *practice, const struct inbound *inbound, int64_t before,
    struct said *said, struct why *why)
{
	struct message message = { 0 };
	struct patient *list = NULL;
	int len = 0;
	enum status status = patient_by_address(
	    practice->store, inbound->sender, &list, &len, why);

	for (int i = 0; i < len && status == STATUS_OK; i++)
		status = know_patient(
		    practice, list[i].patient_id, before, said, why);
	patient_list_free(list, len);
	if (status == STATUS_OK)
		status = token_find(
		    practice->store, inbound->answers, &message, why);
	if (status == STATUS_OK && message.patient_id != 0)
		status = know_patient(
		    practice, message.patient_id, before, said, why);
	message_free(&message);
	return status == STATUS_NONE ? STATUS_OK : status;
}

static void
add_new(struct buffer *out, struct said *said, const char *text)
{
	char *beyond_ours = known_beyond(&said->ours, text);
	char *words = known_beyond(&said->theirs, beyond_ours);

	if (*words != '\0')
		buffer_printf(out, "%s%s", out->len > 0 ? "\n" : "", words);
	free(words);
	free(beyond_ours);
}

/* A head in a language that nobody listed cuts no mail: our words do. */
static void
cut_body(struct buffer *out, struct said *said, char *body)
{
	size_t from = known_quoted_from(&said->ours, body);

	add_new(out, said, body + from);
	while (from > 0 && strchr(" \t\r\n", body[from - 1]) != NULL)
		from--;
	body[from] = '\0';
}

enum status
mail_beside(struct practice *practice, const struct inbound *inbound,
    struct mime_reply *mail, int64_t before, char **beside, struct why *why)
{
	struct said said = { 0 };
	struct buffer out = { 0 };
	enum status status;

	*beside = NULL;
	status = know(practice, inbound, before, &said, why);
	if (status == STATUS_OK) {
		if (said.ours.len > 0) {
			cut_body(&out, &said, mail->body);
			add_new(&out, &said, mail->quoted);
		}
		add_new(&out, &said, mail->enclosed);
	}
	known_free(&said.ours);
	known_free(&said.theirs);
	/* What no person wrote has nothing of a person's beside it. */
	if (status == STATUS_OK && out.len > 0 && !mail->automatic) {
		*beside = buffer_take(&out);
		mail->cut |= mime_shorten(*beside, BESIDE_MAX);
	}
	buffer_free(&out);
	return status;
}
