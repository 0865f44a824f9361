/*
 * NAME
 *	hook - what a provider calls us to say
 *
 * A call as the web server got it in, receipts and replies out: pure, so that
 * every signature and every form of a call is tested without a server. What
 * is not signed as the provider signs is never read. A call may come twice,
 * late and out of order: whoever records it knows it by its ids.
 */
#ifndef POST_HOOK_H
#define POST_HOOK_H

#include "base/json.h"
#include "post/driver.h"

struct hook_field {
	char *name;
	char *value;
};

/* Names and values of a form, decoded, in the order in which they stand. */
struct hook_form {
	struct hook_field *field;
	int len;
};

struct hook_header {
	const char *name;
	const char *value;
};

/* A call. url is the public one, as the provider called it: scheme and host
 * from the configuration, not from the Host header; path and query as sent. */
struct hook_call {
	const char *method; /* "GET" or "POST" */
	const char *url;
	const struct hook_header *headers;
	int headers_len;
	const char *body;
	size_t len;
	int64_t now_at;
};

/* What it says. */
struct hook_event {
	bool inbound;
	char key[64]; /* our key, where the call carries it, or "" */
	struct post_outcome outcome; /* a receipt, under the provider's id */
	struct post_inbound reply; /* lends its body from the next */
	char *body;
};
struct hook_result {
	struct hook_event *event;
	int len;
	char *visit; /* a URL of the provider's own that is to be fetched, once,
			for it to go on calling; or NULL */
};

struct hook {
	const char *name; /* as the driver's */
	/* Is it signed with that key? An empty key signs nothing. */
	bool (*signed_by)(const struct hook_call *call, const char *key);
	/* BAD_DATA where it can't be read; nothing is added then. */
	enum status (*read)(const struct hook_call *call,
	    struct hook_result *result, struct why *why);
	const char *answer_type; /* what it wants to hear */
	const char *answer;
};

/* NULL for a provider that does not call. */
const struct hook *hook_find(const char *name);
/* The signature is checked first: DENIED where it is not right. */
enum status hook_take(const struct hook *hook, const struct hook_call *call,
    const char *key, struct hook_result *result, struct why *why);
void hook_result_free(struct hook_result *result); /* members only */

/* For the files of the providers. */

const char *hook_header(const struct hook_call *call, const char *name);
/* The query of the URL, and the body where it is a form. */
void hook_query(const struct hook_call *call, struct hook_form *form);
void hook_body_form(const struct hook_call *call, struct hook_form *form);
const char *hook_value(const struct hook_form *form, const char *name);
void hook_form_sort(struct hook_form *form); /* by name, then value */
void hook_form_free(struct hook_form *form);
/* Both in one, values of the body last. */
void hook_all(const struct hook_call *call, struct hook_form *form);
/* The body as JSON; BAD_DATA. */
enum status hook_json(
    const struct hook_call *call, json_t **root, struct why *why);

/* Our key, as it stands in the query as "id". */
void hook_key(const struct hook_call *call, char key[64]);
void hook_add_receipt(struct hook_result *result, const char *key,
    const struct post_outcome *outcome);
/* from and to are E.164, with the plus or without. False without an id. */
bool hook_add_reply(struct hook_result *result, const char *id,
    const char *from, const char *to, const char *body, int64_t at);

/* Does the query have that secret? What signs nothing is told such a URL. */
bool hook_has_secret(const struct hook_call *call, const char *secret);

/* Is a time given as seconds within tolerance_s of the call's? */
bool hook_is_recent(
    const struct hook_call *call, const char *seconds, int64_t tolerance_s);

/* Whose certificate has signed a call of SES: where it is to be fetched, or
 * NULL where that is not Amazon's own. The caller frees. The hook's key is the
 * topic that is ours, a line break, and that certificate in PEM. */
char *hook_ses_certificate(const struct hook_call *call);

extern const struct hook hook_twilio;
extern const struct hook hook_vonage;
extern const struct hook hook_telnyx;
extern const struct hook hook_plivo;
extern const struct hook hook_messagebird;
extern const struct hook hook_smsgate;
extern const struct hook hook_kannel;
extern const struct hook hook_sendgrid;
extern const struct hook hook_mailgun;
extern const struct hook hook_postmark;
extern const struct hook hook_ses;
extern const struct hook hook_http;

#endif
