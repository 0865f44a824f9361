#include "tick/shared.h"

#include <stdlib.h>
#include <string.h>

#include "store/inbox.h"

/* An answer may come at any time: looked at again so soon. */
#define LOOK_AGAIN_S ((int64_t)15 * 60)
#define TURN_S ((int64_t)60)
#define QUESTIONS_BACK 4

/* Where a patient stands: the question that is open or about to be asked, and
 * when the last one was asked. */
struct standing {
	int64_t patient_id;
	bool open;
	bool waiting;
	int64_t closes_at;
	int64_t last_asked_at; /* 0: never */
};

static enum status
standing_of(struct practice *practice, int64_t patient_id, int64_t enrolment_id,
    struct standing *standing, struct why *why)
{
	struct question *list = NULL;
	int len = 0;
	enum status status = question_of_enrolment(
	    practice->store, enrolment_id, QUESTIONS_BACK, &list, &len, why);
	*standing = (struct standing){ .patient_id = patient_id };
	for (int i = 0; i < len && status == STATUS_OK; i++) {
		if (list[i].state == QUESTION_OPEN) {
			standing->open = true;
			standing->closes_at = list[i].closes_at;
		}
		if (list[i].state == QUESTION_WAITING)
			standing->waiting = true;
		if (list[i].asked_at > standing->last_asked_at)
			standing->last_asked_at = list[i].asked_at;
	}
	free(list);
	return status;
}

/* Of two who are about to be asked, the one who was asked longer ago. */
static bool
goes_first(const struct standing *a, const struct standing *b)
{
	if (a->last_asked_at != b->last_asked_at)
		return a->last_asked_at < b->last_asked_at;
	return a->patient_id < b->patient_id;
}

enum status
shared_question(struct practice *practice, const struct addressee *to,
    const char *address, int64_t *until, struct why *why)
{
	struct patient *list = NULL;
	int len = 0;
	struct standing own = { 0 };
	*until = 0;
	enum status status =
	    patient_by_address(practice->store, address, &list, &len, why);
	if (status == STATUS_OK && len > 1)
		status = standing_of(
		    practice, to->patient_id, to->enrolment_id, &own, why);
	for (int i = 0; i < len && len > 1 && status == STATUS_OK; i++) {
		struct standing other = { 0 };
		if (list[i].patient_id == to->patient_id ||
		    list[i].state != PATIENT_ACTIVE)
			continue;
		status = standing_of(practice, list[i].patient_id,
		    list[i].enrolment_id, &other, why);
		int64_t look_at = 0;
		if (other.open && other.closes_at > practice->now)
			look_at = other.closes_at < practice->now + LOOK_AGAIN_S
				      ? other.closes_at
				      : practice->now + LOOK_AGAIN_S;
		else if (other.waiting && goes_first(&other, &own))
			look_at = practice->now + TURN_S;
		if (look_at > *until)
			*until = look_at;
	}
	patient_list_free(list, len);
	return status;
}
