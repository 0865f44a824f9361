#!/bin/bash
# check_all.sh - every gate of `make check`, one after the other
#
# A gate that fails does not stop the others. Unit tests and stories are
# counted one by one, every other gate once. What a gate said lies in
# build/check/GATE.log; of a failed one it is shown. The last line is
# "N passed, N failed", and the exit status says the same.
set -u

cd "$(dirname "$0")/.." || exit
B=${B:-build}
MAKE=${MAKE:-make}
jobs=${JOBS:-$(nproc)}
logs=$B/check
passed=0
failed=0
mkdir -p "$logs"
exec </dev/null

# Runs make in a tree of its own, as far as it goes.
variant()
{
	local variant=$1

	shift
	$MAKE -s -k -j"$jobs" B="$B" VARIANT="$variant" "$@"
}

# The files of a kind, whether or not git knows them yet.
files()
{
	if [ -d .git ]; then
		git ls-files -co --exclude-standard -- "$@"
	else
		find . -path "./$B" -prune -o -type f -print | sed 's,^\./,,' |
			grep -E "$(printf '%s\n' "$@" | sed 's/\*/.*/; s/$/$/' |
			    paste -sd'|')"
	fi | while read -r file; do [ ! -f "$file" ] || echo "$file"; done
}

scripts()
{
	files '*' | while read -r file; do
		case $file in
		*.sh | *.bash) echo "$file" ;;
		*.*) ;;
		*) head -n 1 "$file" | tr -d '\0' |
			grep -qE '^#!.*[/ ](ba)?sh' && echo "$file" ;;
		esac
	done
}

gate_packages() { contrib/install-deps --check; }
gate_gcc() { variant obj WERROR=-Werror warnings; }
gate_clang() { variant clang WERROR=-Werror warnings; }
gate_units() { variant asan PARTIAL=1 test; }
gate_replay() { variant asan PARTIAL=1 replay; }
gate_journeys() { variant asan PARTIAL=1 journeys; }
gate_seeds() { tests/seeds "$B/keepmoving"; }
gate_tidy() { variant clang tidy; }
gate_includes() { tests/check_includes.py; }
gate_install() { tests/check_install.sh "$B"; }
gate_docs()
{
	tests/check_docs.py "$B/keepmoving" "$B/obj/tests/check_settings"
}

# Not asked of cppcheck: whether NULL ends a variadic list (it is a pointer on
# every system that has POSIX), what it thinks across files, where it does not
# see that xstrdup() takes NULL, and what threads would need: the second one is
# only in post/, where the thread sanitizer looks (make VARIANT=tsan).
gate_cppcheck()
{
	mkdir -p "$B/cppcheck"
	cppcheck -q -j "$jobs" --cppcheck-build-dir="$B/cppcheck" --std=c11 \
	    --library=posix --library=gnu --inline-suppr --error-exitcode=1 \
	    --enable=warning,performance,portability \
	    --suppress=missingInclude --suppress=varFuncNullUB \
	    --suppress=ctunullpointer --suppress=readdirCalled \
	    --suppress=getpwuidCalled --suppress=strtokCalled \
	    -Ischeduler -I"$B/gen" \
	    --library=tests/check_cppcheck.cfg \
	    scheduler tests
}

# Headers are pages and laid out by hand, within the same 80 columns.
gate_format()
{
	local code=0

	files '*.c' | while read -r file; do
		clang-format --dry-run -Werror "$file" 2>/dev/null ||
			echo "$file: error: clang-format would change it"
	done | grep . && code=1
	files 'scheduler/*.c' 'scheduler/*.h' | xargs python3 -c 'import sys
long = [f"{name}:{n}: ends in column {len(line)}"
        for name in sys.argv[1:]
        for n, line in enumerate(open(name).read().expandtabs().split("\n"), 1)
        if len(line) > 80]
sys.exit("\n".join(long) or 0)' || code=1
	return $code
}

gate_shell()
{
	scripts | xargs shellcheck -x -P SCRIPTDIR
}

gate_python()
{
	files '*.py' | xargs python3 -c 'import sys
for name in sys.argv[1:]:
    compile(open(name).read(), name, "exec")'
}

# Whether other pages are installed is not their fault; ours gate_docs knows.
gate_manuals()
{
	local said

	said=$(files '*.1' '*.5' '*.7' | xargs mandoc -Tlint -Wstyle |
	    grep -v 'STYLE: referenced manual not found')
	[ -z "$said" ] || {
		echo "$said"
		return 1
	}
}

# Adds what the last line of a log counts.
count()
{
	local log=$1 line

	line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1)
	if [ -z "$line" ]; then
		failed=$((failed + 1))
		return
	fi
	passed=$((passed + ${line%% *}))
	line=${line#*, }
	failed=$((failed + ${line%% *}))
}

# What a log complains of: what compilers and linters call an error or a
# warning, or where nothing is called so, all but what went well.
show()
{
	grep -E -e ': (fatal )?(error|warning|portability|performance)(:|,)' \
	    -e 'undefined reference' -e 'ends in column' "$1" |
		sed "s,^$PWD/,," | sort -u | grep . ||
		grep -vE '^(ok   |warning: |make)' "$1"
}

gate()
{
	local name=$1 what=$2 log=$logs/$1.log begun=$SECONDS code=0

	"gate_$name" >"$log" 2>&1 || code=$?
	case $name in
	units | replay | journeys | seeds) count "$log" ;;
	*) [ "$code" = 0 ] && passed=$((passed + 1)) || failed=$((failed + 1)) ;;
	esac
	if [ "$code" = 0 ]; then
		printf 'ok    %-11s %-52s %4d s\n' "$name" "$what" \
		    $((SECONDS - begun))
		return
	fi
	printf 'FAIL  %-11s %-52s %4d s\n' "$name" "$what" $((SECONDS - begun))
	show "$log" | head -n "${LINES_SHOWN:-60}" | cut -c 1-160 |
		sed 's/^/      | /'
	echo "      | (all of it is in $log)"
}

gate packages "what the checks need is installed"
gate includes "rooms know only those below, a library has one home"
gate shell "shellcheck has nothing to say"
gate python "python3 can read its files"
gate format "clang-format would change nothing, 80 columns"
gate manuals "mandoc -Tlint has nothing to say"
gate gcc "gcc has nothing to warn of"
gate clang "clang has nothing to warn of"
gate units "unit tests, with sanitizers"
gate replay "hostile input of old, with sanitizers"
gate journeys "stories, with sanitizers"
gate seeds "virtual patients, and what must hold"
gate docs "manual pages, commands and settings agree"
gate install "install brings all, uninstall takes it away"
gate cppcheck "cppcheck has nothing to say"
gate tidy "clang-tidy has nothing to say"

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
