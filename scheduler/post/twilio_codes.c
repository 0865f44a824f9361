#include <stddef.h>

#include "post/twilio.h"

/* The kinds of trouble that Twilio's codes tell of. */
enum trouble {
	OPTED_OUT,
	BAD_RECIPIENT,
	RECIPIENT_TEMPORARY, /* a phone that was off: not the number's fault */
	REJECTED_CONTENT,
	CONFIG,
	THROTTLED,
	DAILY_CAP,
	TRANSIENT,
	WARNING,
	OTHER,
	TROUBLE__MAX
};

/*
 * What each comes to in the answer to a send, where an error means that the
 * message was surely not taken, and in a receipt, where it was taken and then
 * failed: there only the number and its owner's wish say more than that.
 */
static const struct {
	enum post_class sent;
	enum post_class final;
	int64_t retry_after_s;
} meanings[TROUBLE__MAX] = {
	[OPTED_OUT] = { POST_OPTED_OUT, POST_OPTED_OUT, 0 },
	[BAD_RECIPIENT] = { POST_BAD_ADDRESS, POST_BAD_ADDRESS, 0 },
	[RECIPIENT_TEMPORARY] = { POST_THROTTLED, POST_UNDELIVERED, 0 },
	[REJECTED_CONTENT] = { POST_REFUSED, POST_UNDELIVERED, 0 },
	[CONFIG] = { POST_CONFIG, POST_UNDELIVERED, 0 },
	[THROTTLED] = { POST_THROTTLED, POST_UNDELIVERED, 0 },
	[DAILY_CAP] = { POST_THROTTLED, POST_UNDELIVERED, (int64_t)12 * 3600 },
	[TRANSIENT] = { POST_THROTTLED, POST_UNDELIVERED, 0 },
	[WARNING] = { POST_REFUSED, POST_UNDELIVERED, 0 },
	[OTHER] = { POST_REFUSED, POST_UNDELIVERED, 0 },
};

struct code {
	int code;
	enum trouble trouble;
	const char *name;
};

