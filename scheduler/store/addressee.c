/*
 * addressee.c - whom a message goes to; see patients.h
 */
#include <stdlib.h>

#include "store/patients.h"
#include "store/room.h"

void
addressee_free(struct addressee *addressee)
{
	free(addressee->name);
	free(addressee->phone);
	free(addressee->email);
	free(addressee->timezone);
	*addressee = (struct addressee){ 0 };
}

static void
read_addressee(const struct query *q, void *record)
{
	struct addressee *a = record;

	a->patient_id = query_column_whole(q, 0, 0);
	a->enrolment_id = query_column_whole(q, 1, 0);
	a->plan_id = query_column_whole(q, 2, 0);
	a->name = query_column_copy(q, 3);
	a->phone = query_column_copy(q, 4);
	a->email = query_column_copy(q, 5);
	a->timezone = query_column_copy(q, 6);
	a->consented = query_column_whole(q, 7, 0) != 0;
	a->state = (enum patient_state)room_column_name(
	    q, 8, patient_state_names, PATIENT__MAX);
	a->silent = query_column_whole(q, 9, 0) != 0;
}

enum status
addressee_of(struct store *store, int64_t patient_id,
    struct addressee *addressee, struct why *why)
{
	static const struct room_record kind = { sizeof(struct addressee),
		read_addressee, NULL };
	struct query *q = room_read(store, SQL_ADDRESSEE);

	query_whole(q, ":patient", patient_id);
	return room_one(q, &kind, addressee, why);
}
