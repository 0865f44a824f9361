#!/bin/sh
# A real SMS gateway for a test: Kannel's bearerbox and smsbox, from Debian's
# package kannel, with its fake SMS centre, on free ports of loopback.
#
#   kannel.sh start DIR [COMMAND]    starts it; DIR is made, and holds logs
#       and configuration. Prints, for the shell's eval:
#         KANNEL_URL=... KANNEL_USER=... KANNEL_PASSWORD=... KANNEL_FROM=...
#       A patient's reply runs COMMAND FROM TO TEXT ID.
#   kannel.sh reply DIR FROM TEXT    a patient's phone sends a text
#   kannel.sh sent DIR               what arrived on phones, a line of JSON a
#       message, long ones put together again: {"from","to","text","parts"}
#   kannel.sh stop DIR               ends what it started; DIR is left
#
# Nothing of the system's own Kannel is read or touched.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
fakesmsc=/usr/lib/kannel/test/fakesmsc
user=tester
password=foobar
from=13013

die()
{
	echo "kannel.sh: $*" >&2
	exit 1
}

free_ports()
{
	python3 - "$1" <<-'PY'
	import socket, sys
	held = [socket.socket() for _ in range(int(sys.argv[1]))]
	for one in held:
	    one.bind(("127.0.0.1", 0))
	print(*(one.getsockname()[1] for one in held))
	PY
}

configure()
{
	cat >"$dir/kannel.conf" <<-EOF
	group = core
	admin-port = $admin
	admin-interface = 127.0.0.1
	admin-password = bar
	smsbox-port = $smsbox
	box-allow-ip = "127.0.0.1"
	box-deny-ip = "*.*.*.*"
	log-file = "$dir/bearerbox.log"
	dlr-storage = internal

	group = smsc
	smsc = fake
	smsc-id = OUT
	port = $out
	connect-allow-ip = 127.0.0.1

	group = smsc
	smsc = fake
	smsc-id = IN
	port = $in
	connect-allow-ip = 127.0.0.1

	group = smsbox
	bearerbox-host = 127.0.0.1
	sendsms-port = $sendsms
	sendsms-interface = 127.0.0.1
	global-sender = $from
	log-file = "$dir/smsbox.log"
	mo-recode = true

	group = sendsms-user
	username = $user
	password = $password
	max-messages = 9
	concatenation = true
	forced-smsc = OUT

	group = sms-service
	keyword = default
	get-url = "http://127.0.0.1:$relay/mo?from=%p&to=%P&text=%b&id=%I"
	max-messages = 0
	EOF
}

# background NAME COMMAND...: its output into DIR/NAME.out, its id kept.
background()
{
	name=$1
	shift
	"$@" >"$dir/$name.out" 2>&1 </dev/null &
	echo $! >>"$dir/pids"
}

# wait_for WHAT COMMAND...: until it succeeds, ten seconds at most.
wait_for()
{
	what=$1
	shift
	n=0
	until "$@" >/dev/null 2>&1; do
		n=$((n + 1))
		[ "$n" -lt 200 ] || die "$what does not come up, see $dir"
		sleep 0.05
	done
}

listening()
{
	python3 -c 'import socket, sys
socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1)' "$1"
}

start()
{
	command=${1:-true}
	[ -x "$fakesmsc" ] || die "needs Debian's package kannel"
	mkdir -p "$dir"
	: >"$dir/pids"
	# shellcheck disable=SC2046
	set -- $(free_ports 6)
	admin=$1 smsbox=$2 out=$3 in=$4 sendsms=$5 relay=$6
	echo "$in" >"$dir/in.port"
	configure
	background relay python3 "$here/mo_relay.py" "$relay" "$command"
	background bearerbox /usr/sbin/bearerbox -v 4 "$dir/kannel.conf"
	wait_for bearerbox grep -q "MAIN: Start-up done" \
		"$dir/bearerbox.log"
	background smsbox /usr/sbin/smsbox -v 4 "$dir/kannel.conf"
	background phones "$fakesmsc" -H 127.0.0.1 -r "$out" -i 1000000 \
		-m 0 "1 2 text never"
	wait_for smsbox listening "$sendsms"
	wait_for relay listening "$relay"
	wait_for "the SMS centre" grep -q "client connected" \
		"$dir/bearerbox.log"
	cat <<-EOF
	KANNEL_URL=http://127.0.0.1:$sendsms/cgi-bin/sendsms
	KANNEL_USER=$user
	KANNEL_PASSWORD=$password
	KANNEL_FROM=$from
	EOF
}

# What the phones' log says: a text with a line break comes as two "messages",
# a long one as parts with a header each, UCS-2 percent-encoded.
sent()
{
	python3 - "$dir/phones.out" <<-'PY'
	import json, re, sys
	from urllib.parse import unquote_to_bytes
	log = open(sys.argv[1], "rb").read().decode("utf-8", "replace")
	entries = []
	for text in re.findall(r"Got message \d+: <(.*)>$", log, re.M):
	    if re.match(r"\S+ \S+ (text|ucs-2|data|udh) ", text):
	        entries.append(text)
	    elif entries:
	        entries[-1] += "\n" + text
	joined = {}
	for number, entry in enumerate(entries):
	    sender, to, kind, rest = entry.split(" ", 3)
	    key = number
	    if kind == "udh":
	        header, kind, rest = rest.split(" ", 2)
	        key = (to, unquote_to_bytes(header)[3])
	    if kind == "text":
	        data, charset = rest.encode(), "utf-8"
	    else:
	        data = unquote_to_bytes(rest.replace("+", " "))
	        # The parts of a long text do not say in which alphabet they are.
	        wide = kind == "ucs-2" or re.search(rb"[\0-\x09\x0b-\x1f]", data)
	        charset = "utf-16-be" if wide else "utf-8"
	    message = joined.setdefault(key, [sender, to, charset, b"", 0])
	    message[3] += data
	    message[4] += 1
	for sender, to, charset, data, parts in joined.values():
	    print(json.dumps({"from": sender, "to": to, "parts": parts,
	                      "text": data.decode(charset, "replace")},
	                     ensure_ascii=False))
	PY
}

# A phone of its own for each reply: it leaves once the centre has the text.
reply()
{
	[ $# -eq 2 ] || die "usage: reply DIR FROM TEXT"
	out=$(mktemp "$dir/reply.XXXXXX")
	"$fakesmsc" -H 127.0.0.1 -r "$(cat "$dir/in.port")" -i 0.01 -m 1 \
		"$1 $from text $2" >"$out" 2>&1 </dev/null &
	phone=$!
	wait_for "the reply" grep -q "sent message" "$out"
	kill "$phone" 2>/dev/null || true
	wait "$phone" 2>/dev/null || true
	rm -f "$out"
}

stop()
{
	[ -f "$dir/pids" ] || return 0
	# The youngest first, so that each can say goodbye to the next.
	sort -rn "$dir/pids" | while read -r pid; do
		kill "$pid" 2>/dev/null || true
	done
	while read -r pid; do
		n=0
		while kill -0 "$pid" 2>/dev/null && [ "$n" -lt 100 ]; do
			n=$((n + 1))
			sleep 0.05
		done
		kill -9 "$pid" 2>/dev/null || true
	done <"$dir/pids"
	rm -f "$dir/pids"
}

[ $# -ge 2 ] || die "usage: start|reply|sent|stop DIR ..."
verb=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
shift 2
case $verb in
start)
	start "$@"
	;;
reply)
	reply "$@"
	;;
sent)
	sent
	;;
stop)
	stop
	;;
*)
	die "unknown: $verb"
	;;
esac
