#!/bin/bash
# A copy is made while the clinic works and is proved before it is needed. Put
# in the database's place it sends nothing, until a person says that it is now
# the clinic; a copy that was damaged is found out.
. "${0%/*}/lib.sh"
ALWAYS=
clinic

NOW=2026-03-02T09:00:00Z
enrol "Ann Lee" 07700900123 >/dev/null
at 2026-03-02T09:05:00Z tick
km backup "$CLINIC/copy.db"
expect '1 patient, 1 message' km backup --check "$CLINIC/copy.db"

# A slip in the name costs nobody a file, the clinic least of all.
kept()
{
	local sum
	sum=$(sha256sum <"$1")
	expect_exit 73 km backup "$1"
	expect_same "$sum" "$(sha256sum <"$1")" "$1"
	expect "$2" printf '%s\n' "$OUT"
}
ln "$CLINIC/keepmoving.db" "$CLINIC/other-name.db"
kept "$CLINIC/keepmoving.db" 'is a clinic.s database itself'
kept "$CLINIC/other-name.db" 'is a clinic.s database itself'
kept "$CLINIC/keepmoving.cfg" 'is no copy of a keepmoving database'
python3 -c 'import sqlite3, sys
sqlite3.connect(sys.argv[1]).execute("create table other (a)")' \
    "$CLINIC/foreign.db"
kept "$CLINIC/foreign.db" 'is no copy of a keepmoving database'
expect_exit 73 km backup "$CLINIC/spool"
expect_same '' "$(compgen -G "$CLINIC/*.new" || :)" "what is left beside"
rm "$CLINIC/other-name.db"
km backup "$CLINIC/copy.db"
: >"$CLINIC/empty.db"
km backup "$CLINIC/empty.db"
mkdir "$CLINIC/disk"
ln -s disk "$CLINIC/way"
km backup "$CLINIC/way/copy.db"
km backup "$CLINIC/way/copy.db"
expect '1 patient, 1 message' km backup --check "$CLINIC/empty.db"

at 2026-03-04T16:35:00Z tick
before=$(sent +447700900123)
expect_same 2 "$(grep -c . <<<"$before")" "texts to the patient"

# The disk was lost, and the copy is put back: the question of Wednesday is
# not in it, and would go once more.
rm -f "$CLINIC"/keepmoving.db "$CLINIC"/keepmoving.db-*
cp "$CLINIC/copy.db" "$CLINIC/keepmoving.db"
NOW=2026-03-04T16:40:00Z
expect_exit 77 km tick
expect 'restored from a backup' printf '%s\n' "$OUT"
expect_exit 69 km doctor
expect_same "$before" "$(sent +447700900123)" "texts to the patient"

# Without --adopt setup loads plans, and does not call it ready.
expect 'restored from a backup.*setup --adopt' km setup
expect_no 'is ready' km setup
expect_exit 77 km tick
expect 'is ready' km setup --adopt
expect_exit 0 km tick

# A torn copy is no copy.
head -c 20000 "$CLINIC/copy.db" >"$CLINIC/torn.db"
expect_exit 69 km backup --check "$CLINIC/torn.db"
head -c 4000 /dev/urandom >"$CLINIC/noise.db"
expect_exit 69 km backup --check "$CLINIC/noise.db"
expect_exit 66 km backup --check "$CLINIC/none.db"
expect 'none.db: No such file' printf '%s\n' "$OUT"
expect_exit 73 km backup "$CLINIC/no/such/folder"
