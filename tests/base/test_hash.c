/* Fingerprints and base64, by the examples of FIPS 180-4 and RFC 4648. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/hash.h"
#include "base/memory.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct {
	const char *text, *hash;
} hashes[] = {
	{ "", "e3b0c44298fc1c149afbf4c8996fb924"
	      "27ae41e4649b934ca495991b7852b855" },
	{ "abc", "ba7816bf8f01cfea414140de5dae2223"
		 "b00361a396177a9cb410ff61f20015ad" },
	{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	    "248d6a61d20638b8e5c026930c3e6039"
	    "a33ce45964ff2167f6ecedd419db06c1" },
};

static void
each_text_has_its_fingerprint(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(hashes); i++) {
		char hash[HASH_SIZE];

		hash_hex(hashes[i].text, strlen(hashes[i].text), hash);
		assert_string_equal(hash, hashes[i].hash);
	}
}

static const struct {
	const char *bytes;
	size_t len;
	const char *text;
} encodings[] = {
	{ "", 0, "" },
	{ "f", 1, "Zg==" },
	{ "fo", 2, "Zm8=" },
	{ "foo", 3, "Zm9v" },
	{ "foob", 4, "Zm9vYg==" },
	{ "fooba", 5, "Zm9vYmE=" },
	{ "foobar", 6, "Zm9vYmFy" },
	{ "\0\xff\xfe\xfb", 4, "AP/++w==" },
};

static void
bytes_become_letters(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(encodings); i++) {
		size_t len = encodings[i].len;
		char *exact = xcalloc(len, 1), *text;

		memcpy(exact, encodings[i].bytes, len);
		text = base64_encode(exact, len);
		assert_string_equal(text, encodings[i].text);
		free(text);
		free(exact);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_text_has_its_fingerprint),
		cmocka_unit_test(bytes_become_letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
