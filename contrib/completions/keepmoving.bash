# shellcheck shell=bash
# bash completion for keepmoving
#
# Commands, their own words and options are asked of the program, so that this
# knows no more and no less than the version that is installed.

# Prints what may follow, a word a line.
_keepmoving_words()
{
	local command=$1

	if [ -z "$command" ]; then
		keepmoving help 2>/dev/null | sed -n 's/^  \([a-z][a-z-]*\) .*/\1/p'
		printf '%s\n' help -c --now -v -q --help --version
		return
	fi
	# "patient pause REF [--until DATE]": the second word, if it is one.
	keepmoving help "$command" 2>/dev/null | sed -n \
	    -e "s/^\(usage:\)\{0,1\}  *keepmoving $command \([a-z|]*\).*/\2/p" |
		tr '|' '\n'
	keepmoving help "$command" 2>/dev/null | grep -oE '^  --[a-z-]+'
	printf '%s\n' --help
}

_keepmoving()
{
	local word command='' i

	word=${COMP_WORDS[COMP_CWORD]}
	COMPREPLY=()
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		-c | --now) i=$((i + 1)) ;;
		-*) ;;
		*)
			command=${COMP_WORDS[i]}
			break
			;;
		esac
	done
	case ${COMP_WORDS[COMP_CWORD - 1]} in
	-c | --output | --mail) return ;; # a file, as bash completes it
	--channel) mapfile -t COMPREPLY < <(compgen -W 'sms email both' -- "$word") ;;
	--asked)
		mapfile -t COMPREPLY < <(
			compgen -W 'pain done leg settled none' -- "$word")
		;;
	help)
		mapfile -t COMPREPLY < <(
			compgen -W "$(_keepmoving_words '')" -- "$word")
		;;
	*)
		mapfile -t COMPREPLY < <(
			compgen -W "$(_keepmoving_words "$command")" -- "$word")
		;;
	esac
}

complete -o default -F _keepmoving keepmoving
