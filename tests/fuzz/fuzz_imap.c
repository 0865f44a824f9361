/* What an IMAP server says: its answers one after the other, and their parts. */
#include "fuzz.h"

#include <stdlib.h>

#include "base/status.h"
#include "post/imap_answer.h"
#include "post/mailbox.h"

#define MOST 4096

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	const char *p = len == 0 ? "" : (const char *)bytes;
	struct imap_answer answer;
	struct mailbox_place place;
	char word[POST_CURSOR_SIZE];
	uint32_t *uids = NULL;
	size_t uids_len = 0, at = 0;
	char *text = fuzz_text(bytes, len);

	while (
	    imap_answer_read(p + at, len - at, MOST, &answer) == IMAP_WHOLE) {
		if (answer.size == 0 || answer.size > len - at ||
		    answer.len > answer.size ||
		    answer.literal_len > answer.size)
			panic("an answer longer than its bytes");
		(void)imap_answer_number(&answer, "[UIDVALIDITY ");
		if (imap_answer_date(&answer) < 0)
			panic("a date before all dates");
		(void)imap_answer_begins(&answer, "k1 ");
		imap_answer_uids(&answer, &uids, &uids_len);
		at += answer.size;
	}
	for (size_t i = 0; i < uids_len; i++)
		if (uids[i] == 0)
			panic("a UID of 0");
	if (mailbox_place_read(text, &place)) {
		struct mailbox_place again;

		mailbox_place_write(&place, word);
		fuzz_expect(mailbox_place_read(word, &again) &&
				again.last == place.last,
		    "a place is not read back", text);
	}
	free(uids);
	free(text);
	return 0;
}
