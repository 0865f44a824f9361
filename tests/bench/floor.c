/*
 * NAME
 *	floor - the same requests with libcurl alone: what nobody can go below
 *
 * usage: floor URL COUNT IN_FLIGHT [CA_FILE]
 *
 * No database, no texts, no decisions: what keepmoving adds stands above this.
 * Exits 1 if one of them is not answered by 201.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#define IN_FLIGHT_MAX 256

static const char *const form =
    "To=%2B447700900001&From=%2B447700900000&Body="
    "Hi%20Pat%2C%20Riverside%20here%20with%20your%20"
    "plan%3A%20up%20to%204%20texts%20a%20week.%20"
    "Reply%20HELP%20for%20help%2C%20STOP%20to%20end.";

static size_t
drop(char *bytes, size_t size, size_t count, void *arg)
{
	(void)bytes;
	(void)arg;
	return size * count;
}

static CURL *
handle(const char *url, const char *ca_file, struct curl_slist *headers)
{
	CURL *easy = curl_easy_init();

	curl_easy_setopt(easy, CURLOPT_URL, url);
	curl_easy_setopt(easy, CURLOPT_POSTFIELDS, form);
	curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(
	    easy, CURLOPT_USERPWD, "AC00000000000000000000000000000000:secret");
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, drop);
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	if (ca_file != NULL) {
		curl_easy_setopt(easy, CURLOPT_CAINFO, ca_file);
		curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
		curl_easy_setopt(
		    easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
		curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L);
	}
	return easy;
}

/* Take what has ended, and begin as many anew. */
static long
turn(CURLM *multi, long *left)
{
	CURLMsg *message;
	long ended = 0;
	int queued;

	while ((message = curl_multi_info_read(multi, &queued)) != NULL) {
		CURL *easy = message->easy_handle;
		long code = 0;

		curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code);
		if (message->data.result != CURLE_OK || code != 201) {
			fprintf(stderr, "floor: %s, HTTP status %ld\n",
			    curl_easy_strerror(message->data.result), code);
			exit(1);
		}
		ended++;
		curl_multi_remove_handle(multi, easy);
		if (*left > 0) {
			(*left)--;
			curl_multi_add_handle(multi, easy);
		}
	}
	return ended;
}

int
main(int argc, char **argv)
{
	struct curl_slist *headers = curl_slist_append(NULL, "Expect:");
	CURL *easy[IN_FLIGHT_MAX];
	int in_flight, running = 0;
	long count, left, ended = 0;
	CURLM *multi;

	if (argc < 4) {
		fprintf(stderr, "usage: floor URL COUNT IN_FLIGHT [CA_FILE]\n");
		return 64;
	}
	left = count = atol(argv[2]);
	in_flight = atoi(argv[3]);
	if (in_flight < 1 || in_flight > IN_FLIGHT_MAX || count < in_flight)
		return 64;
	curl_global_init(CURL_GLOBAL_DEFAULT);
	multi = curl_multi_init();
	for (int i = 0; i < in_flight; i++, left--) {
		easy[i] = handle(argv[1], argc > 4 ? argv[4] : NULL, headers);
		curl_multi_add_handle(multi, easy[i]);
	}
	while (ended < count) {
		curl_multi_perform(multi, &running);
		ended += turn(multi, &left);
		if (ended < count)
			curl_multi_poll(multi, NULL, 0, 1000, NULL);
	}
	for (int i = 0; i < in_flight; i++) {
		curl_multi_remove_handle(multi, easy[i]);
		curl_easy_cleanup(easy[i]);
	}
	curl_multi_cleanup(multi);
	curl_slist_free_all(headers);
	return 0;
}
