/*
 * Templates. mustache-spec/ has the specification's own cases, each with the
 * values, the partials, the template and what must come out; below them
 * stands what this program adds: other escapes, strictness, bounds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/json.h"
#include "base/memory.h"
#include "sample.h"
#include "text/mustache.h"

/* Partials by name: a JSON object of their texts, parsed as they are asked
 * for and kept until the end of the test. */
struct shelf {
	json_t *texts;
	struct mustache *kept[8];
	int count;
};

static const struct mustache *
take_partial(void *closure, const char *name)
{
	struct shelf *shelf = closure;
	const char *text = json_text(shelf->texts, name);
	int i;

	for (i = 0; i < shelf->count; i++)
		if (strcmp(mustache_name(shelf->kept[i]), name) == 0)
			return shelf->kept[i];
	if (text == NULL)
		return NULL;
	assert_true(shelf->count < 8);
	assert_int_equal(STATUS_OK,
	    mustache_parse(name, text, &shelf->kept[shelf->count], NULL));
	return shelf->kept[shelf->count++];
}

/* Parse, render, and give the status; the text or the reason goes to out. */
static enum status
try(const char *text, struct mustache_options options, json_t *values,
    json_t *partials, struct buffer *out)
{
	struct shelf shelf = { .texts = partials };
	struct mustache *template = NULL;
	struct why why = { 0 };
	enum status status;

	options.partial = take_partial;
	options.closure = &shelf;
	status = mustache_parse("t", text, &template, &why);
	if (status == STATUS_OK)
		status = mustache_render(template, &options, values, out, &why);
	if (status != STATUS_OK) {
		buffer_clear(out);
		buffer_puts(out, why.text);
	}
	mustache_free(template);
	while (shelf.count > 0)
		mustache_free(shelf.kept[--shelf.count]);
	return status;
}

static json_t *
json_of(const char *text)
{
	json_t *root = NULL;
	struct why why = { 0 };

	if (json_read(text, strlen(text), &root, &why) != STATUS_OK)
		fail_msg("%s: %s", text, why.text);
	return root;
}

static const struct {
	const char *file;
	size_t cases;
} specs[] = {
	{ "mustache-spec/comments.json", 11 },
	{ "mustache-spec/delimiters.json", 14 },
	{ "mustache-spec/interpolation.json", 30 },
	{ "mustache-spec/inverted.json", 21 },
	{ "mustache-spec/partials.json", 11 },
	{ "mustache-spec/sections.json", 25 },
};

static void
run_case(const char *file, json_t *test)
{
	struct mustache_options html = { .escape = ESCAPE_HTML };
	struct buffer out = { 0 };

	try(json_text(test, "template"), html, json_object_get(test, "data"),
	    json_object_get(test, "partials"), &out);
	if (strcmp(buffer_text(&out), json_text(test, "expected")) != 0)
		fail_msg("%s: %s\n--- expected\n%s\n--- got\n%s", file,
		    json_text(test, "name"), json_text(test, "expected"),
		    buffer_text(&out));
	buffer_free(&out);
}

static void
keeps_the_specification(void **state)
{
	json_t *root, *tests, *test;
	char *text;
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof specs / sizeof specs[0]; i++) {
		text = sample_read(specs[i].file, NULL);
		root = json_of(text);
		tests = json_object_get(root, "tests");
		assert_int_equal(json_array_size(tests), specs[i].cases);
		json_array_foreach(tests, j, test)
		    run_case(specs[i].file, test);
		json_decref(root);
		free(text);
	}
}

/*
 * Not in the files above, but in what the specification says: among it what
 * its later versions put into words (implicit iterators, null, names with
 * dots in them), written anew from its text.
 */
