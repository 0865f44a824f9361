#include "base/hash.h"

#include <openssl/evp.h>

#include "base/status.h"

void
hash_hex(const void *bytes, size_t len, char out[HASH_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char hash[EVP_MAX_MD_SIZE];
	unsigned int size = 0;

	if (EVP_Digest(bytes, len, hash, &size, EVP_sha256(), NULL) != 1 ||
	    size != 32)
		panic("libcrypto has no SHA-256");
	for (size_t i = 0; i < 32; i++) {
		out[2 * i] = digits[hash[i] >> 4];
		out[2 * i + 1] = digits[hash[i] & 15];
	}
	out[64] = '\0';
}
