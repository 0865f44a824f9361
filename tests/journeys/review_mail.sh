#!/bin/bash
# On Monday the review goes to the clinicians by email, once; it holds no name,
# number or word of a patient, its pictures can be seen, and the next one tells
# what nobody has signed off.
. "${0%/*}/lib.sh"

MORE='review = { to = [ "email:mills@clinic.example" ]; };'
clinic
NOW=2026-03-02T09:00:00Z
REF=$(enrol 'Quentin Ashworth' 07700900121 --baseline 6)
OTHER=$(enrol 'Rosa Lund' 07700900122 --baseline 6)
for day in 04 06; do
	ticks "2026-03-$day 16:30" "2026-03-$day 17:00" 15m
	say +447700900121 5 "2026-03-$day 17:00"
	say +447700900122 7 "2026-03-$day 17:00"
	at "2026-03-$day 17:10" tick >/dev/null
done
say +447700900121 "Call me on 07700900121, I can't feel my legs" '2026-03-07 18:00'
at '2026-03-07 18:05' tick >/dev/null

at '2026-03-09 07:00' review --send
expect 'has this review already' km review --send
at '2026-03-09 07:05' tick >/dev/null
at '2026-03-09 07:10' tick >/dev/null
expect_count 1 'mills@clinic.example Review' mails mills@clinic.example

# What is in it, part by part.
mail=$(grep -l '^To: mills@clinic.example' "$CLINIC"/spool/sent/*.eml)
cat >"$CLINIC/look.py" <<'END'
import email, email.policy, re, sys
mail = email.message_from_bytes(open(sys.argv[1], "rb").read(),
                                policy=email.policy.default)
parts = {}
for part in mail.walk():
    parts.setdefault(part.get_content_type(), []).append(part)
plain = parts["text/plain"][0].get_content()
html = parts["text/html"][0].get_content()
pictures = {p["Content-ID"]: p.get_content() for p in parts["image/png"]}
for text in (plain, html, mail["Subject"]):
    for word in ("Quentin", "Ashworth", "Rosa", "7700900121", "feel my legs"):
        assert word not in text, word
assert sys.argv[2] in plain and sys.argv[2] in html
assert "Q. A." in plain and "Emergency alert" in plain
assert all(p.startswith(b"\x89PNG\r\n\x1a\n") for p in pictures.values())
named = {f"<{n}>" for n in re.findall(r'src="cid:([^"]+)"', html)}
assert named == set(pictures) and len(named) >= 3, (named, set(pictures))
assert "data:image" not in html
END
python3 "$CLINIC/look.py" "$mail" "$REF" || fail 'the mail'

# Names, where the clinic wants them.
sed -i 's/^review = .*/review = { to = [ "email:lee@clinic.example" ]; names = true; };/' \
    "$CLINIC/keepmoving.cfg"
km review --send
at '2026-03-09 07:15' tick >/dev/null
expect 'Ashworth' cat "$(grep -l '^To: lee@clinic' "$CLINIC"/spool/sent/*.eml)"

# Who was signed off, and who was left.
km review --sign-off --patient "$OTHER" --by 'Dr Mills' >/dev/null
expect "not signed off: $REF$" at '2026-03-16 07:00' review
expect_json 'true' '[p["unsigned_before"] for p in doc["patients"]
    if p["ref"] == "'"$REF"'"][0]' km review --format json
expect 'signed off by Dr Mills' km review --sign-off --week 2026-W10 \
    --by 'Dr Mills'
expect 'The review before was signed off by Dr Mills' km review
expect_exit 64 km review --sign-off --clinician 'Dr Mills'

# As FHIR, the week alone.
km review --week 2026-W10 --format fhir --output "$CLINIC/week.json"
expect '^Patient 2$' fhir_validate "$CLINIC/week.json"

# Nobody to send it to.
sed -i '/^review = /d' "$CLINIC/keepmoving.cfg"
expect_exit 78 km review --send
