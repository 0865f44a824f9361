#!/bin/bash
# One who does not answer: one nudge a question, then the clinic is told, in
# words that tell silence from a number that takes nothing, and fewer messages
# go; the first word brings them back. A rise of pain alerts by itself.
. "${0%/*}/lib.sh"
clinic

NOW=2026-03-02T09:00:00Z
finn=$(enrol "Finn Byrne" 07700900101 --baseline 4)
ada=$(enrol "Ada Byrne" 07700900102 --baseline 3)
live()
{
	local day
	for day in $(seq "$2"); do
		day=$(later "$1T00:00:00Z" "$((day - 1))d")
		for time in 09:35 10:05 16:35 18:35; do
			at "${day%T*}T$time:00Z" -q tick
		done
	done
}

live 2026-03-02 8
expect_json '1' 'len([m for m in doc["messages"] if m["kind"] == "nudge"])' \
    km patient show "$finn" --json
live 2026-03-10 2
expect_json '["silent"]' '[a["kind"] for a in doc["alerts"]]' \
    km patient show "$finn" --json
expect 'in a row without an answer, and all' km alert list
expect 'ewer messages until an answer comes: 1 a week' \
    km why "$finn" --day 2026-03-09

km alert ack "$(km alert list --json | json "[a['id'] for a in doc
    if a['ref'] == '$ada' and a['kind'] == 'silent'][0]")" >/dev/null

# From four a week to one, and why tells.
before=$(sent +447700900101 | wc -l)
live 2026-03-12 14
expect_count $((before + 2)) . sent +447700900101
expect "silent_weekly_limit" km why "$finn" --day 2026-03-13
expect_json '1' 'len([a for a in doc["alerts"] if a["kind"] == "silent"])' \
    km patient show "$finn" --json

# A word, whatever it is, and it is as before.
say +447700900101 "sorry, was away. 4"
at 2026-03-25T19:00:00Z tick
expect 'eard from again' km why "$finn" --day 2026-03-25
expect_no "$finn silent" km alert list
expect 'closed by itself: heard from again' km why "$finn" --day 2026-03-25
before=$(sent +447700900101 | wc -l)
live 2026-03-26 8
[ "$(sent +447700900101 | wc -l)" -ge $((before + 3)) ] ||
	fail "no more messages than before: $(sent +447700900101; km why "$finn" --day 2026-03-27; km why "$finn" --day 2026-03-30)"

# Whose silence goes on is told of again, though somebody has taken that.
expect_json '[["open", "6 questions"]]' '[[a["state"], a["because"][:11]]
    for a in doc["alerts"] if a["kind"] == "silent"]' \
    km patient show "$ada" --json

# Ada's pain rises by three on two readings: an alert, without any retreat.
say +447700900102 "6"
at 2026-04-03T17:00:00Z tick
expect_json 'false' '"worsening" in [a["kind"] for a in doc["alerts"]]' \
    km patient show "$ada" --json
say +447700900102 "7"
at 2026-04-03T18:00:00Z tick
expect_json 'true' '"worsening" in [a["kind"] for a in doc["alerts"]]' \
    km patient show "$ada" --json
expect 'at least 3 above 3 at the start' km alert list
expect_json '"calm"' 'doc["stage"]' km patient show "$ada" --json
