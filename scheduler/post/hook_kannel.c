#include <stdlib.h>
#include <string.h>

#include "post/hook.h"
#include "post/wire.h"

/*
 * Kannel signs nothing: a secret stands in the query of the URL that it is
 * told to call, and the web server lets only its machine in. Receipts come to
 * dlr_url, with our key, Kannel's state and its words; replies by a get-url
 * as "...?secret=S&from=%p&to=%P&text=%b&id=%I", with mo-recode = true.
 */

/* Bits of dlr-mask; 8 and 4 say that it is on its way. */
static bool
kannel_receipt(const char *state, struct post_outcome *outcome)
{
	static const struct {
		const char *state;
		enum post_class class;
		const char *says;
	} rows[] = {
		{ "1", POST_DELIVERED, "delivered" },
		{ "2", POST_UNDELIVERED, "the network could not deliver it" },
		{ "4", POST_ACCEPTED, "buffered" },
		{ "8", POST_ACCEPTED, "accepted" },
		{ "16", POST_UNDELIVERED, "the network refused it" },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].state, state) == 0) {
			wire_outcome(outcome, rows[i].class,
			    rows[i].class == POST_UNDELIVERED ? state : NULL,
			    "%s", rows[i].says);
			return true;
		}
	return false;
}

static enum status
kannel_read(
    const struct hook_call *call, struct hook_result *result, struct why *why)
{
	struct hook_form form = { 0 };
	struct post_outcome outcome = { 0 };
	const char *id, *state;
	bool ok;

	hook_all(call, &form);
	id = hook_value(&form, "id");
	state = hook_value(&form, "status");
	if (state == NULL) {
		ok = hook_add_reply(result, id, hook_value(&form, "from"),
		    hook_value(&form, "to"), hook_value(&form, "text"),
		    call->now_at);
	} else {
		/* A message's id at this gateway is our key. */
		ok = wire_key_ok(id) && kannel_receipt(state, &outcome) &&
		     wire_copy(
			 outcome.provider_id, sizeof(outcome.provider_id), id);
		if (ok)
			hook_add_receipt(result, id, &outcome);
	}
	hook_form_free(&form);
	return ok ? STATUS_OK
		  : why_set(why, STATUS_BAD_DATA,
			"it names no message, or a state that is none");
}

const struct hook hook_kannel = {
	.name = "kannel",
	.signed_by = hook_has_secret,
	.read = kannel_read,
	/* Any text would be sent to the patient. */
	.answer_type = "text/plain",
	.answer = "",
};
