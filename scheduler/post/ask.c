#include "post/engine.h"
#include "post/wire.h"

/* In doubt as before. */
static void
leave_in_doubt(struct post_outcome *outcome, const char *because)
{
	wire_outcome(outcome, POST_AMBIGUOUS, NULL, "%s", because);
}

static void
end_ask(struct post *post, struct job *job, const struct post_answer *answer)
{
	struct post_found *found = &job->found;
	struct post_event event = { .kind = POST_EVENT_ASKED };
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
		leave_in_doubt(&event.outcome, why.text);
	} else if (found->candidates_len == 0) {
		wire_outcome(&event.outcome, POST_ABSENT, NULL,
		    "the provider lists no such message");
	} else {
		event.outcome = found->candidates[0];
	}
	event.candidates = found->candidates;
	event.candidates_len = found->candidates_len;
	job_end(job, &event);
}

void
post_ask(struct post *post, const struct gateway *gateway,
    const struct post_message *message, int64_t claimed_at, void *tag)
{
	const struct driver *driver = gateway->driver;
	struct post_event event = {
		.kind = POST_EVENT_ASKED, .tag = tag, .gateway = gateway
	};
	struct why why = { "" };
	struct job *job;

	if (gateway->trouble != NULL) {
		wire_outcome(
		    &event.outcome, POST_CONFIG, NULL, "%s", gateway->trouble);
		events_add(&post->events, &event);
		return;
	}
	if (driver->local_ask != NULL) {
		driver->local_ask(gateway, message, &event.outcome);
		event.candidates = &event.outcome;
		event.candidates_len = event.outcome.provider_id[0] != '\0';
		events_add(&post->events, &event);
		return;
	}
	if (driver->ask_request == NULL) {
		leave_in_doubt(&event.outcome, "this provider can't be asked");
		events_add(&post->events, &event);
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
	leave_in_doubt(&event.outcome, why.text);
	job_end(job, &event);
}
