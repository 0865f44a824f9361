#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "post/driver.h"

void
post_request_header(struct post_request *request, const char *fmt, ...)
{
	va_list args;
	char *line;
	int len;

	va_start(args, fmt);
	len = vasprintf(&line, fmt, args);
	va_end(args);
	if (len < 0)
		panic("out of memory");
	request->headers = xrealloc(request->headers,
	    (size_t)request->headers_len + 1, sizeof(*request->headers));
	request->headers[request->headers_len++] = line;
}

void
post_request_free(struct post_request *request)
{
	int i;

	for (i = 0; i < request->headers_len; i++)
		free(request->headers[i]);
	free(request->headers);
	free(request->method);
	free(request->url);
	free(request->user);
	free(request->password);
	free(request->token);
	free(request->token_command);
	free(request->mail_from);
	free(request->rcpt);
	free(request->sigv4);
	buffer_free(&request->body);
	*request = (struct post_request){ 0 };
}
