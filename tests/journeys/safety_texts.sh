#!/bin/bash
# What the answer to a red flag says, in each language and on each channel; and
# that it is said, and a clinician told, even where its file is spoilt.
. "${0%/*}/lib.sh"

# Each part of a text must have a line like each of these.
says()
{
	local file=$ROOT/templates/$1.md part words

	shift
	for part in sms email; do
		words=$(awk -v part="$part" '/^---/ { n++; next }
		    n == (part == "sms" ? 1 : 2)' "$file" | tr '\n' ' ')
		for pattern in "$@"; do
			grep -qiE -- "$pattern" <<<"$words" ||
				fail "${file#"$ROOT"/}, $part: lacks /$pattern/"
		done
	done
}

says en/safety/emergency 'call \{\{emergency\}\}.*or go to (an )?emergency (care|department) now' \
    "don't +drive" 'show them +what you wrote' "don't wait for us" \
    'nobody may read (this|your message) until we open'
says en/safety/urgent 'today' 'call \{\{urgent\}\} now' "don't wait for us to open" \
    'call \{\{emergency\}\}'
says en/safety/self-harm 'call \{\{crisis\}\}' 'a person can talk with you now' \
    'might act on it, call \{\{emergency\}\} now' \
    'nobody may read (this|your message) until we open'
says es/safety/emergency 'llame al \{\{emergency\}\}.*urgencias' 'no conduzca' \
    'lo que nos ha escrito' 'no nos espere' 'hasta que abramos'
says es/safety/urgent 'hoy' 'llame ahora al \{\{urgent\}\}' 'abramos' \
    'llame al \{\{emergency\}\}'
says es/safety/self-harm 'llame al \{\{crisis\}\}' 'una persona puede hablar ahora' \
    'llame ya al \{\{emergency\}\}' 'hasta que abramos'

TEMPLATES=$CLINIC/texts
cp -r "$ROOT/templates" "$TEMPLATES"
clinic
NOW=2026-03-02T09:00:00Z
ann=$(enrol "Ann Lee" 07700900101)
at 2026-03-02T09:05:00Z tick
echo "subject: {{nobody" >"$TEMPLATES/en/safety/emergency.md"
rm "$TEMPLATES/en/clinic/alert.md"
say +447700900101 "I can not feel my legs"
at 2026-03-02T22:00:00Z tick
expect_count 1 'Call 999 or go to emergency care now' sent +447700900101
expect_count 1 "$ann, emergency, red-flag. Reply ACK" sent +447700900999
expect_count 1 . mails duty@clinic.example
expect_json '"paused"' 'doc["state"]' km patient show "$ann" --json
