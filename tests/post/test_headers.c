/*
 * The head of a request as a server gets it: who we are, once, and whatever the
 * settings say in our own headers' place.
 */
#include "desk.h"

#include <arpa/inet.h>
#include <sys/socket.h>

static int
listen_at(int *port)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(bind(fd, (struct sockaddr *)&at, len), 0);
	assert_int_equal(listen(fd, 1), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &len), 0);
	*port = ntohs(at.sin_port);
	return fd;
}

static void
answer(int listener, char *head, size_t size)
{
	static const char ok[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
	int fd = accept(listener, NULL, NULL);
	size_t len = 0;
	ssize_t n;

	assert_true(fd >= 0);
	head[0] = '\0';
	while (strstr(head, "\r\n\r\n") == NULL && len < size - 1) {
		n = read(fd, head + len, size - 1 - len);
		assert_true(n > 0);
		len += (size_t)n;
		head[len] = '\0';
	}
	assert_int_equal(write(fd, ok, strlen(ok)), strlen(ok));
	close(fd);
}

/* What a server gets of a message, given these settings of the driver http. */
static void
send_with(const char *headers, const char *authorization, const char *user,
    const char *password, char *head, size_t size)
{
	struct clock clock = { .fixed = true, .fixed_at = 1772442000 };
	struct post_message message = { .key = "K0000000000000A1",
		.to = "+447700900123",
		.body = "Hello",
		.at = 1772442000,
		.expires_at = 1772445600 };
	struct gateway gateway;
	struct post_event event;
	struct post *post = NULL;
	int port, listener = listen_at(&port);
	char *url = xasprintf("http://127.0.0.1:%d/?{{id}}", port);

	gateway = gateway_with(&driver_http, "url", url, "method", "GET",
	    "headers", headers, "authorization", authorization, "user", user,
	    "password", password, NULL);
	assert_int_equal(post_open(&post, &clock, NULL), STATUS_OK);
	post_send(post, &gateway, &message, NULL);
	answer(listener, head, size);
	assert_true(post_wait(post, 10, &event));
	assert_int_equal(event.outcome.class, POST_ACCEPTED);
	post_close(post);
	gateway_free(&gateway);
	free(url);
	close(listener);
}

static int
lines_like(const char *head, const char *name)
{
	int count = 0;

	for (; (head = strstr(head, name)) != NULL; head += strlen(name))
		count++;
	return count;
}

static void
who_we_are_is_said_once(void **state)
{
	char head[4096];

	(void)state;
	/* A colon, a percent sign and UTF-8 are as good as other letters. */
	send_with(NULL, NULL, "user", "p:\xc3\xa4%40", head, sizeof(head));
	assert_non_null(
	    strstr(head, "\r\nAuthorization: Basic dXNlcjpwOsOkJTQw\r\n"));
	assert_non_null(strstr(head, "\r\nUser-Agent: keepmoving\r\n"));
	assert_null(strstr(head, "Expect"));

	send_with(NULL, NULL, "user", "", head, sizeof(head));
	assert_non_null(strstr(head, "\r\nAuthorization: Basic dXNlcjo=\r\n"));
}

static void
what_the_settings_say_stands_in_its_place(void **state)
{
	char head[4096];

	(void)state;
	send_with(
	    "user-agent: theirs", "Bearer t", "user", "p", head, sizeof(head));
	assert_non_null(strstr(head, "\r\nAuthorization: Bearer t\r\n"));
	assert_int_equal(lines_like(head, "\r\nAuthorization:"), 1);
	assert_non_null(strstr(head, "\r\nuser-agent: theirs\r\n"));
	assert_null(strstr(head, "User-Agent"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_we_are_is_said_once),
		cmocka_unit_test(what_the_settings_say_stands_in_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
