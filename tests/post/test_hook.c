/* Calls of providers: signed or refused, and what they then say. */
#include "api_desk.h"

#include "base/base64.h"
#include "base/hash.h"
#include "base/sign.h"
#include "post/hook.h"

#define AT ((int64_t)1767225600)
#define FORM "application/x-www-form-urlencoded"

/* A call with up to three headers: names and values in turn, NULL to end. */
struct knock {
	struct hook_header headers[3];
	struct hook_call call;
};

static struct knock *
knock(struct knock *k, const char *url, const char *body, const char *const *h)
{
	int i;

	*k = (struct knock){ 0 };
	k->call = (struct hook_call){ .method = "POST",
		.url = url,
		.body = body,
		.len = strlen(body),
		.now_at = AT };
	for (i = 0; h[2 * i] != NULL; i++) {
		k->headers[i].name = h[2 * i];
		k->headers[i].value = h[2 * i + 1];
	}
	k->call.headers = k->headers;
	k->call.headers_len = i;
	return k;
}
#define KNOCK(k, url, body, ...) \
	knock(k, url, body, (const char *const[]){ __VA_ARGS__, NULL })

#define SHOP "mycompany.com/myapp.php?foo=1&bar=2"
#define DIGITS                                                      \
	"From=%2B14158675309&CallSid=CA1234567890ABCDE&Digits=1234" \
	"&To=%2B18005551212&Caller=%2B14158675309"
#define CLINIC "https://clinic.example/hook/twilio"
#define REPLY                                                                \
	"AccountSid=AC00000000000000000000000000000001&From=%2B447700900123" \
	"&To=%2B447700900999&NumMedia=0&MessageSid="                         \
	"SM00000000000000000000000000000001&Body="

static void
twilio_signs_url_and_form(void **state)
{
	static const struct {
		const char *key, *url, *body, *signature;
		bool ok;
	} cases[] = {
		{ "12345", "https://" SHOP, DIGITS,
		    "RSOYDt4T1cUTdK1PDd93/VVr8B8=", true },
		{ "12345", "https://mycompany.com:443/myapp.php?foo=1&bar=2",
		    DIGITS, "kvajT1Ptam85bY51eRf/AJRuM3w=", true },
		{ "12345", "https://" SHOP, DIGITS,
		    "kvajT1Ptam85bY51eRf/AJRuM3w=", true },
		{ "12345", "http://mycompany.com:1234/myapp.php?foo=1&bar=2",
		    DIGITS, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU=", true },
		{ "12345", "http://" SHOP, DIGITS,
		    "0ZXoZLH/DfblKGATFgpif+LLRf4=", true },
		{ "12345", "http://" SHOP, DIGITS,
		    "Zmvh+3yNM1Phv2jhDCwEM3q5ebU=", false },
		{ "12345", "https://" SHOP,
		    "Sid=CA123&SidAccount=AC123&Digits=5678&Digits=1234"
		    "&Digits=1234",
		    "IK+Dwps556ElfBT0I3Rgjkr1wJU=", true },
		{ "test_auth_token", CLINIC, REPLY "6+still+sore",
		    "bD1Q7zei9FiODIwmICiTtvnoZR0=", true },
		{ "test_auth_token", CLINIC, REPLY,
		    "JuILI7Ib7lBNOMhV6XZLKfS5jQM=", true },
		{ "test_auth_token", CLINIC "?src=sms",
		    REPLY "caf%C3%A9%207%2F10%20%F0%9F%98%80",
		    "uOemJYjceDddkn3CV1fFK6kUBXs=", true },
		/* one letter of text, key or signature is wrong */
		{ "test_auth_token", CLINIC, REPLY "7+still+sore",
		    "bD1Q7zei9FiODIwmICiTtvnoZR0=", false },
		{ "test_auth_tokem", CLINIC, REPLY "6+still+sore",
		    "bD1Q7zei9FiODIwmICiTtvnoZR0=", false },
		{ "test_auth_token", CLINIC, REPLY "6+still+sore",
		    "bD1Q7zei9FiODIwmICiTtvnoZR1=", false },
		{ "test_auth_token", CLINIC, REPLY "6+still+sore", "", false },
	};
	struct knock k;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		KNOCK(&k, cases[i].url, cases[i].body, "content-type", FORM,
		    "X-Twilio-Signature", cases[i].signature);
		if (hook_twilio.signed_by(&k.call, cases[i].key) != cases[i].ok)
			fail_msg("row %zu: %s", i, cases[i].url);
	}
}

static void
twilio_signs_json_by_its_hash(void **state)
{
	static const char url[] =
	    "https://" SHOP "&bodySHA256="
	    "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
	static const char body[] =
	    "{\"property\": \"value\", \"boolean\": true}";
	static const char signature[] = "a9nBmqA0ju/hNViExpshrM61xv4=";
	struct knock k;

	(void)state;
	KNOCK(&k, url, body, "Content-Type", "application/json",
	    "X-Twilio-Signature", signature);
	assert_true(hook_twilio.signed_by(&k.call, "12345"));
	k.call.len--;
	assert_false(hook_twilio.signed_by(&k.call, "12345"));
}

