/*
 * NAME
 *	sign - was this written by who holds the key?
 *
 * The few ways in which providers sign what they send: keyed hashes, Ed25519,
 * ECDSA, RSA and base64 around them. Comparing takes the same time however much
 * of a guess is right.
 */
#ifndef BASE_SIGN_H
#define BASE_SIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

enum sign_hash {
	SIGN_SHA1,
	SIGN_SHA256,
	SIGN_SHA384,
	SIGN_SHA512,
	SIGN__MAX
};
#define SIGN_SIZE 64 /* bytes of the longest of them */

/* HMAC of the bytes into out; gives its length in bytes. */
size_t sign_hmac(enum sign_hash hash, const void *key, size_t key_len,
    const void *bytes, size_t len, unsigned char out[SIGN_SIZE]);

/* The same, as lower-case hexadecimal and as base64; the caller frees. key is
 * text. */
char *sign_hmac_hex(
    enum sign_hash hash, const char *key, const void *bytes, size_t len);
char *sign_hmac_base64(
    enum sign_hash hash, const char *key, const void *bytes, size_t len);

/* Are these two texts the same? How long it takes tells nothing but their
 * lengths. NULL is like nothing. */
bool sign_same(const char *a, const char *b);

/* Base64, with or without padding, in the alphabet of RFC 4648 or the one for
 * URLs. False when it is none; out is then as it was. */
bool sign_base64_decode(const char *text, size_t len, struct buffer *out);

/* An Ed25519 signature of 64 bytes by a public key of 32. */
bool sign_ed25519_ok(const void *public_key, size_t key_len,
    const void *signature, size_t signature_len, const void *bytes,
    size_t len);

/* An ECDSA signature in DER over the SHA-256 of the bytes, by a public key in
 * PEM, or in base64 as PEM has it between its lines. */
bool sign_ecdsa_ok(const char *public_key, const void *signature,
    size_t signature_len, const void *bytes, size_t len);

/* An RSA signature (PKCS #1 v1.5) over the hash of the bytes, by the key of a
 * certificate in PEM, about which nothing else is asked. */
bool sign_rsa_ok(enum sign_hash hash, const char *certificate,
    const void *signature, size_t signature_len, const void *bytes,
    size_t len);

#endif
