#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "post/post.h"
#include "post/token.h"

#define TOKEN_MAX 8192

/* The child: its own group, so that all of it can be ended; the signals as
 * they were before anybody changed them. */
_Noreturn static void
become(const char *command, int out)
{
	sigset_t none;

	setpgid(0, 0);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	dup2(out, STDOUT_FILENO);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

/* All that it says, up to its end or the time. False: it takes too long, or
 * says too much. */
static bool
hear(int in, int64_t timeout_s, struct buffer *said)
{
	double until_s = post_now_s() + (double)timeout_s;
	char block[1024];

	for (;;) {
		struct pollfd one = { .fd = in, .events = POLLIN };
		double left_s = until_s - post_now_s();
		ssize_t got;

		if (left_s <= 0 || poll(&one, 1, (int)(left_s * 1000) + 1) == 0)
			return false;
		got = read(in, block, sizeof(block));
		if (got == 0 || (got < 0 && errno != EINTR))
			return !said->over;
		if (got > 0)
			buffer_add(said, block, (size_t)got);
	}
}

/* The first line, if it may stand in a header. */
static char *
first_line(const struct buffer *said)
{
	const char *text = buffer_text(said);
	size_t len = strcspn(text, "\r\n"), i;

	for (i = 0; i < len; i++)
		if (text[i] <= ' ' || text[i] > '~')
			return NULL;
	return len == 0 ? NULL : xstrndup(text, len);
}

enum status
token_run(const char *command, int64_t timeout_s, char **token, struct why *why)
{
	struct buffer said = { .cap = TOKEN_MAX };
	char *line = NULL;
	int ends[2], result = -1;
	bool ended;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) != 0 || (pid = fork()) < 0)
		panic("no process for a token: %s", strerror(errno));
	if (pid == 0)
		become(command, ends[1]);
	close(ends[1]);
	ended = hear(ends[0], timeout_s, &said);
	close(ends[0]);
	if (!ended) {
		kill(-pid, SIGKILL);
		kill(pid, SIGKILL);
	}
	while (waitpid(pid, &result, 0) < 0 && errno == EINTR)
		;
	if (ended && result == 0)
		line = first_line(&said);
	buffer_free(&said);
	if (line != NULL) {
		*token = line;
		return STATUS_OK;
	}
	if (!ended)
		return why_set(why, STATUS_CONFIG,
		    "token_command gives no token within %lld seconds",
		    (long long)timeout_s);
	if (result != 0)
		return why_set(why, STATUS_CONFIG,
		    "token_command fails (exit status %d)",
		    WIFEXITED(result) ? WEXITSTATUS(result) : 128);
	return why_set(
	    why, STATUS_CONFIG, "what token_command prints is no token");
}
