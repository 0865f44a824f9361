/*
 * NAME
 *	api - what the drivers of web APIs have in common
 *
 * Each provider has its own words for a message and for its troubles; what is
 * checked before a request is written, and what an answer means before its
 * own words are looked at, is the same for all and stands here. A driver adds
 * its rows of error codes.
 */
#ifndef POST_API_H
#define POST_API_H

#include "base/json.h"
#include "post/driver.h"

/* A provider's code and what it comes to; says is for a person, and names no
 * address. Rows end with one of code NULL. */
struct api_row {
	const char *code;
	enum post_class class;
	const char *says;
};
const struct api_row *api_row_find(
    const struct api_row *rows, const char *code);

/* Is this setting a URL to which a secret may be sent: https, or http to this
 * machine itself? CONFIG says what is wrong. One not given is well. */
enum status api_url_check(
    const struct gateway *gateway, const char *setting, struct why *why);

/* A phone number, a short code, or a name of up to eleven letters. */
enum status api_sender_check(
    const struct gateway *gateway, const char *setting, struct why *why);

/* Nothing but letters, digits, "-", "_" and ".": fit for a path. */
bool api_word_ok(const char *text);

/* OK, or what post_send() is to refuse: BAD_DATA for the number, USAGE for a
 * text that is empty or has more than so many characters, or for the key. */
enum status api_sms_check(
    const struct post_message *message, size_t characters, struct why *why);
size_t api_characters(const char *text);

/* The setting base_url and what follows; the caller frees. */
char *api_url(const struct gateway *gateway, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The URL at which the provider reports, with our key added, as the setting
 * dlr_url says; NULL where it does not. The caller frees. */
char *api_report_url(const struct gateway *gateway, const char *key);

/* Make it a POST of that document, which is taken over; or of the form that
 * is in request->body. */
void api_post_json(struct post_request *request, json_t *body);
void api_post_form(struct post_request *request);

/* "Authorization: SCHEME SECRET", and that the answer should be JSON. */
void api_authorize(
    struct post_request *request, const char *scheme, const char *secret);

/* Seconds for which a message is of use, within these bounds; 0 where it
 * outlasts the upper one, which is the provider's own default. */
int64_t api_validity_s(
    const struct post_message *message, int64_t least_s, int64_t most_s);

/*
 * What every answer comes to before its words are looked at: one that never
 * came whole, and 5xx, after which nobody knows. True when there is more to
 * see; *root is then its JSON, or NULL, and the caller's to let go.
 */
bool api_answered(const struct post_answer *answer, json_t **root,
    struct post_outcome *outcome);

/* A refusal without a code of the provider's, from something in between
 * perhaps. */
enum post_class api_class_of_status(long status);

/* A refusal: 429 is throttled whatever is said, then the provider's code by
 * its rows, then the status of HTTP. code is NULL where there is none. */
void api_refused(const struct post_answer *answer, const char *code,
    const struct api_row *rows, struct post_outcome *outcome);

/* The provider has it under that id; without one that can be kept, nobody
 * knows what the answer means. */
void api_accepted(struct post_outcome *outcome, const char *id);

/* A final state in a receipt: the class of its code, which becomes
 * POST_UNDELIVERED unless it is about the address. */
void api_undelivered(struct post_outcome *outcome, const char *state,
    const char *code, const struct api_row *rows);

/* A listing: the array that stands there (NULL: the document is one), in
 * *items, lent by *root, which the caller lets go. UNAVAILABLE or CONFIG. */
enum status api_listed(const struct post_answer *answer, const char *name,
    json_t **root, const json_t **items, struct why *why);

/* Go on to the page at url, a whole one or a path; UNAVAILABLE when it is not
 * below base, where alone our secret may go. */
enum status api_follow(struct post_found *found, const char *base,
    const char *url, struct why *why);

/* How many of a listing without page numbers have been read, these len among
 * them: kept as the cursor while full pages last, "" after the last. */
int64_t api_page(struct post_found *found, size_t len, size_t page_size);

/*
 * At the end of a listing without our message: OK, so that it is ABSENT, or
 * UNAVAILABLE while the provider may only not show it yet, lag_s after the
 * claim. A message thought absent too soon would be sent twice.
 */
enum status api_absent(const struct post_found *found,
    const struct post_message *message, int64_t lag_s, struct why *why);
#define API_LAG_S ((int64_t)120)

/* RFC 3339 in a member, 0 where it is none. */
int64_t api_time(const json_t *object, const char *key);

/* The element of an array in a member: object.key[0], or NULL. */
const json_t *api_first(const json_t *object, const char *key);

#endif
