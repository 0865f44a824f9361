#!/bin/bash
# A patient who stays in one stage: a clinician is asked after its time. Once
# somebody has looked and said what came of it, the next reply does not ask
# again; a week later it is asked once more.
. "${0%/*}/lib.sh"
clinic
NOW=2026-03-02T09:30:00Z
ref=$(enrol "Ann Miller" 07700900101 --baseline 3)

# Above the start at each check-in: no way on.
for day in 04 06 09 11 13 16; do
	at "2026-03-${day}T16:30:00Z" tick
	say +447700900101 5 "2026-03-${day}T17:00:00Z"
	at "2026-03-${day}T17:05:00Z" tick
done
at 2026-03-17T10:00:00Z tick
expect_json '"calm"' 'doc["stage"]' km patient show "$ref" --json
expect_json 1 'sum(a["kind"] == "stalled" for a in doc)' km alert list --json

close_stalled()
{
	local id

	id=$(km alert list --json |
	    json '[a["id"] for a in doc if a["kind"] == "stalled"][0]')
	km alert close "$id" --outcome "seen: goes on" >/dev/null
}

close_stalled
say +447700900101 5 2026-03-18T17:00:00Z
at 2026-03-18T16:30:00Z tick
at 2026-03-18T17:05:00Z tick
expect_json 0 'sum(a["kind"] == "stalled" for a in doc)' km alert list --json
at 2026-03-25T10:00:00Z tick
expect_json 1 'sum(a["kind"] == "stalled" for a in doc)' km alert list --json

# Whoever goes on stays in that stage no longer, and needs nobody for it.
for day in 25 27; do
	at "2026-03-${day}T16:30:00Z" tick
	say +447700900101 3 "2026-03-${day}T17:00:00Z"
	at "2026-03-${day}T17:05:00Z" tick
done
expect_json '"adjust"' 'doc["stage"]' km patient show "$ref" --json
expect_json 0 'sum(a["kind"] == "stalled" for a in doc)' km alert list --json
expect 'closed by keepmoving, .*: moved to Adjust' km alert list --all