static struct hook_result
read_with(const struct hook *hook, const struct knock *k)
{
	struct hook_result result = { 0 };
	struct why why = { "" };

	if (hook->read(&k->call, &result, &why) != STATUS_OK)
		fail_msg("%s", why.text);
	return result;
}

static void
assert_reply(struct hook_result result, const char *id, const char *from,
    const char *to, const char *body)
{
	assert_int_equal(result.len, 1);
	assert_true(result.event[0].inbound);
	assert_string_equal(result.event[0].reply.provider_id, id);
	assert_string_equal(result.event[0].reply.from, from);
	assert_string_equal(result.event[0].reply.to, to);
	assert_string_equal(result.event[0].reply.body, body);
	hook_result_free(&result);
}

static void
assert_receipt(struct hook_result result, const char *id, const char *key,
    enum post_class class)
{
	assert_int_equal(result.len, 1);
	assert_false(result.event[0].inbound);
	assert_string_equal(result.event[0].outcome.provider_id, id);
	assert_string_equal(result.event[0].key, key);
	if (result.event[0].outcome.class != class)
		fail_msg("%s ==> %s", id,
		    post_class_names[result.event[0].outcome.class]);
	hook_result_free(&result);
}

static void
assert_unreadable(const struct hook *hook, const char *body)
{
	struct hook_result result = { 0 };
	struct knock k;

	KNOCK(&k, "https://c.example/h", body, "Content-Type", FORM);
	assert_int_equal(hook->read(&k.call, &result, NULL), STATUS_BAD_DATA);
	assert_int_equal(result.len, 0);
}

#define SM "SM00000000000000000000000000000001"

static void
what_twilio_says(void **state)
{
	struct knock k;

	(void)state;
	assert_reply(
	    read_with(&hook_twilio, KNOCK(&k, CLINIC, REPLY "6+still+sore%00x",
					"Content-Type", FORM)),
	    SM, "+447700900123", "+447700900999", "6 still sore");
	assert_receipt(read_with(&hook_twilio,
			   KNOCK(&k, CLINIC "?id=" KEY,
			       "MessageSid=" SM "&MessageStatus=delivered",
			       "Content-Type", FORM)),
	    SM, KEY, POST_DELIVERED);
	assert_receipt(
	    read_with(&hook_twilio,
		KNOCK(&k, CLINIC,
		    "MessageSid=" SM "&MessageStatus=failed&ErrorCode=21610",
		    "Content-Type", FORM)),
	    SM, "", POST_OPTED_OUT);
	assert_unreadable(&hook_twilio, "MessageSid=..%2Fx&MessageStatus=sent");
	assert_unreadable(&hook_twilio, "Body=4");
	assert_unreadable(&hook_twilio, "");
}

static void
vonage_signs_its_values(void **state)
{
	/* The values of the vector, in another order; its clock is of then. */
	static const char sig[] = "ec7a760037af7ff714dcdf791104d80221b19ca188"
				  "768ce67329e9425b08f63c";
	char *url = xasprintf("https://c.example/h?timestamp=1516878400&"
			      "sig=%s&b=x%%26y%%3Dz&a=1",
	    sig);
	char *upper =
	    xasprintf("timestamp=1516878400&b=x%%26y%%3Dz&a=1&sig=%s", sig);
	struct knock k;
	char *p;

	(void)state;
	KNOCK(&k, url, "", "Accept", "x");
	k.call.now_at = 1516878400 + 60;
	assert_true(hook_vonage.signed_by(&k.call, "sigsecret"));
	assert_false(hook_vonage.signed_by(&k.call, "sigsecreu"));
	k.call.now_at = 1516878400 + 26 * 3600;
	assert_false(hook_vonage.signed_by(&k.call, "sigsecret"));

	for (p = strstr(upper, "sig=") + 4; *p != '\0'; p++)
		if (*p >= 'a' && *p <= 'f')
			*p = (char)(*p - 'a' + 'A');
	KNOCK(&k, "https://c.example/h", upper, "Content-Type", FORM);
	k.call.now_at = 1516878400;
	assert_true(hook_vonage.signed_by(&k.call, "sigsecret"));
	upper[strlen(upper) - 1] = '0';
	assert_false(hook_vonage.signed_by(&k.call, "sigsecret"));

	/* MD5 is not taken, right or not. */
	KNOCK(&k,
	    "https://c.example/h?a=1&b=x%26y%3Dz&timestamp=1516878400&sig="
	    "28e21f8e04dddca53213dae01aea9a6b",
	    "", "Accept", "x");
	k.call.now_at = 1516878400;
	assert_false(hook_vonage.signed_by(&k.call, "sigsecret"));
	free(url);
	free(upper);
}

