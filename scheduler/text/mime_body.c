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
	struct buffer other; /* the same said once more, perhaps with more */
	struct buffer enclosed; /* the words of text that is attached */
	bool attached; /* there was something beside the text */
	int *parts; /* looked at so far, in the whole mail */
};

static void take(struct body *body, GMimeObject *object, int depth);

/* Is there anything that can be seen? */
static bool
says_something(const char *text)
{
	const char *end = text + strlen(text);

	while (text < end) {
		enum utf8_kind kind = utf8_kind(utf8_next(&text, end));

		if (kind != UTF8_SPACE && kind != UTF8_UNSEEN)
			return true;
	}
	return false;
}

static void
add_text(struct buffer *out, const char *text)
{
	if (!says_something(text))
		return;
	if (out->len > 0 && out->data[out->len - 1] != '\n')
		buffer_putc(out, '\n');
	buffer_puts(out, text);
}

/* The words of a leaf, HTML without its tags. The caller frees. */
static char *
words_of(GMimePart *part, bool html)
{
	char *text = mime_part_text(part), *plain;

	if (!html)
		return text;
	plain = html_text(text);
	free(text);
	return plain;
}

/* Some mail programs don't know that a .txt is text. */
static bool
is_text_file(GMimePart *part)
{
	const char *name = g_mime_part_get_filename(part);
	size_t len = name == NULL ? 0 : strlen(name);

	return mime_is(GMIME_OBJECT(part), "application", "octet-stream") &&
	       len > 4 && strcasecmp(name + len - 4, ".txt") == 0;
}

/* A leaf: words that a person wrote, or something beside them. */
static void
take_part(struct body *body, GMimePart *part)
{
	bool html = mime_is(GMIME_OBJECT(part), "text", "html");
	bool text = html || mime_is(GMIME_OBJECT(part), "text", "plain");
	/* A file may be shown among the text; a text may have a name. */
	bool file =
	    g_mime_part_is_attachment(part) ||
	    (body->text.len > 0 && g_mime_part_get_filename(part) != NULL);
	bool beside = !text || file;
	char *words;

	body->attached |= beside;
	if (!text && !is_text_file(part))
		return;
	words = words_of(part, html);
	add_text(beside ? &body->enclosed : &body->text, words);
	free(words);
}

#define STUB_WORDS 40 /* that a mail program says in place of the text */

/* "This message is in HTML": a mail program's, or hardly more. */
static bool
is_stub(const char *text)
{
	int words = 0;

	for (const char *p = text; *p != '\0'; words++) {
		p += strspn(p, " \t\r\n");
		p += strcspn(p, " \t\r\n");
	}
	return words <= STUB_WORDS && strcasestr(text, "html") != NULL;
}

/* All that is in a part; the part is empty then. */
static void
add_body(struct body *body, struct body *part)
{
	add_text(&body->text, buffer_text(&part->text));
	add_text(&body->other, buffer_text(&part->other));
	add_text(&body->enclosed, buffer_text(&part->enclosed));
	body->attached |= part->attached;
	buffer_free(&part->text);
	buffer_free(&part->other);
	buffer_free(&part->enclosed);
}

/* Of what is said twice the plain text is taken, and what is no text last. */
static int
rank(GMimeObject *object, const char *text)
{
	if (*text == '\0')
		return 0;
	if (mime_is(object, "text", "html"))
		return 2;
	return is_stub(text) ? 1 : 3;
}

static void
take_best(struct body *body, GMimeMultipart *parts, int depth)
{
	int i, count = g_mime_multipart_get_count(parts);
	int highest = 0, of_one;
	struct body best = { 0 };

	for (i = 0; i < count; i++) {
		GMimeObject *object = g_mime_multipart_get_part(parts, i);
		struct body one = { .parts = body->parts };
		struct buffer lesser;

		take(&one, object, depth + 1);
		of_one = rank(object, buffer_text(&one.text));
		if (of_one > highest) {
			highest = of_one;
			lesser = best.text;
			best.text = one.text;
			one.text = lesser;
		}
		add_text(&best.other, buffer_text(&one.text));
		buffer_clear(&one.text);
		add_body(&best, &one);
	}
	add_body(body, &best);
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

void
mime_body_words(GMimeMessage *message, struct mime_words *words)
{
	int parts = 0;
	struct body body = { .parts = &parts };

	take(&body, g_mime_message_get_mime_part(message), 0);
	words->text = buffer_take(&body.text);
	words->other = buffer_take(&body.other);
	words->enclosed = buffer_take(&body.enclosed);
	words->attached = body.attached;
}
