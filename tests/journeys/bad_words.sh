#!/bin/bash
# A slip of the pen in the words or in the replies to learn from, made while
# the clinic runs: setup refuses it with file and line. A tick passes a bad
# line of a table over, and reads on; where it can't read at all, somebody
# hears of it at once, at any hour, and what was written is read and answered
# as soon as the words are mended; then the alert is closed by itself, and the
# next mistake is told as the first was.
. "${0%/*}/lib.sh"
cp -r "$WORDS" "$CLINIC/words"
WORDS=words
clinic
NOW=2026-03-02T09:00:00Z
ann=$(enrol "Ann Lee" 07700900123)
at 2026-03-02T09:05:00Z tick

# A blank where a tab belongs.
table=$CLINIC/words/replies/en-ours.tsv
printf 'none\tmy tail is numb emergency:cauda-equina\n' >"$table"
expect_exit 78 at 2026-03-03T00:10:00Z setup
expect 'en-ours.tsv:1: an example is' km setup
say +447700900123 "I want to die"
at 2026-03-03T00:15:00Z tick
expect 'talk to someone|call' sent +447700900123
expect_json '["notice"]' \
    '[a["level"] for a in doc if a["kind"] == "configuration"]' \
    km alert list --json

# Mended: closed by the next tick, with the reason. Another mistake: another
# alert, that says it.
closed()
{
	km alert list --all --json | json "[a['outcome'] for a in doc
	    if a['kind'] == 'configuration' and a['state'] == 'closed']"
}
rm "$table"
at 2026-03-03T00:17:00Z tick
expect_same '["these words can be read now"]' "$(closed)" "what is closed"
printf '4\n' >"$table"
say +447700900123 "3"
at 2026-03-03T00:18:00Z tick
expect_json '["notice"]' \
    '[a["level"] for a in doc if a["kind"] == "configuration"]' \
    km alert list --json
printf '\nnone\tmy tail is numb emergency:cauda-equina\n' >"$table"
say +447700900123 "3"
at 2026-03-03T00:19:00Z tick
expect 'en-ours.tsv:2: an example is' km alert list
expect_no 'en-ours.tsv:1: an example is' km alert list

# A word that means nothing, a flag that the words have not, nothing at all.
while IFS='|' read -r line unknown; do
	printf '%b\n' "$line" >"$table"
	expect_exit 78 at 2026-03-03T00:20:00Z setup
	expect "en-ours.tsv:1: \"$unknown\" is nothing that can be read" km setup
done <<'END'
pain\twas 7 now 4\tpian=4|pian=4
pain\twas 7 now 4\tpain=11|pain=11
none\tmy tail is numb\temergency:cauda|emergency:cauda
none\tmy tail is numb\tgrave:cauda-equina|grave:cauda-equina
none\tmy tail is numb\t|
END
rm "$table"

# The words of a language that is not the writer's: told, and read on.
echo 'this is { not' >"$CLINIC/words/es.cfg"
say +447700900123 "blorg, 4"
at 2026-03-03T01:00:00Z tick
expect 'es.cfg:1: syntax error' km alert list
expect_json '4' 'doc["replies"][-1]["reading"]["pain"]' \
    km patient show "$ann" --json
cp "$ROOT/config/words/es.cfg" "$CLINIC/words/es.cfg"

# Nothing can be read: the clinic hears of it in the same tick.
echo "nonsense = 1;" >>"$CLINIC/words/en.cfg"
say +447700900123 "I can't feel my legs"
at 2026-03-03T02:00:00Z tick
expect_count 1 'needs a look .configuration' sent +447700900999
expect_no '999 or go' sent +447700900123
at 2026-03-03T02:15:00Z tick
expect_count 1 'the machine needs a person' mails duty@clinic.example
cp "$ROOT/config/words/en.cfg" "$CLINIC/words/en.cfg"
at 2026-03-03T02:20:00Z tick
expect 'Call 999 or go to emergency care now' sent +447700900123
expect_no 'configuration' km alert list
expect_count 4 'closed by keepmoving, .*these words can be read now' \
    km alert list --all
expect_count 1 'closed by keepmoving, .*each reply can be read now' \
    km alert list --all

# The same mistake once more is told once more.
echo "nonsense = 1;" >>"$CLINIC/words/en.cfg"
say +447700900123 "I can't feel my legs"
at 2026-03-03T03:00:00Z tick
expect_count 2 'needs a look .configuration' sent +447700900999

# What nobody can read may tell of danger: it is told at each opening, too, until
# somebody takes it.
ticks 2026-03-03T03:15:00Z 2026-03-03T04:30:00Z 15m 2>/dev/null
expect_count 3 'needs a look .configuration' sent +447700900999
at 2026-03-03T09:00:00Z tick
expect_count 4 'needs a look .configuration' sent +447700900999
cp "$ROOT/config/words/en.cfg" "$CLINIC/words/en.cfg"
at 2026-03-03T09:05:00Z tick
expect_no 'configuration' km alert list
