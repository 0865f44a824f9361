#!/bin/bash
# A plan is changed while patients are on it: what changes for whom is shown
# before, nothing goes twice, nothing goes at its old time, and a stage that
# somebody is in can't vanish without saying where its patients go.
. "${0%/*}/lib.sh"

PORT=$(free_port)
PLANS=$CLINIC/plans
TEMPLATES=$CLINIC/templates
IN_CLINIC='daily_limit = 3; weekly_limit = 20;'
mkdir "$PLANS"
cp -r "$ROOT/templates" "$TEMPLATES"
PLAN=$PLANS/low-back.cfg
cp "$ROOT/config/plans/low-back.cfg" "$PLAN"

# The times of the reminder calm/move, and of all the first stage.
calm_at()
{
	sed -i "/id = \"move\"/,/nudge/s/at = \"[0-9:]*\"/at = \"$1\"/" "$PLAN"
}

clinic
NOW=2026-03-01T10:00:00Z
ann=$(enrol "Ann Miller" 07700900101)
at 2026-03-01T10:05:00Z tick

# Nothing has changed, and nothing would.
expect '^Low back flare-up \(low-back\): as it is' km plan diff

# Other words: no new version, and nothing is sent again.
at 2026-03-02T16:30:00Z tick
expect_count 1 '2026-03-02T16:30' sent +447700900101
for text in "$TEMPLATES"/en/calm/*.md; do
	sed -i 's/today/this day/' "$text"
done
expect 'plan low-back: as it was' km setup
at 2026-03-02T16:35:00Z tick
at 2026-03-02T17:00:00Z tick
expect_count 1 '2026-03-02T1[67]' sent +447700900101

# Its time is moved to later on the day on which it has gone: not twice.
calm_at 18:00
expect '~ calm: reminder move was "Mon and Fri at 16:30", now "Mon and Fri at 18:00"' \
    km plan diff low-back
expect 'for 1 patient, from the first tick after setup: 1 in calm' \
    km plan diff
expect 'plan low-back: loaded' km setup
at 2026-03-02T17:05:00Z tick
at 2026-03-02T18:00:00Z tick
expect_count 1 '2026-03-02' sent +447700900101
expect 'goes on with version 2 of the plan' km patient show "$ann"

# The next one comes at its new time, and not at the old one.
at 2026-03-06T16:30:00Z tick
expect_count 0 '2026-03-06' sent +447700900101
at 2026-03-06T18:00:00Z tick
expect_count 1 '2026-03-06T18:00' sent +447700900101

# One that waits for its gateway, and has another time by then: it goes at that.
SMS="( { name = \"main\"; driver = \"kannel\"; user = \"x\"; password = \"x\";
  from = \"x\"; url = \"http://127.0.0.1:$PORT/\"; timeout = \"1s\"; } )"
clinic
at 2026-03-09T18:00:00Z -q tick 2>/dev/null
expect 'question by sms, queued' km patient show "$ann"
calm_at 19:00
SMS='( { name = "main"; driver = "spool"; path = "spool"; } )'
clinic
at 2026-03-09T18:20:00Z tick
expect_count 0 '2026-03-09' sent +447700900101
expect 'was not sent: the plan was changed:' \
    km why "$ann" --day 2026-03-09
at 2026-03-09T19:00:00Z tick
expect_count 1 '2026-03-09T19:00' sent +447700900101
say +447700900101 5 2026-03-09T19:04:00Z
at 2026-03-09T19:05:00Z tick

# A stage that Ann is in is no more.
sed -i -e 's/id = "calm"/id = "settle"/' -e 's/to = "calm"/to = "settle"/' \
    "$PLAN"
cp "$TEMPLATES/en/stage/adjust.md" "$TEMPLATES/en/stage/settle.md"
expect_exit 78 km plan diff
expect 'low-back.cfg: stage "calm" is no more.*was = "calm"' cat <<<"$OUT"
expect_exit 78 km setup
expect 'low-back.cfg: stage "calm" is no more' cat <<<"$OUT"
at 2026-03-13T16:00:00Z tick
expect_json '"calm"' 'doc["stage"]' km patient show "$ann" --json

# It says who takes its patients, and Ann goes on where she is.
sed -i 's/id = "settle";/id = "settle"; was = "calm";/' "$PLAN"
expect '- calm: is no more; its patients go on in settle' km plan diff
expect '1 in calm, from then on' km plan diff
km setup >/dev/null
at 2026-03-13T16:05:00Z tick
expect_json '"settle"' 'doc["stage"]' km patient show "$ann" --json
expect 'stage calm is now settle' km patient show "$ann"
at 2026-03-13T19:00:00Z tick
expect_count 1 '2026-03-13T19:00' sent +447700900101
expect 'as it is' km plan diff

cp "$PLAN" "$CLINIC/as_it_was"
# Whom a reminder is for, how long its question stands open, and a nudge.
sed -i -e '/id = "move-nerve"/,/at = /s/when = "nerve"/when = "no_running"/' \
    -e '/id = "move"/,/nudge/{s/answer_within = "[^"]*"/answer_within = "24h"/
s/nudge_after = "[^"]*";//}' "$PLAN"
OUT=$(km plan diff low-back)
expect 'move-nerve, for was "those with a leg or arm symptom alone"' \
    tr -s ' \n' ' ' <<<"$OUT"
expect 'now "those who may not run alone"' tr -s ' \n' ' ' <<<"$OUT"
expect 'move, answer_within was "20 hours", now "1 day"' cat <<<"$OUT"
expect 'move, nudge_after was "2 hours", now "never"' cat <<<"$OUT"
cp "$CLINIC/as_it_was" "$PLAN"

# A value that the texts know from now on.
cp "$TEMPLATES/en/calm/move-1.md" "$CLINIC/move-1.md"
echo '{{#aggravator.rowing}}Leave the boat in its shed.{{/aggravator.rowing}}' \
    >>"$TEMPLATES/en/calm/move-1.md"
expect '~ about aggravator was "bending .*", now "bending .* rowing ' \
    tr -s ' \n' ' ' <<<"$(km plan diff low-back)"
cp "$CLINIC/move-1.md" "$TEMPLATES/en/calm/move-1.md"

# A stage that nobody is in may go; its patients of old go nowhere else.
sed -i 's/was = "calm";/was = "adjust";/' "$PLAN"
expect_exit 78 km plan check "$PLAN"
expect 'low-back.cfg:[0-9]+: .*was names "adjust", which is a stage' \
    cat <<<"$OUT"
