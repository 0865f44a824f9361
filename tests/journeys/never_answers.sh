#!/bin/bash
# A patient who never answers stays where he is: no stage moves on silence.
# After three questions in a row the clinic is told; nudges don't go on for
# ever.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"
clinic

reply_to()
{
	:
}

NOW=2026-03-02T09:00:00Z
finn=$(enrol "Finn Byrne" 07700900125)
live 2026-03-02 28 09:35 10:05 16:35 18:35

expect_json '"calm"' 'doc["stage"]' km patient show "$finn" --json
expect_json '[]' 'doc["moves"]' km patient show "$finn" --json
expect_json 'true' '"silent" in [a["kind"] for a in doc["alerts"]]' \
    km patient show "$finn" --json
expect_json 'true' '"stalled" in [a["kind"] for a in doc["alerts"]]' \
    km patient show "$finn" --json
expect_json 'true' 'len([m for m in doc["messages"] if m["kind"] == "nudge"]) == 1' \
    km patient show "$finn" --json

# The clinician's text has a reference and no story.
expect "alert [0-9]+: $finn" sent +447700900999
expect_no 'Finn|Byrne|pain' sent +447700900999
