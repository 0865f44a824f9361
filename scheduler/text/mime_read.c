#include "text/mime_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

#define READ_MAX ((size_t)8 * 1024 * 1024) /* bytes that are looked at */
#define LINES_MAX 250000 /* a photo of that size has half as many */
#define HEAD_MAX ((size_t)512 * 1024) /* bytes of a mail's own headers */
#define LINE_MAX_BYTES 998 /* of a header that is kept: RFC 5322's line */
#define ID_MAX ((size_t)LINE_MAX_BYTES)
#define IDS_MAX 8192 /* bytes of References that are looked at */
#define RECIPIENTS_MAX 8192 /* bytes of recipients that are kept */

char *
mime_line(const char *text)
{
	char *clean, *line, *p;
	size_t len;

	if (text == NULL)
		return NULL;
	clean = utf8_clean(text, strlen(text));
	for (p = clean; *p != '\0'; p++)
		if (*p == '\n' || *p == '\t')
			*p = ' ';
	len = strlen(clean);
	while (len > 0 && clean[len - 1] == ' ')
		clean[--len] = '\0';
	p = clean + strspn(clean, " ");
	line = *p == '\0' ? NULL : xstrdup(p);
	free(clean);
	if (line != NULL)
		mime_shorten(line, LINE_MAX_BYTES);
	return line;
}

char *
mime_next_id(const char **text)
{
	const char *start = *text;
	size_t len;

	while (start != NULL && (start = strchr(start, '<')) != NULL) {
		start++;
		len = strcspn(start, "<> \t\r\n");
		if (len == 0 || len > ID_MAX || start[len] != '>')
			continue;
		*text = start + len + 1;
		return utf8_clean(start, len);
	}
	*text = NULL;
	return NULL;
}

static char *
good_address(InternetAddress *address)
{
	char text[EMAIL_SIZE];
	const char *given;

	if (address == NULL || !INTERNET_ADDRESS_IS_MAILBOX(address))
		return NULL;
	given = internet_address_mailbox_get_addr(
	    INTERNET_ADDRESS_MAILBOX(address));
	if (given == NULL || email_normalise(given, text, NULL) != STATUS_OK)
		return NULL;
	return xstrdup(text);
}

static char *
first_address(InternetAddressList *list)
{
	if (list == NULL || internet_address_list_length(list) == 0)
		return NULL;
	return good_address(internet_address_list_get_address(list, 0));
}

static int
count_headers(GMimeMessage *message, const char *name)
{
	GMimeHeaderList *list =
	    g_mime_object_get_header_list(GMIME_OBJECT(message));
	int i, n = 0, count = g_mime_header_list_get_count(list);
	GMimeHeader *header;

	for (i = 0; i < count; i++) {
		header = g_mime_header_list_get_header_at(list, i);
		n += g_ascii_strcasecmp(g_mime_header_get_name(header), name) ==
		     0;
	}
	return n;
}

/* A mail that names two senders names none. */
static char *
read_from(GMimeMessage *message)
{
	InternetAddressList *list = g_mime_message_get_from(message);

	if (count_headers(message, "From") != 1 || list == NULL ||
	    internet_address_list_length(list) != 1)
		return NULL;
	return first_address(list);
}

static void
add_address(struct buffer *out, const char *address)
{
	if (address != NULL && strstr(buffer_text(out), address) == NULL &&
	    out->len + strlen(address) < RECIPIENTS_MAX)
		buffer_printf(out, "%s%s", out->len == 0 ? "" : " ", address);
}

static void
add_addresses(struct buffer *out, InternetAddressList *list)
{
	int i, count = list == NULL ? 0 : internet_address_list_length(list);
	char *address;

	for (i = 0; i < count && out->len < RECIPIENTS_MAX; i++) {
		address =
		    good_address(internet_address_list_get_address(list, i));
		add_address(out, address);
		free(address);
	}
}

/* The mail server writes these at the top, above what the sender wrote. */
static void
read_delivered_to(
    GMimeMessage *message, struct mime_reply *reply, struct buffer *recipients)
{
	static const char *const names[] = { "Delivered-To", "X-Original-To",
		"Envelope-To", "X-Envelope-To" };
	InternetAddressList *list;
	const char *value;

	for (size_t i = 0; i < 4; i++) {
		value =
		    g_mime_object_get_header(GMIME_OBJECT(message), names[i]);
		if (value == NULL)
			continue;
		list = internet_address_list_parse(NULL, value);
		if (reply->delivered_to == NULL)
			reply->delivered_to = first_address(list);
		add_addresses(recipients, list);
		if (list != NULL)
			g_object_unref(list);
	}
}

static void
read_recipients(GMimeMessage *message, struct mime_reply *reply)
{
	struct buffer recipients = { 0 };
	InternetAddressList *to = g_mime_message_get_to(message);
	InternetAddressList *cc = g_mime_message_get_cc(message);

	read_delivered_to(message, reply, &recipients);
	reply->to = first_address(to);
	if (reply->to == NULL)
		reply->to = first_address(cc);
	add_addresses(&recipients, to);
	add_addresses(&recipients, cc);
	if (recipients.len > 0)
		reply->recipients = buffer_take(&recipients);
}

