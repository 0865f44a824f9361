#include "commands/print.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/columns.h"
#include "base/status.h"

const char *const print_weekdays[8] = { "", "Monday", "Tuesday", "Wednesday",
	"Thursday", "Friday", "Saturday", "Sunday" };

static const char *const months[13] = { "", "Jan", "Feb", "Mar", "Apr", "May",
	"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

int
print_width(const char *text)
{
	return columns_width(text);
}

const char *
print_body(const char *body)
{
	return body[strspn(body, " \t\r\n")] != '\0' ? body : "[no words]";
}

void
print_padded(FILE *out, int columns, const char *text)
{
	columns_padded(out, columns, text);
}

void
print_hanging(FILE *out, const char *lead, int column, const char *text)
{
	columns_hanging(out, lead, column, PRINT_COLUMNS, text);
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
