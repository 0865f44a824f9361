#!/bin/sh
# A real mail server for a test: Postfix on a free port of loopback, which
# delivers every mail for patients.test and clinic.test into a Maildir.
#
#   postfix.sh start DIR [NAME]...   starts it; DIR is made. Prints, for eval:
#         SMTP_URL=smtp://127.0.0.1:PORT   SMTP_MAIL=DIR/mail
#       Mail for NAME@ or NAME+anything@ lies in DIR/mail/NAME/new, a file a
#       message, that for anyone else in DIR/mail/others/new. Names are jane,
#       sam, duty, care and replies unless given. Refused with 550 5.1.1: any
#       address that begins with "nobody"; with 450 4.2.0: "later"; with 554
#       5.7.1: any other domain. Taken, and sent back as 5.1.1 by a mail to its
#       sender: "gone".
#   postfix.sh wait DIR NAME [COUNT]   until NAME has so many mails (1), read
#       or not; ten seconds at most
#   postfix.sh stop DIR     ends it; DIR is left
#
# Must run as root, as Postfix's master does; DIR and the folders above it are
# made walkable (o+x), since Postfix's own user goes there. The system's own Postfix, its
# configuration and its queue are neither read nor touched.
set -eu

die()
{
	echo "postfix.sh: $*" >&2
	exit 1
}

configure()
{
	port=$(python3 -c 'import socket
one = socket.socket()
one.bind(("127.0.0.1", 0))
print(one.getsockname()[1])')
	mkdir -p "$dir/pf" "$dir/spool" "$dir/data" "$dir/mail"
	chmod 755 "$dir" "$dir/spool"
	up=$dir
	while [ "$up" != / ]; do
		[ -n "$(find "$up" -maxdepth 0 -perm -o=x)" ] || chmod o+x "$up"
		up=$(dirname "$up")
	done
	chown postfix "$dir/data"
	chown 5000:5000 "$dir/mail"
	cat >"$dir/pf/main.cf" <<-EOF
	compatibility_level = 3.6
	queue_directory = $dir/spool
	data_directory = $dir/data
	maillog_file = $dir/postfix.log
	maillog_file_prefixes = $dir
	inet_interfaces = 127.0.0.1
	inet_protocols = ipv4
	myhostname = mx.clinic.test
	mydestination =
	mynetworks =
	alias_maps =
	alias_database =
	local_recipient_maps =
	disable_dns_lookups = yes
	smtp_dns_support_level = disabled
	default_transport = error:5.7.1 test fixture, no outside delivery
	relay_transport = error:5.7.1 test fixture, no outside delivery
	virtual_mailbox_domains = clinic.test, patients.test
	virtual_mailbox_maps = regexp:$dir/pf/boxes
	virtual_alias_maps = regexp:$dir/pf/aliases
	transport_maps = regexp:$dir/pf/transport
	virtual_mailbox_base = $dir/mail
	virtual_uid_maps = static:5000
	virtual_gid_maps = static:5000
	virtual_minimum_uid = 100
	smtpd_peername_lookup = no
	smtpd_relay_restrictions = reject_unauth_destination
	smtpd_recipient_restrictions =
	    check_recipient_access regexp:$dir/pf/access
	recipient_delimiter = +
	EOF
	# Postfix takes no name out of an address for a path, and is right.
	for name in "$@"; do
		echo "/^$name(\+.*)?@(patients|clinic)\.test\$/ $name/"
	done >"$dir/pf/boxes"
	echo "/@(patients|clinic)\.test\$/ others/" >>"$dir/pf/boxes"
	cat >"$dir/pf/access" <<-'EOF'
	/^nobody.*@/ 550 5.1.1 no such mailbox
	/^later.*@/ 450 4.2.0 try again later
	EOF
	echo '/^gone.*@/ moved@patients.test' >"$dir/pf/aliases"
	echo '/^moved@/ error:5.1.1 nobody lives here any more' \
	    >"$dir/pf/transport"
	cat >"$dir/pf/master.cf" <<-EOF
	127.0.0.1:$port inet n - n - - smtpd
	pickup unix n - n 60 1 pickup
	cleanup unix n - n - 0 cleanup
	qmgr unix n - n 300 1 qmgr
	rewrite unix - - n - - trivial-rewrite
	bounce unix - - n - 0 bounce
	defer unix - - n - 0 bounce
	trace unix - - n - 0 bounce
	verify unix - - n - 1 verify
	proxymap unix - - n - - proxymap
	error unix - - n - - error
	retry unix - - n - - error
	virtual unix - n n - - virtual
	anvil unix - - n - 1 anvil
	scache unix - - n - 1 scache
	postlog unix-dgram n - n - 1 postlogd
	EOF
}

start()
{
	[ "$(id -u)" = 0 ] || die "must run as root"
	[ -x /usr/sbin/postfix ] || die "needs Debian's package postfix"
	[ $# -gt 0 ] || set -- jane sam duty care replies
	configure "$@"
	/usr/sbin/postfix -c "$dir/pf" start >"$dir/start.out" 2>&1 ||
		die "does not start, see $dir/start.out"
	cat <<-EOF
	SMTP_URL=smtp://127.0.0.1:$port
	SMTP_MAIL=$dir/mail
	EOF
}

# Wherever in the mailbox an IMAP server has put them meanwhile.
count()
{
	if [ -d "$dir/mail/$1" ]; then
		find "$dir/mail/$1" -type f \( -path '*/new/*' -o \
		    -path '*/cur/*' \) | wc -l
	else
		echo 0
	fi
}

wait_mail()
{
	n=0
	until [ "$(count "$1")" -ge "${2:-1}" ]; do
		n=$((n + 1))
		[ "$n" -lt 200 ] || die "no mail for $1, see $dir/postfix.log"
		sleep 0.05
	done
}

[ $# -ge 2 ] || die "usage: start|wait|stop DIR ..."
verb=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
shift 2
case $verb in
start)
	start "$@"
	;;
wait)
	[ $# -ge 1 ] || die "usage: wait DIR NAME [COUNT]"
	wait_mail "$@"
	;;
stop)
	/usr/sbin/postfix -c "$dir/pf" stop >>"$dir/start.out" 2>&1 || true
	;;
*)
	die "unknown: $verb"
	;;
esac
