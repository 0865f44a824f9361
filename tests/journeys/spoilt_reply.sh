#!/bin/bash
# What lies in the inbox and can't be read is set aside and told to the clinic,
# once; the replies beside it are read all the same.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"
clinic

NOW=2026-03-02T09:00:00Z
ann=$(enrol "Ann Lee" 07700900123)
at 2026-03-02T09:05:00Z tick
at 2026-03-04T16:35:00Z tick

inbox=$CLINIC/spool/inbox
echo 'pain is 7 today' >"$inbox/000.json"
printf '{"id":"x","from":"+447700900123","body":"7' >"$inbox/001.json"
echo '{"id":"y","body":"7","at":"2026-03-04T16:36:00Z"}' >"$inbox/002.json"
echo '["7"]' >"$inbox/003.json"
: >"$inbox/004.json"
head -c 3000000 /dev/zero | tr '\0' 7 >"$inbox/005.json"
say +447700900123 "6" 2026-03-04T16:37:00Z

at 2026-03-04T16:40:00Z tick
expect_json '[6]' '[r["pain"] for r in doc["readings"]]' \
    km patient show "$ann" --json
expect_same "000.json 001.json 002.json 003.json 004.json 005.json" \
    "$(cd "$inbox/bad" && echo *)" "what was set aside"
expect_same "pain is 7 today" "$(cat "$inbox/bad/000.json")" \
    "word for word"
expect_same "" "$(find "$inbox" -maxdepth 1 -name '*.json')" "left behind"
expect 'gateway.*open' km alert list
alerts=$(km alert list --json | json 'len(doc)')

# Not again at the next tick.
at 2026-03-04T16:45:00Z tick
expect_json "$alerts" 'len(doc)' km alert list --json

# A reply dropped twice, under one id, is one reply.
cp "$inbox"/done/* "$inbox/"
at 2026-03-04T16:50:00Z tick
expect_json '1' 'len(doc["replies"])' km patient show "$ann" --json
expect_count 1 'noted' sent +447700900123