static const struct {
	const char *values;
	const char *text;
	const char *expected;
} more[] = {
	{ "{\"a\":null}", "({{a}}{{#a}}x{{/a}}{{^a}}y{{/a}})", "(y)" },
	{ "{\"a\":\"\"}", "{{#a}}x{{/a}}{{^a}}y{{/a}}", "y" },
	{ "{\"a\":0}", "{{#a}}pain {{a}}{{/a}}", "pain 0" },
	{ "{\"a\":true}", "{{a}}", "true" },
	{ "{\"a\":[[1,2],[3]]}", "{{#a}}({{#.}}{{.}}{{/.}}){{/a}}", "(12)(3)" },
	{ "{\"a\":{\"b\":{}},\"b\":{\"c\":\"no\"}}", "{{#a}}[{{b.c}}]{{/a}}",
	    "[]" },
	{ "{\"a\":{\"n\":1},\"n\":2,\"m\":3}", "{{#a}}{{n}}{{m}}{{/a}}", "13" },
	{ "{\"a\":\"{{b}}\",\"b\":\"no\"}", "{{a}}{{&a}}", "{{b}}{{b}}" },
	{ "{\"a\":1}", "{{=| |=}}|a|{{a}}", "1{{a}}" },
	{ "{\"a\":\"<\"}", "{{=<% %>=}}<%{a}%><%&a%><%a%>", "<<&lt;" },
	{ "{}", "{ {a} } }}", "{ {a} } }}" },
	/* the item itself, in each of the ways to write a value */
	{ "{\"l\":[\"a\",1,2.5]}", "{{#l}}({{.}}){{/l}}", "(a)(1)(2.5)" },
	{ "{\"l\":[\"&\",\"<\"]}", "{{#l}}{{.}}{{{.}}}{{&.}}{{/l}}",
	    "&amp;&&&lt;<<" },
	{ "{\"l\":[{\"v\":[\"a\"]},{\"v\":[\"b\"]}]}",
	    "{{#l}}{{#v}}{{.}}{{/v}}{{/l}}", "ab" },
	{ "{\"l\":[true,false,true]}", "{{#l}}{{#.}}x{{/.}}{{^.}}o{{/.}}{{/l}}",
	    "xox" },
	/* null is nothing, and false */
	{ "{\"a\":null}", "({{a}}{{{a}}}{{&a}})", "()" },
	{ "{\"a\":{\"b\":null}}", "({{a.b}}{{#a.b}}x{{/a.b}})", "()" },
	{ "{\"a\":{\"b\":null},\"b\":\"no\"}", "{{#a}}({{b}}){{/a}}", "()" },
	/* a dot always parts a name */
	{ "{\"a.b\":\"no\"}", "({{a.b}})", "()" },
	{ "{\"a.b\":\"no\",\"a\":{\"b\":\"yes\"}}", "{{a.b}}", "yes" },
	/* a value as a section is its own context, and lets outer names in */
	{ "{\"a\":\"x\",\"b\":\"y\"}", "{{#a}}{{.}}{{b}}{{/a}}", "xy" },
	{ "{\"a\":{\"n\":1},\"l\":[{\"m\":2}]}",
	    "{{#a}}{{#l}}{{n}}{{m}}{{/l}}{{/a}}", "12" },
	{ "{\"a\":{\"b\":[{\"c\":1},{\"c\":2}]}}",
	    "{{#a.b}}{{c}}{{/a.b}}{{^a.b}}none{{/a.b}}", "12" },
	/* comments and delimiters within a section end with it no sooner */
	{ "{\"a\":true}", "{{#a}}{{! {{a}} }}x{{=<% %>=}}<%/a%>y", " }}xy" },
	{ "{\"a\":true}", "{{#a}}\r\n x\r\n{{/a}}\r\n", " x\r\n" },
};

static void
keeps_the_rest_of_it(void **state)
{
	struct mustache_options html = { .escape = ESCAPE_HTML };
	struct buffer out = { 0 };
	json_t *values;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof more / sizeof more[0]; i++) {
		values = json_of(more[i].values);
		buffer_clear(&out);
		try(more[i].text, html, values, NULL, &out);
		assert_string_equal(buffer_text(&out), more[i].expected);
		json_decref(values);
	}
	buffer_free(&out);
}

