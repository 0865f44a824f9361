#!/bin/bash
# A database that a newer program has upgraded is refused, and not touched: no
# tick, no enrolment, no setup. So is a file that is no database.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"
ALWAYS=
clinic

NOW=2026-03-02T09:00:00Z
ann=$(enrol "Ann Lee" 07700900123)
at 2026-03-02T09:05:00Z tick
database()
{
	sqlite3 "$CLINIC/keepmoving.db" "$1; PRAGMA wal_checkpoint(TRUNCATE)" \
	    >"$CLINIC/sqlite.log"
}
database 'UPDATE clinic SET version = version + 1'
before=$(sha256sum <"$CLINIC/keepmoving.db")

NOW=2026-03-04T16:35:00Z
for command in tick setup "patient list" "alert list"; do
	# shellcheck disable=SC2086 # a command and its words
	expect_exit 78 km $command
	grep -qE 'keepmoving.db.*newer' <<<"$OUT" ||
		fail "does not say what is wrong: $OUT"
	[ "$(wc -l <"$CLINIC/stderr")" = 1 ] || fail "not one line: $OUT"
done
expect_exit 78 km enrol --name Ben --phone 07700900124 --plan low-back \
    --consent 2026-03-01 --set aggravator=sitting
expect_same "$before" "$(sha256sum <"$CLINIC/keepmoving.db")" "the database"
expect_count 0 'Worst pain' sent

# With the newer program, that is with this one again, all is there.
database 'UPDATE clinic SET version = version - 1'
at 2026-03-04T16:40:00Z tick
expect_count 1 'Worst pain' sent +447700900123
expect_json '"Ann Lee"' 'doc["name"]' km patient show "$ann" --json

mv "$CLINIC/keepmoving.db" "$CLINIC/kept.db"
rm -f "$CLINIC"/keepmoving.db-*
printf 'this is a letter\n%.0s' {1..1000} >"$CLINIC/keepmoving.db"
expect_exit 69 km tick
grep -q 'keepmoving.db' <<<"$OUT" || fail "does not say which file: $OUT"
