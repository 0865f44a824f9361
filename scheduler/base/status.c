#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

/*
 * A reason is one line for a person: what would break the line becomes a
 * space, and a cut never leaves half a character behind.
 */
static void
tidy(char *text, bool cut)
{
	size_t end = strlen(text);

	for (char *p = text; *p != '\0'; p++) {
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = ' ';
	}
	if (!cut)
		return;
	while (end > 0 && ((unsigned char)text[end - 1] & 0xc0) == 0x80)
		end--;
	if (end > 0 && (unsigned char)text[end - 1] >= 0xc0)
		end--;
	text[end] = '\0';
}

enum status
why_set(struct why *why, enum status status, const char *fmt, ...)
{
	/* Written aside first: an argument may be the reason that is there. */
	struct why fresh;
	va_list ap;
	int wrote;

	if (why == NULL)
		return status;
	va_start(ap, fmt);
	wrote = vsnprintf(fresh.text, sizeof(fresh.text), fmt, ap);
	va_end(ap);
	if (wrote < 0)
		fresh.text[0] = '\0';
	tidy(fresh.text, wrote >= (int)sizeof(fresh.text));
	*why = fresh;
	return status;
}

enum status
why_prefix(struct why *why, enum status status, const char *fmt, ...)
{
	struct why words;
	va_list ap;

	if (why == NULL)
		return status;
	va_start(ap, fmt);
	if (vsnprintf(words.text, sizeof(words.text), fmt, ap) < 0)
		words.text[0] = '\0';
	va_end(ap);
	return why_set(why, status, "%s: %s", words.text, why->text);
}

int
status_exit(enum status status)
{
	static const int codes[STATUS__MAX] = {
		[STATUS_OK] = EX_OK,
		[STATUS_NONE] = EX_DATAERR,
		[STATUS_USAGE] = EX_USAGE,
		[STATUS_BAD_DATA] = EX_DATAERR,
		[STATUS_NO_FILE] = EX_NOINPUT,
		[STATUS_UNAVAILABLE] = EX_UNAVAILABLE,
		[STATUS_CANT_CREATE] = EX_CANTCREAT,
		[STATUS_TRY_LATER] = EX_TEMPFAIL,
		[STATUS_DENIED] = EX_NOPERM,
		[STATUS_CONFIG] = EX_CONFIG,
		[STATUS_BROKEN] = EX_SOFTWARE,
	};

	if ((unsigned)status >= STATUS__MAX)
		return EX_SOFTWARE;
	return codes[status];
}

void
panic(const char *fmt, ...)
{
	va_list ap;

	fputs("keepmoving: a bug stopped the program: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	abort();
}