static const struct {
	enum escape escape;
	const char *value;
	const char *expected;
} escapes[] = {
	{ ESCAPE_NONE, "a <b> & *c*", "a <b> & *c*" },
	{ ESCAPE_HTML, "O'Neil <\"&>", "O&#39;Neil &lt;&quot;&amp;&gt;" },
	{ ESCAPE_MARKDOWN, "Jane", "Jane" },
	{ ESCAPE_MARKDOWN, "*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`" },
	{ ESCAPE_MARKDOWN, "# 1", "\\# 1" },
	{ ESCAPE_MARKDOWN, "- one", "\\- one" },
	{ ESCAPE_MARKDOWN, "12. one", "12\\. one" },
	{ ESCAPE_MARKDOWN, "12) one", "12\\) one" },
	{ ESCAPE_MARKDOWN, "+44 1632-960002", "\\+44 1632-960002" },
	{ ESCAPE_MARKDOWN, "[x](http://a.b)", "\\[x\\]\\(http://a.b\\)" },
	{ ESCAPE_MARKDOWN, "<b>&amp;", "\\<b\\>\\&amp;" },
	{ ESCAPE_MARKDOWN, "a\n\n# b\r\n    c", "a \\# b c" },
	{ ESCAPE_MARKDOWN, "===", "\\===" },
	{ ESCAPE_MARKDOWN, "~~~", "\\~\\~\\~" },
	{ ESCAPE_MARKDOWN, "a\\", "a\\\\" },
	{ ESCAPE_MARKDOWN, "é €", "é €" },
};

static void
values_stay_values(void **state)
{
	struct buffer out = { 0 };
	json_t *values = json_object();
	size_t i;

	(void)state;
	for (i = 0; i < sizeof escapes / sizeof escapes[0]; i++) {
		json_put_text(values, "v", escapes[i].value);
		buffer_clear(&out);
		try("{{v}}",
		    (struct mustache_options){ .escape = escapes[i].escape },
		    values, NULL, &out);
		assert_string_equal(buffer_text(&out), escapes[i].expected);
	}
	json_decref(values);
	buffer_free(&out);
}

/* A template, and why it is refused. */
static const struct {
	const char *text;
	const char *reason;
} refused[] = {
	{ "a\n{{x}}", "t:2: no value is given for {{x}}" },
	{ "{{n}}", "t:1: no value is given for {{n}}" },
	{ "{{o.x}}", "t:1: no value is given for {{o.x}}" },
	{ "{{o}}", "t:1: there is more than a text in {{o}}" },
	{ "\n\n{{#x}}y{{/x}}", "t:3: no value is given for {{x}}" },
	{ "{{^x}}y{{/x}}", "t:1: no value is given for {{x}}" },
	{ "{{>nobody}}", "t:1: there is no {{>nobody}}" },
	{ "a\n{{>inner}}", "inner:2: no value is given for {{y}}" },
	{ "{{>self}}",
	    "self:1: nested too deep, a partial may call itself {{>self}}" },
	{ "{{!\n\n}}\n{{x}}", "t:4: no value is given for {{x}}" },
	{ "a {{b", "t:1: a tag begins here and never ends" },
	{ "{{{b}}", "t:1: a tag begins here and never ends" },
	{ "{{}}", "t:1: a tag has no name" },
	{ "{{a b}}", "t:1: {{a b}}: a name has no spaces" },
	{ "{{a..b}}", "t:1: {{a..b}}: a part of the name is missing" },
	{ "{{#n}}\n", "t:1: {{#n}} is not closed" },
	{ "{{/n}}", "t:1: {{/n}} closes what is not open" },
	{ "{{#n}}\n{{/m}}", "t:2: {{/m}} stands where {{/n}} is expected, "
			    "which line 1 opens" },
	{ "{{=<%=}}", "t:1: new delimiters are written {{=<% %>=}}" },
	{ "{{=a b c=}}", "t:1: new delimiters are two words, not more" },
	{ "\xff", "t: is not UTF-8" },
};

