#include "tick/restraint.h"

#include "store/outbox.h"
#include "tick/alerting.h"

/* More than a person needs who writes a lot, far less than a machine would. */
#define HOUR_S ((int64_t)60 * 60)
#define DAY_S (24 * HOUR_S)
#define IN_AN_HOUR 10
#define IN_A_DAY 24

enum status
restraint_may_answer(struct practice *practice, const char *address,
    enum kind kind, int64_t patient_id, bool *may, struct why *why)
{
	bool net = kind == KIND_SAFETY_NET;
	int64_t hour = 0;
	int64_t day = 0;
	enum status status = outbox_answers(
	    practice->store, address, net, practice->now - HOUR_S, &hour, why);
	if (status == STATUS_OK)
		status = outbox_answers(practice->store, address, net,
		    practice->now - DAY_S, &day, why);
	if (status != STATUS_OK)
		return status;
	*may = hour < IN_AN_HOUR && day < IN_A_DAY;
	if (*may)
		return STATUS_OK;

	struct alerting_topic topic = { .kind = ALERT_UNCLEAR,
		.level = "notice",
		.patient_id = patient_id,
		.topic = "many",
		.because = "somebody writes so often that it may be a machine: "
			   "it gets no more answers today; look at the "
			   "replies" };
	return alerting_open(practice, &topic, NULL, why);
}
