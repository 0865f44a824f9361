/*
 * NAME
 *	engine - what only one database engine understands
 *
 * The statements of statements.c are common to all engines. What is not (the
 * schema with its triggers, how a connection is set up, how a transaction
 * starts, how a message is claimed by one of many) stands in one file for
 * each engine: engine_sqlite.c is the first.
 */
#ifndef STORE_ENGINE_H
#define STORE_ENGINE_H

#include "store/statements.h"

extern const char *const engine_schema;	 /* schema.sql, whole */
extern const char *const engine_connect; /* run at each opening */

/* A statement in this engine's own words, or NULL where the common ones do. */
const char *engine_statement(enum statement statement);

#endif