/* Ours stands near the end of a long conversation. */
static char *
last_ids(const char *text)
{
	struct buffer out = { .cap = IDS_MAX };
	const char *keep = text;
	char *id;

	if (text == NULL)
		return NULL;
	if (strlen(text) > IDS_MAX)
		keep += strlen(text) - IDS_MAX;
	while ((id = mime_next_id(&keep)) != NULL) {
		buffer_printf(&out, "%s%s", out.len == 0 ? "" : " ", id);
		free(id);
	}
	if (out.len > 0)
		return buffer_take(&out);
	buffer_free(&out);
	return NULL;
}

static const char *
header(GMimeMessage *message, const char *name)
{
	return g_mime_object_get_header(GMIME_OBJECT(message), name);
}

static int64_t
read_date(GMimeMessage *message)
{
	GDateTime *date = g_mime_message_get_date(message);
	int64_t at = date == NULL ? 0 : g_date_time_to_unix(date);

	return at > 0 ? at : 0;
}

static void
fill(struct mime_reply *reply, GMimeMessage *message)
{
	const char *in_reply_to = header(message, "In-Reply-To");
	const char *message_id = header(message, "Message-ID");

	reply->message_id = mime_next_id(&message_id);
	reply->from = read_from(message);
	read_recipients(message, reply);
	reply->in_reply_to = mime_next_id(&in_reply_to);
	reply->references = last_ids(header(message, "References"));
	reply->subject = mime_line(g_mime_message_get_subject(message));
	if (reply->subject == NULL)
		reply->subject = xstrdup("");
	mime_read_words(message, reply);
	reply->at = read_date(message);
	mime_judge(message, reply);
}

/* Anything with a colon is a header to a parser; a mail has one of these. */
static bool
is_message(GMimeMessage *message)
{
	static const char *const names[] = { "From", "Return-Path", "Received",
		"Date", "Message-ID", "Subject", "To" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (count_headers(message, names[i]) > 0)
			return true;
	return false;
}

static GMimeMessage *
parse(const char *bytes, size_t len)
{
	/* What a header holds that is neither encoded nor UTF-8. */
	const char *charsets[] = { "utf-8", "windows-1252", NULL };
	GMimeParserOptions *options = g_mime_parser_options_new();
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, len);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message;

	g_mime_parser_options_set_fallback_charsets(options, charsets);
	g_mime_parser_set_format(parser, GMIME_FORMAT_MESSAGE);
	message = g_mime_parser_construct_message(parser, options);
	g_object_unref(parser);
	g_object_unref(stream);
	g_mime_parser_options_free(options);
	return message;
}

/* How many bytes are looked at. Millions of parts or headers of a byte each
 * would take a hundred times their size. */
static size_t
within_bounds(const char *bytes, size_t len)
{
	const char *p = bytes, *end = bytes + (len < READ_MAX ? len : READ_MAX);
	int lines = 0;

	while (p < end && lines++ < LINES_MAX) {
		p = memchr(p, '\n', (size_t)(end - p));
		p = p == NULL ? end : p + 1;
	}
	return (size_t)(p - bytes);
}

/* Do its headers go on beyond all reason? */
static bool
has_no_body(const char *bytes, size_t len)
{
	return len > HEAD_MAX && memmem(bytes, HEAD_MAX, "\n\n", 2) == NULL &&
	       memmem(bytes, HEAD_MAX, "\n\r\n", 3) == NULL;
}

enum status
mime_read(
    const char *bytes, size_t len, struct mime_reply *reply, struct why *why)
{
	struct mime_reply read = { 0 };
	GMimeMessage *message = NULL;
	const char *newline;
	size_t size;

	/* Mail servers put the mbox line before what they pipe. */
	if (len > 5 && memcmp(bytes, "From ", 5) == 0 &&
	    (newline = memchr(bytes, '\n', len)) != NULL) {
		len -= (size_t)(newline + 1 - bytes);
		bytes = newline + 1;
	}
	g_mime_init(); /* counts its calls; only the first does anything */
	size = within_bounds(bytes, len);
	if (!has_no_body(bytes, size))
		message = parse(bytes, size);
	if (message == NULL || !is_message(message)) {
		if (message != NULL)
			g_object_unref(message);
		return why_set(why, STATUS_BAD_DATA, "this is no email");
	}
	fill(&read, message);
	read.cut |= len > size;
	g_object_unref(message);
	*reply = read;
	return STATUS_OK;
}

void
mime_reply_free(struct mime_reply *reply)
{
	if (reply == NULL)
		return;
	free(reply->message_id);
	free(reply->from);
	free(reply->to);
	free(reply->delivered_to);
	free(reply->recipients);
	free(reply->in_reply_to);
	free(reply->references);
	free(reply->subject);
	free(reply->body);
	free(reply->quoted);
	free(reply->enclosed);
	free(reply->bounce_status);
	free(reply->bounce_id);
	*reply = (struct mime_reply){ 0 };
}