static void
refuses_rather_than_guesses(void **state)
{
	struct mustache_options strict = { .strict = true };
	struct buffer out = { 0 };
	json_t *values = json_of("{\"n\":null,\"o\":{}}");
	json_t *partials = json_of("{\"inner\":\"x\\n{{y}}\","
				   "\"self\":\"{{>self}}\"}");
	size_t i;

	(void)state;
	for (i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		buffer_clear(&out);
		assert_int_equal(STATUS_CONFIG,
		    try(refused[i].text, strict, values, partials, &out));
		assert_string_equal(buffer_text(&out), refused[i].reason);
	}
	json_decref(values);
	json_decref(partials);
	buffer_free(&out);
}

/* Sections 65 deep, and a list whose rendering grows past what out holds. */
static void
has_bounds(void **state)
{
	struct buffer deep = { 0 }, out = { .cap = 1000 };
	json_t *values = json_of("{\"a\":[1,2,3,4,5,6,7,8,9,10]}");
	int i;

	(void)state;
	for (i = 0; i < 65; i++)
		buffer_puts(&deep, "{{#a}}");
	for (i = 0; i < 65; i++)
		buffer_puts(&deep, "{{/a}}");
	assert_int_equal(STATUS_CONFIG,
	    try(buffer_text(&deep), (struct mustache_options){ 0 }, values,
		NULL, &out));
	assert_string_equal(
	    buffer_text(&out), "t:1: sections are nested too deep");
	buffer_clear(&out);
	assert_int_equal(STATUS_CONFIG,
	    try("{{#a}}{{#a}}{{#a}}long{{/a}}{{/a}}{{/a}}",
		(struct mustache_options){ 0 }, values, NULL, &out));
	assert_string_equal(buffer_text(&out), "t:1: too long a text");
	buffer_clear(&out);
	assert_int_equal(STATUS_CONFIG,
	    try("{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{^b}}{{/b}}"
		"{{/a}}{{/a}}{{/a}}{{/a}}{{/a}}{{/a}}",
		(struct mustache_options){ 0 }, values, NULL, &out));
	assert_string_equal(buffer_text(&out), "t:1: no end in sight {{b}}");
	json_decref(values);
	buffer_free(&deep);
	buffer_free(&out);
}

static void
note_name(void *closure, const char *name, int line, bool partial)
{
	buffer_printf(closure, "%s%s:%d ", partial ? ">" : "", name, line);
}

static void
tells_its_names(void **state)
{
	struct mustache *template = NULL;
	struct buffer out = { 0 };

	(void)state;
	assert_int_equal(STATUS_OK,
	    mustache_parse("t",
		"Hi {{name}}\n{{#list}}\n{{.}} {{{x.y}}}\n{{/list}}\n"
		"{{! no }}{{^gone}}{{>foot}}{{/gone}}",
		&template, NULL));
	mustache_names(template, note_name, &out);
	assert_string_equal(
	    buffer_text(&out), "name:1 list:2 x.y:3 gone:5 >foot:5 ");
	mustache_free(template);
	mustache_free(NULL);
	buffer_free(&out);
}

/* Inside a partial each line is indented, but not one that is empty. */
static void
indents_partials(void **state)
{
	struct buffer out = { 0 };
	json_t *values = json_of("{\"a\":[1,2]}");
	json_t *partials = json_of(
	    "{\"p\":\"x\\n\\n{{#a}}\\n- {{.}}\\n{{/a}}\\n  {{>q}}\\nz\","
	    "\"q\":\"1\\n2\\n\"}");

	(void)state;
	try("  {{>p}}\nend", (struct mustache_options){ 0 }, values, partials,
	    &out);
	assert_string_equal(
	    buffer_text(&out), "  x\n\n  - 1\n  - 2\n    1\n    2\n  zend");
	json_decref(values);
	json_decref(partials);
	buffer_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_the_specification),
		cmocka_unit_test(keeps_the_rest_of_it),
		cmocka_unit_test(values_stay_values),
		cmocka_unit_test(refuses_rather_than_guesses),
		cmocka_unit_test(has_bounds),
		cmocka_unit_test(tells_its_names),
		cmocka_unit_test(indents_partials),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
