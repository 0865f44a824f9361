/* Keyed hashes and signatures, against what others have computed. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/sign.h"

static void
hashes_are_those_of_the_standards(void **state)
{
	static const char text[] = "what do ya want for nothing?";
	static const struct {
		enum sign_hash hash;
		const char *hex; /* RFC 2202 and RFC 4231, test case 2 */
	} cases[] = {
		{ SIGN_SHA1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79" },
		{ SIGN_SHA256, "5bdcc146bf60754e6a042426089575c75a003f089d2739"
			       "839dec58b964ec3843" },
		{ SIGN_SHA384, "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b"
			       "47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab2"
			       "1649" },
		{ SIGN_SHA512, "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831f"
			       "d610270cd7ea2505549758bf75c05a994a6d034f65f8f0"
			       "e6fdcaeab1a34d4a6b4b636e070a38bce737" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *hex =
		    sign_hmac_hex(cases[i].hash, "Jefe", text, strlen(text));

		assert_string_equal(hex, cases[i].hex);
		free(hex);
	}
}

static void
base64_is_read_in_both_alphabets(void **state)
{
	static const struct {
		const char *text;
		const char *bytes; /* NULL where it is none */
	} cases[] = {
		{ "", "" },
		{ "Zg==", "f" },
		{ "Zg", "f" },
		{ "Zm8=", "fo" },
		{ "Zm9v", "foo" },
		{ "Zm9vYmE", "fooba" },
		{ "_-8=", "\xff\xef" },
		{ "/+8=", "\xff\xef" },
		{ "Z", NULL },
		{ "Zg===", NULL },
		{ "Z g=", NULL },
		{ "Zm9v\n", NULL },
		{ "=", NULL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buffer out = { 0 };
		bool ok = sign_base64_decode(
		    cases[i].text, strlen(cases[i].text), &out);

		if (ok != (cases[i].bytes != NULL))
			fail_msg("\"%s\"", cases[i].text);
		if (ok)
			assert_string_equal(buffer_text(&out), cases[i].bytes);
		else
			assert_int_equal(out.len, 0);
		buffer_free(&out);
	}
}

/* Keys and signatures by the openssl command. */
#define ED_KEY "FAunjHEplVD60m5q4dT/uQg/xMQrp3XetGpP9+hZz1c="
#define ED_SIGNATURE                                                          \
	"ChkyXZWySvXQmGZDxxcfr1nsXD6Xve6NohxDQAZraoTOPlagJ+P7XruwMTqlGomoP7Z" \
	"+Nk+gt6iZ7qrSzNr+AA=="
#define ED_TEXT "1767225600|{\"data\":{}}"
#define EC_KEY                                                                \
	"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAESUneQsBpPmI+NOPjJMeHy267Px9PEpG" \
	"+NRiJ1IRtg61DsEdbYY36x+/RQh8y5mso9sSvavj7sl2IdUuLVtipCg=="
#define EC_SIGNATURE                                                          \
	"MEQCIH/HxQIU1pUEv0twiMuuw3acUXraH3gkUGSFU2Q7enbdAiAhD09wfdJ3R5Owh59" \
	"gsc/I8jJaFxN3nThw1JLNZldxNA=="
#define EC_TEXT "1767225600[{\"event\":\"delivered\"}]\r\n"

static struct buffer
bytes_of(const char *text)
{
	struct buffer out = { 0 };

	assert_true(sign_base64_decode(text, strlen(text), &out));
	return out;
}

static void
ed25519_is_verified(void **state)
{
	struct buffer key = bytes_of(ED_KEY), sig = bytes_of(ED_SIGNATURE);

	(void)state;
	assert_true(sign_ed25519_ok(
	    key.data, key.len, sig.data, sig.len, ED_TEXT, strlen(ED_TEXT)));
	assert_false(sign_ed25519_ok(key.data, key.len, sig.data, sig.len,
	    ED_TEXT, strlen(ED_TEXT) - 1));
	assert_false(sign_ed25519_ok(
	    key.data, key.len, sig.data, 63, ED_TEXT, strlen(ED_TEXT)));
	assert_false(sign_ed25519_ok(
	    key.data, 31, sig.data, sig.len, ED_TEXT, strlen(ED_TEXT)));
	sig.data[0] ^= 1;
	assert_false(sign_ed25519_ok(
	    key.data, key.len, sig.data, sig.len, ED_TEXT, strlen(ED_TEXT)));
	buffer_free(&key);
	buffer_free(&sig);
}

static void
ecdsa_is_verified(void **state)
{
	static const char pem[] = "-----BEGIN PUBLIC KEY-----\n" EC_KEY
				  "\n-----END PUBLIC KEY-----\n";
	struct buffer sig = bytes_of(EC_SIGNATURE);

	(void)state;
	assert_true(
	    sign_ecdsa_ok(EC_KEY, sig.data, sig.len, EC_TEXT, strlen(EC_TEXT)));
	assert_true(
	    sign_ecdsa_ok(pem, sig.data, sig.len, EC_TEXT, strlen(EC_TEXT)));
	assert_false(sign_ecdsa_ok(
	    pem, sig.data, sig.len, EC_TEXT, strlen(EC_TEXT) - 2));
	assert_false(sign_ecdsa_ok(
	    "nonsense", sig.data, sig.len, EC_TEXT, strlen(EC_TEXT)));
	assert_false(
	    sign_ecdsa_ok("", sig.data, sig.len, EC_TEXT, strlen(EC_TEXT)));
	assert_false(sign_ecdsa_ok(pem, "", 0, EC_TEXT, strlen(EC_TEXT)));
	buffer_free(&sig);
}

static void
texts_are_compared_whole(void **state)
{
	(void)state;
	assert_true(sign_same("abc", "abc"));
	assert_false(sign_same("abc", "abd"));
	assert_false(sign_same("abc", "ab"));
	assert_false(sign_same(NULL, NULL));
	assert_false(sign_same("abc", NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hashes_are_those_of_the_standards),
		cmocka_unit_test(base64_is_read_in_both_alphabets),
		cmocka_unit_test(ed25519_is_verified),
		cmocka_unit_test(ecdsa_is_verified),
		cmocka_unit_test(texts_are_compared_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
