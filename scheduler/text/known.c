#include "text/known.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "base/utf8.h"

#define HASH_START UINT64_C(14695981039346656037)
#define HASH_STEP UINT64_C(1099511628211) /* FNV-1a */
#define BEGINS UINT64_C(0x9e3779b97f4a7c15) /* of a run that a text begins */

/* Where a word stands in its text, and a number for its letters. */
struct word {
	size_t begin, end;
	uint64_t hash;
	bool said; /* before */
};

struct words {
	struct word *list;
	size_t len, size;
};

static void
add_word(struct words *words, struct word word)
{
	if (words->len == words->size) {
		words->size = words->size == 0 ? 256 : words->size * 2;
		words->list =
		    xrealloc(words->list, words->size, sizeof *words->list);
	}
	words->list[words->len++] = word;
}

/* "<tel:116 123>", "<care@clinic.example>": what some mailers write behind a
 * link, and nobody between two words. */
static size_t
bracket_length(const char *text)
{
	size_t len, word;

	if (*text != '<')
		return 0;
	len = strcspn(text + 1, "<>\r\n");
	word = strcspn(text + 1, " \t:@<>\r\n");
	if (text[1 + len] != '>' ||
	    (text[1 + word] != ':' && text[1 + word] != '@'))
		return 0;
	return len + 2;
}

/* "1. ", "o ": what some put before the items of a list, and some don't; a
 * number also where they are all on one line. */
static size_t
item_length(const char *text, bool line_begins)
{
	size_t digits = strspn(text, "0123456789");

	if (digits > 0 && digits < 3 &&
	    (text[digits] == '.' || text[digits] == ')') &&
	    text[digits + 1] == ' ')
		return digits + 2;
	return line_begins && strncmp(text, "o ", 2) == 0 ? 2 : 0;
}

/* An apostrophe, or what is not seen: "don't" is "dont". */
static bool
is_within(uint32_t code)
{
	return code == '\'' || code == '`' || code == 0xb4 || code == 0x2018 ||
	       code == 0x2019 || utf8_kind(code) == UTF8_UNSEEN;
}

/* Step over one word; its hash stays at the start where there is none. */
static struct word
read_word(const char *text, const char **p, const char *end)
{
	struct word word = { (size_t)(*p - text), 0, HASH_START, false };
	const char *next = *p;

	for (; *p < end; *p = next) {
		uint32_t code = utf8_next(&next, end);

		if (is_within(code))
			continue;
		if (utf8_kind(code) != UTF8_WORD)
			break;
		word.hash ^= utf8_lower_code(code);
		word.hash *= HASH_STEP;
	}
	word.end = (size_t)(*p - text);
	return word;
}

static struct words
read_words(const char *text)
{
	struct words words = { 0 };
	const char *p = text, *end = text + strlen(text);
	bool line_begins = true;

	while (p < end) {
		size_t skip = bracket_length(p);
		struct word word;

		if (line_begins || (p > text && p[-1] == ' '))
			skip += item_length(p, line_begins);
		if (skip > 0) {
			p += skip;
			line_begins = false;
			continue;
		}
		word = read_word(text, &p, end);
		if (word.hash != HASH_START) {
			add_word(&words, word);
			line_begins = false;
		} else if (p < end) {
			line_begins =
			    *p == '\n' ||
			    (line_begins && strchr(" \t>*-", *p) != NULL);
			utf8_next(&p, end);
		}
	}
	return words;
}

static uint64_t
run_at(const struct words *words, size_t i)
{
	uint64_t hash = HASH_START;

	for (size_t n = 0; n < KNOWN_RUN; n++) {
		hash ^= words->list[i + n].hash;
		hash *= HASH_STEP;
	}
	return hash;
}

static void
add_run(struct known *known, uint64_t run)
{
	if (known->len == known->size) {
		known->size = known->size == 0 ? 256 : known->size * 2;
		known->runs =
		    xrealloc(known->runs, known->size, sizeof *known->runs);
	}
	known->runs[known->len++] = run;
}

void
known_add(struct known *known, const char *text)
{
	struct words words = read_words(text);

	for (size_t i = 0; i + KNOWN_RUN <= words.len; i++)
		add_run(known, run_at(&words, i));
	if (words.len >= KNOWN_RUN)
		add_run(known, run_at(&words, 0) ^ BEGINS);
	free(words.list);
}

void
known_free(struct known *known)
{
	free(known->runs);
	*known = (struct known){ 0 };
}

static int
compare_runs(const void *a, const void *b)
{
	const uint64_t *one = a, *two = b;

	return (*one > *two) - (*one < *two);
}

static bool
has_run(struct known *known, uint64_t run)
{
	if (known->len == 0)
		return false;
	if (known->sorted < known->len)
		qsort(known->runs, known->len, sizeof run, compare_runs);
	known->sorted = known->len;
	return bsearch(&run, known->runs, known->len, sizeof run,
		   compare_runs) != NULL;
}

bool
known_begins(struct known *known, const char *text)
{
	struct words words = read_words(text);
	bool begins = words.len >= KNOWN_RUN &&
		      has_run(known, run_at(&words, 0) ^ BEGINS);

	free(words.list);
	return begins;
}

static void
mark_said(struct known *known, struct words *words)
{
	for (size_t i = 0; i + KNOWN_RUN <= words->len; i++) {
		if (!has_run(known, run_at(words, i)))
			continue;
		for (size_t n = 0; n < KNOWN_RUN; n++)
			words->list[i + n].said = true;
	}
}

/* Words that stand side by side in one line, as they stand there: from where
 * the line begins or the last word said before ends. */
static void
add_piece(struct buffer *out, const char *text, size_t from, size_t to)
{
	while (to > from && strchr(" \t\r\n", text[to - 1]) != NULL)
		to--;
	while (from < to && strchr(" \t\r\n.,;:>*-", text[from]) != NULL)
		from++;
	if (from == to)
		return;
	if (out->len > 0)
		buffer_putc(out, '\n');
	buffer_add(out, text + from, to - from);
}

char *
known_beyond(struct known *known, const char *text)
{
	struct words words = read_words(text);
	struct buffer out = { 0 };
	size_t i = 0, n, to;

	mark_said(known, &words);
	while (i < words.len) {
		const struct word *first = &words.list[i];
		size_t line = first->begin + strcspn(text + first->begin, "\n");

		if (first->said) {
			i++;
			continue;
		}
		for (n = i; n < words.len && !words.list[n].said &&
			    words.list[n].begin < line;)
			n++;
		to = n < words.len && words.list[n].begin < line
			 ? words.list[n].begin
			 : line;
		add_piece(&out, text, first->begin, to);
		i = n;
	}
	free(words.list);
	return buffer_take(&out);
}

bool
known_within(const char *text, const char *whole)
{
	struct words some = read_words(text), all = read_words(whole);
	size_t found = 0;

	for (size_t i = 0; i < all.len && found < some.len; i++)
		found += all.list[i].hash == some.list[found].hash;
	free(all.list);
	free(some.list);
	return found == some.len;
}
