/*
 * NAME
 *	gateway - a provider that takes every message, after a given time
 *
 * usage: gateway PORT DELAY_MS
 *
 * Answers each POST on 127.0.0.1 as Twilio does, with a sid of its own, and
 * each GET with an empty list. It does nothing else, so that what is measured
 * is the sender. GET /count tells how many messages it has taken.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CONNECTIONS 1024
#define REQUEST_MAX 8192
#define WAITING_MAX 4096

struct connection {
	size_t len;
	char text[REQUEST_MAX];
};

/* An answer that is owed, in the order of time: the delay is the same. */
struct owed {
	int fd;
	int64_t at_us;
	int64_t sid; /* 0: the answer to a GET */
};

static struct connection *connections[CONNECTIONS]; /* by descriptor */
static struct owed owed[WAITING_MAX];
static size_t owed_first, owed_len;
static int64_t taken, delay_us;
static int poll_fd;

static int64_t
now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void
die(const char *what)
{
	perror(what);
	exit(1);
}

static void
hang_up(int fd)
{
	free(connections[fd]);
	connections[fd] = NULL;
	close(fd);
}

/* As long as an answer of Twilio's. */
static int
message_json(char *out, size_t size, int64_t sid)
{
	return snprintf(out, size,
	    "{\"account_sid\": \"AC00000000000000000000000000000000\", "
	    "\"api_version\": \"2010-04-01\", \"body\": \"Hi there\", "
	    "\"date_created\": \"Mon, 02 Mar 2026 09:00:00 +0000\", "
	    "\"date_sent\": null, "
	    "\"date_updated\": \"Mon, 02 Mar 2026 09:00:00 +0000\", "
	    "\"direction\": \"outbound-api\", \"error_code\": null, "
	    "\"error_message\": null, \"from\": \"+447700900000\", "
	    "\"messaging_service_sid\": null, \"num_media\": \"0\", "
	    "\"num_segments\": \"1\", \"price\": null, "
	    "\"price_unit\": \"USD\", \"sid\": \"SM%032llx\", "
	    "\"status\": \"queued\", \"subresource_uris\": {\"media\": "
	    "\"/2010-04-01/Accounts/AC0/Messages/Media.json\"}, "
	    "\"to\": \"+447700900001\", "
	    "\"uri\": \"/2010-04-01/Accounts/AC0/Messages.json\"}",
	    (unsigned long long)sid);
}

static void
answer(int fd, int64_t sid)
{
	char body[1024], text[2048];
	int len = sid > 0 ? message_json(body, sizeof body, sid)
			  : snprintf(body, sizeof body,
				"{\"messages\": [], \"next_page_uri\": null, "
				"\"count\": %lld}",
				(long long)taken);
	int all = snprintf(text, sizeof text,
	    "HTTP/1.1 %s\r\nContent-Type: application/json\r\n"
	    "Content-Length: %d\r\n\r\n%s",
	    sid > 0 ? "201 Created" : "200 OK", len, body);

	if (connections[fd] != NULL &&
	    send(fd, text, (size_t)all, MSG_NOSIGNAL) != all)
		hang_up(fd);
}

static void
owe(int fd, int64_t sid)
{
	if (delay_us == 0) {
		answer(fd, sid);
		return;
	}
	if (owed_len == WAITING_MAX) {
		hang_up(fd);
		return;
	}
	owed[(owed_first + owed_len++) % WAITING_MAX] =
	    (struct owed){ fd, now_us() + delay_us, sid };
}

/* Bytes of a whole request that the text begins with; 0: not whole yet. */
static size_t
request_len(const char *text, size_t len)
{
	const char *end = memmem(text, len, "\r\n\r\n", 4);
	size_t head, body = 0;

	if (end == NULL)
		return 0;
	head = (size_t)(end - text) + 4;
	for (const char *line = text; line < end; line++)
		if ((line == text || line[-1] == '\n') &&
		    strncasecmp(line, "content-length:", 15) == 0)
			body = strtoul(line + 15, NULL, 10);
	return len >= head + body ? head + body : 0;
}

static void
take(int fd)
{
	struct connection *c = connections[fd];
	ssize_t got =
	    recv(fd, c->text + c->len, sizeof c->text - 1 - c->len, 0);
	size_t whole;

	if (got <= 0) {
		if (got == 0 || errno != EAGAIN)
			hang_up(fd);
		return;
	}
	c->len += (size_t)got;
	c->text[c->len] = '\0';
	while ((whole = request_len(c->text, c->len)) > 0) {
		int64_t sid = c->text[0] == 'P' ? ++taken : 0;

		c->len -= whole;
		memmove(c->text, c->text + whole, c->len + 1);
		owe(fd, sid);
		if (connections[fd] == NULL)
			return;
	}
	if (connections[fd] != NULL && c->len == sizeof c->text - 1)
		hang_up(fd);
}

static void
welcome(int door)
{
	// cppcheck-suppress nullPointer ; who calls is of no interest
	int fd = accept4(door, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	int one = 1;

	if (fd < 0)
		return;
	if (fd >= CONNECTIONS) {
		close(fd);
		return;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	connections[fd] = calloc(1, sizeof *connections[fd]);
	if (connections[fd] == NULL)
		die("calloc");
	struct epoll_event event = { .events = EPOLLIN, .data.fd = fd };
	if (epoll_ctl(poll_fd, EPOLL_CTL_ADD, fd, &event) < 0)
		die("epoll_ctl");
}

/* Pay what is due; milliseconds until the next, -1: nothing is owed. */
static int
pay(void)
{
	while (owed_len > 0) {
		struct owed *next = &owed[owed_first];
		int64_t left_us = next->at_us - now_us();

		if (left_us > 0)
			return (int)((left_us + 999) / 1000);
		owed_first = (owed_first + 1) % WAITING_MAX;
		owed_len--;
		answer(next->fd, next->sid);
	}
	return -1;
}

static int
listen_at(uint16_t port)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;

	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (bind(fd, (struct sockaddr *)&at, sizeof at) < 0 ||
	    listen(fd, 512) < 0)
		die("gateway");
	return fd;
}

int
main(int argc, char **argv)
{
	struct epoll_event events[128];
	int door;

	if (argc != 3) {
		fprintf(stderr, "usage: gateway PORT DELAY_MS\n");
		return 64;
	}
	delay_us = atoll(argv[2]) * 1000;
	door = listen_at((uint16_t)atoi(argv[1]));
	poll_fd = epoll_create1(EPOLL_CLOEXEC);
	struct epoll_event event = { .events = EPOLLIN, .data.fd = door };
	if (poll_fd < 0 || epoll_ctl(poll_fd, EPOLL_CTL_ADD, door, &event) < 0)
		die("epoll");
	for (;;) {
		int n = epoll_wait(poll_fd, events, 128, pay());

		for (int i = 0; i < n; i++) {
			int fd = events[i].data.fd;

			if (fd == door)
				welcome(door);
			else if (connections[fd] != NULL)
				take(fd);
		}
	}
}
