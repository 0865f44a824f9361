/*
 * NAME
 *	mailbox - the folder at an IMAP server in which replies arrive
 *
 * Opened read-only: mails are found by their UID and fetched without a trace.
 * Only once the caller has stored them durably they are marked as seen, or
 * moved away. Where reading goes on is a struct mailbox_place, which the
 * caller keeps with what it stores; a mailbox that was made anew (another
 * UIDVALIDITY) is looked through from a date on, and the caller knows by their
 * Message-ID what it has read before.
 */
#ifndef POST_MAILBOX_H
#define POST_MAILBOX_H

#include "base/buffer.h"
#include "base/status.h"
#include "post/post.h"

/* As configured; lent. */
struct mailbox_settings {
	char *url; /* imaps://HOST/FOLDER; NULL: mail comes by a pipe */
	char *user;
	char *password; /* or NULL, and then */
	char *token; /* an OAuth 2 access token */
	char *address; /* to which replies go, for a key to be added; or NULL */
	char *move_to; /* the folder for those read; NULL: they stay */
	char *ca_file; /* who signed the server's certificate, or NULL */
	char *trouble; /* as a gateway's: it can't be opened */
	bool tls; /* STARTTLS though it is this machine itself */
	int64_t timeout_s; /* of one command */
};

/* What the settings promise beyond their types: CONFIG says what is wrong. */
enum status mailbox_check(
    const struct mailbox_settings *settings, struct why *why);

/* Where reading goes on; {0} before the first time. */
struct mailbox_place {
	uint32_t validity; /* the folder's UIDVALIDITY; 0: never looked */
	uint32_t last; /* the UID up to which all was read */
	uint32_t marked; /* up to which all was marked, too */
	uint32_t trying; /* what was begun and not ended; 0: nothing */
	int tries; /* how often that was begun */
};

/* As one word for the database, and back; false when it is none. */
void mailbox_place_write(
    const struct mailbox_place *place, char out[POST_CURSOR_SIZE]);
bool mailbox_place_read(const char *text, struct mailbox_place *place);

struct mailbox;

/* Sign in and look at the folder; nothing in it changes. UNAVAILABLE; CONFIG
 * where the server refuses us or has no such folder. */
enum status mailbox_open(const struct mailbox_settings *settings,
    struct mailbox **mailbox, struct why *why);
void mailbox_close(struct mailbox *mailbox); /* takes NULL */

/* How many mails lie in the folder. */
int64_t mailbox_count(const struct mailbox *mailbox);

/*
 * Find what came after place; where that is another mailbox's, what came since
 * that instant, give or take a day, and place begins anew. The oldest comes
 * first.
 */
enum status mailbox_find(struct mailbox *mailbox, struct mailbox_place *place,
    int64_t since_at, struct why *why);

/* The next that was found, 0 after the last. */
uint32_t mailbox_next(struct mailbox *mailbox);

/* Nothing is left unread below this UID once all that was found is read. */
uint32_t mailbox_end(const struct mailbox *mailbox);

#define MAILBOX_MAIL_MAX ((size_t)8 * 1024 * 1024 + 1) /* bytes */

struct mailbox_mail {
	struct buffer bytes; /* the first MAILBOX_MAIL_MAX of a longer one */
	int64_t came_at; /* when the server got it; 0 when it does not say */
	bool gone; /* nobody can have it any more */
};

/* Its bytes are added to those in *mail. NONE when it is gone, or the server
 * will not give it. */
enum status mailbox_fetch(struct mailbox *mailbox, uint32_t uid,
    struct mailbox_mail *mail, struct why *why);

/* It is stored; mailbox_mark() then marks all that are, and what an earlier
 * run stored and did not come to mark: those after place->marked up to
 * place->last. NONE when the server says no. */
void mailbox_stored(struct mailbox *mailbox, uint32_t uid);
enum status mailbox_mark(struct mailbox *mailbox, struct why *why);

#endif
