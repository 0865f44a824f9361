#!/bin/bash
# Nothing in the repository knows the machine or the tools it was written with.
#
# Such names slip in by pasting. They are bracketed so as not to find this file.
set -u

machine='(^|[^[:alnum:]_.])/[w]ork/|/tmp/[b]ash_jobs|/tmp/[k]it'
tools='[c]laude|[a]nthropic|[c]hatgpt|[o]penai|github [c]opilot|[c]o-authored-by'
found=0

cd "$(dirname "$0")/.." || exit
if [ -d .git ]; then
	list=(git ls-files -z)
	log=$(git log --format='commit %h: %B' |
	    grep -niE "$machine|$tools") && found=1
	[ -z "$log" ] || echo "$log"
else
	list=(find . -path ./build -prune -o -type f -print0)
fi
# grep ends with 0 when it has found something, 123 from xargs when not.
if "${list[@]}" | xargs -0 grep -nIiE "$machine|$tools" /dev/null; then
	found=1
fi
exit "$found"