static void
what_vonage_says(void **state)
{
	struct knock k;

	(void)state;
	assert_reply(
	    read_with(&hook_vonage,
		KNOCK(&k,
		    "https://c.example/h?msisdn=447700900123&to=447700900001"
		    "&messageId=0A1&text=4%20%26%20sore&type=text",
		    "", "Accept", "x")),
	    "0A1", "+447700900123", "+447700900001", "4 & sore");
	assert_reply(read_with(&hook_vonage,
			 KNOCK(&k, "https://c.example/h",
			     "{\"msisdn\":\"447700900123\",\"to\":\"Clinic\","
			     "\"messageId\":\"0A2\",\"text\":\"long\","
			     "\"concat\":\"true\",\"concat-ref\":\"9\","
			     "\"concat-total\":\"2\",\"concat-part\":\"1\"}",
			     "Content-Type", "application/json")),
	    "0A2 part 1 of 2, 9", "+447700900123", "Clinic", "long");
	assert_receipt(
	    read_with(&hook_vonage, KNOCK(&k, "https://c.example/h",
					"messageId=0A1&status=failed&err-code=9"
					"&client-ref=" KEY,
					"Content-Type", FORM)),
	    "0A1", KEY, POST_BAD_ADDRESS);
	assert_unreadable(&hook_vonage, "status=delivered");
	assert_unreadable(&hook_vonage, "text=4");
}

/* By the openssl command, as in tests/base/test_sign.c. */
#define ED_KEY "FAunjHEplVD60m5q4dT/uQg/xMQrp3XetGpP9+hZz1c="
#define ED_SIGNATURE                                                          \
	"ChkyXZWySvXQmGZDxxcfr1nsXD6Xve6NohxDQAZraoTOPlagJ+P7XruwMTqlGomoP7Z" \
	"+Nk+gt6iZ7qrSzNr+AA=="

static void
telnyx_signs_time_and_body(void **state)
{
	struct knock k;

	(void)state;
	KNOCK(&k, "https://c.example/h", "{\"data\":{}}",
	    "Telnyx-Signature-Ed25519", ED_SIGNATURE, "Telnyx-Timestamp",
	    "1767225600");
	k.call.now_at = AT + 300;
	assert_true(hook_telnyx.signed_by(&k.call, ED_KEY));
	k.call.now_at = AT + 301;
	assert_false(hook_telnyx.signed_by(&k.call, ED_KEY));
	k.call.now_at = AT;
	k.call.body = "{\"data\":[]}";
	assert_false(hook_telnyx.signed_by(&k.call, ED_KEY));
	k.call.body = "{\"data\":{}}";
	assert_false(hook_telnyx.signed_by(&k.call, "nonsense"));
	k.headers[1].value = "1767225601";
	assert_false(hook_telnyx.signed_by(&k.call, ED_KEY));
	k.call.headers_len = 1;
	assert_false(hook_telnyx.signed_by(&k.call, ED_KEY));
}

static void
what_telnyx_says(void **state)
{
	struct knock k;

	(void)state;
	assert_reply(read_with(&hook_telnyx,
			 KNOCK(&k, "https://c.example/h",
			     "{\"data\":{\"event_type\":\"message.received\","
			     "\"payload\":"
			     "{\"id\":\"t1\",\"from\":{\"phone_number\":"
			     "\"+447700900123\"},\"to\":[{\"phone_number\":"
			     "\"+447700900001\"}],\"text\":\"4\"}}}",
			     "Accept", "x")),
	    "t1", "+447700900123", "+447700900001", "4");
	assert_receipt(
	    read_with(&hook_telnyx,
		KNOCK(&k, "https://c.example/h?id=" KEY,
		    "{\"data\":{\"event_type\":\"message.finalized\","
		    "\"payload\":{\"id\":\"t1\",\"to\":[{\"status\":"
		    "\"delivery_failed\"}],\"errors\":[{\"code\":\"40300\"}]}}"
		    "}",
		    "Accept", "x")),
	    "t1", KEY, POST_OPTED_OUT);
	assert_unreadable(&hook_telnyx, "{}");
	assert_unreadable(&hook_telnyx, "[");
}

static void
plivo_signs_in_two_versions(void **state)
{
	static const char v2[] = "https://c.example/h12345";
	static const char v3[] = "https://c.example/h?a=2&b=1.From1To2.12345";
	static const char v3_bare[] = "https://c.example/h.12345";
	char *two = sign_hmac_base64(SIGN_SHA256, "tok", v2, strlen(v2));
	char *three = sign_hmac_base64(SIGN_SHA256, "tok", v3, strlen(v3));
	char *bare =
	    sign_hmac_base64(SIGN_SHA256, "tok", v3_bare, strlen(v3_bare));
	char *both = xasprintf("%s,%s", bare, three);
	struct knock k;

	(void)state;
	KNOCK(&k, "https://c.example/h?id=1", "To=2&From=1", "Content-Type",
	    FORM, "X-Plivo-Signature-V2", two, "X-Plivo-Signature-V2-Nonce",
	    "12345");
	assert_true(hook_plivo.signed_by(&k.call, "tok"));
	assert_false(hook_plivo.signed_by(&k.call, "tik"));
	KNOCK(&k, "https://c.example/h?b=1&a=2", "To=2&From=1", "Content-Type",
	    FORM, "X-Plivo-Signature-V3", both, "X-Plivo-Signature-V3-Nonce",
	    "12345");
	assert_true(hook_plivo.signed_by(&k.call, "tok"));
	k.call.body = "To=2&From=2";
	assert_false(hook_plivo.signed_by(&k.call, "tok"));
	KNOCK(&k, "https://c.example/h", "", "X-Plivo-Signature-V3", bare,
	    "X-Plivo-Signature-V3-Nonce", "12345");
	assert_true(hook_plivo.signed_by(&k.call, "tok"));
	k.call.headers_len = 1;
	assert_false(hook_plivo.signed_by(&k.call, "tok"));
	free(two);
	free(three);
	free(bare);
	free(both);
}

