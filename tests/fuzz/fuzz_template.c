/* A template and what an email is made of: parsed, named, filled in each way,
 * and its Markdown turned into HTML and into plain text. */
#include "fuzz.h"

#include <stdlib.h>

#include "text/markdown.h"
#include "text/mustache.h"

static const char values_text[] =
    "{\"name\":\"Ann <b>& co\",\"pain\":0,\"yes\":true,\"no\":false,"
    "\"nothing\":null,\"list\":[{\"name\":\"x\"},{\"name\":\"{{name}}\"}],"
    "\"clinic\":{\"phone\":\"+441632960001\",\"name\":\"*R*\"},\"empty\":\"\"}";

struct seen {
	const struct mustache *self;
	int names;
};

static void
see(void *closure, const char *name, int line, bool partial)
{
	struct seen *seen = closure;

	(void)partial;
	fuzz_expect(*name != '\0' && line > 0, "a name without a line", name);
	seen->names++;
}

/* A template may hold itself: that must end. */
static const struct mustache *
partial(void *closure, const char *name)
{
	const struct seen *seen = closure;

	return *name == 'm' ? NULL : seen->self;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static json_t *values;
	char *text = fuzz_text(bytes, len), *html, *plain;
	struct mustache *template = NULL;
	struct why why = { "" };
	struct seen seen = { 0 };

	if (values == NULL)
		values = json_loads(values_text, 0, NULL);
	fuzz_expect(values != NULL, "the values are JSON", values_text);
	if (mustache_parse("fuzz", text, &template, &why) == STATUS_OK) {
		seen.self = template;
		mustache_names(template, see, &seen);
		for (unsigned i = 0; i < 2 * (unsigned)ESCAPE__MAX; i++) {
			struct mustache_options options = {
				.escape = (enum escape)(i / 2),
				.strict = i % 2 == 0,
				.partial = partial,
				.closure = &seen,
			};
			struct buffer out = { .cap = 65536 };

			(void)mustache_render(
			    template, &options, values, &out, &why);
			buffer_free(&out);
		}
	}
	mustache_free(template);
	html = markdown_html(text, "Your check-in", "en");
	plain = markdown_plain(text);
	free(html);
	free(plain);
	free(text);
	return 0;
}
