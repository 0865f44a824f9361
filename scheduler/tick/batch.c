#include "tick/batch.h"

#include "base/log.h"
#include "tick/amiss.h"

#define BATCH_SIZE 256
#define BATCH_GROUP 64 /* in one transaction: a commit costs as much */

struct group {
	practice_work *work;
	struct batch_item items[BATCH_GROUP];
	int len;
};

static enum status
group_work(struct practice *practice, void *arg, struct why *why)
{
	struct group *group = arg;
	enum status status = STATUS_OK;
	for (int i = 0; i < group->len && status == STATUS_OK; i++)
		status = group->work(practice, &group->items[i], why);
	return status;
}

/* One of them is bad: each alone. */
static enum status
do_singly(struct practice *practice, struct group *group, const char *subject,
    int *done, struct why *why)
{
	for (int i = 0; i < group->len; i++) {
		struct batch_item *item = &group->items[i];
		item->passed_over = false;
		enum status status =
		    practice_transact(practice, group->work, item, why);
		if (status == STATUS_OK && !item->passed_over)
			(*done)++;
		else if (!batch_go_on(practice, status, subject, why))
			return status;
	}
	return STATUS_OK;
}

static enum status
do_group(struct practice *practice, struct group *group, const char *subject,
    int *done, struct why *why)
{
	enum status status =
	    practice_transact(practice, group_work, group, why);
	if (status == STATUS_TRY_LATER || status == STATUS_UNAVAILABLE)
		return status;
	if (status != STATUS_OK)
		return do_singly(practice, group, subject, done, why);
	for (int i = 0; i < group->len; i++)
		if (!group->items[i].passed_over)
			(*done)++;
	return STATUS_OK;
}

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
		struct group group = { .work = work };
		for (int i = 0; i < len && status == STATUS_OK; i++) {
			group.items[group.len++] =
			    (struct batch_item){ .id = ids[i] };
			if (group.len < BATCH_GROUP && i + 1 < len)
				continue;
			status =
			    do_group(practice, &group, subject, &done, why);
			group.len = 0;
		}
		if (status != STATUS_OK)
			return status;
	} while (len == BATCH_SIZE && done > 0);
	return STATUS_OK;
}

static bool
go_on(struct practice *practice, enum status status, const char *subject,
    const char *level, struct why *why)
{
	if (status == STATUS_OK)
		return true;
	if (status == STATUS_TRY_LATER || status == STATUS_UNAVAILABLE)
		return false;

	log_error("%s: %s", subject, why->text);
	struct why unheard = { "" };
	struct amiss amiss = { subject, why->text, NULL, level };
	status = amiss_tell_now(practice, &amiss, &unheard);
	if (status != STATUS_OK)
		log_error("the clinic can't be told of it: %s", unheard.text);
	return status != STATUS_TRY_LATER && status != STATUS_UNAVAILABLE;
}

bool
batch_go_on(struct practice *practice, enum status status, const char *subject,
    struct why *why)
{
	return go_on(practice, status, subject, "notice", why);
}

bool
batch_go_on_unread(
    struct practice *practice, enum status status, struct why *why)
{
	return go_on(practice, status, "a reply", "emergency", why);
}