static void
what_plivo_says(void **state)
{
	struct knock k;

	(void)state;
	assert_reply(read_with(&hook_plivo,
			 KNOCK(&k, "https://c.example/h",
			     "From=447700900123&To=447700900001&Text=4&Type=sms"
			     "&MessageUUID=p1",
			     "Content-Type", FORM)),
	    "p1", "+447700900123", "+447700900001", "4");
	assert_receipt(read_with(&hook_plivo,
			   KNOCK(&k, "https://c.example/h?id=" KEY,
			       "MessageUUID=p2&ParentMessageUUID=p1&Status="
			       "undelivered&ErrorCode=200&PartInfo=2+of+2",
			       "Content-Type", FORM)),
	    "p1", KEY, POST_OPTED_OUT);
	assert_unreadable(&hook_plivo, "Status=sent");
}

static void
what_kannel_says(void **state)
{
	struct knock k;

	(void)state;
	KNOCK(&k, "https://c.example/h?secret=s%2B1&id=" KEY "&status=1", "",
	    "Accept", "x");
	assert_true(hook_kannel.signed_by(&k.call, "s+1"));
	assert_false(hook_kannel.signed_by(&k.call, "s"));
	KNOCK(&k, "https://c.example/h?id=" KEY "&status=1", "secret=s",
	    "Content-Type", FORM);
	assert_false(hook_kannel.signed_by(&k.call, "s"));
	assert_receipt(read_with(&hook_kannel,
			   KNOCK(&k,
			       "https://c.example/h?secret=s&id=" KEY
			       "&status=1&answer=id%3A1+stat%3ADELIVRD",
			       "", "Accept", "x")),
	    KEY, KEY, POST_DELIVERED);
	assert_receipt(
	    read_with(&hook_kannel, KNOCK(&k,
					"https://c.example/h?secret=s&id=" KEY
					"&status=16&answer=NACK",
					"", "Accept", "x")),
	    KEY, KEY, POST_UNDELIVERED);
	assert_reply(read_with(&hook_kannel,
			 KNOCK(&k,
			     "https://c.example/h?secret=s&from=%2B447700900123"
			     "&to=447700900001&text=about+4&id=8f31-2",
			     "", "Accept", "x")),
	    "8f31-2", "+447700900123", "+447700900001", "about 4");
	assert_unreadable(&hook_kannel, "status=1");
	assert_unreadable(&hook_kannel, "id=" KEY "&status=3");
	assert_unreadable(&hook_kannel, "from=1&text=x");
}

/* A token as MessageBird makes it, with that head and those claims. */
static char *
token_of(const char *head, const char *claims, const char *key)
{
	char *one = base64_encode(head, strlen(head));
	char *two = base64_encode(claims, strlen(claims));
	char *text = xasprintf("%s.%s", one, two);
	char *three = sign_hmac_base64(SIGN_SHA256, key, text, strlen(text));
	char *token = xasprintf("%s.%s", text, three);

	free(one);
	free(two);
	free(text);
	free(three);
	return token;
}

static void
messagebird_signs_with_a_token(void **state)
{
	static const struct {
		const char *head, *issuer, *body, *key;
		int64_t nbf_at, exp_at;
		bool ok;
	} cases[] = {
		{ "{\"alg\":\"HS256\"}", "MessageBird", "x=1", "k", AT, AT + 60,
		    true },
		{ "{\"alg\":\"HS256\"}", "MessageBird", "", "k", AT + 1, AT - 1,
		    true },
		{ "{\"alg\":\"HS256\"}", "MessageBird", "x=1", "l", AT, AT + 60,
		    false },
		{ "{\"alg\":\"none\"}", "MessageBird", "x=1", "k", AT, AT + 60,
		    false },
		{ "{\"alg\":\"HS512\"}", "MessageBird", "x=1", "k", AT, AT + 60,
		    false },
		{ "{\"alg\":\"HS256\"}", "Bird", "x=1", "k", AT, AT + 60,
		    false },
		{ "{\"alg\":\"HS256\"}", "MessageBird", "x=2", "k", AT, AT + 60,
		    false },
		{ "{\"alg\":\"HS256\"}", "MessageBird", "x=1", "k", AT + 2,
		    AT + 60, false },
		{ "{\"alg\":\"HS256\"}", "MessageBird", "x=1", "k", AT - 60,
		    AT - 2, false },
	};
	static const char url[] = "https://c.example/h?id=1";
	char url_hash[HASH_SIZE], body_hash[HASH_SIZE];
	struct knock k;
	size_t i;

	(void)state;
	hash_hex(url, strlen(url), url_hash);
	hash_hex("x=1", 3, body_hash);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *claims = xasprintf("{\"iss\":\"%s\",\"nbf\":%lld,\"exp\":"
					 "%lld,\"url_hash\":\"%s\"%s%s%s}",
		    cases[i].issuer, (long long)cases[i].nbf_at,
		    (long long)cases[i].exp_at, url_hash,
		    cases[i].body[0] == '\0' ? "" : ",\"payload_hash\":\"",
		    cases[i].body[0] == '\0' ? "" : body_hash,
		    cases[i].body[0] == '\0' ? "" : "\"");
		char *token = token_of(cases[i].head, claims, cases[i].key);

		KNOCK(
		    &k, url, cases[i].body, "MessageBird-Signature-JWT", token);
		if (hook_messagebird.signed_by(&k.call, "k") != cases[i].ok)
			fail_msg("row %zu: %s", i, claims);
		k.call.url = "https://c.example/h?id=2";
		assert_false(hook_messagebird.signed_by(&k.call, "k"));
		free(token);
		free(claims);
	}
	KNOCK(&k, url, "", "MessageBird-Signature-JWT", "a.b");
	assert_false(hook_messagebird.signed_by(&k.call, "k"));
	KNOCK(&k, url, "", "MessageBird-Signature-JWT", "");
	assert_false(hook_messagebird.signed_by(&k.call, "k"));
}

