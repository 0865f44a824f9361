#include "post/engine.h"
#include "post/wire.h"

static void
say(struct post *post, const struct gateway *gateway, void *tag,
    const struct post_outcome *outcome, const struct post_outcome *candidates,
    int candidates_len)
{
	struct post_event event = {
		.kind = POST_EVENT_ASKED,
		.tag = tag,
		.gateway = gateway,
		.outcome = *outcome,
		.candidates = candidates,
		.candidates_len = candidates_len,
	};

	events_add(&post->events, &event);
}

static void
end_ask(struct post *post, struct job *job, const struct post_answer *answer)
{
	struct post_found *found = &job->found;
	struct post_outcome outcome = { 0 };
	struct why why = { "" };
	enum status status;

	status = job->gateway->driver->ask_answer(
	    job->gateway, &job->message, answer, found, &why);
	if (status == STATUS_OK)
		status = job_next_page(post, job, &why);
	if (status == STATUS_OK)
		return;
	found_sort(found, job->claimed_at);
	if (status != STATUS_NONE) {
		/* Half a listing proves nothing, whatever it held: the one
		 * that is ours may stand on the other half. */
		found->candidates_len = 0;
		wire_outcome(&outcome, POST_AMBIGUOUS, NULL, "%s", why.text);
	} else if (found->candidates_len == 0) {
		wire_outcome(&outcome, POST_ABSENT, NULL,
		    "the provider lists no such message");
	} else {
		outcome = found->candidates[0];
	}
	say(post, job->gateway, job->tag, &outcome, found->candidates,
	    found->candidates_len);
	job_free(job);
}

void
post_ask(struct post *post, const struct gateway *gateway,
    const struct post_message *message, int64_t claimed_at, void *tag)
{
	const struct driver *driver = gateway->driver;
	struct post_outcome outcome = { 0 };
	struct why why = { "" };
	struct job *job;

	if (gateway->trouble != NULL) {
		wire_outcome(
		    &outcome, POST_CONFIG, NULL, "%s", gateway->trouble);
		say(post, gateway, tag, &outcome, NULL, 0);
		return;
	}
	if (driver->local_ask != NULL) {
		driver->local_ask(gateway, message, &outcome);
		say(post, gateway, tag, &outcome, &outcome,
		    outcome.provider_id[0] != '\0');
		return;
	}
	if (driver->ask_request == NULL) {
		wire_outcome(&outcome, POST_AMBIGUOUS, NULL,
		    "this provider can't be asked");
		say(post, gateway, tag, &outcome, NULL, 0);
		return;
	}
	job = job_new(post, gateway, tag, end_ask);
	job->message = *message;
	job->claimed_at = claimed_at;
	job->found.asking = true;
	job->found.since_at = claimed_at;
	if (driver->ask_request(gateway, message, claimed_at, &job->request,
		&why) == STATUS_OK) {
		job_wait(post, job);
		return;
	}
	job_free(job);
	wire_outcome(&outcome, POST_AMBIGUOUS, NULL, "%s", why.text);
	say(post, gateway, tag, &outcome, NULL, 0);
}
