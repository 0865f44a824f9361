#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "post/imap.h"
#include "post/mailbox.h"
#include "post/wire.h"

#define MARKED_AT_ONCE 100 /* a server need not take a longer line */

struct uids {
	uint32_t *list;
	size_t len;
};

struct mailbox {
	const struct mailbox_settings *settings;
	struct imap *imap;
	char *folder; /* in quotes, as commands have it */
	uint32_t validity, uid_next, count;
	struct uids found;
	size_t given; /* of those found */
	struct uids stored;
	uint32_t unmarked_first, unmarked_last; /* of an earlier run */
};

void
mailbox_place_write(
    const struct mailbox_place *place, char out[POST_CURSOR_SIZE])
{
	snprintf(out, POST_CURSOR_SIZE,
	    "%" PRIu32 "-%" PRIu32 "-%" PRIu32 "-%" PRIu32 "-%d",
	    place->validity, place->last, place->marked, place->trying,
	    place->tries);
}

bool
mailbox_place_read(const char *text, struct mailbox_place *place)
{
	struct mailbox_place read = { 0 };

	if (text == NULL ||
	    // NOLINTNEXTLINE(cert-err34-c): what we wrote ourselves
	    sscanf(text, "%" SCNu32 "-%" SCNu32 "-%" SCNu32 "-%" SCNu32 "-%d",
		&read.validity, &read.last, &read.marked, &read.trying,
		&read.tries) != 5)
		return false;
	*place = read;
	return true;
}

/* The path of the URL, "INBOX" where it has none. The caller frees. */
static char *
folder_of(const char *url)
{
	const char *path = strchr(strstr(url, "://") + 3, '/');

	return xstrdup(path == NULL || path[1] == '\0' ? "INBOX" : path + 1);
}

static bool
is_plain_ascii(const char *text)
{
	for (; *text != '\0'; text++)
		if (*text < ' ' || *text > '~')
			return false;
	return true;
}

enum status
mailbox_check(const struct mailbox_settings *settings, struct why *why)
{
	const char *url = settings->url;
	char bare[EMAIL_SIZE];

	if (settings->address != NULL &&
	    (!wire_email_bare(settings->address, bare) ||
		strcmp(bare, settings->address) != 0 ||
		strlen(bare) > EMAIL_SIZE - 32))
		return why_set(why, STATUS_CONFIG,
		    "address is not one as replies@clinic.example");
	if (url == NULL)
		return settings->address != NULL
			   ? STATUS_OK
			   : why_set(why, STATUS_CONFIG,
				 "it names neither a url to collect from nor "
				 "an address for replies");
	if (!wire_url_ok(url, "imap imaps") || strpbrk(url, "?#;%") != NULL)
		return why_set(why, STATUS_CONFIG,
		    "url is not one as imaps://mail.clinic.example/INBOX");
	if (settings->user == NULL ||
	    (settings->password == NULL) == (settings->token == NULL))
		return why_set(why, STATUS_CONFIG,
		    "url wants a user, and either a password or a token");
	if (!is_plain_ascii(url) ||
	    (settings->move_to != NULL && !is_plain_ascii(settings->move_to)))
		return why_set(why, STATUS_CONFIG,
		    "a folder's name is written as the server has it, in "
		    "plain letters: INBOX/Le&AOk-s");
	return STATUS_OK;
}

/* EXAMINE or SELECT: what the folder is. */
static void
hear_folder(void *arg, const struct imap_answer *answer)
{
	struct mailbox *mailbox = arg;
	uint32_t validity = imap_answer_number(answer, "[UIDVALIDITY ");
	uint32_t next = imap_answer_number(answer, "[UIDNEXT ");

	if (validity != 0)
		mailbox->validity = validity;
	if (next != 0)
		mailbox->uid_next = next;
	if (answer->len > 8 &&
	    strncasecmp(answer->text + answer->len - 7, " EXISTS", 7) == 0)
		mailbox->count = imap_answer_number(answer, "* ");
}