static void
what_messagebird_says(void **state)
{
	struct knock k;

	(void)state;
	assert_reply(read_with(&hook_messagebird,
			 KNOCK(&k, "https://c.example/h",
			     "id=mb1&recipient=447700900001&originator="
			     "447700900123&body=4",
			     "Content-Type", FORM)),
	    "mb1", "+447700900123", "+447700900001", "4");
	/* The id that we wrote into the URL stands before theirs. */
	assert_receipt(
	    read_with(&hook_messagebird,
		KNOCK(&k,
		    "https://c.example/h?id=" KEY "&id=mb1&reference=" KEY
		    "&recipient=447700900123&status=delivery_failed"
		    "&statusErrorCode=103",
		    "", "Accept", "x")),
	    "mb1", KEY, POST_OPTED_OUT);
	assert_unreadable(&hook_messagebird, "status=sent");
}

static void
smsgate_signs_body_and_time(void **state)
{
	struct knock k;

	(void)state;
	KNOCK(&k, "https://c.example/h", "{\"event\":\"sms:received\"}",
	    "X-Signature",
	    "d960891039c8aa66ea0f10c33faf6ca65f26b74ddcc1bb3d2a9afecae92bef06",
	    "X-Timestamp", "1767225600");
	assert_true(hook_smsgate.signed_by(&k.call, "secret12"));
	assert_false(hook_smsgate.signed_by(&k.call, "secret13"));
	k.call.len--;
	assert_false(hook_smsgate.signed_by(&k.call, "secret12"));
	k.call.len++;
	k.call.now_at = AT + 2 * 24 * 3600;
	assert_false(hook_smsgate.signed_by(&k.call, "secret12"));
}

static void
what_the_phone_says(void **state)
{
	struct hook_result result;
	struct knock k;

	(void)state;
	assert_reply(
	    read_with(&hook_smsgate,
		KNOCK(&k, "https://c.example/h",
		    "{\"event\":\"sms:received\",\"payload\":{\"messageId\":"
		    "\"ffb3\",\"sender\":\"+447700900123\",\"recipient\":null,"
		    "\"message\":\"4\",\"receivedAt\":"
		    "\"2026-01-01T00:00:00Z\"}}",
		    "Accept", "x")),
	    "ffb3 1767225600 +447700900123", "+447700900123", "", "4");
	assert_receipt(
	    read_with(&hook_smsgate,
		KNOCK(&k, "https://c.example/h",
		    "{\"event\":\"sms:failed\",\"payload\":{\"messageId\":"
		    "\"" KEY "\",\"reason\":\"+447700900123\"}}",
		    "Accept", "x")),
	    KEY, KEY, POST_UNDELIVERED);
	result = read_with(
	    &hook_smsgate, KNOCK(&k, "https://c.example/h",
			       "{\"event\":\"system:ping\"}", "Accept", "x"));
	assert_int_equal(result.len, 0);
	assert_unreadable(&hook_smsgate, "{\"event\":\"sms:received\"}");
	assert_unreadable(&hook_smsgate, "{}");
}

#define EC_KEY                                                                \
	"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAESUneQsBpPmI+NOPjJMeHy267Px9PEpG" \
	"+NRiJ1IRtg61DsEdbYY36x+/RQh8y5mso9sSvavj7sl2IdUuLVtipCg=="
#define EC_SIGNATURE                                                          \
	"MEQCIH/HxQIU1pUEv0twiMuuw3acUXraH3gkUGSFU2Q7enbdAiAhD09wfdJ3R5Owh59" \
	"gsc/I8jJaFxN3nThw1JLNZldxNA=="

