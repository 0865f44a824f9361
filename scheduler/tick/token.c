#include "tick/token.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum status
token_find(struct store *store, const char *text, struct message *message,
    struct why *why)
{
	while (text != NULL && *text != '\0') {
		size_t len = strspn(text, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
					  "abcdefghjkmnpqrstvwxyz");
		char key[KEY_SIZE] = "";
		enum status status;

		if (len != KEY_SIZE - 1) {
			text += len > 0 ? len : 1;
			continue;
		}
		for (size_t k = 0; k < len; k++)
			key[k] = (char)toupper((unsigned char)text[k]);
		text += len;
		status = outbox_by_key(store, key, message, why);
		if (status != STATUS_NONE)
			return status;
	}
	return STATUS_NONE;
}

void
token_address(const char *address, const char *key, char out[EMAIL_SIZE])
{
	const char *domain = strrchr(address, '@');
	size_t used;

	snprintf(out, EMAIL_SIZE, "%.*s+%s%s", (int)(domain - address), address,
	    key, domain);
	used = (size_t)(domain - address) + 1;
	for (size_t k = 0; k < strlen(key); k++)
		out[used + k] = (char)tolower((unsigned char)key[k]);
}
