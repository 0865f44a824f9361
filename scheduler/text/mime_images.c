#include "text/mime_images.h"

#include <stdio.h>
#include <string.h>

static const char lead[] = "src=\"data:image/png;base64,";

void
mime_images_take(
    const char *html, struct buffer *page, struct mime_images *images)
{
	const char *at;

	images->len = 0;
	while (images->len < MIME_IMAGES_MAX &&
	       (at = strstr(html, lead)) != NULL) {
		struct mime_image *image = &images->list[images->len++];
		const char *data = at + sizeof(lead) - 1;

		snprintf(image->id, sizeof(image->id), "image%d", images->len);
		image->base64 = data;
		image->len = strcspn(data, "\"");
		buffer_add(page, html, (size_t)(at - html));
		buffer_printf(page, "src=\"cid:%s", image->id);
		html = data + image->len;
	}
	buffer_puts(page, html);
}