static void
sendgrid_signs_time_and_body(void **state)
{
	struct knock k;

	(void)state;
	KNOCK(&k, "https://c.example/h", "[{\"event\":\"delivered\"}]\r\n",
	    "X-Twilio-Email-Event-Webhook-Signature", EC_SIGNATURE,
	    "X-Twilio-Email-Event-Webhook-Timestamp", "1767225600");
	assert_true(hook_sendgrid.signed_by(&k.call, EC_KEY));
	assert_false(hook_sendgrid.signed_by(&k.call, "nonsense"));
	k.call.len -= 2; /* the line break at the end is signed too */
	assert_false(hook_sendgrid.signed_by(&k.call, EC_KEY));
}

static void
mailgun_signs_its_token(void **state)
{
	static const char body[] =
	    "{\"signature\":{\"timestamp\":\"1767225600\",\"token\":"
	    "\"abc123token\",\"signature\":"
	    "\"c08b3b3d4b105876c585659f1307f2a1a59d28250c75fd85690298d34530e7"
	    "a6\"}}";
	struct knock k;

	(void)state;
	KNOCK(&k, "https://c.example/h", body, "Accept", "x");
	assert_true(hook_mailgun.signed_by(&k.call, "key-test"));
	assert_false(hook_mailgun.signed_by(&k.call, "key-tess"));
	k.call.now_at = AT + 2 * 24 * 3600;
	assert_false(hook_mailgun.signed_by(&k.call, "key-test"));
	KNOCK(&k, "https://c.example/h", "{}", "Accept", "x");
	assert_false(hook_mailgun.signed_by(&k.call, "key-test"));
}

static void
what_mail_providers_say(void **state)
{
	struct hook_result result;
	struct knock k;

	(void)state;
	result = read_with(&hook_sendgrid,
	    KNOCK(&k, "https://c.example/h",
		"[{\"event\":\"delivered\",\"sg_message_id\":"
		"\"14c5.dfd.64b.filter0001.1\",\"key\":\"" KEY "\"},"
		"{\"event\":\"open\",\"sg_message_id\":\"x\"},"
		"{\"event\":\"bounce\",\"type\":\"blocked\",\"sg_message_id\":"
		"\"JQG.recvd-1-0\"},{\"event\":\"bounce\",\"type\":\"bounce\","
		"\"key\":\"" KEY "\"}]",
		"Accept", "x"));
	assert_int_equal(result.len, 3);
	assert_string_equal(
	    result.event[0].outcome.provider_id, "14c5.dfd.64b");
	assert_string_equal(result.event[0].key, KEY);
	assert_int_equal(result.event[0].outcome.class, POST_DELIVERED);
	assert_string_equal(result.event[1].outcome.provider_id, "JQG");
	assert_int_equal(result.event[1].outcome.class, POST_UNDELIVERED);
	assert_string_equal(result.event[2].outcome.provider_id, KEY);
	assert_int_equal(result.event[2].outcome.class, POST_BAD_ADDRESS);
	hook_result_free(&result);
	assert_receipt(
	    read_with(&hook_mailgun,
		KNOCK(&k, "https://c.example/h",
		    "{\"event-data\":{\"event\":\"delivered\",\"message\":"
		    "{\"headers\":{\"message-id\":\"k@x\"}},\"user-variables\":"
		    "{\"key\":\"" KEY "\"}}}",
		    "Accept", "x")),
	    "k@x", KEY, POST_DELIVERED);
	assert_receipt(
	    read_with(&hook_postmark,
		KNOCK(&k, "https://c.example/h",
		    "{\"RecordType\":\"Bounce\",\"Type\":\"HardBounce\","
		    "\"MessageID\":\"b1\",\"Metadata\":{\"key\":\"" KEY "\"}}",
		    "Accept", "x")),
	    "b1", KEY, POST_BAD_ADDRESS);
	assert_unreadable(&hook_sendgrid, "{}");
	assert_unreadable(&hook_mailgun, "{}");
	assert_unreadable(&hook_postmark, "{}");
}

static void
postmark_shows_the_password_of_its_url(void **state)
{
	struct knock k;

	(void)state;
	KNOCK(&k, "https://c.example/h", "{}", "Authorization",
	    "Basic dXNlcjpwYXNz");
	assert_true(hook_postmark.signed_by(&k.call, "user:pass"));
	assert_false(hook_postmark.signed_by(&k.call, "user:past"));
	k.call.headers_len = 0;
	assert_false(hook_postmark.signed_by(&k.call, "user:pass"));
}

#define TOPIC "arn:aws:sns:eu-west-1:123456789012:mail"

/* One of the calls that lie in sns/, with a member changed where one is named:
 * is it signed by that certificate for that topic? */
static bool
sns_takes(const char *file, const char *topic, const char *member,
    const char *value, int64_t now_at)
{
	char *certificate = file_get("tests/post/sns", "certificate.pem");
	char *bytes = file_get("tests/post/sns", file);
	char *key = xasprintf("%s\n%s", topic, certificate);
	struct knock k;
	json_t *root = NULL;
	char *body;
	bool takes;

	assert_int_equal(
	    json_read(bytes, strlen(bytes), &root, NULL), STATUS_OK);
	KNOCK(&k, "https://c.example/h", bytes, "x-amz-sns-message-type",
	    json_text(root, "Type"), "X-Amz-Sns-Message-Id",
	    json_text(root, "MessageId"));
	k.headers[0].value = xstrdup(k.headers[0].value);
	k.headers[1].value = xstrdup(k.headers[1].value);
	if (member != NULL)
		json_put_text(root, member, value);
	body = json_dumps(root, 0);
	k.call.body = body;
	k.call.len = strlen(body);
	k.call.now_at = now_at;
	takes = hook_ses.signed_by(&k.call, key);
	free((char *)k.headers[0].value);
	free((char *)k.headers[1].value);
	free(body);
	json_decref(root);
	free(key);
	free(bytes);
	free(certificate);
	return takes;
}

