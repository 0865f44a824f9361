#include "simulate/names.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct name {
	char *text; /* NULL: free */
	int number;
};

/* FNV-1a. */
static size_t
hash(const char *text)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	for (const unsigned char *p = (const unsigned char *)text; *p; p++)
		h = (h ^ *p) * UINT64_C(0x100000001b3);
	return (size_t)(h ^ (h >> 32));
}

/* Where the text stands, or where it would. */
static struct name *
find(const struct names *names, const char *text)
{
	size_t i = hash(text) & (names->size - 1);
	while (names->slots[i].text != NULL &&
	       strcmp(names->slots[i].text, text) != 0)
		i = (i + 1) & (names->size - 1);
	return &names->slots[i];
}

static void
grow(struct names *names)
{
	struct names larger = { .size = names->size > 0 ? names->size * 2 : 256,
		.len = names->len };
	larger.slots = xcalloc(larger.size, sizeof *larger.slots);
	for (size_t i = 0; i < names->size; i++)
		if (names->slots[i].text != NULL)
			*find(&larger, names->slots[i].text) = names->slots[i];
	free(names->slots);
	*names = larger;
}

int *
names_put(struct names *names, const char *text)
{
	if (names->len * 2 >= names->size)
		grow(names);
	struct name *name = find(names, text);
	if (name->text == NULL) {
		name->text = xstrdup(text);
		names->len++;
	}
	return &name->number;
}

int *
names_get(const struct names *names, const char *text)
{
	if (names->size == 0)
		return NULL;
	struct name *name = find(names, text);
	return name->text != NULL ? &name->number : NULL;
}

void
names_free(struct names *names)
{
	for (size_t i = 0; i < names->size; i++)
		free(names->slots[i].text);
	free(names->slots);
	*names = (struct names){ 0 };
}
