#!/bin/bash
# One gateway of two hangs when it is asked what became of its messages, more of
# them than it is asked about at once. That keeps nobody from asking the other
# one, and no answer to somebody in danger from going out again.
. "${0%/*}/lib.sh"

STANDINS=${0%/*}/standins
ACCOUNT=AC00000000000000000000000000000001
ALERTS='{ to = [ "email:duty@clinic.example" ]; }'
MORE='tick_budget = "8s";'

# A stand-in, at the port of that name, and what it took.
begin()
{
	local port

	port=$(free_port)
	background "$STANDINS/twilio.py" --account "$ACCOUNT" --token secret \
	    --number +447700900000 --ledger "$CLINIC/$1" --port "$port" \
	    >/dev/null
	wait_for "$port"
	: >"$CLINIC/$1"
	printf -v "$1" %s "$port"
}

fault()
{
	curl -sS -f -X POST -d "$2" "http://127.0.0.1:$1/control/fault" \
	    >/dev/null
}

# How often it took a text with these words.
taken()
{
	grep -c -- "$2" "$CLINIC/$1" || :
}

gateways()
{
	local name

	SMS=
	for name in first second; do
		SMS+="${SMS:+,} { name = \"$name\"; driver = \"twilio\";
		    account_sid = \"$ACCOUNT\"; auth_token = \"secret\";
		    from = \"+447700900000\"; timeout = \"2s\"; in_flight = $1;
		    base_url = \"http://127.0.0.1:${!name}\"; }"
	done
	SMS="( $SMS )"
	clinic
}

first=
second=
begin first
begin second

# The first one leaves three in doubt, of which it took none: the answer to
# somebody in danger is the last. The second one leaves one so.
gateways 3
NOW=2026-03-02T09:00:00Z
enrol "Ann Lee" 07700900123 >/dev/null
enrol "Ben Okoro" 07700900124 >/dev/null
enrol "Cas Roe" 07700900125 >/dev/null
km receive --from 07700900124 "numb between my legs and cant wee"
fault "$first" '{"fault": "reset-before", "on": "send", "times": 3}'
at 2026-03-02T09:05:00Z -q tick
expect_same 0 "$(taken first .)" "messages that the first one took"
gateways 2
enrol "Dee Poe" 07700900126 >/dev/null
fault "$first" '{"fault": "hang-before", "on": "list", "times": 99,
    "seconds": 3}'
fault "$second" '{"fault": "reset-before", "on": "send", "times": 1}'

at 2026-03-02T09:06:00Z -q tick
at 2026-03-02T09:10:00Z -q tick
expect_same 1 "$(taken second '900124.*Call 999')" "answers to danger taken"
expect_same 1 "$(taken second 900126)" "welcomes that the second one lacked"

# What is only a reminder waits for the first one's word.
expect_same 0 "$(taken second 900123)" "welcomes not asked about"
curl -sS -f -X POST -d '{}' "http://127.0.0.1:$first/control/unfault" >/dev/null
at 2026-03-02T09:15:00Z -q tick
at 2026-03-02T09:20:00Z -q tick
expect_same 1 "$(cat "$CLINIC/first" "$CLINIC/second" | grep -c 900123)" \
    "welcomes taken in the end"
