/*
 * NAME
 *	shipped - the files that came with the program
 */
#ifndef COMMANDS_SHIPPED_H
#define COMMANDS_SHIPPED_H

/* A file or folder that lies beside the program, as installed
 * (../share/keepmoving) or as built (../config); the caller frees. NULL: it
 * can't be read there. */
char *shipped(const char *name);

#endif
