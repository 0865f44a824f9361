#include "fuzz.h"

#include <string.h>

#include "base/memory.h"
#include "base/status.h"
#include "base/utf8.h"

char *
fuzz_text(const uint8_t *bytes, size_t len)
{
	return xstrndup(len == 0 ? "" : (const char *)bytes, len);
}

unsigned
fuzz_choice(const uint8_t **bytes, size_t *len, unsigned below)
{
	unsigned choice;

	if (*len == 0)
		return 0;
	choice = **bytes % below;
	++*bytes;
	--*len;
	return choice;
}

void
fuzz_expect(bool holds, const char *what, const char *text)
{
	if (!holds)
		panic("%s: %s", what, text);
}

bool
fuzz_is_clean(const char *text)
{
	if (!utf8_valid(text, strlen(text)))
		return false;
	for (; *text != '\0'; text++)
		if (*text == 0x7f || ((unsigned char)*text < ' ' &&
					 *text != '\n' && *text != '\t'))
			return false;
	return true;
}
