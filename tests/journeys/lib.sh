# shellcheck shell=bash
# lib.sh - what the stories are told with
#
# A story is an executable file beside this one. It begins with
#
#	#!/bin/bash
#	# What must hold, in a sentence or two.
#	. "${0%/*}/lib.sh"
#	clinic
#
# and then enrols patients, lets time pass and says what it expects. It has a
# clinic of its own in a temporary folder ($CLINIC), which goes when it ends
# (KEEP=1 leaves it). The first thing that is not as it should be ends the
# story with its line and what was seen instead.
#
# Time: TIME is RFC 3339 ("2026-03-02T09:00:00Z"), or a local time in $ZONE
# ("2026-03-02 09:00"). What runs, runs at $NOW, the time of the latest `at`.
#
#	clinic			writes the configuration; settings below
#	at TIME ARGUMENT...	runs keepmoving at TIME, which becomes $NOW
#	km ARGUMENT...		runs keepmoving at $NOW, or at the real time
#	enrol NAME ADDRESS [OPTION]...	enrols in low-back; prints the reference
#	ticks FROM TO STEP	ticks from FROM until before TO, each STEP (15m)
#	say ADDRESS TEXT [TIME]	a patient's reply lies in the inbox
#	sent [ADDRESS]		texts that went out: TIME TO BODY, a line each
#	mails [ADDRESS]		emails that went out: TIME TO SUBJECT
#	later TIME STEP		prints the time STEP (90m, 2h, 3d, 1w) after TIME
#
#	expect PATTERN COMMAND...	its output has a line like this
#	expect_no PATTERN COMMAND...	it works, and has none
#	expect_count N PATTERN COMMAND...	it has N of them
#	expect_exit CODE COMMAND...	so it ends; all it said is in $OUT
#	expect_json VALUE EXPRESSION COMMAND...	EXPRESSION of python3 about
#				its JSON, `doc`, is VALUE, written as JSON
#	expect_same WANTED GOT WHAT	two texts are equal
#	json EXPRESSION		prints what EXPRESSION says of the JSON on stdin
#	fail MESSAGE		ends the story
#
#	fhir_validate FILE	by two validators, which npm brings once
#
#	background COMMAND...	runs until the story ends; sets $PID
#	invariants		asks what always holds (invariants.py), as is done
#				at the end of each story
#	apart			a clinic for the stories told in Python, clinic.py
#	free_port		prints a port nobody listens at
#	wait_for PORT		until somebody listens there, 10 seconds at most
#
# Set before `clinic` to have another one: ZONE COUNTRY SMS EMAIL ALERTS (values
# of those settings), IN_CLINIC and MORE (whole settings, added), TEMPLATES
# PLANS (low-back alone) WORDS (folders), ALWAYS (empty: the story's end asks no invariants).

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
KEEPMOVING=${KEEPMOVING:-$ROOT/build/keepmoving}
STORY=$0
CLINIC=$(mktemp -d "${TMPDIR:-/tmp}/keepmoving-story.XXXXXX")
NOW=
OUT=
ANSWER=
PIDS=()

ZONE=Europe/London
COUNTRY=GB
SMS='( { name = "main"; driver = "spool"; path = "spool"; } )'
EMAIL='( { name = "clinic"; driver = "spool"; path = "spool"; } )'
ALERTS='{ to = [ "sms:+447700900999", "email:duty@clinic.example" ]; }'
IN_CLINIC=
MORE=
TEMPLATES=$ROOT/templates
PLANS=$CLINIC/.plans
mkdir "$PLANS"
ln -s "$ROOT/config/plans/low-back.cfg" "$PLANS"
WORDS=$ROOT/config/words
ALWAYS=yes

# A sanitizer's report fails the story, whatever became of the process.
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:exitcode=99:log_path=$CLINIC/sanitizer"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-}:exitcode=99:print_stacktrace=1"
export LC_ALL=C.UTF-8
unset KEEPMOVING_CONFIG TZ

