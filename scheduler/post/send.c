#include "base/memory.h"
#include "post/engine.h"
#include "post/token.h"
#include "post/wire.h"

/* What a driver's refusal to write a request comes to. */
static enum post_class
class_of_refusal(enum status status)
{
	switch (status) {
	case STATUS_BAD_DATA:
		return POST_BAD_ADDRESS;
	case STATUS_USAGE:
		return POST_REFUSED;
	default:
		return POST_CONFIG;
	}
}

/*
 * What an outcome means for those that wait behind it; POST__MAX: nothing. They
 * need not hear it one by one: a provider that asks for patience gets it, and
 * one that locks out who comes with a wrong password is not asked hundreds of
 * times. Nor is each of them left in doubt; where it is silence that does it,
 * end_tired() sees to that.
 */
static enum post_class
outcome_of_waiting(enum post_class outcome, bool silent)
{
	switch (outcome) {
	case POST_THROTTLED:
	case POST_NOT_SENT:
	case POST_CONFIG:
		return outcome;
	case POST_AMBIGUOUS:
		return silent ? POST__MAX : POST_THROTTLED;
	default:
		return POST__MAX;
	}
}

static void
tell_waiting(
    struct post *post, struct lane *lane, const struct post_event *event)
{
	struct job *job;

	do {
		pthread_mutex_lock(&post->lock);
		job = lane_unsent(lane);
		pthread_mutex_unlock(&post->lock);
		if (job != NULL)
			job_end(job, event);
	} while (job != NULL);
}

static void
end_send(struct post *post, struct job *job, const struct post_answer *answer)
{
	struct post_event event = { .kind = POST_EVENT_SENT };
	struct lane *lane = job->lane;
	bool silent =
	    post_now_s() - job->since_s >= (double)job->gateway->timeout_s;
	enum post_class waiting;

	job->gateway->driver->outcome(
	    job->gateway, &job->message, answer, &event.outcome);
	job_end(job, &event);
	waiting = outcome_of_waiting(event.outcome.class, silent);
	if (waiting == POST__MAX)
		return;
	if (waiting != event.outcome.class)
		wire_outcome(&event.outcome, waiting, NULL,
		    "what went before it was left in doubt");
	event.outcome.provider_id[0] = '\0';
	tell_waiting(post, lane, &event);
}

/* A command is run once in a tick; what it said then serves all mails. */
static enum status
fetch_token(struct post *post, const struct gateway *gateway,
    struct post_request *request, struct why *why)
{
	enum status status = STATUS_OK;
	struct lane *lane;

	if (request->token_command == NULL)
		return STATUS_OK;
	pthread_mutex_lock(&post->lock);
	lane = lane_of(post, gateway);
	pthread_mutex_unlock(&post->lock);
	/* A lane's token is looked at by this thread alone. */
	if (lane->token == NULL)
		status = token_run(request->token_command, gateway->timeout_s,
		    &lane->token, why);
	if (status == STATUS_OK)
		request->token = xstrdup(lane->token);
	return status;
}

void
post_send(struct post *post, const struct gateway *gateway,
    const struct post_message *message, void *tag)
{
	const struct driver *driver = gateway->driver;
	struct post_event event = {
		.kind = POST_EVENT_SENT, .tag = tag, .gateway = gateway
	};
	struct why why = { "" };
	enum status status;
	struct job *job;

	if (gateway->trouble != NULL) {
		wire_outcome(
		    &event.outcome, POST_CONFIG, NULL, "%s", gateway->trouble);
		events_add(&post->events, &event);
		return;
	}
	if (driver->local_send != NULL) {
		driver->local_send(gateway, message, &event.outcome);
		events_add(&post->events, &event);
		return;
	}
	job = job_new(post, gateway, tag, end_send);
	job->message = *message;
	job->metered = true;
	status = driver->request(gateway, message, &job->request, &why);
	if (status == STATUS_OK)
		status = fetch_token(post, gateway, &job->request, &why);
	if (status == STATUS_OK) {
		job_wait(post, job);
		return;
	}
	wire_outcome(
	    &event.outcome, class_of_refusal(status), NULL, "%s", why.text);
	job_end(job, &event);
}
