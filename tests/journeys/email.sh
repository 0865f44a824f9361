#!/bin/bash
# A real mail server: welcome and question are delivered by Postfix into a
# Maildir, as text and as HTML. A reply that names the question is taken as its
# answer; one that anybody could have written moves nothing by itself; an
# out-of-office is no reply at all.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"

POSTFIX=$(cd "${0%/*}/standins" && pwd)/postfix.sh
stop_postfix()
{
	"$POSTFIX" stop "$CLINIC/postfix" || :
	story_end
}
trap stop_postfix EXIT
settings=$("$POSTFIX" start "$CLINIC/postfix")
eval "$settings"
EMAIL="( { name = \"mail\"; driver = \"smtp\"; url = \"$SMTP_URL\";
    from = \"Riverside <care@clinic.test>\"; } )"
ALERTS='{ to = [ "email:duty@clinic.test" ]; }'
clinic

# The newest mail in somebody's Maildir, parsed.
newest()
{
	python3 - "$SMTP_MAIL/$1/new" "$2" <<'END'
import email, email.policy, pathlib, sys
path = max(pathlib.Path(sys.argv[1]).iterdir(), key=lambda p: p.stat().st_mtime_ns)
mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
print(eval(sys.argv[2]))
END
}

# A reply as a mail program writes it: SUBJECT BODY [HEADER]
mail_reply()
{
	printf 'From: Jane Roe <jane@patients.test>\nTo: care@clinic.test\n'
	printf 'Subject: %s\nDate: Wed, 4 Mar 2026 17:00:00 +0000\n' "$1"
	printf 'Message-ID: <%s@patients.test>\n' "$RANDOM$RANDOM$RANDOM"
	[ -z "${3-}" ] || printf '%s\n' "$3"
	printf '\n%s\n' "$2"
}

NOW=2026-03-02T09:00:00Z
jane=$(enrol "Jane Roe" jane@patients.test --baseline 7)
at 2026-03-02T09:05:00Z tick
"$POSTFIX" wait "$CLINIC/postfix" jane 1
expect_same multipart/alternative "$(newest jane 'mail.get_content_type()')" "type"
expect_same "['text/plain', 'text/html']" \
    "$(newest jane '[p.get_content_type() for p in mail.iter_parts()]')" "parts"
expect_same "auto-generated" "$(newest jane 'mail["Auto-Submitted"]')" "header"

at 2026-03-04T16:35:00Z tick
"$POSTFIX" wait "$CLINIC/postfix" jane 2
expect 'Worst pain today' newest jane 'mail.get_body(("plain",)).get_content()'
expect_same True "$(newest jane '"back" not in mail["Subject"].lower()')" \
    "a subject that says nothing to a lock screen"
id=$(newest jane 'mail["Message-ID"]')

NOW=2026-03-04T17:00:00Z
mail_reply "Re: check-in" "6

On Wed, Riverside wrote:
> Worst pain today, 0 none to 10" "In-Reply-To: $id" >"$CLINIC/answer.eml"
km receive --mail <"$CLINIC/answer.eml"
km receive --mail <"$CLINIC/answer.eml"
at 2026-03-04T17:05:00Z tick
expect_json '[[6, true]]' '[[r["pain"], r["verified"]] for r in doc["readings"]]' \
    km patient show "$jane" --json

mail_reply "Automatic reply: check-in" "I am away, 5 colleagues can help" \
    "Auto-Submitted: auto-replied" | km receive --mail
at 2026-03-04T17:10:00Z tick
expect_json '1' 'len(doc["readings"])' km patient show "$jane" --json

# The second score comes without a sign that it is hers: it is read, and the
# move waits for a clinician.
at 2026-03-06T16:35:00Z tick
mail_reply "hello" "5" | at 2026-03-06T17:00:00Z receive --mail
at 2026-03-06T17:05:00Z tick
expect_json '"calm"' 'doc["stage"]' km patient show "$jane" --json
expect_json '["adjust"]' '[m["to"] for m in doc]' km move list --json
move=$(km move list --json | json 'doc[0]["id"]')
km move accept "$move" --by Sam >/dev/null
expect_json '"adjust"' 'doc["stage"]' km patient show "$jane" --json

# The button by which mail programs unsubscribe.
mail_reply "unsubscribe" "" | at 2026-03-06T18:00:00Z receive --mail
at 2026-03-06T18:05:00Z tick
expect_json '"stopped"' 'doc["state"]' km patient show "$jane" --json
