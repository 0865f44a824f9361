/*
 * Which part of a mail is the reply, and what it says.
 */
#include "text/mime_part.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/utf8.h"

bool
mime_is(GMimeObject *object, const char *type, const char *subtype)
{
	GMimeContentType *is = g_mime_object_get_content_type(object);

	return is != NULL && g_mime_content_type_is_type(is, type, subtype);
}

/* To UTF-8, or NULL where the charset is unknown or the bytes are not in it. */
static char *
convert(const char *bytes, size_t len, const char *charset)
{
	gsize written = 0;
	char *text, *copy;

	text = g_convert(
	    bytes, (gssize)len, "UTF-8", charset, NULL, &written, NULL);
	if (text == NULL)
		return NULL;
	copy = utf8_clean(text, written);
	g_free(text);
	return copy;
}

/*
 * Mailers lie about their charset. What is UTF-8 is hardly ever anything else
 * by chance; what calls itself ISO-8859-1 is Windows-1252, as browsers take
 * it, or the curly apostrophe of "don't" would be lost.
 */
static char *
to_utf8(const char *bytes, size_t len, const char *charset)
{
	static const char *const eight_bit[] = { "iso-8859-1", "latin1",
		"us-ascii", "ascii", "utf-8", "utf8" };
	bool declared = charset != NULL;
	char *text = NULL;
	size_t i;

	for (i = 0; declared && i < sizeof eight_bit / sizeof eight_bit[0]; i++)
		declared = strcasecmp(charset, eight_bit[i]) != 0;
	if (declared)
		text = convert(bytes, len, charset);
	if (text == NULL && utf8_valid(bytes, len))
		text = utf8_clean(bytes, len);
	if (text == NULL)
		text = convert(bytes, len, "WINDOWS-1252");
	return text == NULL ? utf8_clean(bytes, len) : text;
}

char *
mime_part_text(GMimePart *part)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *stream;
	GByteArray *bytes;
	char *text;

	if (content == NULL)
		return xstrdup("");
	stream = g_mime_stream_mem_new();
	g_mime_data_wrapper_write_to_stream(content, stream);
	bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	text = to_utf8(bytes->data == NULL ? "" : (const char *)bytes->data,
	    bytes->len,
	    g_mime_object_get_content_type_parameter(
		GMIME_OBJECT(part), "charset"));
	g_object_unref(stream);
	return text;
}

#define DEPTH_MAX 20 /* parts within parts that are looked into */
#define PARTS_MAX 200 /* parts that are looked at */

/* A mail on its way through its parts. */
struct body {
	struct buffer text;
	bool attached; /* there was something else */
	int *parts; /* looked at so far, in the whole mail */
};

static void take(struct body *body, GMimeObject *object, int depth);

static bool
says_something(const char *text)
{
	return text[strspn(text, " \t\r\n")] != '\0';
}

static void
add_text(struct body *body, const char *text)
{
	size_t len = body->text.len;

	if (!says_something(text))
		return;
	if (len > 0 && body->text.data[len - 1] != '\n')
		buffer_putc(&body->text, '\n');
	buffer_puts(&body->text, text);
}

/* A leaf: words that a person wrote, or something beside them. */
static void
take_part(struct body *body, GMimePart *part)
{
	GMimeObject *object = GMIME_OBJECT(part);
	char *text, *plain;

	if (g_mime_part_is_attachment(part) ||
	    (!mime_is(object, "text", "plain") &&
		!mime_is(object, "text", "html"))) {
		body->attached = true;
		return;
	}
	text = mime_part_text(part);
	if (mime_is(object, "text", "html")) {
		plain = html_text(text);
		free(text);
		text = plain;
	}
	add_text(body, text);
	free(text);
}

/* The same said twice: as plain text, if that says anything. */
static void
take_best(struct body *body, GMimeMultipart *parts, int depth)
{
	int i, count = g_mime_multipart_get_count(parts);
	struct body one, best = { 0 };
	bool plain = false;

	for (i = 0; i < count && !plain; i++) {
		GMimeObject *object = g_mime_multipart_get_part(parts, i);

		one = (struct body){ .parts = body->parts };
		take(&one, object, depth + 1);
		body->attached |= one.attached;
		plain = one.text.len > 0 && !mime_is(object, "text", "html");
		if (plain || best.text.len == 0) {
			buffer_free(&best.text);
			best = one;
		} else {
			buffer_free(&one.text);
		}
	}
	add_text(body, buffer_text(&best.text));
	buffer_free(&best.text);
}

/* In their order: words may go on below a picture. What is inside a forwarded
 * mail is another's words. */
static void
take(struct body *body, GMimeObject *object, int depth)
{
	GMimeMultipart *parts;
	int i, count;

	if (object == NULL || ++*body->parts > PARTS_MAX || depth > DEPTH_MAX) {
		body->attached = true;
		return;
	}
	if (GMIME_IS_PART(object)) {
		take_part(body, GMIME_PART(object));
		return;
	}
	if (!GMIME_IS_MULTIPART(object)) {
		body->attached = true;
		return;
	}
	parts = GMIME_MULTIPART(object);
	if (mime_is(object, "multipart", "alternative")) {
		take_best(body, parts, depth);
		return;
	}
	count = g_mime_multipart_get_count(parts);
	for (i = 0; i < count; i++)
		take(body, g_mime_multipart_get_part(parts, i), depth + 1);
}

char *
mime_body_text(GMimeMessage *message, bool *attached)
{
	int parts = 0;
	struct body body = { .parts = &parts };

	take(&body, g_mime_message_get_mime_part(message), 0);
	*attached = body.attached;
	return buffer_take(&body.text);
}
