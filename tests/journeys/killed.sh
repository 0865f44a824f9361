#!/bin/bash
# A tick is killed (SIGKILL) before every single thing it does to the world:
# each page written, each flush, each file put in place, each byte sent and
# each answer received. The next ticks carry on: nothing is lost, nothing goes
# twice, by the provider's own account. The spool gateway first, then Twilio.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"

STANDINS=${0%/*}/standins
STEP=${STEP:-17}
ACCOUNT=AC00000000000000000000000000000001
PRELOAD=$CLINIC/kill_at.so
gcc -D_GNU_SOURCE -shared -fPIC -O1 -o "$PRELOAD" "${0%/*}/kill_at.c" -ldl
# The sanitizer wants to be loaded first; here it need not be.
ASAN_OPTIONS=$ASAN_OPTIONS:verify_asan_link_order=0:detect_leaks=0

# A tick that dies at call $1. Sets CALLS when it got past the last.
kill_tick()
{
	rm -f "$CLINIC/count"
	(
		export LD_PRELOAD=$PRELOAD KILL_AT=$1 KILL_COUNT=$CLINIC/count
		exec "$KEEPMOVING" -c "$CLINIC/keepmoving.cfg" -q \
		    --now "$NOW" tick
	) >/dev/null 2>&1 || :
	CALLS=$(cat "$CLINIC/count" 2>/dev/null || :)
}

# Two patients with a question due, and a reply that waits to be collected.
prepare()
{
	NOW=2026-03-02T09:00:00Z
	ann=$(enrol "Ann Lee" 07700900123)
	ben=$(enrol "Ben Okoro" 07700900124)
	at 2026-03-02T09:05:00Z tick
}

# Kills a tick at each of its calls, from the same beginning each time, and
# lets $1 judge what came of it.
kill_everywhere()
{
	local call

	rm -rf "$CLINIC.saved"
	cp -a "$CLINIC" "$CLINIC.saved"
	for ((call = 1; call < 400; call += STEP)); do
		NOW=2026-03-04T16:35:00Z
		kill_tick "$call"
		at 2026-03-04T16:40:00Z -q tick
		at 2026-03-04T16:45:00Z -q tick
		at 2026-03-04T16:50:00Z -q tick
		"$1" "$call"
		[ -z "$CALLS" ] || break
		restore
	done
	[ -n "$CALLS" ] || fail "still killed at call $call"
	[ "$call" -gt 10 ] || fail "only $call calls: nothing was counted"
	rm -rf "$CLINIC.saved"
}

restore()
{
	local name

	rm -rf "$CLINIC"/keepmoving.db* "$CLINIC/spool"
	for name in "$CLINIC.saved"/keepmoving.db* "$CLINIC.saved/spool"; do
		cp -a "$name" "$CLINIC/"
	done
	[ ! -e "$CLINIC/ledger" ] || reset_provider
}

all_delivered()
{
	local ref

	for ref in "$ann" "$ben"; do
		expect_json "$2" '[m["state"] for m in doc["messages"]
		    if m["asks"] == "pain" and m["id"]]' km patient show "$ref" --json
	done
	expect_json '[6]' '[r["pain"] for r in doc["readings"]]' \
	    km patient show "$ann" --json
}

# --- Files

judge_spool()
{
	expect_count 1 'Worst pain' sent +447700900123
	expect_count 1 'Worst pain' sent +447700900124
	all_delivered "$1" '["delivered"]'
}

clinic
prepare
say +447700900123 "6" 2026-03-04T16:30:00Z
kill_everywhere judge_spool

# --- Twilio: what it took is what counts

control()
{
	curl -sS -f -X POST -d "$2" "http://127.0.0.1:$PORT/control/$1" >/dev/null
}

reset_provider()
{
	kill "$PID"
	wait "$PID" 2>/dev/null || :
	start_provider
}

start_provider()
{
	PORT=${PORT:-$(free_port)}
	rm -f "$CLINIC/ledger"
	background "$STANDINS/twilio.py" --account "$ACCOUNT" --token secret \
	    --number +447700900000 --ledger "$CLINIC/ledger" --port "$PORT" \
	    >/dev/null
	wait_for "$PORT"
	control clock '{"now": "2026-03-04T16:36:00Z"}'
	control inbound '{"from": "+447700900123", "body": "6"}'
}

judge_twilio()
{
	expect_same 2 "$(grep -c 'Worst pain' "$CLINIC/ledger")" \
	    "questions taken by the provider, killed at call $1"
	all_delivered "$1" '["delivered"]'
}

rm -rf "$CLINIC"/keepmoving.db* "$CLINIC/spool"
clinic
prepare
PORT=
start_provider
sed -i "s|^sms = .*|sms = ( { name = \"twilio\"; driver = \"twilio\"; account_sid = \"$ACCOUNT\"; auth_token = \"secret\"; from = \"+447700900000\"; timeout = \"5s\"; base_url = \"http://127.0.0.1:$PORT\"; } );|" \
    "$CLINIC/keepmoving.cfg"
kill_everywhere judge_twilio
