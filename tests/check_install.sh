#!/bin/bash
# check_install.sh BUILD - install brings what it should, uninstall takes it away
#
# Once for real under a prefix of its own, where the installed program must
# work with the installed configuration; once into a package's DESTDIR.
set -euo pipefail

B=${1:-build}
MAKE=${MAKE:-make}
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
where=(B="$B" PREFIX="$T/usr" sysconfdir="$T/etc" localstatedir="$T/var")

must_be()
{
	local file

	for file in "$@"; do
		[ -s "$file" ] || {
			echo "install did not bring ${file#"$T"}"
			exit 1
		}
	done
}

share=$T/usr/share
$MAKE -s "${where[@]}" install
must_be "$T/usr/bin/keepmoving" "$T/etc/keepmoving/keepmoving.cfg" \
    "$share/man/man1/keepmoving.1" "$share/man/man5/keepmoving.cfg.5" \
    "$share/man/man5/keepmoving-plan.5" "$share/keepmoving/keepmoving.cfg" \
    "$share/keepmoving/plans/low-back.cfg" \
    "$share/keepmoving/templates/en/welcome.md" \
    "$share/keepmoving/words/en.cfg" \
    "$share/bash-completion/completions/keepmoving"
km=("$T/usr/bin/keepmoving" -c "$T/etc/keepmoving/keepmoving.cfg")
"${km[@]}" setup
"${km[@]}" tick
must_be "$T/var/lib/keepmoving/keepmoving.db"

# A clinic's own configuration survives the next version.
echo '# ours' >>"$T/etc/keepmoving/keepmoving.cfg"
$MAKE -s "${where[@]}" install
grep -q '^# ours' "$T/etc/keepmoving/keepmoving.cfg"

$MAKE -s "${where[@]}" uninstall
left=$(find "$T/usr" -type f)
[ -z "$left" ] || {
	printf 'uninstall left\n%s\n' "$left"
	exit 1
}
must_be "$T/etc/keepmoving/keepmoving.cfg" "$T/var/lib/keepmoving/keepmoving.db"

# A package's files lead to where they will lie, not to where they are packed.
$MAKE -s B="$B" DESTDIR="$T/package" PREFIX=/usr install
must_be "$T/package/usr/bin/keepmoving"
grep -q '^templates = "/usr/share/keepmoving/templates";' \
    "$T/package/etc/keepmoving/keepmoving.cfg"
