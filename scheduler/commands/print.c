#include "commands/print.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "base/utf8.h"

const char *const print_weekdays[8] = { "", "Monday", "Tuesday", "Wednesday",
	"Thursday", "Friday", "Saturday", "Sunday" };

static const char *const months[13] = { "", "Jan", "Feb", "Mar", "Apr", "May",
	"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

static int
width_of(const char *text, size_t len)
{
	const char *p = text;
	const char *end = text + len;
	int width = 0;
	while (p < end) {
		(void)utf8_next(&p, end);
		width++;
	}
	return width;
}

int
print_width(const char *text)
{
	return width_of(text, strlen(text));
}

void
print_padded(FILE *out, int columns, const char *text)
{
	fprintf(out, "%s%*s", text,
	    columns - print_width(text) > 0 ? columns - print_width(text) : 0,
	    "");
}

/* One paragraph, word by word; a word too long for a line has its own. */
static void
print_paragraph(FILE *out, int column, const char *text, size_t len)
{
	int at = column;
	bool first = true;
	for (size_t i = 0; i < len;) {
		size_t word = strcspn(text + i, " \n");
		if (i + word > len)
			word = len - i;
		if (word == 0) {
			i++;
			continue;
		}
		int width = width_of(text + i, word);
		if (!first && at + 1 + width > PRINT_COLUMNS) {
			fprintf(out, "\n%*s", column, "");
			at = column;
			first = true;
		}
		fprintf(out, "%s%.*s", first ? "" : " ", (int)word, text + i);
		at += width + (first ? 0 : 1);
		first = false;
		i += word;
	}
	fputc('\n', out);
}

void
print_hanging(FILE *out, const char *lead, int column, const char *text)
{
	char *clean = utf8_clean(text, strlen(text));
	for (char *p = clean; *p != '\0'; p++)
		if (*p == '\t')
			*p = ' ';
	size_t len = strlen(clean);
	while (len > 0 && clean[len - 1] == '\n')
		len--;
	clean[len] = '\0';

	print_padded(out, column, lead);
	if (*lead != '\0' && print_width(lead) >= column)
		fputc(' ', out);
	const char *p = clean;
	for (;;) {
		size_t line = strcspn(p, "\n");
		print_paragraph(out, column, p, line);
		if (p[line] == '\0')
			break;
		p += line + 1;
		/* An empty line needs no indent. */
		if (*p != '\n')
			fprintf(out, "%*s", column, "");
	}
	free(clean);
}

void
print_hanging_f(FILE *out, const char *lead, int column, const char *fmt, ...)
{
	char *words = NULL;
	va_list ap;
	va_start(ap, fmt);
	int len = vasprintf(&words, fmt, ap);
	va_end(ap);
	if (len < 0)
		panic("out of memory");
	print_hanging(out, lead, column, words);
	free(words);
}

const char *
print_day(struct date date, char out[PRINT_WHEN_SIZE])
{
	snprintf(out, PRINT_WHEN_SIZE, "%.3s %d %s %d",
	    print_weekdays[date_weekday(date)], date.day, months[date.month],
	    date.year);
	return out;
}

const char *
print_clock(const struct zone *zone, int64_t at, char out[PRINT_WHEN_SIZE])
{
	int minute = zone_local(zone, at).second / 60;
	snprintf(out, PRINT_WHEN_SIZE, "%02d:%02d", minute / 60, minute % 60);
	return out;
}

const char *
print_when(const struct zone *zone, int64_t at, char out[PRINT_WHEN_SIZE])
{
	char clock[PRINT_WHEN_SIZE];
	char day[PRINT_WHEN_SIZE];
	print_day(zone_local(zone, at).date, day);
	snprintf(out, PRINT_WHEN_SIZE, "%.24s %.8s", day,
	    print_clock(zone, at, clock));
	return out;
}
