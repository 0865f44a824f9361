#!/bin/bash
# A gateway that answers something unheard of: one line names it and the
# message, whose fate is asked and found; nothing is lost, nothing goes twice,
# and the clinic hears of it where it lasts.
. "${0%/*}/lib.sh"

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

taken()
{
	grep -c -- "$1" "$CLINIC/ledger" || :
}

NOW=2026-03-02T08:00:00Z
number=100
for fault in garbage-before garbage-after half huge redirect-before 500-before; do
	ref=$(enrol "Pat $number" "07700900$number")
	NOW=$(later "$NOW" 5m)
	control clock "{\"now\": \"$NOW\"}"
	control fault "{\"fault\": \"$fault\", \"on\": \"send\"}"
	at "$NOW" tick 2>"$CLINIC/said"
	expect_count 1 'gateway twilio, message [0-9]*: [a-z-]*: ..*' \
	    cat "$CLINIC/said"
	for wait in 5m 15m; do
		NOW=$(later "$NOW" "$wait")
		control clock "{\"now\": \"$NOW\"}"
		at "$NOW" -q tick 2>/dev/null
	done
	expect_same 1 "$(taken "\"to\": \"+447700900$number\"")" \
	    "taken after $fault"
	expect_json '[true]' '[m["state"] in ("accepted", "delivered")
	    for m in doc["messages"] if m["template"] == "welcome"]' \
	    km patient show "$ref" --json
	number=$((number + 1))
done
