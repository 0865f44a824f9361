#include "review/fhir_room.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"

/*
 * Version 8 is the one for names of one's own making (RFC 9562): here the
 * first half of a SHA-256, with the version and the variant put in.
 */
const char *
fhir_urn(const char *type, const char *id, char out[FHIR_URN_SIZE])
{
	char name[256];
	char hex[HASH_SIZE];
	int len = snprintf(name, sizeof name, "keepmoving/%s/%s", type, id);

	hash_hex(name, (size_t)len, hex);
	snprintf(out, FHIR_URN_SIZE, "urn:uuid:%.8s-%.4s-8%.3s-8%.3s-%.12s",
	    hex, hex + 8, hex + 13, hex + 17, hex + 20);
	return out;
}

json_t *
fhir_resource(json_t *bundle, const char *type, const char *id)
{
	char urn[FHIR_URN_SIZE];
	json_t *entry = json_object();
	json_t *resource = json_object();

	fhir_urn(type, id, urn);
	json_put_text(resource, "resourceType", type);
	json_put_text(resource, "id", urn + strlen("urn:uuid:"));
	json_put_text(entry, "fullUrl", urn);
	json_object_set(entry, "resource", resource);
	json_decref(resource);
	json_array_append_new(json_object_get(bundle, "entry"), entry);
	return resource;
}

json_t *
fhir_reference(const char *type, const char *id)
{
	char urn[FHIR_URN_SIZE];
	json_t *reference = json_object();

	json_put_text(reference, "reference", fhir_urn(type, id, urn));
	json_put_text(reference, "type", type);
	return reference;
}

void
fhir_put_patient(
    json_t *resource, const char *key, const struct fhir_course *course)
{
	json_object_set_new(
	    resource, key, fhir_reference("Patient", course->patient.ref));
}

json_t *
fhir_concept(
    const char *system, const char *code, const char *display, const char *text)
{
	json_t *concept = json_object();

	if (code != NULL) {
		json_t *coding = json_object();
		json_t *list = json_array();

		fhir_put_text(coding, "system", system);
		json_put_text(coding, "code", code);
		fhir_put_text(coding, "display", display);
		json_array_append_new(list, coding);
		json_object_set_new(concept, "coding", list);
	}
	fhir_put_text(concept, "text", text);
	return concept;
}

json_t *
fhir_concepts(
    const char *system, const char *code, const char *display, const char *text)
{
	json_t *list = json_array();

	json_array_append_new(list, fhir_concept(system, code, display, text));
	return list;
}

void
fhir_put_time(json_t *object, const char *key, int64_t at)
{
	if (at != 0)
		json_put_time(object, key, at);
}

void
fhir_put_text(json_t *object, const char *key, const char *text)
{
	if (text != NULL && *text != '\0')
		json_put_text(object, key, text);
}

bool
fhir_within(const struct fhir_course *course, int64_t at)
{
	return at >= course->from_at && at < course->until_at;
}

const char *
fhir_number(int64_t number, char out[FHIR_NUMBER_SIZE])
{
	snprintf(out, FHIR_NUMBER_SIZE, "%lld", (long long)number);
	return out;
}
