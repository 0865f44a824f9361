/*
 * NAME
 *	gateways - the lists of gateways in the configuration
 */
#ifndef SETTINGS_GATEWAYS_H
#define SETTINGS_GATEWAYS_H

#include "post/post.h"
#include "settings/tree.h"

/*
 * The gateways of one channel; complaints are in the tree. Names are unique
 * among these and those others. What was read is given in any case:
 * gateway_free() each, and free() the list.
 */
void gateways_read(struct tree *tree, enum channel channel,
    const struct gateway *others, int others_len, struct gateway **gateways,
    int *len);

#endif
