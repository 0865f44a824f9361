#!/bin/bash
# One patient's course from a script of replies, printed as a conversation: the
# shipped example goes as it went before, and a script that is wrong is named
# with its line.
. "${0%/*}/lib.sh"
PLANS=$ROOT/config/plans
clinic

EXAMPLE=$ROOT/config/rehearsals/low-back.txt

# A conversation without the words of our own texts, which may be improved.
course()
{
	awk '/^  [0-9:]+  → / { print $1, $2; ours = 1; next }
	    ours && /^ +\([a-z-]+ by / { print; ours = 0; next }
	    /^  [0-9]/ || /^[^ ]/ { ours = 0 }
	    !ours'
}

km plan rehearse low-back --replies "$EXAMPLE" >"$CLINIC/course"
sed -n '3,$p' "$CLINIC/course" | course |
    diff "$ROOT/tests/journeys/golden/low-back" - ||
    fail "the example goes another way"
km plan rehearse low-back --replies "$EXAMPLE" | cmp - "$CLINIC/course" ||
    fail "not the same twice"
expect_json '"reintroduce-2"' 'doc["stage"]' \
    km plan rehearse low-back --replies "$EXAMPLE" --json

# The other plans' examples, with the red flags of each: all are answered at
# once, and no exercise goes out until the clinic has closed them.
flags_of()
{
	local plan=$1 flag

	shift
	km plan rehearse "$plan" \
	    --replies "$ROOT/config/rehearsals/$plan.txt" >"$CLINIC/$plan"
	for flag; do
		expect "red flag: $flag \(" cat "$CLINIC/$plan"
	done
	awk '/paused by a red flag/ { paused = 1 }
	    /its red flag was closed/ { paused = 0 }
	    paused && /\((question|reminder|nudge) by/' \
	    "$CLINIC/$plan" >"$CLINIC/went"
	expect_same "" "$(cat "$CLINIC/went")" "$plan, while a red flag is open"
}

flags_of neck weakness headache stroke
expect_count 3 'safety-net by sms, delivered' cat "$CLINIC/neck"
flags_of knee fever hot-joint calf
expect_count 2 'safety-net by sms, delivered' cat "$CLINIC/knee"
flags_of achilles tendon calf
expect_count 2 'safety-net by sms, delivered' cat "$CLINIC/achilles"

# What the clinic does, and a patient far away.
cat >"$CLINIC/paused.txt" <<'END'
begins 2026-03-02 09:30
zone Pacific/Auckland
set aggravator=bending
day 2 12:00 [pauses]
day 20 12:00 [resumes]
weeks 4
END
km plan rehearse low-back --replies "$CLINIC/paused.txt" >"$CLINIC/paused"
expect '^  09:30 +→' cat "$CLINIC/paused"
awk '/^[A-Z]/ { day = $0 } / → / { print day }' "$CLINIC/paused" \
    >"$CLINIC/days"
expect_no ' 1[0-9] Mar 2026' cat "$CLINIC/days"
expect ' 2[0-9] Mar 2026' cat "$CLINIC/days"
expect 'calm/move was missed: paused by the clinic' cat "$CLINIC/paused"
expect 'resumed by the clinic' cat "$CLINIC/paused"

# A red flag in place of a score: whoever wrote that is not asked again for a
# number, however soon the clinic has closed it.
cat >"$CLINIC/flag.txt" <<'END'
begins 2026-03-02 09:30
set aggravator=sitting
day 3 17:00 I can't feel my legs
day 3 17:30 [closes alerts]
END
km plan rehearse low-back --replies "$CLINIC/flag.txt" >"$CLINIC/flag"
expect 'its red flag was closed with an outcome' cat "$CLINIC/flag"
expect_no 'nudge by' awk "/^Fri 6 Mar/ { exit } 1" "$CLINIC/flag"

# Wrong ones.
cat >"$CLINIC/odd.txt" <<'END'
begins 2026-03-02 09:30
set aggravator=sitting
day three 17:05  4
day 3 25:05  4
day 4 10:00  [opens the window]
wekes 4
END
expect_exit 65 km plan rehearse low-back --replies "$CLINIC/odd.txt"
for line in 3 4 5 6; do
	expect "odd.txt:$line: " cat <<<"$OUT"
done
cat >"$CLINIC/odd.txt" <<'END'
set aggravator=sitting
zone Europe/Londn
begins 2026-03-02
END
expect_exit 65 km plan rehearse low-back --replies "$CLINIC/odd.txt"
expect 'odd.txt:2: zone: .*is no time zone' cat <<<"$OUT"
expect 'odd.txt:3: begins: the time is missing' cat <<<"$OUT"
echo 'begins 2026-03-02 09:30' >"$CLINIC/bare.txt"
expect_exit 65 km plan rehearse low-back --replies "$CLINIC/bare.txt"
expect 'bare.txt.*aggravator' cat <<<"$OUT"
echo 'day 1 10:00 5' >"$CLINIC/never.txt"
expect_exit 65 km plan rehearse low-back --replies "$CLINIC/never.txt"
expect 'begins' cat <<<"$OUT"
expect_exit 66 km plan rehearse low-back --replies "$CLINIC/none.txt"
expect_exit 64 km plan rehearse low-back