story_end()
{
	local code=$? report

	set +eE
	trap - ERR EXIT
	trap '' INT TERM
	if [ ${#PIDS[@]} -gt 0 ]; then
		kill "${PIDS[@]}" 2>/dev/null
		wait "${PIDS[@]}" 2>/dev/null
	fi
	if [ "$code" = 0 ] && [ -n "$ALWAYS" ]; then
		(invariants)
		code=$?
	fi
	for report in "$CLINIC"/sanitizer.*; do
		[ -e "$report" ] || continue
		head -n 40 "$report" >&2
		code=99
	done
	if [ -n "${KEEP-}" ]; then
		echo "the clinic is kept in $CLINIC" >&2
	else
		rm -rf "$CLINIC"
	fi
	exit "$code"
}
trap story_end EXIT
trap 'exit 130' INT TERM

# Ends the story with the line of it that is being told. The story's own
# stderr is 9, since that of a command may be caught.
exec 9>&2
fail()
{
	local i

	for ((i = 1; i < ${#BASH_SOURCE[@]}; i++)); do
		[ "${BASH_SOURCE[i]##*/}" = lib.sh ] || break
	done
	printf '%s:%s: %s\n' "${STORY##*/}" "${BASH_LINENO[i - 1]}" "$1" >&9
	exit 1
}
trap 'fail "this failed (exit status $?): $BASH_COMMAND"' ERR
set -E

# Prints TIME as RFC 3339 in UTC.
utc()
{
	case $1 in
	????-??-??T*) echo "$1" ;;
	*) date -u -d "TZ=\"$ZONE\" $1" +%Y-%m-%dT%H:%M:%SZ ;;
	esac
}

epoch()
{
	date -u -d "$(utc "$1")" +%s
}

# Prints a number with its unit as seconds.
seconds()
{
	case $1 in
	*s) echo "${1%s}" ;;
	*m) echo $((${1%m} * 60)) ;;
	*h) echo $((${1%h} * 3600)) ;;
	*d) echo $((${1%d} * 86400)) ;;
	*w) echo $((${1%w} * 604800)) ;;
	*) fail "$1 is no length of time" ;;
	esac
}

later()
{
	TZ=UTC printf '%(%Y-%m-%dT%H:%M:%SZ)T\n' \
	    $(($(epoch "$1") + $(seconds "$2")))
}

clinic()
{
	cat >"$CLINIC/keepmoving.cfg" <<END
clinic = {
  name = "Riverside Physiotherapy"; sms_name = "Riverside";
  phone = "+441632960001"; emergency = "999"; urgent = "111";
  crisis = "116 123"; hours = "Mon-Fri 9-17"; country = "$COUNTRY";
  timezone = "$ZONE"; language = "en";
  $IN_CLINIC
};
database = "keepmoving.db";
templates = "$TEMPLATES"; plans = "$PLANS"; words = "$WORDS";
sms = $SMS;
email = $EMAIL;
alerts = $ALERTS;
$MORE
END
	chmod 600 "$CLINIC/keepmoving.cfg"
	mkdir -p "$CLINIC/spool/inbox" "$CLINIC/spool/sent"
	km setup >"$CLINIC/setup.log"
}

# A clinic whose gateways are files of their own, for clinic.py to choose.
apart()
{
	local channel

	umask 077
	for channel in sms email; do
		echo "{ name = \"$channel\"; driver = \"spool\"; path = \"spool\"; }" \
		    >"$CLINIC/$channel.cfg"
	done
	SMS=$'(\n@include "sms.cfg"\n)'
	EMAIL=$'(\n@include "email.cfg"\n)'
	MORE='tick_budget = "4m";'
	clinic
}

km()
{
	local code=0

	"$KEEPMOVING" -c "$CLINIC/keepmoving.cfg" ${NOW:+--now "$NOW"} "$@" ||
		code=$?
	case $code in
	70 | 99 | 132 | 134 | 136 | 139) fail "keepmoving broke ($code): $*" ;;
	esac
	return "$code"
}

at()
{
	NOW=$(utc "$1")
	shift
	km "$@"
}

enrol()
{
	local name=$1 address=$2 how=--phone agreed=${NOW:?enrol needs a time}

	shift 2
	case $address in
	*@*) how=--email ;;
	esac
	km enrol --name "$name" "$how" "$address" --plan low-back \
	    --consent "${agreed:0:10}" --set aggravator=sitting "$@"
}

ticks()
{
	local now end step

	now=$(epoch "$1")
	end=$(epoch "$2")
	step=$(seconds "${3:-15m}")
	# Looking for leaks is a third of a tick's time; all other commands and
	# the unit tests look for them.
	local -x ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0
	for (( ; now < end; now += step)); do
		TZ=UTC printf -v NOW '%(%Y-%m-%dT%H:%M:%SZ)T' "$now"
		km -q tick
	done
}

