#!/bin/bash
# Twilio, by polling alone: messages go out, receipts and replies come in, and
# the provider's account and ours agree. A tick killed between sending and
# recording, and answers that never come, lose nothing and send nothing twice.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"

STANDINS=${0%/*}/standins
ACCOUNT=AC00000000000000000000000000000001
PORT=$(free_port)
background "$STANDINS/twilio.py" --account "$ACCOUNT" --token secret \
    --number +447700900000 --ledger "$CLINIC/ledger" --port "$PORT" >/dev/null
wait_for "$PORT"
SMS="( { name = \"twilio\"; driver = \"twilio\"; account_sid = \"$ACCOUNT\";
    auth_token = \"secret\"; from = \"+447700900000\"; timeout = \"2s\";
    base_url = \"http://127.0.0.1:$PORT\"; } )"
clinic

control()
{
	curl -sS -f -X POST -d "$2" "http://127.0.0.1:$PORT/control/$1" >/dev/null
}

# At the stand-in it is what time it is here.
tick_at()
{
	control clock "{\"now\": \"$1\"}"
	at "$1" tick
}

# How often the provider took a text with these words.
taken()
{
	grep -c -- "$1" "$CLINIC/ledger" || :
}

NOW=2026-03-02T09:00:00Z
control clock "{\"now\": \"$NOW\"}"
ann=$(enrol "Ann Lee" 07700900123)
ben=$(enrol "Ben Okoro" 07700900124)
tick_at 2026-03-02T09:05:00Z
expect_same 2 "$(taken Riverside)" "welcomes taken"
tick_at 2026-03-02T09:10:00Z
tick_at 2026-03-02T09:15:00Z
expect_json '["delivered"]' '[m["state"] for m in doc["messages"] if m["id"]]' \
    km patient show "$ann" --json

# A question, and its answer by polling; the same list twice is one answer.
tick_at 2026-03-04T16:35:00Z
control inbound '{"from": "+447700900123", "body": "6"}'
tick_at 2026-03-04T16:40:00Z
tick_at 2026-03-04T16:45:00Z
expect_json '[6]' '[r["pain"] for r in doc["readings"]]' \
    km patient show "$ann" --json
expect_same 1 "$(taken noted)" "thanks taken"

# The answer to a send never comes, though the message was taken.
control fault '{"fault": "hang-after", "on": "send", "times": 2}'
tick_at 2026-03-06T16:35:00Z
expect_json '["unknown"]' '[m["state"] for m in doc["messages"]
    if m["asks"] == "pain"][-1:]' km patient show "$ben" --json
tick_at 2026-03-06T16:40:00Z
tick_at 2026-03-06T16:45:00Z
expect_same 4 "$(taken 'Worst pain')" "questions taken"
expect_json '"delivered"' '[m["state"] for m in doc["messages"]
    if m["asks"] == "pain"][-1]' km patient show "$ben" --json

# Nor was it taken: then it goes once more.
control fault '{"fault": "reset-before", "on": "send", "times": 1}'
say_at=2026-03-06T16:50:00Z
control inbound '{"from": "+447700900124", "body": "HELP"}'
tick_at "$say_at"
tick_at 2026-03-06T16:55:00Z
tick_at 2026-03-06T17:00:00Z
expect_same 1 "$(taken 'Reply STOP')" "answers to HELP taken"

# An opt-out that only the provider knows of becomes ours.
control optout '{"to": "+447700900124"}'
tick_at 2026-03-09T16:35:00Z
expect_json '"stopped"' 'doc["state"]' km patient show "$ben" --json

curl -sS "http://127.0.0.1:$PORT/control/complaints" >"$CLINIC/complaints"
expect_same '[]' "$(tr -d ' \n' <"$CLINIC/complaints")" "the provider's complaints"
