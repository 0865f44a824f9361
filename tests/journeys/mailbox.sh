#!/bin/bash
# Replies by email, out of a mailbox at a real IMAP server (Dovecot) into which
# a real mail server (Postfix) delivers them. An answer to the address that only
# the patient was given is hers, whatever it comes from; a red flag is answered
# within the tick; what no person wrote is no reply; what came back is settled.
# A tick that is killed between fetching a mail and marking it loses none and
# reads none twice.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"

# Looking for leaks is a third of a command's time; the unit tests do.
export ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0
STANDINS=$(cd "${0%/*}/standins" && pwd)
stop_servers()
{
	"$STANDINS/dovecot.sh" stop "$CLINIC/dovecot" || :
	"$STANDINS/postfix.sh" stop "$CLINIC/postfix" || :
	story_end
}
trap stop_servers EXIT
settings=$("$STANDINS/postfix.sh" start "$CLINIC/postfix")
eval "$settings"
settings=$("$STANDINS/dovecot.sh" start "$CLINIC/dovecot" "$SMTP_MAIL")
eval "$settings"

EMAIL="( { name = \"mail\"; driver = \"smtp\"; url = \"$SMTP_URL\";
    from = \"Riverside <care@clinic.test>\"; } )"
ALERTS='{ to = [ "email:duty@clinic.test" ]; }'
mailbox()
{
	MORE="mailbox = { url = \"$1/INBOX\"; user = \"replies\";
    password = \"secret\"; address = \"replies@clinic.test\";
    timeout = \"5s\"; ${2-} };"
	clinic
}
mailbox "$IMAP_URL"

# One mail by SMTP: FROM TO SUBJECT BODY [HEADER]...
post()
{
	python3 - "${SMTP_URL##*:}" "$@" <<'END'
import smtplib, sys, uuid
port, sender, to, subject, body, *headers = sys.argv[1:]
head = [f"From: {sender}", f"To: {to}", f"Subject: {subject}",
        f"Message-ID: <{uuid.uuid4()}@patients.test>", *headers]
text = "\r\n".join(head) + "\r\n\r\n" + body.replace("\n", "\r\n") + "\r\n"
with smtplib.SMTP("127.0.0.1", int(port)) as smtp:
    smtp.sendmail(sender, [to], text.encode())
END
	POSTED=$((POSTED + 1))
	"$STANDINS/postfix.sh" wait "$CLINIC/postfix" replies "$POSTED"
}
POSTED=0

# What the newest mail of somebody says in that header.
header()
{
	python3 - "$SMTP_MAIL/$1/new" "$2" <<'END'
import email, email.policy, pathlib, sys
path = max(pathlib.Path(sys.argv[1]).iterdir(), key=lambda p: p.stat().st_mtime_ns)
print(email.message_from_bytes(path.read_bytes(), policy=email.policy.default)[sys.argv[2]])
END
}

# How many mails of the mailbox are marked as read.
seen()
{
	find "$SMTP_MAIL/replies/cur" -name '*:2,*S*' 2>/dev/null | wc -l
}

# The tick hangs at that command of IMAP, and is killed there.
killed_at()
{
	local port i

	port=$(free_port)
	background "$STANDINS/imap_stall.py" "$port" "${IMAP_URL##*:}" "$1" \
	    "$CLINIC/stalled"
	wait_for "$port"
	rm -f "$CLINIC/stalled"
	sed "s,$IMAP_URL,imap://127.0.0.1:$port," "$CLINIC/keepmoving.cfg" \
	    >"$CLINIC/stalled.cfg"
	chmod 600 "$CLINIC/stalled.cfg"
	background "$KEEPMOVING" -c "$CLINIC/stalled.cfg" --now "$NOW" tick
	for ((i = 0; i < 600; i++)); do
		[ ! -e "$CLINIC/stalled" ] || break
		sleep 0.05
	done
	[ -e "$CLINIC/stalled" ] || fail "no tick came as far as $1"
	kill -9 "$PID"
	wait "$PID" 2>/dev/null || :
}

readings()
{
	expect_json "$1" '[[r["pain"], r["verified"]] for r in doc["readings"]]' \
	    km patient show "$jane" --json
}

NOW=2026-03-02T09:00:00Z
jane=$(enrol "Jane Roe" jane@patients.test --baseline 7)
at 2026-03-02T09:05:00Z tick
at 2026-03-04T16:35:00Z tick
"$STANDINS/postfix.sh" wait "$CLINIC/postfix" jane 2
reply_to=$(header jane Reply-To)
case $reply_to in
replies+????????????????@clinic.test) ;;
*) fail "no address for replies of its own: $reply_to" ;;
esac
expect_same "<mailto:$reply_to?subject=unsubscribe>" \
    "$(header jane List-Unsubscribe)" "List-Unsubscribe"
expect_same "<$reply_to>" "$(header jane Return-Path)" "where it would come back"

# She answers from her work, which nobody knows of; to the address of hers.
# Killed before the mail is stored, and then before it is marked.
post jane.roe@clinic.test "$reply_to" "Re: Your check-in" "6

