#!/bin/bash
# One message through each provider that has no server to install, from end to
# end, and then their account against ours: nothing lost, nothing twice. Where
# one can be asked, an answer that never came is asked for; where one can be
# polled, the message is found delivered and a reply is read.
. "${0%/*}/lib.sh"

STANDINS=${0%/*}/standins
PORT=$(free_port)
URL=http://127.0.0.1:$PORT
SECRET=secret-of-the-test
background "$STANDINS/providers.py" --ledger "$CLINIC/ledger" --port "$PORT" \
    >/dev/null
wait_for "$PORT"

control()
{
	curl -sS -f -X POST -d "$2" "$URL/control/$1" >/dev/null
}

# How often a provider took a message to that address.
taken()
{
	grep -c "\"provider\": \"$1\".*\"to\": \"$2\"" "$CLINIC/ledger" || :
}

# That gateway alone from now on, and a spool for the other channel.
gateway_is()
{
	local channel=$1 name=$2 settings=$3 other

	for other in sms email; do
		echo "{ name = \"$other\"; driver = \"spool\"; path = \"spool\"; }" \
		    >"$CLINIC/$other.cfg"
	done
	echo "{ name = \"$name\"; driver = \"$name\"; timeout = \"5s\"; $settings }" \
	    >"$CLINIC/$channel.cfg"
}

states_of()
{
	km patient show "$1" --json | json \
	    '[m["state"] for m in doc["messages"] if m["id"]]'
}

# One patient's welcome goes by that provider. What its state is after polls
# is $4: accepted where nobody can be polled.
goes_by()
{
	local channel=$1 name=$2 address=$3 state=$4 settings=$5 ref

	gateway_is "$channel" "$name" "$settings"
	NOW=2026-03-02T09:00:00Z
	ref=$(enrol "Ann Lee" "$address")
	at 2026-03-02T09:05:00Z -q tick
	at 2026-03-02T09:10:00Z -q tick
	expect_same "[\"$state\"]" "$(states_of "$ref")" "by $name"
	expect_same 1 "$(taken "$name" "$address")" "messages $name took"
}

# The provider takes it, but its answer is lost.
is_asked()
{
	local channel=$1 name=$2 address=$3 state=$4 settings=$5 ref

	gateway_is "$channel" "$name" "$settings"
	NOW=2026-03-02T09:00:00Z
	ref=$(enrol "Ben Okoro" "$address")
	control fault "{\"provider\": \"$name\", \"how\": \"after\"}"
	at 2026-03-02T09:05:00Z -q tick
	expect_same '["unknown"]' "$(states_of "$ref")" "in doubt by $name"
	at 2026-03-02T09:10:00Z -q tick
	at 2026-03-02T09:15:00Z -q tick
	expect_same "[\"$state\"]" "$(states_of "$ref")" "asked of $name"
	expect_same 1 "$(taken "$name" "$address")" "messages $name took"
}

# A reply is collected once, however often it is listed.
is_heard()
{
	local name=$1 address=$2 settings=$3

	gateway_is sms "$name" "$settings"
	control inbound "{\"provider\": \"$name\", \"from\": \"$address\",
	    \"body\": \"HELP\", \"at\": \"2026-03-02T09:16:00+00:00\"}"
	at 2026-03-02T09:20:00Z -q tick
	at 2026-03-02T09:25:00Z -q tick
	expect_same 2 "$(taken "$name" "$address")" "answered by $name"
}

umask 077
SMS=$'(\n@include "sms.cfg"\n)'
EMAIL=$'(\n@include "email.cfg"\n)'
gateway_is sms spool 'path = "spool";'
clinic

from='from = "+447700900001";'
vonage="api_key = \"key1\"; api_secret = \"$SECRET\"; $from
    base_url = \"$URL/vonage\";"
telnyx="api_key = \"$SECRET\"; $from base_url = \"$URL/telnyx\";"
plivo="auth_id = \"MA1\"; auth_token = \"$SECRET\"; $from
    base_url = \"$URL/plivo\";"
messagebird="access_key = \"$SECRET\"; $from base_url = \"$URL/messagebird\";"
smsgate="password = \"$SECRET\"; base_url = \"$URL/smsgate\";"
http="url = \"$URL/http/any/send\"; authorization = \"Token $SECRET\";
    body = \"{\\\"to\\\":\\\"{{to}}\\\",\\\"text\\\":\\\"{{text}}\\\"}\";
    ok_pointer = \"/result\"; ok_value = \"ok\";
    id_pointer = \"/data/0/number\";"
care='from = "Riverside <care@clinic.example>";'
sendgrid="api_key = \"$SECRET\"; $care base_url = \"$URL/sendgrid\";"
mailgun="domain = \"mg.clinic.example\"; api_key = \"$SECRET\"; $care
    base_url = \"$URL/mailgun\";"
postmark="server_token = \"$SECRET\"; $care base_url = \"$URL/postmark\";"
ses="region = \"eu-west-1\"; access_key_id = \"AKIA1\";
    secret_access_key = \"$SECRET\"; $care base_url = \"$URL\";"

goes_by sms vonage +447700900101 accepted "$vonage"
goes_by sms telnyx +447700900102 delivered "$telnyx"
goes_by sms plivo +447700900103 delivered "$plivo"
goes_by sms messagebird +447700900104 delivered "$messagebird"
goes_by sms smsgate +447700900105 delivered "$smsgate"
goes_by sms http +447700900106 accepted "$http"
goes_by email sendgrid jane1@patients.example accepted "$sendgrid"
goes_by email mailgun jane2@patients.example delivered "$mailgun"
goes_by email postmark jane3@patients.example accepted "$postmark"
goes_by email ses jane4@patients.example accepted "$ses"

is_asked sms messagebird +447700900107 delivered "$messagebird"
is_asked sms smsgate +447700900108 delivered "$smsgate"
is_asked email postmark jane5@patients.example accepted "$postmark"

is_heard messagebird +447700900107 "$messagebird"
is_heard smsgate +447700900108 "$smsgate"

expect_same '[]' "$(curl -sS "$URL/control/complaints")" "complaints"
