#include <stdio.h>
#include <stdlib.h>

#include "post/engine.h"
#include "post/wire.h"

static void
end(struct job *job, enum status status, const struct why *why)
{
	struct post_event event = {
		.kind = POST_EVENT_POLLED,
		.status = status == STATUS_NONE ? STATUS_OK : status,
	};

	if (event.status == STATUS_OK)
		event.cursor = post_found_cursor_text(&job->found);
	else
		wire_outcome(&event.outcome,
		    status == STATUS_CONFIG ? POST_CONFIG : POST_NOT_SENT, NULL,
		    "%s", why->text);
	job_end(job, &event);
}

/* OK when the next listing is ready to be asked for, NONE when all are. */
static enum status
begin_pass(struct job *job, struct why *why)
{
	const char *cursor = job->cursor[0] == '\0' ? NULL : job->cursor;

	if (job->gateway->driver->poll_request == NULL)
		return STATUS_NONE;
	return job->gateway->driver->poll_request(
	    job->gateway, job->pass, job->since_at, cursor, &job->request, why);
}

static void
end_poll(struct post *post, struct job *job, const struct post_answer *answer)
{
	struct why why = { "" };
	enum status status;

	status = job->gateway->driver->poll_answer(
	    job->gateway, answer, &job->found, &why);
	if (status == STATUS_OK)
		status = job_next_page(post, job, &why);
	if (status == STATUS_OK)
		return;
	if (status == STATUS_NONE) {
		job->pass++;
		job->pages = 0;
		post_request_free(&job->request);
		status = begin_pass(job, &why);
		if (status == STATUS_OK) {
			job_wait(post, job);
			return;
		}
	}
	end(job, status, &why);
}

void
post_poll(struct post *post, const struct gateway *gateway, int64_t since_at,
    const char *cursor, void *tag)
{
	const struct driver *driver = gateway->driver;
	struct job *job = job_new(post, gateway, tag, end_poll);
	struct why why = { "" };
	enum status status;

	job->since_at = since_at;
	job->found.since_at = since_at;
	if (cursor != NULL)
		snprintf(job->cursor, sizeof(job->cursor), "%s", cursor);
	if (gateway->trouble != NULL)
		status = why_set(&why, STATUS_CONFIG, "%s", gateway->trouble);
	else if (driver->local_poll != NULL)
		status = driver->local_poll(
		    gateway, clock_now(post->clock), &job->found, &why);
	else if ((status = begin_pass(job, &why)) == STATUS_OK) {
		job_wait(post, job);
		return;
	}
	end(job, status, &why);
}

void
post_inbound_stored(
    struct post *post, const struct gateway *gateway, const char *provider_id)
{
	char *source = sources_take(&post->sources, gateway, provider_id);

	if (source != NULL && gateway->driver->local_stored != NULL)
		gateway->driver->local_stored(gateway, source);
	free(source);
}
