#!/bin/sh
# A real IMAP server for a test: Dovecot on free ports of loopback, over the
# Maildirs that postfix.sh delivers into.
#
#   dovecot.sh start DIR MAIL   starts it for the Maildirs below MAIL. Prints,
#         for eval:
#         IMAP_URL=imap://127.0.0.1:PORT   IMAPS_URL=imaps://127.0.0.1:PORT
#         IMAP_CA=DIR/ca.pem      what signed its certificate
#       Anyone signs in as NAME with the password "secret" and sees MAIL/NAME.
#       The port without TLS takes a password as it is, and STARTTLS.
#   dovecot.sh recreate DIR MAIL NAME   makes the mailbox anew, as after a move
#       to another server: the same mails under another UIDVALIDITY
#   dovecot.sh stop DIR         ends it; DIR is left
#
# Must run as root; the system's own Dovecot is neither read nor touched.
set -eu

die()
{
	echo "dovecot.sh: $*" >&2
	exit 1
}

free_ports()
{
	python3 -c 'import socket, sys
held = [socket.socket() for _ in range(int(sys.argv[1]))]
for one in held:
    one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in held))' "$1"
}

certificate()
{
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
	    -keyout "$dir/key.pem" -out "$dir/ca.pem" -days 2 \
	    -subj /CN=mail.clinic.test \
	    -addext subjectAltName=IP:127.0.0.1,DNS:localhost 2>/dev/null
}

configure()
{
	# shellcheck disable=SC2046 # two words
	set -- "$1" $(free_ports 2)
	imap=$2
	imaps=$3
	mkdir -p "$dir/run"
	up=$dir
	while [ "$up" != / ]; do
		[ -n "$(find "$up" -maxdepth 0 -perm -o=x)" ] || chmod o+x "$up"
		up=$(dirname "$up")
	done
	cat >"$dir/dovecot.conf" <<-EOF
	protocols = imap
	base_dir = $dir/run
	state_dir = $dir/run
	log_path = $dir/dovecot.log
	listen = 127.0.0.1
	ssl = yes
	ssl_cert = <$dir/ca.pem
	ssl_key = <$dir/key.pem
	disable_plaintext_auth = no
	auth_mechanisms = plain login
	passdb {
	  driver = static
	  args = password=secret
	}
	userdb {
	  driver = static
	  args = uid=5000 gid=5000 home=$1/%n
	}
	mail_location = maildir:$1/%n
	first_valid_uid = 100
	service imap-login {
	  inet_listener imap {
	    port = $imap
	  }
	  inet_listener imaps {
	    port = $imaps
	  }
	}
	namespace inbox {
	  inbox = yes
	}
	EOF
}

start()
{
	[ "$(id -u)" = 0 ] || die "must run as root"
	[ -x /usr/sbin/dovecot ] || die "needs Debian's package dovecot-imapd"
	certificate
	configure "$1"
	/usr/sbin/dovecot -c "$dir/dovecot.conf" >"$dir/start.out" 2>&1 ||
		die "does not start, see $dir/start.out"
	cat <<-EOF
	IMAP_URL=imap://127.0.0.1:$imap
	IMAPS_URL=imaps://127.0.0.1:$imaps
	IMAP_CA=$dir/ca.pem
	EOF
}

# Dovecot takes a UIDVALIDITY from the clock, in seconds.
recreate()
{
	rm -f "$1/$2"/dovecot*
	sleep 1.1
}

[ $# -ge 2 ] || die "usage: start|recreate|stop DIR ..."
verb=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
shift 2
case $verb in
start)
	[ $# -eq 1 ] || die "usage: start DIR MAIL"
	start "$1"
	;;
recreate)
	[ $# -eq 2 ] || die "usage: recreate DIR MAIL NAME"
	recreate "$@"
	;;
stop)
	/usr/sbin/dovecot -c "$dir/dovecot.conf" stop >>"$dir/start.out" 2>&1 ||
		true
	;;
*)
	die "unknown: $verb"
	;;
esac
