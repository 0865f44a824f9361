/*
 * NAME
 *	log - what the program says of its own running, on stderr
 *
 * One line an entry. No name, address or text of a patient is ever logged:
 * references, ids, counts and reasons only. The level is the one piece of
 * global state, set once by main.c from -v and -q.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

enum log_level {
	LOG_SILENT, /* nothing: what is told is no clinic's */
	LOG_QUIET, /* errors only */
	LOG_NORMAL,
	LOG_VERBOSE,
	LOG__MAX
};

void log_set_level(enum log_level level);
enum log_level log_get_level(void);
void log_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_detail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
