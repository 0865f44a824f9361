#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/status.h"
#include "post/easy.h"
#include "post/exchange.h"

CURL *
exchange_handle(struct exchange *exchange)
{
	CURL *easy;

	if (exchange->idle_len > 0)
		return exchange->idle[--exchange->idle_len];
	easy = curl_easy_init();
	if (easy == NULL)
		panic("out of memory");
	return easy;
}

void
exchange_return(struct exchange *exchange, CURL *easy)
{
	if (easy == NULL)
		return;
	curl_easy_reset(easy);
	if (exchange->idle_len == exchange->idle_size) {
		exchange->idle_size += 16;
		exchange->idle = xrealloc(
		    exchange->idle, exchange->idle_size, sizeof(CURL *));
	}
	exchange->idle[exchange->idle_len++] = easy;
}

/* One that libcurl can't take apart is left to it: it says why. The whole is
 * given in any case, or libcurl would write it down from the parts. */
void
exchange_url(struct exchange *exchange, CURL *easy, const char *url)
{
	if (exchange->url == NULL) {
		exchange->url = xstrdup(url);
		exchange->parts = curl_url();
		if (exchange->parts == NULL)
			panic("out of memory");
		if (curl_url_set(exchange->parts, CURLUPART_URL, url, 0) !=
		    CURLUE_OK)
			*exchange->url = '\0';
	}
	easy_set(easy, CURLOPT_URL, url);
	if (strcmp(exchange->url, url) == 0)
		easy_set(easy, CURLOPT_CURLU, exchange->parts);
}

/*
 * Debian's libcurl looks certificates up in a folder by default, which turns
 * its cache of them off: sixty-four connections then take a second and a
 * half instead of a tenth. The bundle holds the same certificates.
 */
void
exchange_authorities(struct exchange *exchange, CURL *easy, const char *ca_file)
{
	if (ca_file != NULL) {
		easy_set(easy, CURLOPT_CAPATH, NULL);
		easy_set(easy, CURLOPT_CAINFO, ca_file);
		return;
	}
	if (!exchange->asked) {
		const char *bundle = curl_version_info(CURLVERSION_NOW)->cainfo;

		exchange->has_bundle =
		    bundle != NULL && access(bundle, R_OK) == 0;
		exchange->asked = true;
	}
	if (exchange->has_bundle)
		easy_set(easy, CURLOPT_CAPATH, NULL);
}

static curl_socket_t
open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct exchange *exchange = arg;
	int fd = socket(address->family, address->socktype | SOCK_CLOEXEC,
	    address->protocol);

	(void)purpose;
	if (fd < 0)
		return CURL_SOCKET_BAD;
	exchange->farewell = xrealloc(exchange->farewell,
	    exchange->farewell_len + 1, sizeof(*exchange->farewell));
	exchange->farewell[exchange->farewell_len++] = fd;
	return fd;
}

static int
close_socket(void *arg, curl_socket_t fd)
{
	struct exchange *exchange = arg;
	size_t i;

	for (i = 0; i < exchange->farewell_len; i++)
		if (exchange->farewell[i] == fd)
			exchange->farewell[i--] =
			    exchange->farewell[--exchange->farewell_len];
	return close(fd);
}

void
exchange_farewell(struct exchange *exchange, CURL *easy)
{
	easy_set(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	easy_set(easy, CURLOPT_OPENSOCKETDATA, exchange);
	easy_set(easy, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
	easy_set(easy, CURLOPT_CLOSESOCKETDATA, exchange);
}

void
exchange_cut(struct exchange *exchange)
{
	size_t i;

	for (i = 0; i < exchange->farewell_len; i++)
		shutdown(exchange->farewell[i], SHUT_RDWR);
}

/* QUIT still goes out; its answer is read as the end of the connection. */
void
exchange_shorten(struct exchange *exchange)
{
	size_t i;

	for (i = 0; i < exchange->farewell_len; i++)
		shutdown(exchange->farewell[i], SHUT_RD);
}

void
exchange_close(struct exchange *exchange)
{
	size_t i;

	for (i = 0; i < exchange->idle_len; i++)
		curl_easy_cleanup(exchange->idle[i]);
	curl_url_cleanup(exchange->parts);
	free(exchange->url);
	free(exchange->idle);
	free(exchange->farewell);
	*exchange = (struct exchange){ 0 };
}
