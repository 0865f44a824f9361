#!/bin/bash
# More than a tick has time for: it sends for as long as it may (tick_budget),
# and leaves the rest to the next one. The longest due go first, whoever is in
# danger before all, and nobody is left out or written to twice.
. "${0%/*}/lib.sh"

STANDINS=${0%/*}/standins
ACCOUNT=AC00000000000000000000000000000001
PORT=$(free_port)
background "$STANDINS/twilio.py" --account "$ACCOUNT" --token secret \
    --number +447700900000 --ledger "$CLINIC/ledger" --port "$PORT" >/dev/null
wait_for "$PORT"
SMS="( { name = \"twilio\"; driver = \"twilio\"; rate = 2; in_flight = 1;
    account_sid = \"$ACCOUNT\"; auth_token = \"secret\";
    from = \"+447700900000\"; base_url = \"http://127.0.0.1:$PORT\"; } )"
MORE='tick_budget = "1s";'
clinic

welcomed()
{
	[ ! -e "$CLINIC/ledger" ] ||
	    grep 'with your plan' "$CLINIC/ledger" |
	    sed 's/.*"to": "+44770090010\([0-9]\)".*/\1/' | tr -d '\n'
}

for number in 0 1 2 3 4 5 6 7 8 9; do
	NOW=2026-03-02T09:0$number:00Z
	enrol "Pat $number" "0770090010$number" >/dev/null
done
begun=$(date +%s)
at 2026-03-02T09:10:00Z -q tick
took=$(($(date +%s) - begun))
first=$(welcomed)
[ "$took" -le 4 ] || fail "a tick of one second took $took"
[[ ${#first} =~ ^[2-7]$ ]] || fail "it sent ${#first}: $first"

# What waits is still queued; a red flag's answer overtakes it.
expect_no '"(failed|expired|cancelled)"' km patient list --json
km receive --from 07700900100 "numb between my legs and cant wee"
at 2026-03-02T09:12:00Z -q tick
last=$(welcomed)
[ ${#last} -lt 10 ] || fail "all are welcome already: $last"
expect 'Call 999' cat "$CLINIC/ledger"

for minute in 14 16 18 20 22; do
	at "2026-03-02T09:$minute:00Z" -q tick
done
expect_same 0123456789 "$(welcomed)" "in the order of their enrolment"
