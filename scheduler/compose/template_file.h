/*
 * NAME
 *	template_file - one file of the templates folder, parsed
 */
#ifndef COMPOSE_TEMPLATE_FILE_H
#define COMPOSE_TEMPLATE_FILE_H

#include "compose/templates.h"

/* NO_FILE, DENIED; CONFIG with file and line. Lines in what mustache says
 * later are the file's. The caller template_free()s *template. */
enum status template_read(const char *path, const char *name,
    struct template **template, struct why *why);
void template_free(struct template *template); /* takes NULL */

#endif