/* clang-format off */
static const struct code codes[] = {
	{ 10001, CONFIG, "Account is not active" },
	{ 10002, CONFIG,
	    "Trial accounts do not support the feature you tried to use" },
	{ 20001, OTHER, "Unknown parameters" },
	{ 20003, CONFIG, "Permission Denied" },
	{ 20004, CONFIG, "Method not allowed" },
	{ 20005, CONFIG, "Account not active" },
	{ 20006, CONFIG, "Access Denied" },
	{ 20008, OTHER, "Test Credentials" },
	{ 20404, CONFIG, "Not Found" },
	{ 20429, THROTTLED, "Too Many Requests" },
	{ 20500, TRANSIENT, "Internal Server Error" },
	{ 20503, TRANSIENT, "Service unavailable" },
	{ 21201, BAD_RECIPIENT, "No Called number specified" },
	{ 21202, BAD_RECIPIENT, "Called number is a premium number" },
	{ 21203, CONFIG, "International calling not enabled" },
	{ 21210, CONFIG, "'From' phone number not verified" },
	{ 21211, BAD_RECIPIENT, "Invalid 'To' Phone Number" },
	{ 21212, CONFIG, "Invalid From Number (caller ID)" },
	{ 21217, BAD_RECIPIENT, "Phone number does not appear to be valid" },
	{ 21401, BAD_RECIPIENT, "Invalid Phone Number" },
	{ 21408, CONFIG,
	    "Permission to send an SMS has not been enabled for the "
	    "region indicated by the 'To' number" },
	{ 21601, CONFIG,
	    "Phone number is not a valid SMS-capable inbound phone "
	    "number" },
	{ 21602, REJECTED_CONTENT, "Message body is required" },
	{ 21603, CONFIG,
	    "A 'From' or 'MessagingServiceSid' parameter is required "
	    "to send a message" },
	{ 21604, BAD_RECIPIENT,
	    "The destination 'To' phone number is required to send an "
	    "SMS" },
	{ 21605, REJECTED_CONTENT,
	    "Maximum body length is 160 characters (old API endpoint)" },
	{ 21606, CONFIG,
	    "The 'From' phone number provided is not a valid "
	    "message-capable Twilio phone number for this destination" },
	{ 21607, CONFIG,
	    "The 'from' phone number must be the sandbox phone number "
	    "for trial accounts" },
	{ 21608, CONFIG,
	    "The 'to' phone number provided is not yet verified for "
	    "this account" },
	{ 21609, CONFIG, "Invalid 'StatusCallback'" },
	{ 21610, OPTED_OUT, "Attempt to send to unsubscribed recipient" },
	{ 21611, THROTTLED,
	    "This 'From' number has exceeded the maximum number of "
	    "queued messages" },
	{ 21612, BAD_RECIPIENT,
	    "The 'To' phone number is not currently reachable via SMS" },
	{ 21613, CONFIG, "PhoneNumber Requires Certification" },
	{ 21614, BAD_RECIPIENT, "'To' number is not a valid mobile number" },
	{ 21615, CONFIG, "Phone Number Requires a Local Address" },
	{ 21616, CONFIG,
	    "The 'From' number matches multiple numbers for your "
	    "account" },
	{ 21617, REJECTED_CONTENT,
	    "The concatenated message body exceeds the 1600 character "
	    "limit" },
	{ 21618, REJECTED_CONTENT, "The message body cannot be sent" },
	{ 21620, CONFIG, "Invalid media URL(s)" },
	{ 21624, CONFIG, "Invalid validity period value" },
	{ 21650, CONFIG, "Phone Number Requires a Verified Identity Document" },
	{ 21651, CONFIG, "Document does not satisfy regulatory requirement" },
	{ 21654, CONFIG, "ContentSid Required" },
	{ 21655, CONFIG, "The ContentSid is Invalid" },
	{ 21656, CONFIG, "The ContentVariables Parameter is invalid" },
	{ 21701, CONFIG, "The Messaging Service does not exist" },
	{ 21702, CONFIG,
	    "The Messaging Service is not available to send new "
	    "messages" },
	{ 21703, CONFIG,
	    "The Messaging Service does not have a phone number "
	    "available to send a message" },
	{ 21704, CONFIG, "The Messaging Service contains no phone numbers" },
	{ 21705, CONFIG, "The Messaging Service is invalid" },
	{ 21709, CONFIG,
	    "Alpha Sender ID is Invalid or Not Authorized for this "
	    "Messaging Service" },
	{ 30001, THROTTLED, "Queue overflow" },
	{ 30002, CONFIG, "Account suspended" },
	{ 30003, RECIPIENT_TEMPORARY, "Unreachable destination handset" },
	{ 30004, REJECTED_CONTENT, "Message blocked" },
	{ 30005, BAD_RECIPIENT, "Unknown destination handset" },
	{ 30006, BAD_RECIPIENT, "Landline or unreachable carrier" },
	{ 30007, REJECTED_CONTENT, "Message filtered" },
	{ 30008, TRANSIENT, "Unknown error" },
	{ 30009, OTHER, "Missing inbound segment" },
	{ 30011, REJECTED_CONTENT,
	    "MMS not supported by the receiving phone number in this "
	    "region" },
	{ 30017, TRANSIENT, "Carrier network congestion" },
	{ 30018, CONFIG,
	    "Destination carrier requires sender ID pre-registration" },
	{ 30019, REJECTED_CONTENT, "Content size exceeds carrier limit" },
	{ 30020, TRANSIENT, "Internal Failure with Message Scheduling" },
	{ 30021, TRANSIENT,
	    "Internal Failure with messaging service orchestrator" },
	{ 30022, THROTTLED, "US A2P 10DLC - Rate Limits Exceeded" },
	{ 30023, DAILY_CAP, "US A2P 10DLC - Daily Message Cap Reached" },
	{ 30024, CONFIG, "Numeric Sender ID Not Provisioned on Carrier" },
	{ 30025, WARNING,
	    "US A2P 10DLC - 50% T-Mobile Daily Message Limit Consumed" },
	{ 30026, WARNING,
	    "US A2P 10DLC - 70% T-Mobile Daily Message Limit Consumed" },
	{ 30027, DAILY_CAP,
	    "US A2P 10DLC - T-Mobile Daily Message Limit Reached" },
	{ 30028, CONFIG, "Invalid API version" },
	{ 30032, CONFIG, "Toll-Free Number Has Not Been Verified" },
	{ 30100, CONFIG, "Domain SID is invalid" },
	{ 30125, CONFIG,
	    "Your phone number could not be registered with US A2P "
	    "10DLC" },
	{ 30400, OTHER, "Parameters are not valid" },
	{ 30404, OTHER, "Not Found" },
	{ 30409, OTHER, "This message cannot be canceled" },
	{ 30410, TRANSIENT, "Provider Timeout Error" },
	{ 63018, THROTTLED, "Rate limit exceeded for Channel" },
	{ 63024, BAD_RECIPIENT, "Invalid message recipient" },
	{ 63038, DAILY_CAP, "Account exceeded the daily messages limit" },
};
/* clang-format on */

static const struct code *
find(int64_t code)
{
	size_t i;

	for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (codes[i].code == code)
			return &codes[i];
	return NULL;
}

enum post_class
twilio_class_sent(int64_t code, int64_t *retry_after_s)
{
	const struct code *known = find(code);

	*retry_after_s =
	    known == NULL ? 0 : meanings[known->trouble].retry_after_s;
	return known == NULL ? POST_REFUSED : meanings[known->trouble].sent;
}

enum post_class
twilio_class_final(int64_t code)
{
	const struct code *known = find(code);

	return known == NULL ? POST_UNDELIVERED
			     : meanings[known->trouble].final;
}

const char *
twilio_code_name(int64_t code)
{
	const struct code *known = find(code);

	return known == NULL ? "not in our table" : known->name;
}
