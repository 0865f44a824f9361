#!/bin/bash
# A mail says more than its first lines: in its HTML alone, in a text file,
# among our own lines that Outlook quotes without a mark, behind what a phone
# adds. A red flag there reaches a person, a number there is no score, and our
# own safety net, which comes back with every answer, raises nothing.
. "${0%/*}/lib.sh"
EMAIL='( { name = "clinic"; driver = "spool"; path = "spool";
    from = "Riverside <care@clinic.example>"; } )'
clinic

# A reply to the welcome of NAME, written by Python in which ours is its
# plain text, html the other form, and head what Outlook puts above it:
# NAME PARTS, each part a tuple (type, text) or (type, text, file).
mail_reply()
{
	python3 - "$CLINIC/spool/sent" "$1" "$2" <<'END'
import email, email.message, email.policy, pathlib, sys
mails = [email.message_from_bytes(p.read_bytes(), policy=email.policy.default)
         for p in pathlib.Path(sys.argv[1]).glob("[!.]*.eml")]
mails = [m for m in mails if m["To"].startswith(sys.argv[2].capitalize())
         and m["Subject"].startswith("Welcome")]
last, = mails
ours = last.get_body(("plain",)).get_content().replace("\r", "")
html = last.get_body(("html",)).get_content()
head = ("\n\nFrom: Riverside <care@clinic.example>\nSent: Monday\n"
        f"To: {last['To']}\nSubject: {last['Subject']}\n\n")
parts = eval(sys.argv[3])
reply = email.message.EmailMessage()
reply["From"] = last["To"]
reply["Subject"] = "Re: " + last["Subject"]
reply["In-Reply-To"] = last["Message-ID"]
reply["Message-ID"] = f"<{abs(hash(sys.argv[3]))}@patients.example>"
reply.set_content(parts[0][1])
for kind, text, *file in parts[1:]:
    if file:
        reply.add_attachment(text, subtype=kind, filename=file[0])
    else:
        reply.add_alternative(text, subtype=kind)
sys.stdout.buffer.write(reply.as_bytes())
END
}

# What it comes to: NAME PARTS SCORES FLAGS, each as JSON.
comes_to()
{
	mail_reply "$1" "$2" | at 2026-03-04T17:00:00Z receive --mail
	at 2026-03-04T17:05:00Z tick
	expect_json "$3" '[r["pain"] for r in doc["readings"]]' \
	    km patient show "${ref[$1]}" --json
	expect_json "$4" \
	    '[f["level"] for r in doc["replies"] for f in r["reading"]["red_flags"]]' \
	    km patient show "${ref[$1]}" --json
	if [ "$4" = '[]' ]; then
		expect_json '[]' 'doc["alerts"]' \
		    km patient show "${ref[$1]}" --json
	else
		expect_json '["red-flag"]' \
		    '[a["kind"] for a in doc["alerts"] if a["kind"] == "red-flag"]' \
		    km patient show "${ref[$1]}" --json
	fi
}

NOW=2026-03-02T09:00:00Z
declare -A ref=()
for name in alice bella carla dora emma fiona gina helen irene julia kate \
    laura mona nora; do
	ref[$name]=$(enrol "${name^} Roe" "$name@patients.example")
done
at 2026-03-02T09:05:00Z tick

# Nothing but our welcome, as it comes back: no word of it is the patient's.
comes_to alice '[("plain", "6" + head + ours)]' '[6]' '[]'
comes_to bella '[("plain", "6" + head + ours.replace("\n- ", "\n  o   ")), ("html", "<p>6</p><blockquote>" + html + "</blockquote>")]' \
    '[6]' '[]'

# Nor where the mail program speaks a language that nobody listed.
comes_to nora '[("plain", "6\n\nOd: Riverside <care@clinic.example>\nData: 2 marca 9:05\nTemat: Welcome\n\n" + ours)]' \
    '[6]' '[]'

# Only as HTML, and only there in full.
comes_to carla '[("plain", ""), ("html", "<p>6, and my saddle is numb</p>")]' \
    '[6]' '["emergency"]'
comes_to dora '[("plain", "This message is in HTML."), ("html", "<p>6, and my saddle is numb</p>")]' \
    '[6]' '["emergency"]'
comes_to emma '[("plain", "6"), ("html", "<p>6, and my saddle is numb</p>")]' \
    '[6]' '["emergency"]'

# The conversation wraps the answer for its own page, and leaves lists alone.
expect 'until we open \(Mon-Fri 9-17\)\.|^ +\(Mon-Fri 9-17\)\.$' \
    km patient show "${ref[emma]}"
expect '^ +- Show them' km patient show "${ref[emma]}"

# In a text file: the flag is seen, the number is none.
comes_to fiona '[("plain", "6"), ("plain", "8. My saddle is numb", "notes.txt")]' \
    '[6]' '["emergency"]'
comes_to gina '[("plain", ""), ("plain", "My saddle is numb. 8", "notes.txt")]' \
    '[]' '["emergency"]'

# Below our lines, and between them.
comes_to helen '[("plain", head + ours + "\n8, my saddle is numb\n")]' \
    '[]' '["emergency"]'
comes_to irene '[("plain", "6" + head + ours.replace("\n- ", "\nMy saddle is numb\n- ", 1))]' \
    '[6]' '["emergency"]'

# Behind what a phone adds.
comes_to julia '[("plain", "6\n\nSent from my iPhone numb saddle")]' \
    '[6]' '["emergency"]'
comes_to kate '[("plain", "6\n\nSent from my iPhone 8" + head + ours)]' \
    '[6]' '[]'

# A wish to have no more, where it may be another's, is shown to a person.
mail_reply mona '[("plain", "6" + head + ours + "\nPlease take me off your list\n")]' |
	at 2026-03-04T17:00:00Z receive --mail
at 2026-03-04T17:05:00Z tick
expect_json '["active", [6], ["question"]]' \
    '[doc["state"], [r["pain"] for r in doc["readings"]], [a["kind"] for a in doc["alerts"]]]' \
    km patient show "${ref[mona]}" --json

# A yes between our lines is no answer by itself, and a person sees it.
mail_reply laura '[("plain", "see below" + head + ours.replace("\n- ", "\nYES\n- ", 1))]' |
	at 2026-03-04T17:00:00Z receive --mail
at 2026-03-04T17:05:00Z tick
expect_json '["see below\n--\nYES"]' '[r["body"] for r in doc["replies"]]' \
    km patient show "${ref[laura]}" --json
expect 'see below' km inbox list
