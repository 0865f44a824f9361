#!/bin/bash
# Twelve weeks of a patient who gets better: through every stage, each move
# with its reason, and then nothing more.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"
clinic

reply_to()
{
	case $2 in
	pain) next_score ann ;;
	settled) echo SAME ;;
	done) echo DONE ;;
	leg) echo NO ;;
	esac
}
scores ann 7 6 6 5 4 4 3 3 3 3 2 2 2 1 1 1 0

NOW=2026-03-02T09:00:00Z
ann=$(enrol "Ann Lee" 07700900123 --baseline 7)
live 2026-03-02 84 09:35 10:05 15:35 16:35 17:05

expect_json '"completed"' 'doc["state"]' km patient show "$ann" --json
expect_json '["adjust", "reintroduce-1", "reintroduce-2", "reintroduce-3", "finished"]' \
    '[m["to"] for m in doc["moves"]]' km patient show "$ann" --json
expect_json 'true' 'all(m["because"] for m in doc["moves"])' \
    km patient show "$ann" --json
expect 'pain [0-9] and [0-9] at the last two check-ins' km patient show "$ann"
expect_json '[]' '[m for m in doc["messages"] if m["state"] == "queued"]' \
    km patient show "$ann" --json

# It was no flood, and nobody read the same text twice in a week.
expect_json 'true' '(20 <= len([m for m in doc["messages"] if m["kind"] in
    ("question", "reminder")]) <= 48)' km patient show "$ann" --json

# The end is the end.
before=$(sent +447700900123 | wc -l)
ticks 2026-05-26T08:00:00Z 2026-06-02T08:00:00Z 6h
expect_same "$before" "$(sent +447700900123 | wc -l)" "texts after the end"
