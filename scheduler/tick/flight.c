#include "tick/flight.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "post/wire.h"

struct flight *
flight_new(struct message *message, struct ship *ship)
{
	struct flight *flight = xcalloc(1, sizeof *flight);

	flight->message = *message;
	flight->ship = ship;
	*message = (struct message){ 0 };
	return flight;
}

void
flight_free(struct flight *flight)
{
	if (flight != NULL)
		message_free(&flight->message);
	free(flight);
}

/* What is only nice to have, and came from outside: a mail that is refused for
 * an odd header would be an answer that nobody gets. */
static const char *
nice(const char *text, const char *but)
{
	return text == NULL || *text == '\0' || !wire_plain(text) ||
		       strpbrk(text, but) != NULL ||
		       strlen(text) >= PROVIDER_ID_SIZE
		   ? NULL
		   : text;
}

static struct post_message
wire_message(const struct flight *flight, const struct clock *clock)
{
	const struct message *message = &flight->message;

	return (struct post_message){ .key = message->key,
		.to = message->address,
		.body = message->body,
		.subject = message->subject,
		.html = message->html,
		.to_name = nice(flight->name, "<>"),
		.in_reply_to = nice(message->in_reply_to, " <>"),
		.reply_to = *flight->reply_to != '\0' ? flight->reply_to : NULL,
		/* A clinician is told of patients until the clinic says no. */
		.unsubscribe =
		    *flight->reply_to != '\0' && message->alert_id == 0
			? flight->reply_to
			: NULL,
		.may_end =
		    message->alert_id == 0 && message->kind != KIND_REVIEW,
		.at = clock_now(clock),
		.expires_at = message->expires_at };
}

void
flight_send(struct flight *flight, struct post *post, const struct clock *clock)
{
	struct post_message wire = wire_message(flight, clock);

	post_send(post, flight->ship->gateway, &wire, flight);
}

void
flight_ask(struct flight *flight, struct post *post, const struct clock *clock)
{
	struct post_message wire = wire_message(flight, clock);

	flight->asked = true;
	post_ask(post, flight->ship->gateway, &wire, flight->message.claimed_at,
	    flight);
}

void
landed_keep(struct landed *landed, const struct post_event *event)
{
	size_t len = (size_t)event->candidates_len;

	*landed = (struct landed){ .flight = event->tag, .event = *event };
	if (len == 0)
		return;
	landed->candidates = xcalloc(len, sizeof *landed->candidates);
	memcpy(landed->candidates, event->candidates,
	    len * sizeof *landed->candidates);
	landed->event.candidates = landed->candidates;
}

void
landed_free(struct landed *landed)
{
	flight_free(landed->flight);
	free(landed->candidates);
	*landed = (struct landed){ 0 };
}
