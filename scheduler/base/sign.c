#include "base/sign.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/memory.h"
#include "base/status.h"

static const EVP_MD *
hash_of(enum sign_hash hash)
{
	switch (hash) {
	case SIGN_SHA1:
		return EVP_sha1();
	case SIGN_SHA256:
		return EVP_sha256();
	case SIGN_SHA384:
		return EVP_sha384();
	case SIGN_SHA512:
		return EVP_sha512();
	case SIGN__MAX:
		break;
	}
	panic("no such hash");
}

size_t
sign_hmac(enum sign_hash hash, const void *key, size_t key_len,
    const void *bytes, size_t len, unsigned char out[SIGN_SIZE])
{
	unsigned int size = 0;

	if (HMAC(hash_of(hash), key, (int)key_len,
		bytes == NULL ? (const void *)"" : bytes, len, out,
		&size) == NULL)
		panic("libcrypto has no HMAC");
	return size;
}

char *
sign_hmac_hex(
    enum sign_hash hash, const char *key, const void *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char sum[SIGN_SIZE];
	size_t size = sign_hmac(hash, key, strlen(key), bytes, len, sum), i;
	char *text = xcalloc(2 * size + 1, 1);

	for (i = 0; i < size; i++) {
		text[2 * i] = digits[sum[i] >> 4];
		text[2 * i + 1] = digits[sum[i] & 15];
	}
	return text;
}

char *
sign_hmac_base64(
    enum sign_hash hash, const char *key, const void *bytes, size_t len)
{
	unsigned char sum[SIGN_SIZE];
	size_t size = sign_hmac(hash, key, strlen(key), bytes, len, sum);

	return base64_encode(sum, size);
}

bool
sign_same(const char *a, const char *b)
{
	size_t len;

	if (a == NULL || b == NULL)
		return false;
	len = strlen(a);
	return len == strlen(b) && CRYPTO_memcmp(a, b, len) == 0;
}

/* The six bits of a letter, or -1. */
static int
bits_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '+' || c == '-')
		return 62;
	return c == '/' || c == '_' ? 63 : -1;
}

bool
sign_base64_decode(const char *text, size_t len, struct buffer *out)
{
	struct buffer bytes = { 0 };
	uint32_t held = 0;
	int bits = 0;
	size_t end = len, i;
	bool ok;

	while (end > 0 && len - end < 2 && text[end - 1] == '=')
		end--;
	for (i = 0; i < end && bits_of(text[i]) >= 0; i++) {
		held = held << 6 | (uint32_t)bits_of(text[i]);
		bits += 6;
		if (bits < 8)
			continue;
		bits -= 8;
		buffer_putc(&bytes, (char)(held >> bits & 0xff));
	}
	ok = i == end && end % 4 != 1 && (end == len || len % 4 == 0);
	if (ok)
		buffer_add(out, buffer_text(&bytes), bytes.len);
	buffer_free(&bytes);
	return ok;
}

static bool
verified(EVP_PKEY *key, const EVP_MD *hash, const void *signature,
    size_t signature_len, const void *bytes, size_t len)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool ok;

	if (context == NULL)
		panic("out of memory");
	ok = key != NULL &&
	     EVP_DigestVerifyInit(context, NULL, hash, NULL, key) == 1 &&
	     EVP_DigestVerify(context, signature, signature_len,
		 bytes == NULL ? (const void *)"" : bytes, len) == 1;
	EVP_MD_CTX_free(context);
	return ok;
}

bool
sign_ed25519_ok(const void *public_key, size_t key_len, const void *signature,
    size_t signature_len, const void *bytes, size_t len)
{
	EVP_PKEY *key;
	bool ok;

	if (key_len != 32 || signature_len != 64)
		return false;
	key = EVP_PKEY_new_raw_public_key(
	    EVP_PKEY_ED25519, NULL, public_key, key_len);
	ok = verified(key, NULL, signature, signature_len, bytes, len);
	EVP_PKEY_free(key);
	return ok;
}

/* The base64 of a key, its PEM lines and line breaks left out. */
static void
key_bytes(const char *public_key, struct buffer *out)
{
	static const char begin[] = "-----BEGIN PUBLIC KEY-----";
	struct buffer text = { 0 };
	const char *p = strstr(public_key, begin);

	for (p = p == NULL ? public_key : p + strlen(begin);
	     *p != '\0' && strncmp(p, "-----", 5) != 0; p++)
		if (strchr(" \r\n\t", *p) == NULL)
			buffer_putc(&text, *p);
	(void)sign_base64_decode(buffer_text(&text), text.len, out);
	buffer_free(&text);
}

bool
sign_ecdsa_ok(const char *public_key, const void *signature,
    size_t signature_len, const void *bytes, size_t len)
{
	struct buffer der = { 0 };
	const unsigned char *p;
	EVP_PKEY *key;
	bool ok;

	key_bytes(public_key, &der);
	p = (const unsigned char *)der.data;
	key = der.len == 0 ? NULL : d2i_PUBKEY(NULL, &p, (long)der.len);
	ok = key != NULL && EVP_PKEY_base_id(key) == EVP_PKEY_EC &&
	     verified(key, EVP_sha256(), signature, signature_len, bytes, len);
	EVP_PKEY_free(key);
	buffer_free(&der);
	return ok;
}

bool
sign_rsa_ok(enum sign_hash hash, const char *certificate, const void *signature,
    size_t signature_len, const void *bytes, size_t len)
{
	BIO *bio = BIO_new_mem_buf(certificate, -1);
	X509 *x509 =
	    bio == NULL ? NULL : PEM_read_bio_X509(bio, NULL, NULL, "");
	EVP_PKEY *key = x509 == NULL ? NULL : X509_get0_pubkey(x509);
	bool ok;

	ok = key != NULL && EVP_PKEY_base_id(key) == EVP_PKEY_RSA &&
	     verified(key, hash_of(hash), signature, signature_len, bytes, len);
	X509_free(x509);
	BIO_free(bio);
	return ok;
}
