#include "tick/batch.h"

#include "base/log.h"
#include "tick/alerting.h"

#define BATCH_SIZE 256

enum status
batch_each(struct practice *practice, batch_due *due, practice_work *work,
    const char *subject, struct why *why)
{
	int64_t ids[BATCH_SIZE];
	int len;
	int done;
	do {
		len = BATCH_SIZE;
		done = 0;
		enum status status = due(practice, ids, &len, why);
		for (int i = 0; i < len && status == STATUS_OK; i++) {
			struct batch_item item = { .id = ids[i] };
			status = practice_transact(practice, work, &item, why);
			if (status == STATUS_OK && !item.passed_over)
				done++;
			else if (batch_go_on(practice, status, subject, why))
				status = STATUS_OK;
		}
		if (status != STATUS_OK)
			return status;
	} while (len == BATCH_SIZE && done > 0);
	return STATUS_OK;
}

bool
batch_go_on(struct practice *practice, enum status status, const char *subject,
    struct why *why)
{
	if (status == STATUS_OK)
		return true;
	if (status == STATUS_TRY_LATER || status == STATUS_UNAVAILABLE)
		return false;

	log_error("%s: %s", subject, why->text);
	struct why unheard = { "" };
	struct alerting_topic topic = { .kind = ALERT_CONFIGURATION,
		.level = "notice",
		.topic = subject,
		.because = why->text };
	return alerting_open_now(practice, &topic, &unheard) == STATUS_OK;
}
