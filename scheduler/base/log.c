#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

static enum log_level level_now = LOG_NORMAL;

void
log_set_level(enum log_level level)
{
	level_now = level;
}

enum log_level
log_get_level(void)
{
	return level_now;
}

/* One write an entry, so that the lines of two ticks never mix. */
static void
write_line(const char *fmt, va_list ap)
{
	char text[1024];

	if (vsnprintf(text, sizeof(text), fmt, ap) < 0)
		return;
	for (char *p = text; *p != '\0'; p++) {
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = ' ';
	}
	fprintf(stderr, "keepmoving: %s\n", text);
}

void
log_error(const char *fmt, ...)
{
	va_list ap;

	if (level_now < LOG_QUIET)
		return;
	va_start(ap, fmt);
	write_line(fmt, ap);
	va_end(ap);
}

void
log_note(const char *fmt, ...)
{
	va_list ap;

	if (level_now < LOG_NORMAL)
		return;
	va_start(ap, fmt);
	write_line(fmt, ap);
	va_end(ap);
}

void
log_detail(const char *fmt, ...)
{
	va_list ap;

	if (level_now < LOG_VERBOSE)
		return;
	va_start(ap, fmt);
	write_line(fmt, ap);
	va_end(ap);
}
