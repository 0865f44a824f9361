#include "base/base64.h"

#include <stdint.h>

#include "base/memory.h"

char *
base64_encode(const void *bytes, size_t len)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *in = bytes;
	char *text = xcalloc(len / 3 + 1, 4 + 1);
	char *out = text;

	for (size_t i = 0; i < len; i += 3) {
		size_t left = len - i;
		uint32_t three = (uint32_t)in[i] << 16;

		if (left > 1)
			three |= (uint32_t)in[i + 1] << 8;
		if (left > 2)
			three |= in[i + 2];
		*out++ = letters[three >> 18];
		*out++ = letters[three >> 12 & 63];
		*out++ = left > 1 ? letters[three >> 6 & 63] : '=';
		*out++ = left > 2 ? letters[three & 63] : '=';
	}
	*out = '\0';
	return text;
}
