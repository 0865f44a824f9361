#!/bin/bash
# A configuration or a plan with a mistake in it: each mistake is named with
# file and line, nothing is loaded or sent, and the patients go on as before
# once it is mended.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"
mkdir "$CLINIC/plans"
cp "$PLANS/low-back.cfg" "$CLINIC/plans/"
PLANS=plans
clinic
cp "$CLINIC/keepmoving.cfg" "$CLINIC/good.cfg"
cp "$CLINIC/plans/low-back.cfg" "$CLINIC/good.plan"

NOW=2026-03-02T09:00:00Z
ann=$(enrol "Ann Lee" 07700900123)
at 2026-03-02T09:05:00Z tick

# misconfigured SED PATTERN: no tick with it, and it says so.
misconfigured()
{
	sed "$1" "$CLINIC/good.cfg" >"$CLINIC/keepmoving.cfg"
	if cmp -s "$CLINIC/good.cfg" "$CLINIC/keepmoving.cfg"; then
		fail "$1 changes nothing"
	fi
	expect_exit 78 at 2026-03-04T16:30:00Z tick
	grep -qE "keepmoving.cfg:[0-9]+: .*$2" <<<"$OUT" ||
		fail "expected /$2/ with its line of the configuration $1:
$OUT"
}

misconfigured 's/^clinic = {/clinic = /' 'missing, here or just above'
misconfigured 's/Europe\/London/Europe\/Londn/' 'timezone .*no time zone'
misconfigured 's/country = "GB"/country = "XX"/' 'country'
misconfigured 's/^alerts/alarms/' 'did you mean "alerts"'
misconfigured 's/ phone = "+441632960001";//' 'clinic.phone is missing'
misconfigured 's/"spool"; path/"spol"; path/' 'no driver for sms; there are'
misconfigured 's/sms:+447700900999/sms:123/' 'alerts.to .*too short'
misconfigured 's/emergency = "999"/emergency = 999/' 'text in quotes'
misconfigured 's/^sms = .*/sms = ( { name = "t"; driver = "twilio"; } );/' \
    'auth_token is missing'
misconfigured 's/hours = "[^"]*"/hours = "always"/' 'opening hours'
misconfigured 's/^database/databse/' 'did you mean "database"'

# What a later version will have is not looked for as a file.
sed 's,"keepmoving.db","postgresql://k:hush@db/k",' "$CLINIC/good.cfg" \
    >"$CLINIC/keepmoving.cfg"
chmod 600 "$CLINIC/keepmoving.cfg"
for verb in setup tick; do
	expect_exit 78 km "$verb"
	expect 'PostgreSQL, which this version does not have' echo "$OUT"
	[ "${OUT/hush/}" = "$OUT" ] || fail "the secret is told"
done

# A secret that others may read is refused, and so is what is not there.
sed -e '/^sms = /d' "$CLINIC/good.cfg" >"$CLINIC/keepmoving.cfg"
cat >>"$CLINIC/keepmoving.cfg" <<'END'
sms = ( { name = "t"; driver = "twilio"; from = "+447700900000";
    account_sid = "AC00000000000000000000000000000001";
    auth_token = "hush"; } );
END
chmod 644 "$CLINIC/keepmoving.cfg"
expect_exit 77 km tick
expect 'chmod 600' km tick
case $OUT in
*hush*) fail "the secret is told" ;;
esac
chmod 600 "$CLINIC/keepmoving.cfg"
sed -i 's/"hush"/"file:twilio.token"/' "$CLINIC/keepmoving.cfg"
expect 'twilio.token.*(No such file|not there)' km tick

# A secret that is gone stops the gateway that it belongs to, and nothing else:
# its messages wait, the clinic hears of it by another one, and no setup passes.
expect_exit 78 km setup
ben=$(enrol "Ben Roe" 07700900124)
cara=$(enrol "Cara Poe" cara@example.com)
expect_exit 0 at 2026-03-04T16:32:00Z tick
expect 'gateway t, message [0-9]*: config: .*keepmoving.cfg:[0-9]*: sms.auth_token' \
    echo "$OUT"
expect_json 'true' 'any("gateway t does not work: " in a["because"] for a in doc)' \
    km alert list --json
expect . mails duty@clinic.example
expect . mails cara@example.com
for pair in "$ben queued" "$cara delivered"; do
	expect_json "\"${pair#* }\"" 'doc["messages"][0]["state"]' \
	    km patient show "${pair% *}" --json
done
expect 'sms.auth_token' km doctor
cp "$CLINIC/good.cfg" "$CLINIC/keepmoving.cfg"
km setup >/dev/null
at 2026-03-04T17:10:00Z tick
expect_count 1 'here with your plan' sent +447700900124

# misplanned SED PATTERN: setup loads nothing of it, and it says so.
misplanned()
{
	sed "$1" "$CLINIC/good.plan" >"$CLINIC/plans/low-back.cfg"
	if cmp -s "$CLINIC/good.plan" "$CLINIC/plans/low-back.cfg"; then
		fail "$1 changes nothing"
	fi
	expect_exit 78 km setup
	grep -qE "(low-back.cfg|[.]md):[0-9]+: .*$2" <<<"$OUT" ||
		fail "expected /$2/ with its line of the plan $1:
$OUT"
	expect_exit 78 km plan check
}

misplanned 's/^silent_after/silent_aftr/' 'did you mean "silent_after"'
misplanned 's/to = "adjust"; not_worse/to = "ajust"; not_worse/' 'ajust'
misplanned 's/"calm\/move-5"/"calm\/move-9"/' 'no template "calm\/move-9"'
misplanned 's/BYDAY=MO,FR/BYDAY=MO,FX/' 'repeat'
misplanned 's/at = "10:00"/at = "25:00"/' 'at '
misplanned 's/min_days = 3;/min_days = "3";/' 'min_days'
misplanned 's/about = \[ "aggravator" \]/about = [ ]/' 'aggravator'

# The patient goes on with the plan that was loaded.
cp "$CLINIC/good.plan" "$CLINIC/plans/low-back.cfg"
at 2026-03-04T17:15:00Z tick
expect_count 1 'Worst pain' sent +447700900123
expect_json '1' 'doc["plan_version"]' km patient show "$ann" --json
