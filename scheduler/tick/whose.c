#include "tick/whose.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "store/outbox.h"
#include "tick/course.h"

/* The name, in upper or lower case. */
static bool
is_same_person(const struct patient *one, const struct patient *other)
{
	char *name = utf8_lower(one->name);
	char *others = utf8_lower(other->name);
	bool same = strcmp(name, others) == 0;
	free(name);
	free(others);
	return same;
}

static bool
is_earlier_course(
    const struct patient *patient, const struct patient *list, int len)
{
	bool earlier = false;
	for (int i = 0; i < len && patient_has_ended(patient); i++)
		earlier = earlier || (!patient_has_ended(&list[i]) &&
					 is_same_person(&list[i], patient));
	return earlier;
}

enum status
whose_list(struct practice *practice, const char *address,
    struct patient **list, int *len, struct why *why)
{
	enum status status =
	    patient_by_address(practice->store, address, list, len, why);
	for (int i = status == STATUS_OK ? *len - 1 : -1; i >= 0; i--) {
		if (!is_earlier_course(&(*list)[i], *list, *len))
			continue;
		patient_free(&(*list)[i]);
		(*len)--;
		memmove(&(*list)[i], &(*list)[i + 1],
		    (size_t)(*len - i) * sizeof **list);
	}
	return status;
}

static enum status
note_others(struct practice *practice, const struct patient *patient,
    const char *address, struct buffer *notes, struct why *why)
{
	struct patient *list = NULL;
	int len = 0;
	enum status status = whose_list(practice, address, &list, &len, why);
	for (int i = 0; i < len; i++) {
		if (list[i].patient_id == patient->patient_id)
			continue;
		if (patient_has_ended(&list[i]))
			buffer_printf(notes,
			    "%s is %s's too, whose plan has ended: where "
			    "nothing was asked, a person is to tell whose "
			    "reply it is\n",
			    address, list[i].ref);
		else if (is_same_person(&list[i], patient))
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