enum status
mailbox_open(const struct mailbox_settings *settings, struct mailbox **mailbox,
    struct why *why)
{
	if (settings->trouble != NULL)
		return why_set(why, STATUS_CONFIG, "%s", settings->trouble);

	struct mailbox *fresh = xcalloc(1, sizeof *fresh);
	const char *host = strstr(settings->url, "://") + 3;
	char *url = xasprintf("%.*s/",
	    (int)(host - settings->url + (ptrdiff_t)strcspn(host, "/")),
	    settings->url);
	char *folder = folder_of(settings->url);
	struct imap_account account = { .url = url,
		.user = settings->user,
		.password = settings->password,
		.token = settings->token,
		.ca_file = settings->ca_file,
		.tls = settings->tls || !wire_url_loopback(url),
		.timeout_s = settings->timeout_s };
	struct buffer quoted = { 0 };
	enum status status;

	imap_quote(&quoted, folder);
	fresh->settings = settings;
	fresh->folder = buffer_take(&quoted);
	/* imaps:// has its TLS from the first byte. */
	if (strncasecmp(url, "imaps:", 6) == 0)
		account.tls = false;
	status = imap_open(&account, &fresh->imap, why);
	if (status == STATUS_OK)
		status = imap_say(fresh->imap, hear_folder, fresh, why,
		    "EXAMINE %s", fresh->folder);
	if (status == STATUS_NONE)
		status = why_prefix(why, STATUS_CONFIG, "folder %s", folder);
	if (status == STATUS_OK && fresh->validity == 0)
		status = why_set(why, STATUS_UNAVAILABLE,
		    "the mail server gives no UIDVALIDITY");
	free(folder);
	free(url);
	if (status == STATUS_OK)
		*mailbox = fresh;
	else
		mailbox_close(fresh);
	return status;
}

void
mailbox_close(struct mailbox *mailbox)
{
	if (mailbox == NULL)
		return;
	imap_close(mailbox->imap);
	free(mailbox->folder);
	free(mailbox->found.list);
	free(mailbox->stored.list);
	free(mailbox);
}

int64_t
mailbox_count(const struct mailbox *mailbox)
{
	return mailbox->count;
}

static void
hear_found(void *arg, const struct imap_answer *answer)
{
	struct mailbox *mailbox = arg;

	imap_answer_uids(answer, &mailbox->found.list, &mailbox->found.len);
}

static int
by_number(const void *a, const void *b)
{
	uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;

	return one < other ? -1 : one > other;
}

/* "n:*" names the newest mail even where its UID is below n. */
static void
leave_out(struct uids *found, uint32_t last)
{
	size_t i, kept = 0;

	for (i = 0; i < found->len; i++)
		if (found->list[i] > last)
			found->list[kept++] = found->list[i];
	found->len = kept;
	if (kept > 0)
		qsort(found->list, kept, sizeof *found->list, by_number);
}

/* The date as IMAP has it, "2-Mar-2026", in words that no locale changes. */
static void
imap_date(int64_t at, char out[16])
{
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	time_t when = (time_t)at;
	struct tm tm;

	gmtime_r(&when, &tm);
	snprintf(out, 16, "%d-%s-%04d", tm.tm_mday, months[tm.tm_mon],
	    (tm.tm_year + 1900) % 10000);
}

enum status
mailbox_find(struct mailbox *mailbox, struct mailbox_place *place,
    int64_t since_at, struct why *why)
{
	enum status status;
	char date[16];

	if (place->validity != mailbox->validity) {
		*place =
		    (struct mailbox_place){ .validity = mailbox->validity };
		imap_date(since_at, date);
		status = imap_say(mailbox->imap, hear_found, mailbox, why,
		    "UID SEARCH SINCE %s", date);
		leave_out(&mailbox->found, 0);
		return status;
	}
	if (place->marked < place->last) {
		mailbox->unmarked_first = place->marked + 1;
		mailbox->unmarked_last = place->last;
	}
	if (mailbox->uid_next != 0 && mailbox->uid_next <= place->last + 1)
		return STATUS_OK;
	status = imap_say(mailbox->imap, hear_found, mailbox, why,
	    "UID SEARCH UID %" PRIu32 ":*", place->last + 1);
	leave_out(&mailbox->found, place->last);
	return status;
}

