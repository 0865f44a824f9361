#include "text/mime.h"

#include <gmime/gmime.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "text/mime_images.h"

#define ID_MAX 250 /* bytes of a Message-ID: longer ones break in transit */

/* One line of text: a line break in a header would begin another header. */
static enum status
check_line(const char *what, const char *text, struct why *why)
{
	if (text == NULL)
		return STATUS_OK;
	for (const char *p = text; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return why_set(why, STATUS_BAD_DATA,
			    "mail: a control character in %s", what);
	if (!utf8_valid(text, strlen(text)))
		return why_set(
		    why, STATUS_BAD_DATA, "mail: %s is not UTF-8", what);
	return STATUS_OK;
}

static enum status
check_id(const char *what, const char *id, struct why *why)
{
	size_t len = id == NULL ? 0 : strlen(id);

	if (id == NULL)
		return STATUS_OK;
	for (size_t i = 0; i < len; i++)
		if (id[i] <= ' ' || id[i] > '~' || id[i] == '<' || id[i] == '>')
			return why_set(why, STATUS_BAD_DATA,
			    "mail: a character that is not allowed in %s",
			    what);
	if (len == 0 || len > ID_MAX)
		return why_set(why, STATUS_BAD_DATA,
		    "mail: %s is empty or too long", what);
	return STATUS_OK;
}

static enum status
check_address(const char *what, const char *text, struct why *why)
{
	char address[EMAIL_SIZE];
	enum status status;

	if (text == NULL)
		return STATUS_OK;
	status = check_line(what, text, why);
	if (status == STATUS_OK &&
	    (status = email_normalise(text, address, why)) != STATUS_OK)
		why_prefix(why, status, "mail: %s", what);
	return status;
}

/* "mailto:" is understood, and so is anything that a URI may have after the
 * address. */
static enum status
check_unsubscribe(const char *text, struct why *why)
{
	if (text != NULL && strncmp(text, "mailto:", 7) == 0)
		return check_id("unsubscribe", text, why);
	return check_address("unsubscribe", text, why);
}

static enum status
check_mail(const struct mime_mail *mail, struct why *why)
{
	enum status status;

	if ((status = check_line("from", mail->from, why)) != STATUS_OK ||
	    (status = check_address("to", mail->to, why)) != STATUS_OK ||
	    (status = check_line("to_name", mail->to_name, why)) != STATUS_OK ||
	    (status = check_address("reply_to", mail->reply_to, why)) !=
		STATUS_OK ||
	    (status = check_line("subject", mail->subject, why)) != STATUS_OK ||
	    (status = check_id("message_id", mail->message_id, why)) !=
		STATUS_OK ||
	    (status = check_id("in_reply_to", mail->in_reply_to, why)) !=
		STATUS_OK)
		return status;
	if (mail->from == NULL || mail->to == NULL || mail->message_id == NULL)
		panic("a mail without from, to or message_id");
	return check_unsubscribe(mail->unsubscribe, why);
}

/* "Riverside <care@clinic.example>": exactly one address, and a good one. */
static enum status
add_from(GMimeMessage *message, const char *from, struct why *why)
{
	InternetAddressList *list = internet_address_list_parse(NULL, from);
	enum status status = STATUS_BAD_DATA;
	InternetAddress *sender = NULL;
	const char *address;

	if (list != NULL && internet_address_list_length(list) == 1)
		sender = internet_address_list_get_address(list, 0);
	if (sender != NULL && INTERNET_ADDRESS_IS_MAILBOX(sender)) {
		address = internet_address_mailbox_get_addr(
		    INTERNET_ADDRESS_MAILBOX(sender));
		status = check_address("from", address, why);
	} else {
		why_set(why, status, "mail: from is not one address");
	}
	if (status == STATUS_OK) {
		internet_address_set_charset(sender, "utf-8");
		internet_address_list_add(
		    g_mime_message_get_from(message), sender);
	}
	if (list != NULL)
		g_object_unref(list);
	return status;
}

static void
add_address(InternetAddressList *list, const char *name, const char *address)
{
	InternetAddress *mailbox = internet_address_mailbox_new(name, address);

	internet_address_set_charset(mailbox, "utf-8");
	internet_address_list_add(list, mailbox);
	g_object_unref(mailbox);
}

static void
add_header(
    GMimeMessage *message, const char *name, const char *fmt, const char *value)
{
	char *text = xasprintf(fmt, value);

	g_mime_object_append_header(GMIME_OBJECT(message), name, text, "utf-8");
	free(text);
}

static void
add_headers(GMimeMessage *message, const struct mime_mail *mail)
{
	GDateTime *date = g_date_time_new_from_unix_utc(mail->at);

	if (date == NULL)
		panic("a mail's date outside of all years");
	g_mime_message_set_date(message, date);
	g_date_time_unref(date);
	add_address(g_mime_message_get_to(message), mail->to_name, mail->to);
	if (mail->reply_to != NULL)
		add_address(
		    g_mime_message_get_reply_to(message), NULL, mail->reply_to);
	g_mime_message_set_subject(
	    message, mail->subject == NULL ? "" : mail->subject, "utf-8");
	add_header(message, "Message-ID", "<%s>", mail->message_id);
	if (mail->in_reply_to != NULL) {
		add_header(message, "In-Reply-To", "<%s>", mail->in_reply_to);
		add_header(message, "References", "<%s>", mail->in_reply_to);
	}

	/* So that no out-of-office answers us and we answer none (RFC 3834;
	 * the second is what Exchange goes by). */
	add_header(message, "Auto-Submitted", "%s",
	    mail->reply ? "auto-replied" : "auto-generated");
	add_header(message, "X-Auto-Response-Suppress", "%s", "All");
	if (mail->unsubscribe == NULL)
		return;
	if (strncmp(mail->unsubscribe, "mailto:", 7) == 0)
		add_header(
		    message, "List-Unsubscribe", "<%s>", mail->unsubscribe);
	else
		add_header(message, "List-Unsubscribe",
		    "<mailto:%s?subject=unsubscribe>", mail->unsubscribe);
}

/* Text with line feeds alone; the writer makes CRLF of each. */
static GMimeObject *
text_part(const char *subtype, const char *text)
{
	GMimePart *part = g_mime_part_new_with_type("text", subtype);
	GMimeDataWrapper *content;
	GMimeStream *stream;
	char *clean = utf8_clean(text, strlen(text));

	g_mime_object_set_content_type_parameter(
	    GMIME_OBJECT(part), "charset", "utf-8");
	stream = g_mime_stream_mem_new_with_buffer(clean, strlen(clean));
	content = g_mime_data_wrapper_new_with_stream(
	    stream, GMIME_CONTENT_ENCODING_DEFAULT);
	g_mime_part_set_content(part, content);
	g_mime_part_set_content_encoding(
	    part, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
	g_object_unref(content);
	g_object_unref(stream);
	free(clean);
	return GMIME_OBJECT(part);
}

/*
 * The same mail is the same bytes, so that a mail sent again after a crash is
 * known for what it is: the boundary comes from the Message-ID. "=_" can't
 * stand in quoted-printable text, nor in base64, so no part can hold it.
 */
static GMimeMultipart *
parts(const char *subtype, const struct mime_mail *mail)
{
	GMimeMultipart *parts = g_mime_multipart_new_with_subtype(subtype);
	char hash[HASH_SIZE], *boundary;

	hash_hex(mail->message_id, strlen(mail->message_id), hash);
	boundary = xasprintf(
	    "=_%s%.32s", strcmp(subtype, "related") == 0 ? "pages" : "", hash);
	g_mime_multipart_set_boundary(parts, boundary);
	free(boundary);
	return parts;
}

static void
add_part(GMimeMultipart *parts, GMimeObject *part)
{
	g_mime_multipart_add(parts, part);
	g_object_unref(part);
}

/* Base64 as it stood in the page; the writer sets it in lines. */
static GMimeObject *
image_part(const struct mime_image *image)
{
	GMimePart *part = g_mime_part_new_with_type("image", "png");
	GMimeStream *stream =
	    g_mime_stream_mem_new_with_buffer(image->base64, image->len);
	GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(
	    stream, GMIME_CONTENT_ENCODING_BASE64);

	g_mime_part_set_content(part, content);
	g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
	g_mime_part_set_content_id(part, image->id);
	g_mime_object_set_disposition(GMIME_OBJECT(part), "inline");
	g_object_unref(content);
	g_object_unref(stream);
	return GMIME_OBJECT(part);
}

/* The page; with its pictures, if it has any. */
static GMimeObject *
html_part(const struct mime_mail *mail)
{
	struct buffer page = { 0 };
	struct mime_images images;
	GMimeMultipart *related;
	GMimeObject *html;

	mime_images_take(mail->html, &page, &images);
	html = text_part("html", buffer_text(&page));
	buffer_free(&page);
	if (images.len == 0)
		return html;
	related = parts("related", mail);
	add_part(related, html);
	for (int i = 0; i < images.len; i++)
		add_part(related, image_part(&images.list[i]));
	return GMIME_OBJECT(related);
}

static GMimeObject *
both_parts(const struct mime_mail *mail)
{
	GMimeMultipart *both = parts("alternative", mail);

	add_part(both, text_part("plain", mail->plain));
	add_part(both, html_part(mail));
	return GMIME_OBJECT(both);
}

static void
write_message(GMimeMessage *message, struct buffer *out)
{
	GMimeFormatOptions *options = g_mime_format_options_new();
	GMimeStream *stream = g_mime_stream_mem_new();
	GByteArray *bytes;

	g_mime_format_options_set_newline_format(
	    options, GMIME_NEWLINE_FORMAT_DOS);
	g_mime_object_write_to_stream(GMIME_OBJECT(message), options, stream);
	bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	buffer_add(out, bytes->data, bytes->len);
	g_object_unref(stream);
	g_mime_format_options_free(options);
}

enum status
mime_build(const struct mime_mail *mail, struct buffer *out, struct why *why)
{
	enum status status = check_mail(mail, why);
	GMimeMessage *message;
	GMimeObject *body;

	if (status != STATUS_OK)
		return status;
	g_mime_init(); /* counts its calls; only the first does anything */
	message = g_mime_message_new(FALSE);
	status = add_from(message, mail->from, why);
	if (status == STATUS_OK) {
		add_headers(message, mail);
		body = mail->html == NULL ? text_part("plain", mail->plain)
					  : both_parts(mail);
		g_mime_message_set_mime_part(message, body);
		g_object_unref(body);
		write_message(message, out);
		if (out->over)
			status = why_set(why, STATUS_BAD_DATA,
			    "mail: longer than %zu bytes", out->cap);
	}
	g_object_unref(message);
	return status;
}
