#!/bin/bash
# A patient settles, takes the first steps, flares up and goes one step back:
# after two bad scores, not after one. Then it goes up again.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"
clinic

reply_to()
{
	case $2 in
	pain) next_score ben ;;
	settled) echo BETTER ;;
	done) echo "not today" ;;
	leg) echo no ;;
	esac
}
# In reintroduce-2 a 7, which is one; in time a 4; then 6 and 8, which are two.
scores ben 6 5 4 3 3 3 3 7 4 6 8 3 3 3 3 2 2 2

NOW=2026-03-02T09:00:00Z
ben=$(enrol "Ben Okoro" 07700900124 --baseline 6)
live 2026-03-02 70 09:35 10:05 15:35 16:35 17:05

expect_json 'true' '(["reintroduce-2", "reintroduce-1"] in
    [[m["from"], m["to"]] for m in doc["moves"]])' km patient show "$ben" --json
expect_json 'true' '(any(m["act"] == "retreat" and "6 and 8" in m["because"]
    for m in doc["moves"]))' km patient show "$ben" --json
expect_json '1' 'len([m for m in doc["moves"] if m["act"] == "retreat"])' \
    km patient show "$ben" --json
expect 'one step easier for now' sent +447700900124
expect_json 'true' '"pain" in [a["kind"] for a in doc["alerts"]]' \
    km patient show "$ben" --json