uint32_t
mailbox_next(struct mailbox *mailbox)
{
	if (mailbox->given == mailbox->found.len)
		return 0;
	return mailbox->found.list[mailbox->given++];
}

uint32_t
mailbox_end(const struct mailbox *mailbox)
{
	uint32_t last = mailbox->found.len == 0
			    ? 0
			    : mailbox->found.list[mailbox->found.len - 1];

	return mailbox->uid_next > last + 1 ? mailbox->uid_next - 1 : last;
}

struct fetching {
	struct mailbox_mail *mail;
	bool heard;
};

static void
hear_mail(void *arg, const struct imap_answer *answer)
{
	struct fetching *fetching = arg;

	if (fetching->heard ||
	    memmem(answer->text, answer->len, "BODY[]", 6) == NULL)
		return;
	fetching->heard = true;
	fetching->mail->came_at = imap_answer_date(answer);
	if (answer->literal != NULL)
		buffer_add(&fetching->mail->bytes, answer->literal,
		    answer->literal_len);
}

enum status
mailbox_fetch(struct mailbox *mailbox, uint32_t uid, struct mailbox_mail *mail,
    struct why *why)
{
	struct fetching fetching = { .mail = mail };
	enum status status;

	mail->gone = false;
	status = imap_say(mailbox->imap, hear_mail, &fetching, why,
	    "UID FETCH %" PRIu32 " (INTERNALDATE BODY.PEEK[]<0.%zu>)", uid,
	    MAILBOX_MAIL_MAX);
	if (status != STATUS_OK || fetching.heard)
		return status;
	mail->gone = true;
	return why_set(why, STATUS_NONE, "the mail is gone");
}

void
mailbox_stored(struct mailbox *mailbox, uint32_t uid)
{
	struct uids *stored = &mailbox->stored;

	stored->list =
	    xrealloc(stored->list, stored->len + 1, sizeof *stored->list);
	stored->list[stored->len++] = uid;
}

/* Mark those of a set, "4,7" or "1:9". */
static enum status
mark_set(struct mailbox *mailbox, const char *set, struct why *why)
{
	struct buffer folder = { 0 };
	enum status status;

	if (mailbox->settings->move_to == NULL)
		return imap_say(mailbox->imap, NULL, NULL, why,
		    "UID STORE %s +FLAGS.SILENT (\\Seen)", set);
	imap_quote(&folder, mailbox->settings->move_to);
	status = imap_say(mailbox->imap, NULL, NULL, why, "UID MOVE %s %s", set,
	    buffer_text(&folder));
	buffer_free(&folder);
	return status;
}

enum status
mailbox_mark(struct mailbox *mailbox, struct why *why)
{
	const struct uids *stored = &mailbox->stored;
	uint32_t validity = mailbox->validity;
	struct buffer set = { 0 };
	enum status status;
	size_t i;

	if (stored->len == 0 && mailbox->unmarked_last == 0)
		return STATUS_OK;
	status = imap_say(mailbox->imap, hear_folder, mailbox, why, "SELECT %s",
	    mailbox->folder);
	if (status == STATUS_OK && mailbox->validity != validity)
		return why_set(why, STATUS_UNAVAILABLE,
		    "the folder was made anew while it was read");
	if (status == STATUS_OK && mailbox->unmarked_last != 0) {
		buffer_printf(&set, "%" PRIu32 ":%" PRIu32,
		    mailbox->unmarked_first, mailbox->unmarked_last);
		status = mark_set(mailbox, buffer_text(&set), why);
		buffer_clear(&set);
	}
	for (i = 0; i < stored->len && status == STATUS_OK; i++) {
		buffer_printf(&set, "%s%" PRIu32, set.len > 0 ? "," : "",
		    stored->list[i]);
		if ((i + 1) % MARKED_AT_ONCE != 0 && i + 1 < stored->len)
			continue;
		status = mark_set(mailbox, buffer_text(&set), why);
		buffer_clear(&set);
	}
	buffer_free(&set);
	return status;
}
