#!/bin/bash
# What every story ends with, invariants.py, sees what it is there to see: each
# of its rules is broken by hand in a copy of the records, and it says so.
. "${0%/*}/lib.sh"
clinic

NOW=2026-03-02T09:00:00Z
enrol "Ann Lee" 07700900123 >/dev/null
enrol "Ben Okoro" 07700900124 >/dev/null
enrol "Cara Diaz" 07700900125 >/dev/null
at 2026-03-02T09:05:00Z -q tick
say +447700900124 "STOP"
say +447700900125 "numb between my legs and cant wee"
at 2026-03-02T09:10:00Z -q tick
at 2026-03-02T09:15:00Z -q tick
invariants

# broken RULE SQL
broken()
{
	local copy=$CLINIC/broken

	rm -rf "$copy"
	mkdir "$copy"
	cp -a "$CLINIC"/keepmoving.* "$CLINIC/spool" "$copy/"
	sqlite3 "$copy/keepmoving.db" "$2"
	expect "^$1: " python3 "${0%/*}/invariants.py" "$copy/keepmoving.cfg"
	[ "$CODE" = 1 ] || fail "exit status $CODE though $1 does not hold"
}

welcome="kind = 'welcome' AND patient_id ="
broken one_slot_one_message "UPDATE message SET parcel = 'P' WHERE
    kind = 'welcome'"
broken intent_before_act "DELETE FROM message WHERE $welcome 1"
broken intent_before_act "UPDATE message SET state = 'queued' WHERE $welcome 1"
broken nothing_said_is_lost "UPDATE inbound SET body = 'start'"
broken nothing_said_is_lost "UPDATE inbound SET read_at = NULL"
broken stop_means_stop "UPDATE message SET claimed_at = claimed_at + 400
    WHERE $welcome 2"
broken red_flags_reach_a_person "DELETE FROM alert WHERE kind = 'red-flag'"
broken red_flags_reach_a_person "DELETE FROM message
    WHERE kind = 'safety-net'"
broken red_flags_reach_a_person "UPDATE message
    SET claimed_at = claimed_at + 900 WHERE $welcome 3"
broken moves_say_why "INSERT INTO move (enrolment_id, from_stage, to_stage,
    act, because, state, at) VALUES (1, 'calm', 'adjust', 'advance', '',
    'made', 0)"
broken history_names_nobody "INSERT INTO event (at, patient_id, kind, subject,
    because) VALUES (1, 1, 'sent', 'welcome', 'a text to Ann Lee')"
broken patients_day "UPDATE message SET claimed_at = claimed_at - 3 * 3600
    WHERE $welcome 1"
broken late_is_not_loud "UPDATE message SET expires_at = 0 WHERE $welcome 1"
broken nothing_is_silent "UPDATE message SET state = 'unknown', because = ''
    WHERE $welcome 1"
broken nothing_is_silent "UPDATE message SET state = 'sending'
    WHERE $welcome 1"
broken wrong_number_learns_nothing "UPDATE message SET body = 'Hi, Ben Okoro'
    WHERE $welcome 1"
broken wrong_number_learns_nothing "UPDATE message SET address = '+44770'
    WHERE $welcome 1"
