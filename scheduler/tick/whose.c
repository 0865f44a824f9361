#include "tick/whose.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "store/outbox.h"
#include "tick/course.h"

/* The name in upper or lower case, and on a plan that has not ended. */
static bool
is_same_person(const struct patient *other, const struct patient *patient)
{
	char *one = utf8_lower(other->name);
	char *two = utf8_lower(patient->name);
	bool same = strcmp(one, two) == 0;
	free(one);
	free(two);
	return same && other->state != PATIENT_COMPLETED &&
	       other->state != PATIENT_DISCHARGED;
}

static enum status
note_others(struct practice *practice, const struct patient *patient,
    const char *address, struct buffer *notes, struct why *why)
{
	struct patient *list = NULL;
	int len = 0;
	enum status status =
	    patient_by_address(practice->store, address, &list, &len, why);
	for (int i = 0; i < len; i++) {
		if (list[i].patient_id == patient->patient_id)
			continue;
		if (is_same_person(&list[i], patient))
			buffer_printf(notes,
			    "%s seems to be the same person, enrolled already, "
			    "by the same name and address: if so, patient "
			    "discharge one of the two\n",
			    list[i].ref);
		else
			buffer_printf(notes,
			    "%s is %s's too: only one of them is asked at a "
			    "time\n",
			    address, list[i].ref);
	}
	patient_list_free(list, len);
	return status;
}

enum status
whose_addresses(struct practice *practice, struct patient *patient,
    struct buffer *notes, struct why *why)
{
	const char *addresses[] = { patient->phone, patient->email };
	enum status status = STATUS_OK;
	bool stops = false;
	for (int i = 0; i < 2 && status == STATUS_OK; i++) {
		bool out = false;
		if (addresses[i] == NULL)
			continue;
		status = optout_is(practice->store, addresses[i], &out, why);
		if (status == STATUS_OK && out)
			buffer_printf(notes,
			    "%s wrote STOP: nothing goes to it, nor to %s, "
			    "until START comes from there\n",
			    addresses[i], patient->ref);
		stops = stops || out;
		if (status == STATUS_OK)
			status = note_others(
			    practice, patient, addresses[i], notes, why);
	}
	if (status == STATUS_OK && stops &&
	    (patient->state == PATIENT_ACTIVE ||
		patient->state == PATIENT_PAUSED))
		status = course_stop(practice, patient,
		    "stopped: the address wrote STOP before", why);
	return status;
}
