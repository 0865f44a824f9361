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

/* What is looked for, and the first of each that was found. */
struct find {
	char *plain;
	char *html;
};

static bool
says_something(const char *text)
{
	return text[strspn(text, " \t\r\n")] != '\0';
}

/* Called for every leaf and container. What is inside a forwarded mail is
 * another's words: GMime does not go into that. */
static void
look_at(GMimeObject *parent, GMimeObject *object, gpointer closure)
{
	struct find *find = closure;
	char *text;

	(void)parent;
	if (!GMIME_IS_PART(object) ||
	    g_mime_part_is_attachment(GMIME_PART(object)))
		return;
	if (find->plain == NULL && mime_is(object, "text", "plain")) {
		text = mime_part_text(GMIME_PART(object));
		if (says_something(text))
			find->plain = text;
		else
			free(text);
	} else if (find->html == NULL && mime_is(object, "text", "html")) {
		find->html = mime_part_text(GMIME_PART(object));
	}
}

char *
mime_body_text(GMimeMessage *message)
{
	GMimeObject *root = g_mime_message_get_mime_part(message);
	struct find find = { 0 };
	char *text = NULL;

	if (root != NULL && GMIME_IS_MULTIPART(root))
		g_mime_multipart_foreach(GMIME_MULTIPART(root), look_at, &find);
	else if (root != NULL)
		look_at(NULL, root, &find);
	if (find.plain == NULL && find.html != NULL)
		text = html_text(find.html);
	else if (find.plain != NULL)
		text = xstrdup(find.plain);
	free(find.plain);
	free(find.html);
	return text == NULL ? xstrdup("") : text;
}
