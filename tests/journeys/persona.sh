# shellcheck shell=bash
# persona.sh - patients who live through days and answer what they are asked
#
# After lib.sh. A story says how its patients answer with a function
#
#	reply_to ADDRESS QUESTION
#
# which prints the reply, or nothing for none; QUESTION is pain, done, leg or
# settled.
#
#	live FIRST DAYS TIME...	so many days from FIRST, ticks at those times (in
#				UTC), each followed by what patients answer
#	scores NAME NUMBER...	a list, of which
#	next_score NAME		prints the next one (the last one again and again)

declare -A SEEN=()

# What a text asks, from its words; nothing for one that asks nothing.
question_of()
{
	case $1 in
	*"one number is enough."* | *"una cifra es suficiente"*) ;; # a nudge
	*"Worst pain today"* | *"peor dolor de hoy, de 0"*) echo pain ;;
	*"SAME, BETTER or WORSE"* | *"IGUAL, MEJOR o PEOR"*) echo settled ;;
	*"DONE or NOT TODAY"* | *"HECHO u HOY NO"*) echo "done" ;;
	*"Reply NO, or"* | *"Responda NO, o"*) echo leg ;;
	esac
}

answer_new()
{
	local file text to asked reply

	for file in "$CLINIC"/spool/sent/*.json; do
		if [ ! -e "$file" ] || [ -n "${SEEN[$file]-}" ]; then
			continue
		fi
		SEEN[$file]=1
		text=$(<"$file")
		to=${text#*'"to":"'}
		to=${to%%'"'*}
		asked=$(question_of "$text")
		[ -n "$asked" ] || continue
		reply=$(reply_to "$to" "$asked")
		[ -z "$reply" ] || say "$to" "$reply" "$NOW"
	done
}

live()
{
	local first=$1 days=$2 day date time

	shift 2
	for ((day = 0; day < days; day++)); do
		date=$(later "${first}T00:00:00Z" "${day}d")
		for time in "$@"; do
			at "${date%T*}T$time:00Z" -q tick
			answer_new
		done
	done
}

scores()
{
	local name=$1

	shift
	printf '%s\n' "$@" >"$CLINIC/scores.$name"
}

# Kept in a file: this runs in a subshell.
next_score()
{
	local list=$CLINIC/scores.$1

	head -n 1 "$list"
	[ "$(wc -l <"$list")" -le 1 ] || sed -i 1d "$list"
}