Sent from my iPhone"
NOW=2026-03-04T17:00:00Z
killed_at "UID FETCH"
readings '[]'
expect_same 0 "$(seen)" "marked though not stored"
killed_at "SELECT"
expect_same 0 "$(seen)" "marked though the tick was killed"
at 2026-03-04T17:05:00Z tick
readings '[[6, true]]'
expect_same 1 "$(seen)" "marked once it is stored"
at 2026-03-04T17:10:00Z tick
readings '[[6, true]]'

# Doctor looks, and leaves no trace. A mailbox that was made anew holds the same
# mails under other numbers.
expect 'good +mailbox .* holds 1 mails' km doctor
expect_same 1 "$(seen)" "doctor marks nothing"
"$STANDINS/dovecot.sh" recreate "$CLINIC/dovecot" "$SMTP_MAIL" replies
at 2026-03-04T17:15:00Z tick
readings '[[6, true]]'

# The server is down: the clinic is told, and all else goes on.
"$STANDINS/dovecot.sh" stop "$CLINIC/dovecot"
at 2026-03-05T09:00:00Z tick
expect 'the mailbox does not work: ' km alert list
expect 'bad +mailbox' km doctor
settings=$("$STANDINS/dovecot.sh" start "$CLINIC/dovecot" "$SMTP_MAIL")
eval "$settings"

# TLS, and only with a certificate that somebody known has signed.
mailbox "${IMAPS_URL}"
expect 'bad +mailbox .*certificate' km doctor
mailbox "$IMAP_URL" "tls = true; ca_file = \"$IMAP_CA\";"
expect 'good +mailbox' km doctor
mailbox "$IMAPS_URL" "ca_file = \"$IMAP_CA\"; move_to = \"Read\";"
install -d -o 5000 -g 5000 "$SMTP_MAIL"/replies/.Read{,/cur,/new,/tmp}

# A red flag without any sign that it is hers: at once, both texts.
post jane@patients.test replies@clinic.test "my legs" \
    "since this morning I can't feel my legs"
at 2026-03-05T09:05:00Z tick
expect_json '[["red-flag", "emergency"]]' \
    '[[a["kind"], a["level"]] for a in doc["alerts"] if a["kind"] == "red-flag"]' \
    km patient show "$jane" --json
expect 'safety/emergency\) by email was sent' km why "$jane" --day 2026-03-05
expect_count 1 . grep -rl emergency "$SMTP_MAIL/duty/new"
expect_same 1 "$(find "$SMTP_MAIL/replies/.Read" -mindepth 2 -type f | wc -l)" moved
red=$(km alert list --json |
    json '[a["id"] for a in doc if a["kind"] == "red-flag"][0]')
km alert close "$red" --outcome "seen today" --by "Dr Mills" >"$CLINIC/close"

# An out-of-office is no reply and gets none; the button by which mail programs
# unsubscribe is, whatever they write below it.
before=$(find "$SMTP_MAIL/jane/new" -type f | wc -l)
post jane@patients.test "$reply_to" "Automatic reply: Your check-in" \
    "I am away, 5 colleagues can help" "Auto-Submitted: auto-replied"
at 2026-03-05T09:10:00Z tick
expect_same "$before" "$(find "$SMTP_MAIL/jane/new" -type f | wc -l)" answered
readings '[[6, true], [null, false]]'
post jane.roe@clinic.test "$reply_to" unsubscribe \
    "This message was automatically generated by Gmail."
at 2026-03-05T09:15:00Z tick
expect_json '"stopped"' 'doc["state"]' km patient show "$jane" --json

# What a mail server took and could not deliver comes back as a mail.
gone=$(enrol "Sam Gone" gone@patients.test)
at 2026-03-05T09:20:00Z tick
POSTED=$((POSTED + 1))
"$STANDINS/postfix.sh" wait "$CLINIC/postfix" replies "$POSTED"
at 2026-03-05T09:25:00Z tick
expect_json '["undelivered"]' '[m["state"] for m in doc["messages"]]' \
    km patient show "$gone" --json
expect_json '["undeliverable"]' '[a["kind"] for a in doc["alerts"]]' \
    km patient show "$gone" --json

# A mail over which every tick breaks is passed over and told of, left as it
# was, and does not keep the next one waiting.
mailbox "$IMAP_URL"
post jane@patients.test replies@clinic.test "Re: x" "the first"
NOW=2026-03-05T09:30:00Z
for _ in 1 2 3; do killed_at "UID FETCH"; done
post jane@patients.test replies@clinic.test "Re: x" "the second"
at 2026-03-05T09:35:00Z tick
expect 'mail 6 of the mailbox can.t be read' km alert list
expect 'the second' km patient show "$jane"
expect_no 'the first' km patient show "$jane"

# So is one that can't be kept, at once.
sql()
{
	python3 -c 'import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as base: base.execute(sys.argv[2])' \
	    "$CLINIC/keepmoving.db" "$1"
}
sql "CREATE TRIGGER odd BEFORE INSERT ON inbound WHEN NEW.body = 'the odd'
    BEGIN SELECT RAISE(ABORT, 'odd'); END"
post jane@patients.test replies@clinic.test "Re: x" "the odd"
post jane@patients.test replies@clinic.test "Re: x" "the third"
at 2026-03-05T09:40:00Z tick
expect 'mail 8 of the mailbox can.t be read' km alert list
expect 'the third' km patient show "$jane"
sql 'DROP TRIGGER odd'
invariants
