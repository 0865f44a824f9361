/*
 * fhir_talk - what was to be said, what was said, and what was answered
 */
#include "review/fhir_room.h"

#define MODE "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode"

static json_t *
medium(enum channel channel)
{
	return channel == CHANNEL_SMS
		   ? fhir_concepts(MODE, "ELECTRONIC", "electronic data", "SMS")
		   : fhir_concepts(MODE, "EMAILWRIT", "email", "email");
}

static void
put_payload(json_t *resource, const char *body)
{
	json_t *payload, *list;

	if (body == NULL || *body == '\0')
		return;
	payload = json_object();
	list = json_array();
	json_put_text(payload, "contentString", body);
	json_array_append_new(list, payload);
	json_object_set_new(resource, "payload", list);
}

static void
put_one(json_t *resource, const char *key, json_t *reference)
{
	json_t *list = json_array();

	json_array_append_new(list, reference);
	json_object_set_new(resource, key, list);
}

static const char *
request_status(enum message_state state)
{
	switch (state) {
	case MESSAGE_QUEUED:
	case MESSAGE_SENDING:
		return "active";
	case MESSAGE_UNKNOWN:
		return "unknown";
	case MESSAGE_ACCEPTED:
	case MESSAGE_DELIVERED:
		return "completed";
	case MESSAGE_UNDELIVERED:
	case MESSAGE_FAILED:
	case MESSAGE_CANCELLED:
	case MESSAGE_EXPIRED:
	case MESSAGE__MAX:
		break;
	}
	return "revoked";
}

static const char *
sent_status(enum message_state state)
{
	switch (state) {
	case MESSAGE_QUEUED:
		return "preparation";
	case MESSAGE_SENDING:
		return "in-progress";
	case MESSAGE_UNKNOWN:
		return "unknown";
	case MESSAGE_ACCEPTED:
	case MESSAGE_DELIVERED:
		return "completed";
	case MESSAGE_UNDELIVERED:
	case MESSAGE_FAILED:
	case MESSAGE_CANCELLED:
	case MESSAGE_EXPIRED:
	case MESSAGE__MAX:
		break;
	}
	return "not-done";
}

/* That the plan has something to say: asked for by nobody's reply. */
static void
add_request(json_t *bundle, const struct fhir_course *course,
    const struct message *message)
{
	json_t *resource =
	    fhir_resource(bundle, "CommunicationRequest", message->key);

	put_one(resource, "basedOn",
	    fhir_reference("CarePlan", course->patient.ref));
	json_put_text(resource, "status", request_status(message->state));
	json_object_set_new(resource, "category",
	    fhir_concepts(NULL, NULL, NULL, kind_rules[message->kind].name));
	json_object_set_new(resource, "medium", medium(message->channel));
	fhir_put_patient(resource, "subject", course);
	put_one(resource, "recipient",
	    fhir_reference("Patient", course->patient.ref));
	put_payload(resource, message->body);
	fhir_put_time(resource, "occurrenceDateTime", message->due_at);
	fhir_put_time(resource, "authoredOn", message->queued_at);
}

static void
add_sent(json_t *bundle, const struct fhir_course *course,
    const struct message *message, bool requested)
{
	json_t *resource = fhir_resource(bundle, "Communication", message->key);

	if (requested)
		put_one(resource, "basedOn",
		    fhir_reference("CommunicationRequest", message->key));
	json_put_text(resource, "status", sent_status(message->state));
	if (*message->because != '\0')
		json_object_set_new(resource, "statusReason",
		    fhir_concept(NULL, NULL, NULL, message->because));
	json_object_set_new(resource, "category",
	    fhir_concepts(NULL, NULL, NULL, kind_rules[message->kind].name));
	json_object_set_new(resource, "medium", medium(message->channel));
	fhir_put_patient(resource, "subject", course);
	put_one(resource, "recipient",
	    fhir_reference("Patient", course->patient.ref));
	fhir_put_time(resource, "sent", message->accepted_at);
	put_payload(resource, message->body);
}

static void
add_message(json_t *bundle, const struct fhir_course *course,
    const struct message *message)
{
	bool asked_for = kind_rules[message->kind].counts;

	if (asked_for)
		add_request(bundle, course, message);
	if (message->state != MESSAGE_QUEUED)
		add_sent(bundle, course, message, asked_for);
}

/* What it was read as stands in Observations, which it is about. */
static void
add_reply(json_t *bundle, const struct fhir_course *course,
    const struct inbound *reply)
{
	char id[FHIR_NUMBER_SIZE];
	json_t *resource = fhir_resource(
	    bundle, "Communication", fhir_number(reply->inbound_id, id));

	json_put_text(resource, "status", "completed");
	json_object_set_new(
	    resource, "category", fhir_concepts(NULL, NULL, NULL, "reply"));
	json_object_set_new(resource, "medium", medium(reply->channel));
	fhir_put_patient(resource, "subject", course);
	fhir_put_patient(resource, "sender", course);
	fhir_put_time(resource, "sent", reply->came_at);
	fhir_put_time(resource, "received", reply->stored_at);
	put_payload(resource, reply->body);
}

void
fhir_add_talk(json_t *bundle, const struct fhir_course *course)
{
	for (int i = 0; i < course->messages_len; i++) {
		const struct message *message = &course->messages[i];

		if (fhir_within(course, message->accepted_at != 0
					    ? message->accepted_at
					    : message->due_at))
			add_message(bundle, course, message);
	}
	for (int i = 0; i < course->replies_len; i++)
		if (fhir_within(course, course->replies[i].came_at))
			add_reply(bundle, course, &course->replies[i]);
}
