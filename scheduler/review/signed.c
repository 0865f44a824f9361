#include "review/signed.h"

#include "base/memory.h"
#include "review/review.h"

static bool
is_signed(const struct week_sign_off *list, int len, int64_t patient_id)
{
	for (int i = 0; i < len; i++)
		if (list[i].patient_id == 0 || list[i].patient_id == patient_id)
			return true;
	return false;
}

enum status
signed_mark(struct store *store, struct review *review, struct why *why)
{
	struct stretch before =
	    stretch_before(review->ask.zone, &review->ask.stretch);
	struct week_sign_off *list = NULL;
	int len = 0;
	enum status status =
	    week_sign_offs(store, before.from, before.to, &list, &len, why);

	if (status != STATUS_OK)
		return status;
	for (int i = 0; i < review->len; i++) {
		struct review_patient *p = &review->patients[i];

		p->unsigned_before = p->needed_before &&
				     !is_signed(list, len, p->who->patient_id);
		review->unsigned_before += p->unsigned_before;
	}
	for (int i = 0; i < len; i++)
		if (list[i].patient_id == 0)
			replace_text(&review->signed_by, list[i].by);
	week_sign_offs_free(list, len);
	return STATUS_OK;
}