/* The calls were signed by the openssl command, in both versions of SNS. */
static void
ses_is_signed_by_sns(void **state)
{
	static const char *const files[] = { "plain.json", "subject.json",
		"subscribe.json" };
	static const struct {
		const char *member, *value;
	} forged[] = {
		{ "Message", "{}" },
		{ "MessageId", "another" },
		{ "Timestamp", "2026-01-01T00:00:01.655Z" },
		{ "Type", "UnsubscribeConfirmation" },
		{ "Subject", "put in" },
		{ "SignatureVersion", "3" },
		{ "Signature", "AAAA" },
		{ "Signature", NULL },
		{ "SigningCertURL", NULL },
		{ "SigningCertURL", "https://sns.example.com/"
				    "SimpleNotificationService-0a.pem" },
		{ "SigningCertURL", "https://sns.eu-west-1.amazonaws.com."
				    "example/SimpleNotificationService-0.pem" },
		{ "SigningCertURL", "https://sns.eu-west-1.amazonaws.com/"
				    "?Action=Publish&Message=x.pem" },
		{ "SigningCertURL", "http://sns.eu-west-1.amazonaws.com/"
				    "SimpleNotificationService-0a.pem" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		assert_true(sns_takes(files[i], TOPIC, NULL, NULL, AT));
		assert_false(sns_takes(files[i], TOPIC "s", NULL, NULL, AT));
		assert_false(
		    sns_takes(files[i], TOPIC, NULL, NULL, AT + 2 * 24 * 3600));
	}
	for (size_t i = 0; i < sizeof(forged) / sizeof(forged[0]); i++)
		if (sns_takes("plain.json", TOPIC, forged[i].member,
			forged[i].value, AT))
			fail_msg("row %zu is taken", i);
	assert_false(sns_takes("subscribe.json", TOPIC, "SubscribeURL",
	    "https://sns.eu-west-1.amazonaws.com/?Action=Other", AT));
}

static struct hook_result
ses_says(const char *message)
{
	struct knock k;
	json_t *root = json_object();
	struct hook_result result;
	char *body;

	json_put_text(root, "Type", "Notification");
	json_put_text(root, "Message", message);
	body = json_dumps(root, 0);
	result = read_with(
	    &hook_ses, KNOCK(&k, "https://c.example/h", body, "Accept", "x"));
	free(body);
	json_decref(root);
	return result;
}

#define SES_MAIL \
	"\"mail\":{\"messageId\":\"s1\",\"tags\":{\"key\":[\"" KEY "\"]}}"

static void
what_ses_says(void **state)
{
	static const struct {
		const char *type, *more;
		enum post_class class;
	} cases[] = {
		{ "Send", "", POST_ACCEPTED },
		{ "DeliveryDelay", "", POST_ACCEPTED },
		{ "Delivery", "", POST_DELIVERED },
		{ "Bounce", ",\"bounce\":{\"bounceType\":\"Permanent\"}",
		    POST_BAD_ADDRESS },
		{ "Bounce", ",\"bounce\":{\"bounceType\":\"Transient\"}",
		    POST_UNDELIVERED },
		{ "Bounce", "", POST_UNDELIVERED },
		{ "Complaint", "", POST_OPTED_OUT },
		{ "Reject", "", POST_REFUSED },
	};
	struct hook_result result;
	struct knock k;
	char *bytes, *url;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *message = xasprintf("{\"%s\":\"%s\"," SES_MAIL "%s}",
		    i % 2 == 0 ? "eventType" : "notificationType",
		    cases[i].type, cases[i].more);

		assert_receipt(ses_says(message), "s1", KEY, cases[i].class);
		free(message);
	}
	result = ses_says("{\"eventType\":\"Open\"," SES_MAIL "}");
	assert_int_equal(result.len, 0);
	bytes = file_get("tests/post/sns", "subscribe.json");
	KNOCK(&k, "https://c.example/h", bytes, "Accept", "x");
	result = read_with(&hook_ses, &k);
	assert_int_equal(result.len, 0);
	assert_string_equal(result.visit,
	    "https://sns.eu-west-1.amazonaws.com/"
	    "?Action=ConfirmSubscription&Token=2336412f37");
	hook_result_free(&result);
	url = hook_ses_certificate(&k.call);
	assert_string_equal(url, "https://sns.eu-west-1.amazonaws.com/"
				 "SimpleNotificationService-0123456789abcdef"
				 ".pem");
	free(url);
	free(bytes);
	KNOCK(&k, "https://c.example/h", "{}", "Accept", "x");
	assert_null(hook_ses_certificate(&k.call));
	assert_unreadable(&hook_ses, "{}");
	assert_unreadable(&hook_ses, "{\"Type\":\"Notification\"}");
	assert_unreadable(
	    &hook_ses, "{\"Type\":\"Notification\",\"Message\":\"Hi\"}");
}

