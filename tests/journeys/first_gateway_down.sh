#!/bin/bash
# The first gateway is down, by refusing or by never answering: what a patient
# in danger is told, and what the clinician is told, goes by the second one.
. "${0%/*}/lib.sh"

PORT=$(free_port)
SMS="( { name = \"first\"; driver = \"twilio\"; timeout = \"1s\";
  account_sid = \"AC00000000000000000000000000000001\"; auth_token = \"x\";
  from = \"+447700900000\"; base_url = \"http://127.0.0.1:$PORT\"; },
  { name = \"second\"; driver = \"spool\"; path = \"spool\"; } )"

in_danger()
{
	rm -rf "$CLINIC"/keepmoving.db* "$CLINIC/spool"
	clinic
	NOW=2026-03-02T09:00:00Z
	enrol "Eve Novak" 07700900123 >/dev/null
	say +447700900123 "numb between my legs and cant wee"
	at 2026-03-02T09:05:00Z -q tick 2>/dev/null
}

# Refused is surely not taken: in the same tick it goes by the next one.
in_danger
expect_count 1 'Call 999 or go to' sent +447700900123
expect_count 1 'emergency' sent +447700900999

# One that hangs may have taken it. Advice to seek help is better twice than
# never: the next tick asks in vain and goes by the other one.
background python3 -c 'import socket, sys
server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=50)
held = []
while True:
    held.append(server.accept())' "$PORT"
wait_for "$PORT"
in_danger
at 2026-03-02T09:10:00Z -q tick 2>/dev/null
expect_count 1 'Call 999 or go to' sent +447700900123
expect 'emergency' sent +447700900999

# It does not go on and on by itself.
for minute in 15 20; do
	at "2026-03-02T09:$minute:00Z" -q tick 2>/dev/null
done
expect_count 1 'Call 999 or go to' sent +447700900123
