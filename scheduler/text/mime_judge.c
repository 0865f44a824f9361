/*
 * What no person wrote: out-of-office answers, lists, receipts, reports. An
 * answer to one of these would be answered again (RFC 3834); read as a reply,
 * it would move a patient.
 */
#include "text/mime_part.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/utf8.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static const char *const telling_headers[] = { "List-Id", "X-Autoreply",
	"X-Auto-Reply", "X-Autoreply-From", "X-Mail-Autoreply", "X-Autorespond",
	"X-Autoresponder", "X-Auto-Response-Suppress", "X-Failed-Recipients",
	"Feedback-ID" };
static const char *const robots[] = { "mailer-daemon@", "postmaster@",
	"noreply@", "no-reply@", "donotreply@", "do-not-reply@" };
static const char *const precedences[] = { "bulk", "junk", "list", "auto_reply",
	"auto-reply" };
static const char *const subjects[] = { "automatic reply:", "auto:",
	"autoreply:", "auto-reply:", "out of office", "out of the office",
	"read:", "not read:", "fuera de la oficina", "fuera de oficina",
	"ausente de la oficina", "respuesta de ausencia",
	"leído:", "no leído:", "abwesenheits", "automatische antwort",
	"autosvar", "risposta automatica", "respuesta autom",
	"réponse automatique", "resposta automática" };

static bool
begins_any(const char *text, const char *const *words, size_t count)
{
	for (size_t i = 0; text != NULL && i < count; i++)
		if (strncasecmp(text, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

static const char *
header(GMimeMessage *message, const char *name)
{
	const char *value =
	    g_mime_object_get_header(GMIME_OBJECT(message), name);

	return value == NULL ? NULL : value + strspn(value, " \t\r\n");
}

static bool
is_report(GMimeMessage *message)
{
	GMimeObject *root = g_mime_message_get_mime_part(message);

	return root != NULL && mime_is(root, "multipart", "report");
}

static bool
is_automatic(GMimeMessage *message, const struct mime_reply *reply)
{
	const char *submitted = header(message, "Auto-Submitted");
	const char *path = header(message, "Return-Path");
	char *subject = utf8_lower(reply->subject);
	bool automatic;

	automatic = begins_any(subject, subjects, LENGTH(subjects));
	free(subject);
	if (submitted != NULL && (strncasecmp(submitted, "no", 2) != 0 ||
				     strchr("; \t\r\n", submitted[2]) == NULL))
		return true;
	if (path != NULL && strncmp(path, "<>", 2) == 0)
		return true;
	for (size_t i = 0; i < LENGTH(telling_headers); i++)
		if (header(message, telling_headers[i]) != NULL)
			return true;
	return automatic || is_report(message) ||
	       begins_any(reply->from, robots, LENGTH(robots)) ||
	       begins_any(header(message, "Precedence"), precedences,
		   LENGTH(precedences));
}

/* A field's value in the text of a block, unfolded; NULL when it has none.
 * The block ends at an empty line or at the end. The caller frees. */
static char *
field(const char *block, const char *name)
{
	size_t len = strlen(name), n;
	char *value, *line;

	while (*block != '\0' && *block != '\n' && *block != '\r') {
		n = strcspn(block, "\n");
		while (block[n] == '\n' &&
		       (block[n + 1] == ' ' || block[n + 1] == '\t'))
			n += 1 + strcspn(block + n + 1, "\n");
		if (n > len && strncasecmp(block, name, len) == 0 &&
		    block[len] == ':') {
			value = xstrndup(block + len + 1, n - len - 1);
			line = mime_line(value);
			free(value);
			return line;
		}
		block += n + (block[n] == '\n');
	}
	return NULL;
}

static const char *
next_block(const char *text)
{
	const char *gap;

	while (*text != '\0' && *text != '\n' && *text != '\r') {
		gap = strchr(text, '\n');
		text = gap == NULL ? text + strlen(text) : gap + 1;
	}
	return text + strspn(text, "\r\n");
}

/* The first "5.1.1" in a text, "x.y.z" of RFC 3463. The caller frees. */
static char *
status_in(const char *text)
{
	size_t a, b;

	for (const char *p = text; p != NULL && *p != '\0'; p++) {
		if ((*p != '2' && *p != '4' && *p != '5') || p[1] != '.' ||
		    (p > text && strchr(".0123456789", p[-1]) != NULL))
			continue;
		a = strspn(p + 2, "0123456789");
		if (a == 0 || a > 3 || p[2 + a] != '.')
			continue;
		b = strspn(p + 3 + a, "0123456789");
		if (b > 0 && b <= 3)
			return xstrndup(p, 3 + a + b);
	}
	return NULL;
}

/* RFC 3464: a block for the message, then one for each recipient. "Delayed"
 * is not the end, and "delivered" is no failure. */
static void
read_status(struct mime_reply *reply, const char *text)
{
	char *action, *status, *diagnostic;

	text += strspn(text, "\r\n");
	for (; *text != '\0' && !reply->bounce; text = next_block(text)) {
		action = field(text, "Action");
		reply->bounce =
		    action != NULL && strncasecmp(action, "failed", 6) == 0;
		free(action);
		if (!reply->bounce)
			continue;
		status = field(text, "Status");
		diagnostic = field(text, "Diagnostic-Code");
		reply->bounce_status = status_in(status);
		if (reply->bounce_status == NULL)
			reply->bounce_status = status_in(diagnostic);
		free(status);
		free(diagnostic);
	}
}

/* The three parts of a report, in whatever order. */
static void
read_report_part(GMimeObject *parent, GMimeObject *object, gpointer closure)
{
	struct mime_reply *reply = closure;
	GMimeMessage *original;
	const char *ids;
	char *text, *id;

	(void)parent;
	if (GMIME_IS_MESSAGE_PART(object) && reply->bounce_id == NULL) {
		original =
		    g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
		if (original != NULL)
			reply->bounce_id =
			    mime_line(g_mime_message_get_message_id(original));
	}
	if (!GMIME_IS_PART(object))
		return;
	text = mime_part_text(GMIME_PART(object));
	reply->complaint |= mime_is(object, "message", "feedback-report");
	if (mime_is(object, "message", "delivery-status") ||
	    mime_is(object, "message", "global-delivery-status")) {
		read_status(reply, text);
	} else if (reply->bounce_id == NULL &&
		   (mime_is(object, "text", "rfc822-headers") ||
		       mime_is(object, "message", "rfc822-headers"))) {
		id = field(text + strspn(text, "\r\n"), "Message-ID");
		ids = id;
		reply->bounce_id = mime_next_id(&ids);
		free(id);
	}
	free(text);
}

void
mime_judge(GMimeMessage *message, struct mime_reply *reply)
{
	GMimeObject *root = g_mime_message_get_mime_part(message);

	reply->report = is_report(message);
	reply->automatic = is_automatic(message, reply);
	if (is_report(message) && GMIME_IS_MULTIPART(root))
		g_mime_multipart_foreach(
		    GMIME_MULTIPART(root), read_report_part, reply);

	/* Exim's and qmail's own form, without a report. */
	if (header(message, "X-Failed-Recipients") != NULL)
		reply->bounce = true;
	if (reply->bounce && reply->bounce_id == NULL)
		reply->bounce_id = xstrdup(reply->in_reply_to);
	if (!reply->bounce && !reply->complaint) {
		free(reply->bounce_id);
		reply->bounce_id = NULL;
	}
}
