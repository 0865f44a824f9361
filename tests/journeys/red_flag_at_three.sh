#!/bin/bash
# A red flag at three in the morning: answered and both contacts told in one
# tick, exercise messages pause, the alert is repeated until somebody takes it
# on, and only an outcome lets the plan go on.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"
clinic

NOW=2026-03-02T09:00:00Z
eve=$(enrol "Eve Novak" 07700900123)
at 2026-03-02T09:05:00Z tick
at 2026-03-04T16:35:00Z tick

say +447700900123 "3. but i cant feel when i wee and my bum is numb"
at 2026-03-05T03:05:00Z tick
expect 'Call 999 or go to emergency care now' sent +447700900123
expect_count 1 'emergency' sent +447700900999
expect_count 1 . mails duty@clinic.example
expect_json '["red-flag", "emergency", "open"]' \
    '[[a["kind"], a["level"], a["state"]] for a in doc if a["ref"]][-1]' \
    km alert list --json
expect_json '"paused"' 'doc["state"]' km patient show "$eve" --json

# No story, no name on the clinician's phone.
expect_no 'Eve|Novak|wee|bum|numb' sent +447700900999

# Again after a quarter of an hour, and again; not in between.
at 2026-03-05T03:10:00Z tick
expect_count 1 'emergency' sent +447700900999
at 2026-03-05T03:20:00Z tick
at 2026-03-05T03:40:00Z tick
expect_count 3 'emergency' sent +447700900999

# A stranger can't take it on; a clinician on the list can, by reply.
id=$(km alert list --json | json '[a["id"] for a in doc if a["kind"] == "red-flag"][0]')
say +447700900777 "ACK $id"
at 2026-03-05T03:41:00Z tick
expect_json '"open"' "[a['state'] for a in doc if a['id'] == $id][0]" \
    km alert list --json
say +447700900999 "ack $id"
at 2026-03-05T03:42:00Z tick
expect_json '"acknowledged"' "[a['state'] for a in doc if a['id'] == $id][0]" \
    km alert list --json
ticks 2026-03-05T04:00:00Z 2026-03-05T12:00:00Z 1h
expect_count 3 "alert $id" sent +447700900999

# Paused: no exercise message, and the stage was not moved by that 3.
ticks 2026-03-05T12:00:00Z 2026-03-08T20:00:00Z 4h
expect_count 1 'Worst pain' sent +447700900123
expect_json '"calm"' 'doc["stage"]' km patient show "$eve" --json
expect 'red flag' km why "$eve" --day 2026-03-06

# Closed only with an outcome; then the plan goes on.
expect_exit 64 km alert close "$id"
km alert close "$id" --outcome "seen the same night, nothing found" --by Sam >/dev/null
expect_json '"active"' 'doc["state"]' km patient show "$eve" --json
at 2026-03-09T16:35:00Z tick
expect_count 2 'Worst pain' sent +447700900123
