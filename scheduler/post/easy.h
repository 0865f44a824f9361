/*
 * NAME
 *	easy - an option of a transfer, or the end of the program
 *
 * libcurl copies what it is given, and says so quietly where there was no
 * memory for it. A request without its header, its sender or its password is
 * another request: it must not go out.
 */
#ifndef POST_EASY_H
#define POST_EASY_H

#include <curl/curl.h>

#include "base/status.h"

#define easy_set(easy, option, value)                                     \
	do {                                                              \
		if (curl_easy_setopt((easy), (option), (value)) ==        \
		    CURLE_OUT_OF_MEMORY)                                  \
			panic("out of memory for an option of libcurl"); \
	} while (0)

/* The list with a copy of that text at its end. */
static inline struct curl_slist *
easy_list(struct curl_slist *list, const char *text)
{
	struct curl_slist *longer = curl_slist_append(list, text);

	if (longer == NULL)
		panic("out of memory for a list of libcurl");
	return longer;
}

#endif