# Written beside and renamed, as anyone must who drops a reply.
SAID=0
say()
{
	local address=$1 text=$2 at inbox=$CLINIC/spool/inbox

	at=$(utc "${3:-${NOW:?say needs a time}}")
	SAID=$((SAID + 1))
	text=${text//\\/\\\\}
	text=${text//\"/\\\"}
	text=${text//$'\n'/\\n}
	printf '{"id":"reply-%d","from":"%s","to":"clinic","body":"%s","at":"%s"}\n' \
	    "$SAID" "$address" "$text" "$at" >"$inbox/.reply-$SAID"
	mv "$inbox/.reply-$SAID" "$inbox/$(printf '%06d' "$SAID").json"
}

sent()
{
	python3 - "$CLINIC/spool/sent" "${1-}" <<'END'
import json, pathlib, sys
found = []
for path in pathlib.Path(sys.argv[1]).glob("[!.]*.json"):
    text = json.loads(path.read_text())
    if sys.argv[2] in ("", text["to"]):
        found.append((text["at"], path.stat().st_mtime_ns, text))
for at, _, text in sorted(found, key=lambda f: f[:2]):
    print(at, text["to"], text["body"].replace("\n", " / "))
END
}

mails()
{
	python3 - "$CLINIC/spool/sent" "${1-}" <<'END'
import datetime, email, email.policy, email.utils, pathlib, sys
found = []
for path in pathlib.Path(sys.argv[1]).glob("[!.]*.eml"):
    mail = email.message_from_bytes(path.read_bytes(),
                                    policy=email.policy.default)
    to = email.utils.parseaddr(mail["To"])[1]
    at = email.utils.parsedate_to_datetime(mail["Date"])
    at = at.astimezone(datetime.timezone.utc)
    if sys.argv[2] in ("", to):
        found.append((at, path.stat().st_mtime_ns, to, mail["Subject"]))
for at, _, to, subject in sorted(found):
    print(at.strftime("%Y-%m-%dT%H:%M:%SZ"), to, subject)
END
}

# Runs a command here, so that `at` moves the story's clock. What it answered
# is in ANSWER, that and its complaints in OUT, how it ended in CODE.
take()
{
	CODE=0
	"$@" >"$CLINIC/stdout" 2>"$CLINIC/stderr" || CODE=$?
	ANSWER=$(<"$CLINIC/stdout")
	OUT=$ANSWER$(<"$CLINIC/stderr")
}

expect()
{
	local pattern=$1

	shift
	take "$@"
	grep -qE -- "$pattern" <<<"$OUT" ||
		fail "expected /$pattern/ of: $*
$OUT"
}

expect_no()
{
	local pattern=$1

	shift
	take "$@"
	[ "$CODE" = 0 ] || fail "exit status $CODE of: $*
$OUT"
	if grep -qE -- "$pattern" <<<"$OUT"; then
		fail "did not expect /$pattern/ of: $*
$OUT"
	fi
}

expect_count()
{
	local wanted=$1 pattern=$2 got

	shift 2
	take "$@"
	got=$(grep -cE -- "$pattern" <<<"$OUT" || :)
	[ "$got" = "$wanted" ] ||
		fail "expected $wanted lines like /$pattern/, got $got, of: $*
$OUT"
}

expect_exit()
{
	local wanted=$1

	shift
	take "$@"
	[ "$CODE" = "$wanted" ] ||
		fail "expected exit status $wanted, got $CODE, of: $*
$OUT"
}

json()
{
	python3 -c 'import json, sys
doc = json.load(sys.stdin)
print(json.dumps(eval(sys.argv[1])))' "$1"
}

expect_json()
{
	local wanted=$1 expression=$2 got

	shift 2
	take "$@"
	got=$(json "$expression" <<<"$ANSWER") || fail "no such JSON of: $*
$OUT"
	[ "$got" = "$wanted" ] ||
		fail "expected $wanted, got $got, as $expression of: $*"
}

# Installed once in build/, by one story at a time.
fhir_validate()
{
	local at=$ROOT/build/fhir

	mkdir -p "$at"
	(
		flock 8
		cp "$ROOT"/tests/fhir/* "$at/"
		if [ ! -e "$at/node_modules/fhir" ]; then
			(cd "$at" && npm ci --no-audit --no-fund) \
			    >"$at/npm.log" 2>&1 || fail "npm: see $at/npm.log"
		fi
	) 8>"$at/lock"
	node "$at/validate.mjs" "$1"
}

expect_same()
{
	[ "$1" = "$2" ] || fail "${3:-not the same}:
$(diff <(echo "$1") <(echo "$2") | sed -n '2,40p' || :)"
}

# What always holds, or the story ends.
invariants()
{
	local broken

	[ -e "$CLINIC/keepmoving.db" ] || return 0
	broken=$(python3 "$ROOT/tests/journeys/invariants.py" \
	    "$CLINIC/keepmoving.cfg" 2>&1) || fail "what always holds does not:
$broken"
}

background()
{
	"$@" &
	PID=$!
	PIDS+=("$PID")
}

free_port()
{
	python3 -c 'import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

wait_for()
{
	local i

	for ((i = 0; i < 100; i++)); do
		if (: >"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then
			return 0
		fi
		sleep 0.1
	done
	fail "nobody listens at port $1"
}
