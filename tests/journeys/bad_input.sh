#!/bin/bash
# What a person mistypes gets one clear line, which says what and where, and
# an exit status that says whose fault it was. A table of patients is taken
# whole or not at all.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"
clinic
NOW=2026-03-02T09:00:00Z

# refused CODE PATTERN ARGUMENT...: one line on stderr, nothing on stdout.
refused()
{
	local code=$1 pattern=$2

	shift 2
	expect_exit "$code" km "$@"
	expect_same "" "$ANSWER" "said on stdout by: $*"
	[ "$(wc -l <"$CLINIC/stderr")" = 1 ] || fail "not one line, of: $*
$OUT"
	grep -qE -- "$pattern" "$CLINIC/stderr" ||
		fail "expected /$pattern/ of: $*
$OUT"
}

# mistaken PATTERN OPTION VALUE: an enrolment that is right but for this.
mistaken()
{
	local option given=("$2" "$3")
	local -A right=([--name]="Ann Lee" [--phone]=07700900123
	    [--plan]=low-back [--consent]=2026-03-01
	    [--set]=aggravator=sitting)

	for option in "${!right[@]}"; do
		[ "$option" = "$2" ] || given+=("$option" "${right[$option]}")
	done
	refused 65 "$1" enrol "${given[@]}"
}

mistaken 'phone number too short' --phone 0770090012
mistaken "'Europe/Londn' is no time zone" --tz Europe/Londn
mistaken '2026-02-30' --consent 2026-02-30
mistaken "'yesterday' is no date" --consent yesterday
mistaken 'has not come yet' --consent 2026-04-01
mistaken 'is too long ago' --consent 1026-03-02
mistaken 'email' --email ann.example.com
mistaken 'no plan "low-bak", but low-back; after' --plan low-bak
mistaken 'the plan.s texts know .*sitting' --set aggravator=sleeping
mistaken 'whole number from 0 to 10' --baseline 11
mistaken 'is not sms, email or both' --channel pigeon
mistaken 'the channel is email' --channel email
mistaken 'no language' --lang '../../etc'
refused 65 'consent is missing' enrol --name Ann --phone 07700900123 \
    --plan low-back --set aggravator=sitting
refused 65 "'noon' is no time: write it like" --now noon tick
refused 65 '2026-02-30' --now 2026-02-30T09:00:00Z tick
refused 65 'too short' receive --from 12 hello
refused 65 'no patient P-000000' patient show P-000000
refused 65 'no patient' why nobody
refused 65 'no alert 7' alert ack 7
refused 66 'No such file' import "$CLINIC/none.csv"
refused 64 'did you mean "tick"' tikc
refused 64 'did you mean --name' enrol --nam Ann
refused 64 'unknown option --verbose' --verbose tick
refused 66 'No such file.*with -c' -c "$CLINIC/none.cfg" tick

# A table: each bad row is named with its line, and nobody is enrolled.
cat >"$CLINIC/patients.csv" <<'END'
name,plan,phone,consent,set:aggravator,tz
Ann Lee,low-back,07700900123,2026-03-01,sitting,
Ben Okoro,low-back,0770090012,2026-03-01,sitting,
Cara Diaz,low-back,07700900125,2026-03-01,standing,Mars/Olympus
Dev Patel,low-back,07700900126,01/03/2026,sitting,
Eve Novak,low-back,07700900127,2026-03-01,sitting
END
expect_exit 65 km import "$CLINIC/patients.csv"
for line in '3: .*phone' '4: .*time zone' "5: .*'01/03/2026'" '6: 5 fields where the first line has 6' \
    'nothing was imported: 4 of 5'; do
	grep -qE "$line" <<<"$OUT" || fail "no line like /$line/ in:
$OUT"
done
expect_json '[]' doc km patient list --json

table()
{
	printf '%b' "$1" >"$CLINIC/table.csv"
}
table ''
refused 65 'is empty' import "$CLINIC/table.csv"
table 'name,plan,phon\nAnn,low-back,1\n'
refused 65 'table.csv:1: .*"phon"' import "$CLINIC/table.csv"
table 'name,plan,phone\n"Ann,low-back,1\n'
refused 65 'table.csv:2: a quote' import "$CLINIC/table.csv"
table 'name,plan\nJos\xe9,low-back\n'
refused 65 'UTF-8' import "$CLINIC/table.csv"

# What a spreadsheet makes of it is taken: semicolons, a byte order mark, CRLF.
table '\xef\xbb\xbfname;plan;phone;consent;set:aggravator\r\nJos\xc3\xa9 Roe;low-back;07700 900123;2026-03-01;sitting\r\n'
expect 'P-.* José Roe' km import "$CLINIC/table.csv"
expect_exit 0 km tick
expect 'Hi José' sent +447700900123
