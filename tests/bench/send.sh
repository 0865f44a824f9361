#!/bin/bash
# Messages a second through a whole tick, beside what others do with the same
# requests to the same gateway in the same run:
#
#	wrk	a load generator: what the gateway bears, with as many
#		connections (h2load where it is HTTP/2)
#	loop	the transfers of a tick alone: each request written and each
#		answer read by the driver, without a database
#	floor	libcurl alone: the same bytes again and again, no answer read
#	curl	curl --parallel
#	node	what a clinic would otherwise write: the provider's own SDK and
#		better-sqlite3, a commit before and one after each message
#
# A tick claims, sends and settles; all of it is durable. Each figure is the
# middle of $ROUNDS rounds, in which all take their turn. Goals, as ratios: with
# 50 ms latency at least 0.95 of wrk; without, at least 0.80 of the loop and more
# than curl --parallel; less than a tenth of node's CPU for a message.
#
# SKIP_NODE=1 leaves node out, whose packages take two minutes to build.
BENCH=${0%/*}
. "$BENCH/../journeys/lib.sh"
# shellcheck disable=SC2034 # read at the end: nothing to ask of a benchmark
ALWAYS=

ROUNDS=${ROUNDS:-3}
BIN=$ROOT/build/bench
TOP=$CLINIC
NOW=2026-03-02T09:00:00Z

SID=AC00000000000000000000000000000000
PATH_OF_API=/2010-04-01/Accounts/$SID/Messages.json
FORM="To=%2B447700900001&From=%2B447700900000&Body=Hi%20Pat%2C%20Riverside%20\
here%20with%20your%20plan%3A%20up%20to%204%20texts%20a%20week.%20Reply%20HELP%\
20for%20help%2C%20STOP%20to%20end."

mkdir -p "$BIN/node"
for tool in gateway floor; do
	[ "$BIN/$tool" -nt "$BENCH/$tool.c" ] ||
		gcc -O2 -std=c11 -D_GNU_SOURCE -o "$BIN/$tool" \
		    "$BENCH/$tool.c" -lcurl
done
LOOP=$BIN/loop
[ -x "$LOOP" ] || fail "$LOOP is missing: run it by make bench"
NODE=
if [ -z "${SKIP_NODE-}" ]; then
	cp "$BENCH"/node/* "$BIN/node/"
	[ -d "$BIN/node/node_modules/better-sqlite3" ] ||
		(cd "$BIN/node" && npm install --no-audit --no-fund) \
		    >"$BIN/npm.log" 2>&1 || fail "npm: see $BIN/npm.log"
	NODE=1
fi

# The clinic as it is before the tick, made once for each number of messages:
# so many patients, whose first message is queued.
prepare()
{
	local count=$1

	CLINIC=$TOP/of-$count
	[ ! -e "$CLINIC" ] || return 0
	mkdir "$CLINIC"
	# shellcheck disable=SC2034 # read by clinic
	SMS='( { name = "main"; driver = "spool"; path = "spool"; } )'
	clinic
	python3 -c "print('name,phone,plan,set:aggravator,baseline,consent')
for i in range($count):
    print(f'Pat {i},+447700{i:06d},low-back,sitting,5,2026-03-01')" \
	    >"$CLINIC/patients.csv"
	km import "$CLINIC/patients.csv" >"$CLINIC/import.log"
}

# That clinic again, in $TOP/run, with the gateway for its own.
afresh()
{
	local url=$1 count=$2 in_flight=$3

	rm -rf "$TOP/run"
	cp -r "$TOP/of-$count" "$TOP/run"
	sync -d "$TOP/run/keepmoving.db" # or the tick waits for the copy
	sed -i "s|^sms = .*|sms = ( { name = \"main\"; driver = \"twilio\";\
 base_url = \"$url\"; account_sid = \"$SID\"; auth_token = \"secret\";\
 from = \"+447700900000\"; rate = 1000000; in_flight = $in_flight;\
 ${TLS:+ca_file = \"$TOP/tls/cert.pem\";} } );|" "$TOP/run/keepmoving.cfg"
}

# A tick that sends them all; adds a line to $TOP/FILE.
tick_to()
{
	local file=$1 url=$2 count=$3 in_flight=$4 got run=$TOP/run

	afresh "$url" "$count" "$in_flight"
	"$BENCH/measure.py" "$KEEPMOVING" -q -c "$run/keepmoving.cfg" \
	    --now 2026-03-02T09:05:00Z tick >>"$TOP/$file"
	got=$(sqlite3 "$run/keepmoving.db" \
	    "SELECT count(*) FROM message WHERE state = 'accepted'")
	[ "$got" = "$count" ] || fail "$got of $count messages were accepted"
}

loop_to()
{
	afresh "$2" "$3" "$4"
	"$BENCH/measure.py" "$LOOP" "$TOP/run/keepmoving.cfg" "$3" >>"$TOP/$1"
}

floor_to()
{
	"$BENCH/measure.py" "$BIN/floor" "$2$PATH_OF_API" "$3" "$4" \
	    ${TLS:+"$TOP/tls/cert.pem"} >>"$TOP/$1"
}

curl_to()
{
	local list=$TOP/curl.$3

	[ -e "$list" ] || python3 - "$2$PATH_OF_API" "$3" "$FORM" "$SID" >"$list" <<'END'
import sys
url, count, form, sid = sys.argv[1:]
print("\nnext\n".join([f'url = "{url}"\ndata = "{form}"\nuser = "{sid}:secret"\n'
                       'output = "/dev/null"'] * int(count)))
END
	"$BENCH/measure.py" curl -s -S --no-progress-meter --parallel --parallel-immediate \
	    --parallel-max "$4" -K "$list" >>"$TOP/$1"
	rm -f "$list"
}

node_to()
{
	rm -f "$TOP/node.db"*
	"$BENCH/measure.py" node "$BIN/node/send.mjs" "$2" "$TOP/node.db" \
	    "$3" "$4" >>"$TOP/$1"
}

# Prints requests a second.
wrk_to()
{
	if [ -n "${TLS-}" ]; then
		printf '%s' "$FORM" >"$TOP/form"
		h2load -n "$3" -c 1 -m "$4" -d "$TOP/form" \
		    -H 'content-type: application/x-www-form-urlencoded' \
		    "$2$PATH_OF_API" | sed -n 's/^finished in .*, \(.*\) req.s.*/\1/p'
	else
		cat >"$TOP/wrk.lua" <<END
wrk.method = "POST"
wrk.body = "$FORM"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["Authorization"] = "Basic $(printf %s "$SID:secret" | base64 -w 0)"
END
		wrk -t1 -c"$4" -d3s -s "$TOP/wrk.lua" "$2$PATH_OF_API" |
			sed -n 's/^Requests.sec: *//p'
	fi >>"$TOP/$1"
}

