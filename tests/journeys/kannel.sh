#!/bin/bash
# A real SMS gateway: Kannel's bearerbox and smsbox with its fake SMS centre
# carry a reminder out to a phone, and a reply back in through `receive`.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"

KANNEL=$(cd "${0%/*}/standins" && pwd)/kannel.sh
stop_kannel()
{
	"$KANNEL" stop "$CLINIC/kannel" || :
	story_end
}
cat >"$CLINIC/reply" <<END
#!/bin/sh
exec "$KEEPMOVING" -c "$CLINIC/keepmoving.cfg" --now 2026-03-04T16:50:00Z \\
    receive --from "\$1" --to "\$2" --id "\$4" -- "\$3"
END
chmod +x "$CLINIC/reply"
trap stop_kannel EXIT
settings=$("$KANNEL" start "$CLINIC/kannel" "$CLINIC/reply")
eval "$settings"
SMS="( { name = \"kannel\"; driver = \"kannel\"; url = \"$KANNEL_URL\";
    user = \"$KANNEL_USER\"; password = \"$KANNEL_PASSWORD\";
    from = \"$KANNEL_FROM\"; } )"
clinic

# Until so many texts have arrived on phones; ten seconds at most.
arrived()
{
	local try

	for ((try = 0; try < 100; try++)); do
		"$KANNEL" sent "$CLINIC/kannel" >"$CLINIC/phones"
		[ "$(wc -l <"$CLINIC/phones")" -lt "$1" ] || return 0
		sleep 0.1
	done
	fail "only these arrived: $(<"$CLINIC/phones")"
}

NOW=2026-03-02T09:00:00Z
ann=$(enrol "Ann Lee" 07700900123)
at 2026-03-02T09:05:00Z tick
arrived 1
expect 'Hi Ann, Riverside here' cat "$CLINIC/phones"
at 2026-03-04T16:35:00Z tick
arrived 2
expect 'Worst pain today' cat "$CLINIC/phones"

"$KANNEL" reply "$CLINIC/kannel" +447700900123 "about a 6"
for ((try = 0; try < 100; try++)); do
	at 2026-03-04T16:55:00Z tick
	[ "$(km patient show "$ann" --json | json 'len(doc["readings"])')" = 0 ] || break
	sleep 0.1
done
expect_json '[6]' '[r["pain"] for r in doc["readings"]]' \
    km patient show "$ann" --json
arrived 3
expect 'Thanks, Ann' cat "$CLINIC/phones"
expect_json 'true' 'all(m["state"] == "accepted" for m in doc["messages"]
    if m["id"])' km patient show "$ann" --json
