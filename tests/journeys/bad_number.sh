#!/bin/bash
# A number that the provider calls no good is told once and not paid for again,
# until somebody writes from it or a person has looked at it; another channel
# still carries the message, and its question stands.
. "${0%/*}/lib.sh"

STANDINS=${0%/*}/standins
ACCOUNT=AC00000000000000000000000000000001
PORT=$(free_port)
background "$STANDINS/twilio.py" --account "$ACCOUNT" --token secret \
    --number +447700900000 --ledger "$CLINIC/ledger" --port "$PORT" >/dev/null
wait_for "$PORT"
SMS="( { name = \"twilio\"; driver = \"twilio\"; account_sid = \"$ACCOUNT\";
    auth_token = \"secret\"; from = \"+447700900000\";
    base_url = \"http://127.0.0.1:$PORT\"; } )"
clinic

control()
{
	curl -sS -f -X POST -d "$2" "http://127.0.0.1:$PORT/control/$1" >/dev/null
}

tick_at()
{
	control clock "{\"now\": \"$1\"}"
	at "$1" -q tick
}

tried()
{
	curl -sS "http://127.0.0.1:$PORT/control/requests" |
	    { grep -o 'To=%2B447700900123' || :; } | wc -l
}

NOW=2026-03-02T09:00:00Z
control clock "{\"now\": \"$NOW\"}"
ref=$(enrol "Ann Lee" 07700900123 --email ann@patients.example --channel both)
control fault '{"fault": "refuse", "on": "send", "times": 1, "code": 21614}'
tick_at 2026-03-02T09:05:00Z
expect_count 1 'undeliverable' km alert list
expect_count 1 'Welcome' mails ann@patients.example
tried=$(tried)

# The question goes by email alone, costs no text, and stands.
tick_at 2026-03-04T16:35:00Z
expect_same "$tried" "$(tried)" "texts tried"
expect_json '["failed", "delivered"]' \
    '[m["state"] for m in doc["messages"] if m["kind"] == "question"]' \
    km patient show "$ref" --json
expect 'takes nothing' km why "$ref" --day 2026-03-04
expect_count 1 'undeliverable' km alert list

# Whoever writes from there can be written to.
control inbound '{"from": "+447700900123", "body": "4"}'
tick_at 2026-03-04T16:40:00Z
expect_json '[4]' '[r["pain"] for r in doc["readings"]]' \
    km patient show "$ref" --json
tick_at 2026-03-06T16:35:00Z
[ "$(tried)" -gt "$tried" ] || fail "nothing goes to a number that answered"