/* No provider's own: by the names that most of them use. */
static void
what_any_other_api_says(void **state)
{
	static const char *const bodies[] = {
		"from=447700900123&text=4+of+10"
		"&id=x1&date=2026-01-01T00:00:00Z",
		"sender=%2B447700900123&text=4+of+10&id=x1",
		"{\"from\":\"447700900123\",\"text\":\"4 of 10\","
		"\"id\":\"x1\",\"time\":\"soon\"}"
	};
	struct hook_result result, again;
	struct knock k;

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		KNOCK(&k, "https://c.example/h?secret=s3", bodies[i],
		    "Content-Type", FORM);
		assert_true(hook_http.signed_by(&k.call, "s3"));
		assert_false(hook_http.signed_by(&k.call, "s4"));
		result = read_with(&hook_http, &k);
		assert_int_equal(result.len, 1);
		assert_true(result.event[0].inbound);
		assert_string_equal(
		    result.event[0].reply.from, "+447700900123");
		assert_string_equal(result.event[0].reply.body, "4 of 10");
		assert_string_equal(result.event[0].reply.provider_id, "x1");
		assert_int_equal(result.event[0].reply.at, AT);
		hook_result_free(&result);
	}
	/* Without an id it is the same when it comes again, and another one
	 * when it is said at another time. */
	KNOCK(&k, "https://c.example/h", "from=1&text=4&time=10:01",
	    "Content-Type", FORM);
	result = read_with(&hook_http, &k);
	again = read_with(&hook_http, &k);
	assert_string_equal(result.event[0].reply.provider_id,
	    again.event[0].reply.provider_id);
	hook_result_free(&again);
	KNOCK(&k, "https://c.example/h", "from=1&text=4&time=10:02",
	    "Content-Type", FORM);
	again = read_with(&hook_http, &k);
	assert_string_not_equal(result.event[0].reply.provider_id,
	    again.event[0].reply.provider_id);
	hook_result_free(&again);
	hook_result_free(&result);
	assert_unreadable(&hook_http, "{}");
	assert_unreadable(&hook_http, "text=4");
}

static void
nothing_is_read_that_is_not_signed(void **state)
{
	static const char *const names[] = { "twilio", "vonage", "telnyx",
		"plivo", "messagebird", "smsgate", "kannel", "sendgrid",
		"mailgun", "postmark", "ses", "http" };
	struct hook_result result = { 0 };
	struct knock k;
	struct why why;
	size_t i;

	(void)state;
	KNOCK(&k, "https://c.example/h", REPLY "4", "Content-Type", FORM);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct hook *hook = hook_find(names[i]);

		assert_string_equal(hook->name, names[i]);
		assert_int_equal(hook_take(hook, &k.call, "k", &result, &why),
		    STATUS_DENIED);
		/* Who has set no key is not open to all. */
		assert_int_equal(
		    hook_take(hook, &k.call, "", &result, &why), STATUS_DENIED);
		assert_int_equal(hook_take(hook, &k.call, NULL, &result, &why),
		    STATUS_DENIED);
		assert_int_equal(result.len, 0);
	}
	assert_null(hook_find("spool"));
	KNOCK(&k, CLINIC, REPLY "6+still+sore", "Content-Type", FORM,
	    "X-Twilio-Signature", "bD1Q7zei9FiODIwmICiTtvnoZR0=");
	assert_int_equal(
	    hook_take(&hook_twilio, &k.call, "test_auth_token", &result, &why),
	    STATUS_OK);
	assert_int_equal(result.len, 1);
	hook_result_free(&result);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(twilio_signs_url_and_form),
		cmocka_unit_test(twilio_signs_json_by_its_hash),
		cmocka_unit_test(what_twilio_says),
		cmocka_unit_test(vonage_signs_its_values),
		cmocka_unit_test(what_vonage_says),
		cmocka_unit_test(telnyx_signs_time_and_body),
		cmocka_unit_test(what_telnyx_says),
		cmocka_unit_test(plivo_signs_in_two_versions),
		cmocka_unit_test(what_plivo_says),
		cmocka_unit_test(what_kannel_says),
		cmocka_unit_test(messagebird_signs_with_a_token),
		cmocka_unit_test(what_messagebird_says),
		cmocka_unit_test(smsgate_signs_body_and_time),
		cmocka_unit_test(what_the_phone_says),
		cmocka_unit_test(sendgrid_signs_time_and_body),
		cmocka_unit_test(mailgun_signs_its_token),
		cmocka_unit_test(what_mail_providers_say),
		cmocka_unit_test(postmark_shows_the_password_of_its_url),
		cmocka_unit_test(ses_is_signed_by_sns),
		cmocka_unit_test(what_ses_says),
		cmocka_unit_test(what_any_other_api_says),
		cmocka_unit_test(nothing_is_read_that_is_not_signed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
