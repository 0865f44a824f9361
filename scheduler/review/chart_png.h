/*
 * NAME
 *	chart_png - a chart as a picture, for a mail
 *
 * Drawn by keepmoving-chart, which stands beside keepmoving or, installed, in
 * libexec/keepmoving.
 */
#ifndef REVIEW_CHART_PNG_H
#define REVIEW_CHART_PNG_H

#include "base/buffer.h"

/* Adds the bytes of a PNG to png. UNAVAILABLE where the program is not there
 * or fails; then nothing is added. */
enum status chart_png(
    const struct buffer *svg, struct buffer *png, struct why *why);

#endif
