/*
 * NAME
 *	mime_images - pictures within a page, as parts of a mail
 *
 * A message is one text, so a picture stands in its HTML as a data: URI. Mail
 * programs do not show those: in a mail each becomes a part of its own, which
 * the HTML names by a cid: URI.
 */
#ifndef TEXT_MIME_IMAGES_H
#define TEXT_MIME_IMAGES_H

#include "base/buffer.h"

#define MIME_IMAGES_MAX 64 /* more stay where they are */

struct mime_image {
	char id[32]; /* of the cid: URI: "image1" */
	const char *base64; /* of a PNG; lent by the html */
	size_t len;
};

struct mime_images {
	struct mime_image list[MIME_IMAGES_MAX];
	int len;
};

/* Takes the PNGs of a page out: page gets the rest of it, with their names. */
void mime_images_take(
    const char *html, struct buffer *page, struct mime_images *images);

#endif
