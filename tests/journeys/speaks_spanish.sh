#!/bin/bash
# A patient who reads and writes Spanish, through the whole of a plan: each
# text in Spanish, right in its letters, in two segments at most, and each
# answer understood.
. "${0%/*}/lib.sh"
. "${0%/*}/persona.sh"
PLANS=$ROOT/config/plans
clinic

reply_to()
{
	case $2 in
	pain) next_score maria ;;
	settled) echo "igual que siempre" ;;
	done) echo "hecho, la silla" ;;
	leg) echo "no, nada" ;;
	esac
}
scores maria siete "un 6" 5 "4 de 10" 3 "tres" 3 2 2 "hoy 2" 2 1 1 1 0

NOW=2026-03-02T09:00:00Z
maria=$(enrol "María Núñez" 07700900123 --lang es --baseline 7 \
    --email maria@patient.example --channel both)
live 2026-03-02 70 10:05 16:35

expect_json '"completed"' 'doc["state"]' km patient show "$maria" --json
expect_json '["adjust", "reintroduce-1", "reintroduce-2", "reintroduce-3", "finished"]' \
    '[m["to"] for m in doc["moves"]]' km patient show "$maria" --json
expect_json '[]' '[a["kind"] for a in doc["alerts"]]' \
    km patient show "$maria" --json

# No English, no name that would cost double, no accent that was dropped.
expect_no 'Reply|Call |pain|today| the ' sent +447700900123
expect_no 'Mar[ií]a|[áíóúÁÍÓÚ]' sent +447700900123
expect 'Llame ya al 999' sent +447700900123
expect_json '[]' '[m["body"] for m in doc["messages"]
    if m["channel"] == "sms" and len(m["body"]) > 306]' \
    km patient show "$maria" --json
# The emails have all of it.
expect_json 'true' 'all("Hola, María" in m["body"] for m in doc["messages"]
    if m["channel"] == "email" and m["template"].startswith("calm/move-"))' \
    km patient show "$maria" --json
expect_json 'true' 'any("día" in m["body"] for m in doc["messages"]
    if m["channel"] == "email")' km patient show "$maria" --json

# A red flag at night is answered in her words, and STOP is STOP.
juan=$(enrol "Juan Gil" 07700900124 --lang es-MX)
expect_exit 65 enrol "Jean Roi" 07700900125 --lang fr
expect_exit 65 km enrol --name "Ana Gil" --phone 07700900126 --plan neck \
    --set aggravator=turning --consent 2026-03-01 --lang es
expect 'plan neck has no texts in that language; leave it out for en' \
    echo "$OUT"
at 2026-05-12T09:05:00Z tick
say +447700900124 "se me duerme la entrepierna y no puedo orinar"
at 2026-05-13T03:05:00Z tick
expect 'Llame al 999 o vaya ya a urgencias' sent +447700900124
expect_json '"paused"' 'doc["state"]' km patient show "$juan" --json
say +447700900124 "no quiero seguir viviendo"
at 2026-05-13T03:20:00Z tick
expect 'Llame al 116 123' sent +447700900124
say +447700900124 "ayuda"
at 2026-05-13T03:30:00Z tick
expect 'Ayuda: llame al .441632960001' sent +447700900124
say +447700900124 "STOP"
at 2026-05-13T03:40:00Z tick
expect 'no le enviamos nada desde ahora' sent +447700900124
expect_json '"stopped"' 'doc["state"]' km patient show "$juan" --json

# Who reads English writes Spanish in distress, and so does a stranger.
kim=$(enrol "Kim Hill" 07700900127)
for number in 127 777; do
	say +447700900$number "me hago pis encima y no siento las nalgas"
done
at 2026-05-13T03:50:00Z tick
expect 'Call 999' sent +447700900127
expect 'Call 999' sent +447700900777
expect_json '"paused"' 'doc["state"]' km patient show "$kim" --json
NOW=2026-05-13T03:50:00Z
invariants