middle()
{
	sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# Of a file of measure.py: messages a second, microseconds of CPU a message,
# MiB; all in the middle.
rate_of() { awk -v n="$2" '{ print n / $1 }' "$TOP/$1" | middle; }
cpu_of() { awk -v n="$2" '{ print $2 / n * 1000000 }' "$TOP/$1" | middle; }
memory_of() { awk '{ print $3 }' "$TOP/$1" | middle; }

# The middle of the ratios of each round: who was slowed down in a round by
# something else was slowed down beside the other.
ratio_of()
{
	paste "$TOP/$1" "$TOP/$2" | awk -v f="$3" -v n="$4" '
		f == "rate" { print $4 / $1 }
		f == "cpu" { print $2 / $5 }
		f == "wrk" { print n / $1 / $4 }' | middle
}

gateway_with()
{
	PORT=$(free_port)
	background "$BIN/gateway" "$PORT" "$1"
	wait_for "$PORT"
}

row()
{
	local name=$1 url=$2 count=$3 in_flight=$4 i

	prepare "$count"
	rm -f "$TOP"/{tick,loop,floor,curl,node,wrk}
	for ((i = 0; i < ROUNDS; i++)); do
		tick_to tick "$url" "$count" "$in_flight"
		loop_to loop "$url" "$count" "$in_flight"
		floor_to floor "$url" "$count" "$in_flight"
		wrk_to wrk "$url" "$count" "$in_flight"
		[ -n "${TLS-}" ] || curl_to curl "$url" "$count" "$in_flight"
		[ -z "$NODE" ] || [ -n "${TLS-}" ] ||
			node_to node "$url" "$count" "$in_flight"
	done
	printf '%-15s %4d %6d %7.0f %6.2f %6.2f %6.2f' "$name" "$in_flight" \
	    "$count" "$(rate_of tick "$count")" \
	    "$(ratio_of tick wrk wrk "$count")" \
	    "$(ratio_of tick loop rate "$count")" \
	    "$(ratio_of tick floor rate "$count")"
	if [ -e "$TOP/curl" ]; then
		printf ' %6.2f' "$(ratio_of tick curl rate "$count")"
	else
		printf ' %6s' -
	fi
	if [ -e "$TOP/node" ]; then
		printf ' %6.2f %6.2f' "$(ratio_of tick node rate "$count")" \
		    "$(ratio_of tick node cpu "$count")"
	else
		printf ' %6s %6s' - -
	fi
	printf ' %7.0f %6.1f\n' "$(cpu_of tick "$count")" "$(memory_of tick)"
}

echo 'Messages through a whole tick. x is how many times as fast as that one,'
echo '/cpu how much of its CPU for a message.'
echo
echo 'gateway       flight  count   msg/s  x wrk x loop x floor x curl x node  /node  us/msg    MiB'
echo '                                                                          cpu     cpu   peak'

gateway_with 0
URL=http://127.0.0.1:$PORT
row 'instant' "$URL" 2000 1
row 'instant' "$URL" 4000 16
row 'instant' "$URL" 4000 64
gateway_with 50
SLOW=http://127.0.0.1:$PORT
# Before it sends a tick asks once for receipts, which takes 50 ms as well: it is
# for long enough that this is not most of what is seen.
row '50 ms' "$SLOW" 100 1
row '50 ms' "$SLOW" 2000 16
row '50 ms' "$SLOW" 4000 64

# The same gateway behind TLS and HTTP/2, by nginx: h2load in wrk's place.
tls_before()
{
	local at=$TOP/tls port=$1

	mkdir "$at"
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 \
	    -addext subjectAltName=IP:127.0.0.1 -keyout "$at/key.pem" \
	    -out "$at/cert.pem" 2>/dev/null
	PORT=$(free_port)
	cat >"$at/nginx.conf" <<END
daemon off; worker_processes 1; pid $at/pid; error_log $at/error.log;
events { worker_connections 1024; }
http {
  access_log off; client_body_temp_path $at; proxy_temp_path $at;
  fastcgi_temp_path $at; uwsgi_temp_path $at; scgi_temp_path $at;
  upstream gateway { server 127.0.0.1:$port; keepalive 128; keepalive_requests 1000000; }
  server {
    listen 127.0.0.1:$PORT ssl http2; keepalive_requests 1000000;
    ssl_certificate $at/cert.pem; ssl_certificate_key $at/key.pem;
    location / { proxy_pass http://gateway; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
}
END
	background nginx -c "$at/nginx.conf"
	wait_for "$PORT"
}

TLS=1
tls_before "${URL##*:}"
row 'instant, TLS' "https://127.0.0.1:$PORT" 4000 64
rm -rf "$TOP/tls"
tls_before "${SLOW##*:}"
row '50 ms, TLS' "https://127.0.0.1:$PORT" 4000 64
TLS=

echo
echo 'How it grows with the number of messages, 64 in flight'
NODE=
row 'instant' "$URL" 100 64
row 'instant' "$URL" 1000 64
row 'instant' "$URL" 10000 64
