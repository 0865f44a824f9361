#!/bin/bash
# A red flag is answered by the text of its level and alerts, wherever the
# writer is: stopped, finished, discharged, paused by the clinic, on a shared
# number, by email, or nobody we know. Who has stopped gets that answer, once,
# and nothing else.
. "${0%/*}/lib.sh"
clinic

NOW=2026-03-02T09:00:00Z
ann=$(enrol "Ann Hill" 07700900101)
ben=$(enrol "Ben Hill" 07700900102)
cara=$(enrol "Cara Hill" 07700900103)
dev=$(enrol "Dev Hill" dev@example.com)
eve=$(enrol "Eve Hill" 07700900105)
fay=$(enrol "Fay Hill" 07700900105)
gus=$(enrol "Gus Hill" 07700900107)
ivy=$(enrol "Ivy Hill" 07700900108)
jo=$(enrol "Jo Hill" 07700900108)
at 2026-03-02T09:05:00Z tick

# Stopped: the safety net once, then silence again, and she stays stopped.
say +447700900101 "STOP"
at 2026-03-02T10:00:00Z tick
say +447700900101 "I can't feel my bum and I wet myself"
at 2026-03-02T23:00:00Z tick
expect_count 1 'Call 999 or go to emergency care' sent +447700900101
expect_json '"stopped"' 'doc["state"]' km patient show "$ann" --json
expect 'safety-net.*(sent|delivered)' km why "$ann" --day 2026-03-02
say +447700900101 "still numb down there"
at 2026-03-02T23:05:00Z tick
at 2026-03-02T23:30:00Z tick
expect_count 1 'go to emergency care' sent +447700900101
expect_json '2' 'len([a for a in doc["alerts"] if a["kind"] == "red-flag"])' \
    km patient show "$ann" --json

# Discharged; and paused by the clinic until somebody resumes.
km patient discharge "$ben" >/dev/null
km patient pause "$cara" >/dev/null
say +447700900102 "both my legs have gone weak"
say +447700900103 "I just want to end it all"
say dev@example.com "Chest pain since this morning"
at 2026-03-02T23:35:00Z tick
expect 'Call 999 or go to emergency care' sent +447700900102
expect 'call 116 123: a person can talk with you now.*might act on it, call 999' \
    sent +447700900103
expect 'Please act on this now' mails dev@example.com
expect_json '"discharged"' 'doc["state"]' km patient show "$ben" --json
for ref in $ben $cara $dev; do
	expect_json 'true' '"red-flag" in [a["kind"] for a in doc["alerts"]]' \
	    km patient show "$ref" --json
done

# What the clinic paused with its own hand goes on by its own hand alone.
id=$(km alert list --json | json "[a['id'] for a in doc if a['ref'] == '$cara'][0]")
km alert close "$id" --outcome "talked with her, safe" >/dev/null
expect_json '"paused"' 'doc["state"]' km patient show "$cara" --json

# A shared number: the answer once, both wait, both are alerts.
say +447700900105 "can't feel my legs, either of them"
at 2026-03-03T03:00:00Z tick
expect_count 1 'go to emergency care' sent +447700900105
expect_json '"paused"' 'doc["state"]' km patient show "$eve" --json
expect_json '"paused"' 'doc["state"]' km patient show "$fay" --json

# Nobody we know: the answer, an alert about an unknown sender, the inbox.
say +447700900888 "my bladder has stopped working"
at 2026-03-03T03:05:00Z tick
expect 'Call 999' sent +447700900888
expect 'unknown sender, emergency, red-flag' sent +447700900999
expect 'bladder' km inbox list

# Urgent at night: answered now, the clinic hears of it at opening.
say +447700900107 "I have a fever and night sweats"
at 2026-03-03T03:10:00Z tick
expect 'call 111 now' sent +447700900107
expect_no "$gus" sent +447700900999
at 2026-03-03T09:00:00Z tick
expect "$gus, urgent" sent +447700900999
expect "$gus" km alert list

# Two at once want two numbers.
say +447700900107 "no feeling in either leg, I want to kill myself"
at 2026-03-03T09:05:00Z tick
expect 'Call 999 or go' sent +447700900107
expect 'call 116 123' sent +447700900107

# A shared number again, and one of the two was just asked: the other may be
# who writes, so both wait, each with an alert that says to ask who it is.
at 2026-03-04T16:35:00Z tick
expect_count 1 'Worst pain' sent +447700900108
say +447700900108 "9, and I can't feel when I pee"
at 2026-03-04T16:40:00Z tick
expect_count 1 'go to emergency care' sent +447700900108
for ref in $ivy $jo; do
	expect_json '"paused"' 'doc["state"]' km patient show "$ref" --json
	expect_json 'true' "['ask who it is' in a['because'] for a in doc if a['ref'] == '$ref'][0]" \
	    km alert list --json
	expect "$ref, emergency" sent +447700900999
done

# Paused by himself, stopped, then a flag: neither START nor the day of his own
# pause lifts what the flag holds; a clinician does.
kit=$(enrol "Kit Hill" 07700900109)
say +447700900109 "PAUSE 2"
at 2026-03-04T16:45:00Z tick
say +447700900109 "STOP"
at 2026-03-04T16:50:00Z tick
say +447700900109 "I can't feel my saddle area"
at 2026-03-04T16:55:00Z tick
for _ in 1 2; do
	say +447700900109 "START"
	at "$(later "$NOW" 5m)" tick
	expect_json '"paused"' 'doc["state"]' km patient show "$kit" --json
done
ticks 2026-03-07T08:00:00Z 2026-03-07T20:00:00Z 1h
expect_json '["paused", "red-flag"]' '[doc["state"], doc["paused_by"]]' \
    km patient show "$kit" --json
id=$(km alert list --json | json "[a['id'] for a in doc if a['ref'] == '$kit' and a['kind'] == 'red-flag'][0]")
km alert close "$id" --outcome "seen, safe" >/dev/null
expect_json '"active"' 'doc["state"]' km patient show "$kit" --json
