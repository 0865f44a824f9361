/*
 * The text of an email in both its forms.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "text/escape.h"
#include "text/markdown.h"

static const struct {
	const char *markdown;
	const char *plain;
} plains[] = {
	{ "", "" },
	{ "Hello Jane,\n\nkeep *moving*, **really**.\n",
	    "Hello Jane,\n\nkeep moving, really.\n" },
	{ "### How to reach us\n\nCall us.", "How to reach us\n\nCall us.\n" },
	{ "Title\n=====\n\ntext", "Title\n\ntext\n" },
	{ "one\ntwo  \nthree\\\nfour", "one two\nthree\nfour\n" },
	{ "Do:\n\n- walk\n- cycle\n  often\n\nThen rest.",
	    "Do:\n\n- walk\n- cycle often\n\nThen rest.\n" },
	{ "* loose\n\n* list", "- loose\n\n- list\n" },
	{ "3. third\n4. fourth", "3. third\n4. fourth\n" },
	{ "- outer\n  - inner\n- next", "- outer\n  - inner\n- next\n" },
	{ "- - deep", "- - deep\n" },
	{ "1. a\n\n   b\n2. c", "1. a\n\n   b\n\n2. c\n" },
	{ "See [our page](https://clinic.example/a_b).",
	    "See our page (https://clinic.example/a_b).\n" },
	{ "<https://clinic.example>", "https://clinic.example\n" },
	{ "<care@clinic.example>", "care@clinic.example\n" },
	{ "[+44 1632](tel:+441632960001)", "+44 1632 (+441632960001)\n" },
	{ "[bad](javascript:alert(1))", "bad\n" },
	{ "![a walker](http://tracker.example/p.png)", "a walker\n" },
	{ "a <b onclick='x'>bold</b> word", "a bold word\n" },
	{ "<div>gone</div>\n\nkept", "kept\n" },
	{ "> said", "  said\n" },
	{ "`code` and\n\n    a  block\n    b", "code and\n\na  block\nb\n" },
	{ "a\n\n---\n\nb", "a\n\nb\n" },
	{ "fish \\& chips &amp; \\*peas\\*", "fish & chips & *peas*\n" },
	/* 72 columns, counted in letters and not in bytes */
	{ "ééééééééé ééééééééé ééééééééé ééééééééé ééééééééé ééééééééé "
	  "ééééééééé éé ééé",
	    "ééééééééé ééééééééé ééééééééé ééééééééé ééééééééé ééééééééé "
	    "ééééééééé éé\nééé\n" },
	{ "- ééééééééé ééééééééé ééééééééé ééééééééé ééééééééé ééééééééé "
	  "ééééééééé éé",
	    "- ééééééééé ééééééééé ééééééééé ééééééééé ééééééééé ééééééééé "
	    "ééééééééé\n  éé\n" },
	{ "go to https://clinic.example/a/very/long/address/that/fills/more/"
	  "than/one/line/of/text now",
	    "go to\nhttps://clinic.example/a/very/long/address/that/fills/"
	    "more/than/one/line/of/text\nnow\n" },
};

static void
plain_says_the_same(void **state)
{
	char *plain;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof plains / sizeof plains[0]; i++) {
		plain = markdown_plain(plains[i].markdown);
		assert_string_equal(plain, plains[i].plain);
		free(plain);
	}
}

/* What stands between <main> and </main>. */
static const struct {
	const char *markdown;
	const char *html;
} htmls[] = {
	{ "Hello *you*", "<p>Hello <em>you</em></p>\n" },
	{ "### Now\n\n- a\n- b",
	    "<h3>Now</h3>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n" },
	{ "a <script>alert(1)</script> b", "<p>a alert(1) b</p>\n" },
	{ "<script>alert(1)</script>", "" },
	{ "![dot](http://tracker.example/p.gif)", "<p>dot</p>\n" },
	{ "[a ![dot](http://t.example) b](https://x.example)",
	    "<p><a href=\"https://x.example\">a dot b</a></p>\n" },
	{ "[x](javascript:alert(1))", "<p><a href=\"\">x</a></p>\n" },
	{ "[x](JAVASCRIPT:alert(1))", "<p><a href=\"\">x</a></p>\n" },
	{ "[x](data:text/html,hi)", "<p><a href=\"\">x</a></p>\n" },
	{ "a & b < c", "<p>a &amp; b &lt; c</p>\n" },
	{ "\xff", "<p>\xef\xbf\xbd</p>\n" },
};

static void
html_is_safe(void **state)
{
	const char *start, *end;
	char *html, *body;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof htmls / sizeof htmls[0]; i++) {
		html = markdown_html(htmls[i].markdown, "t", "en");
		start = strstr(html, "<main>\n");
		end = strstr(html, "</main>\n");
		assert_true(start != NULL && end != NULL);
		start += strlen("<main>\n");
		body = strndup(start, (size_t)(end - start));
		assert_string_equal(body, htmls[i].html);
		free(body);
		free(html);
	}
}

static void
html_is_a_whole_page(void **state)
{
	char *html = markdown_html("x", "</title><b>\"", "en\" onload=\"x");

	(void)state;
	assert_memory_equal(html, "<!DOCTYPE html>\n<html lang=\"", 28);
	assert_non_null(strstr(html, "lang=\"en&quot; onload=&quot;x\""));
	assert_non_null(
	    strstr(html, "<title>&lt;/title&gt;&lt;b&gt;&quot;</title>"));
	assert_non_null(strstr(html, "prefers-color-scheme: dark"));
	assert_non_null(strstr(html, "width=device-width"));
	assert_null(strstr(html, "http"));
	assert_string_equal(html + strlen(html) - 8, "</html>\n");
	free(html);
}

/* Whatever a value is, after escaping the reader sees the value. */
static const char *const values[] = { "Jane", "# 1", "*a* _b_ `c` ~~~", "- one",
	"12. one", "1) x", "[x](http://a.example)", "<b>&amp;</b>",
	"===", "---", "a\\", "+44 1632 960002", "!", "O'Neil \"x\"", "P-4K7QXM",
	"| a | b", "&#35;", "<http://x.example>", ":", "\\*" };

static void
escaped_values_stay_as_they_are(void **state)
{
	struct buffer markdown = { 0 }, expected = { 0 };
	char *plain;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof values / sizeof values[0]; i++) {
		buffer_clear(&markdown);
		buffer_clear(&expected);
		buffer_puts(&markdown, "before\n");
		escape_add(&markdown, ESCAPE_MARKDOWN, values[i]);
		buffer_puts(&markdown, "\n\n");
		escape_add(&markdown, ESCAPE_MARKDOWN, values[i]);
		buffer_printf(
		    &expected, "before %s\n\n%s\n", values[i], values[i]);
		plain = markdown_plain(buffer_text(&markdown));
		assert_string_equal(plain, buffer_text(&expected));
		free(plain);
	}
	buffer_free(&markdown);
	buffer_free(&expected);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_says_the_same),
		cmocka_unit_test(html_is_safe),
		cmocka_unit_test(html_is_a_whole_page),
		cmocka_unit_test(escaped_values_stay_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
