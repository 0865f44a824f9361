#!/usr/bin/env python3
"""make_clinic.py DATABASE PATIENTS WEEKS LAST_MONDAY - a clinic with a past.

Fills a database that `keepmoving setup` made with so many patients of the
plan low-back and so many weeks of questions and replies, the last of them
that of LAST_MONDAY (2026-11-16). Everything is made by SQL and by arithmetic
alone: the same arguments give the same rows. Patients began one after another
over those weeks. With --at-once all of them are in the last four weeks of a
plan, which are the same whatever past of theirs lies before.

There is every sort of patient: those who get better, and a few of each for
whom the weekly review is there.
"""

import datetime
import sqlite3
import sys

FIRST = ("Ann Ben Cara Dev Emil Fay Gus Hana Ian Joy Kofi Lena Max Nia Omar "
         "Pia Quinn Rosa Sam Tess Uma Vik Wen Xavier Yara Zoe").split()
LAST = ("Lee|Okafor|Lindqvist|Patel|Novak|Morgan|Brandt|Sato|O'Neill|Hall|"
        "Mensah|Fischer|Wright|Abebe|Haddad|Rossi|Byrne|Martínez|Hill|Jones|"
        "Rao|Singh|Li|Dubois-Delacroix-Montgomery|Karimi|King").split("|")
CLINICIANS = ["Dr Mills", "Ana Reyes", "Tom Boyd"]

# Who they are: so many of a hundred. The rest gets better.
PERSONAS = [("flat", 8), ("worse", 4), ("silent", 6), ("gone", 2),
            ("flag", 2), ("stopped", 2), ("severe", 3), ("asks", 4),
            ("mornings", 4), ("waits", 3)]

TABLES = """
CREATE TEMP TABLE person (patient_id INTEGER PRIMARY KEY, persona TEXT,
    began INTEGER, start INTEGER, luck INTEGER);
CREATE TEMP TABLE asked (id INTEGER PRIMARY KEY, patient_id INTEGER,
    week INTEGER, own_week INTEGER, day INTEGER, at INTEGER, date TEXT,
    persona TEXT, start INTEGER, luck INTEGER, visit INTEGER, stage TEXT,
    asks TEXT, parcel TEXT, answered INTEGER, lost INTEGER);
"""

STAGE = """CASE
    WHEN persona IN ('flat', 'worse', 'severe') AND own_week > 0 THEN 'adjust'
    WHEN own_week < 1 OR persona = 'silent' THEN 'calm'
    WHEN own_week < 3 THEN 'adjust'
    WHEN own_week < 5 THEN 'reintroduce-1'
    WHEN own_week < 7 OR persona IN ('mornings', 'waits') THEN 'reintroduce-2'
    ELSE 'reintroduce-3' END"""

# Four questions a week, as the plan has them.
ASKED = f"""
INSERT INTO asked (patient_id, week, own_week, day, at, date, persona, start,
    luck)
WITH RECURSIVE weeks (week) AS (SELECT 0 UNION ALL
    SELECT week + 1 FROM weeks WHERE week + 1 < :weeks),
    days (day, second) AS (VALUES (0, 59400), (2, 59400), (4, 59400),
    (6, 36000))
SELECT p.patient_id, week,
    iif(:stay, max(0, week - :weeks + 4), week - p.began), day,
    :first + (week * 7 + day) * 86400 + second,
    date(:first + (week * 7 + day) * 86400, 'unixepoch'),
    p.persona, p.start,
    (p.luck * 31 + week * 1009 + day * 9176 + p.patient_id * week) % 997
FROM weeks JOIN person p ON week >= p.began AND (:stay OR week - p.began < 9
    OR persona <> 'better') JOIN days ORDER BY week, day;
UPDATE asked SET stage = {STAGE};
UPDATE asked SET visit = CASE stage WHEN 'calm' THEN 1 WHEN 'adjust' THEN 2
    WHEN 'reintroduce-1' THEN 3 WHEN 'reintroduce-2' THEN 4 ELSE 5 END,
    asks = CASE WHEN stage IN ('calm', 'adjust') THEN CASE day
    WHEN 6 THEN 'leg' WHEN 2 THEN iif(stage = 'calm', 'pain', 'done')
    ELSE 'pain' END
    ELSE CASE day WHEN 6 THEN 'settled' WHEN 2 THEN 'done' ELSE 'pain' END END,
    lost = persona = 'gone' AND week >= :weeks - 2,
    answered = persona <> 'silent' AND luck % 100 < 86;
-- As random as those of the program are.
UPDATE asked SET parcel =
    printf('%08x%08x', id * 2654435761 % 4294967296, id);
UPDATE asked SET answered = 0 WHERE lost OR (persona = 'stopped'
    AND week = :weeks - 1 AND day > 2);
"""

ROWS = """
INSERT INTO message (message_id, key, parcel, patient_id, kind, channel, stage,
    template, asks, body, segments, priority, state, queued_at, due_at,
    expires_at, attempts, gateway, address, claimed_at, provider_id,
    accepted_at, settled_at)
SELECT id, 'k' || id, parcel, patient_id, 'question',
    'sms', stage, stage || '/move-1', asks, 'Worst pain today, 0 none to 10?',
    2, 5, iif(lost, 'undelivered', 'delivered'), at, at, at + 72000, 1,
    'main', printf('+4477009%05d', patient_id), at, 'p' || id, at + 2, at + 9
FROM asked;
INSERT INTO slot (enrolment_id, reminder, local_date, local_minute, due_at,
    taken_at, parcel, template, because)
SELECT patient_id, stage || '/move', date, (at % 86400) / 60, at, at,
    parcel, stage || '/move-1', '' FROM asked;
INSERT INTO question (question_id, enrolment_id, parcel, asks, visit,
    answer_within_s, nudge_after_s, state, asked_at, closes_at, answered_at)
SELECT id, patient_id, parcel, asks, visit, 72000, 7200,
    iif(answered, 'answered', 'unanswered'), at + 2, at + 72002,
    iif(answered, at + 600 + luck * 40, NULL) FROM asked;
INSERT INTO inbound (inbound_id, gateway, provider_id, channel, sender,
    recipient, body, automatic, came_at, stored_at, read_at, patient_id)
SELECT id, 'main', 'r' || id, 'sms', printf('+4477009%05d', patient_id),
    'clinic', 'about ' || luck % 9 || ', a bit stiff', 0,
    at + 600 + luck * 40, at + 700 + luck * 40, at + 700 + luck * 40,
    patient_id FROM asked WHERE answered;
INSERT INTO reading (reading_id, inbound_id, patient_id, visit, at, asked,
    question_id, pain, done, leg, settled, stop, start, help, wrong_number,
    courtesy, question, automatic, unclear, verified, advanced_at)
SELECT id, id, patient_id, visit, at + 600 + luck * 40, asks, id,
    iif(asks = 'pain', max(0, min(10, CASE persona
        WHEN 'flat' THEN start - min(own_week, 1)
        WHEN 'worse' THEN start - 2 + iif(week >= :weeks - 1, day / 2 + 1, 0)
        WHEN 'severe' THEN iif(week >= :weeks - 1, 8 + luck % 2, start)
        ELSE start - own_week * 2 / 3 END
        + (luck / 10) % 3 - 1)), NULL),
    iif(asks = 'done', luck % 4 > 0, NULL), iif(asks = 'leg', 0, NULL),
    iif(asks = 'settled', NOT (persona = 'mornings' AND week >= :weeks - 1)
        AND luck % 31 > 0, NULL),
    0, 0, 0, 0, 0, 0, 0, 0, 1, at + 700 + luck * 40 FROM asked WHERE answered;
UPDATE inbound SET body = (SELECT CASE
    WHEN r.pain IS NOT NULL AND r.pain % 3 = 0 THEN r.pain
    WHEN r.pain IS NOT NULL AND r.pain % 3 = 1 THEN r.pain || ' today'
    WHEN r.pain IS NOT NULL THEN 'about ' || r.pain || ', a bit stiff'
    WHEN r.done = 1 THEN 'DONE' WHEN r.done = 0 THEN 'not today, sorry'
    WHEN r.leg = 0 THEN 'no' WHEN r.settled = 1 THEN 'Same'
    ELSE 'WORSE, woke up twice' END
    FROM reading r WHERE r.reading_id = inbound.inbound_id);
INSERT INTO move (enrolment_id, from_stage, to_stage, act, because, state, at)
SELECT patient_id, CASE stage WHEN 'adjust' THEN 'calm' WHEN 'reintroduce-1'
    THEN 'adjust' WHEN 'reintroduce-2' THEN 'reintroduce-1'
    ELSE 'reintroduce-2' END, stage, 'advance',
    'pain 3 and 2 at the last two check-ins, 8 days in the stage', 'made',
    min(at) - 3600 FROM asked WHERE visit > 1 GROUP BY patient_id, stage;
"""

PEOPLE = """
UPDATE enrolment SET stage = a.stage, visit = a.visit, stage_since_at = a.at,
    stage_since_on = date(a.at, 'unixepoch') FROM (SELECT patient_id, stage,
    visit, min(at) AS at, row_number() OVER (PARTITION BY patient_id
    ORDER BY visit DESC) AS n FROM asked WHERE NOT :stay
    OR week >= :weeks - 4 GROUP BY patient_id, visit) a
    WHERE a.patient_id = enrolment.patient_id AND n = 1;
INSERT INTO move (enrolment_id, from_stage, to_stage, act, because, state, at)
SELECT patient_id, 'reintroduce-3', 'finished', 'finish',
    'pain 0, 1 and 0 at the last three check-ins', 'made', max(at) + 3600
    FROM asked WHERE NOT :stay AND persona = 'better' AND own_week = 8
    AND day = 6 GROUP BY patient_id;
UPDATE enrolment SET state = 'completed' WHERE enrolment_id IN
    (SELECT enrolment_id FROM move WHERE act = 'finish');
UPDATE enrolment SET state = 'stopped' WHERE patient_id IN
    (SELECT patient_id FROM person WHERE persona = 'stopped');
UPDATE enrolment SET state = 'paused', paused_by = 'red-flag' WHERE patient_id
    IN (SELECT patient_id FROM person WHERE persona = 'flag');
"""

# Extra words of some, in the last week: id, persona, text, handled.
WORDS = [
    (1, "flag", "I can't feel myself when I wipe, since this morning", None),
    (2, "stopped", "STOP", None),
    (3, "asks", "Can I go swimming with this? <b>Or</b> is cycling better",
     "open"),
    (4, "severe", "9, can't sit at all today & slept badly", None),
    (5, "silent", "ok", None),
]

ALERTS = """
INSERT INTO alert (patient_id, kind, level, topic, because, state, opened_at,
    round, acknowledged_at, acknowledged_by)
SELECT patient_id, 'red-flag', 'emergency', '', 'red flag (saddle-numbness)',
    iif(patient_id % 2, 'open', 'acknowledged'), :last + 200000, 1,
    iif(patient_id % 2, NULL, :last + 201800),
    iif(patient_id % 2, NULL, 'Dr Mills') FROM person WHERE persona = 'flag'
UNION ALL SELECT patient_id, 'silent', 'notice', '',
    '3 questions in a row without an answer', 'open', :last + 220000, 1, NULL,
    NULL FROM person WHERE persona = 'silent' AND began < :weeks - 1
UNION ALL SELECT patient_id, 'pain', 'notice', '',
    'pain 9 at the last check-in, 8 or more', 'open', :last + 90000, 1, NULL,
    NULL FROM person WHERE persona = 'severe';
INSERT INTO move (enrolment_id, from_stage, to_stage, act, because, state, at)
SELECT patient_id, 'reintroduce-2', 'reintroduce-3', 'advance',
    'pain 2 and 2 at the last two check-ins', 'waiting', :last + 300000
    FROM person WHERE persona = 'waits' AND began < :weeks - 5;
"""

# A tick every fifteen minutes, but for a gap of one night in the last week.
TICKS = """
INSERT INTO tick (started_at, ended_at)
WITH RECURSIVE t (at) AS (SELECT :first UNION ALL
    SELECT at + 900 FROM t WHERE at + 900 < :last + 604800)
SELECT at, at + 1 FROM t
WHERE at NOT BETWEEN :last + 345600 AND :last + 345600 + 21600;
"""


def persona_of(number):
    spread = number * 37 % 100
    for name, share in PERSONAS:
        if spread < share:
            return name
        spread -= share
    return "better"


def people(db, patients, weeks, first, at_once):
    plan = db.execute("SELECT max(plan_id) FROM plan"
                      " WHERE name = 'low-back'").fetchone()[0]
    for number in range(1, patients + 1):
        persona = persona_of(number)
        began = 0 if at_once else number * 7 % max(1, weeks)
        if persona not in ("better", "asks") and weeks > 2:
            began = min(began, weeks - 3)
        course = max(began, weeks - 4) if at_once else began
        at = first + course * 604800 + 32400
        start = 4 + number * 13 % 5
        date = datetime.date.fromtimestamp(at).isoformat()
        db.execute(
            "INSERT INTO patient (patient_id, ref, name, phone, channel,"
            " language, timezone, clinician, no_running, baseline,"
            " consented_on, enrolled_at) VALUES (?, ?, ?, ?, 'sms', 'en',"
            " 'Europe/London', ?, 0, ?, ?, ?)",
            (number, f"P-{number:06d}",
             FIRST[number * 11 % 26] + " " +
             LAST[(number * 5 + number // 26) % 26],
             f"+4477009{number:05d}", CLINICIANS[number % 3], start, date, at))
        db.execute(
            "INSERT INTO enrolment (enrolment_id, patient_id, plan_id, stage,"
            " visit, stage_since_at, stage_since_on, stage_pain, began_at,"
            " began_on, state) VALUES (?, ?, ?, 'calm', 1, ?, ?, ?, ?, ?,"
            " 'active')",
            (number, number, plan, at, date, start, at, date))
        db.execute("INSERT INTO person VALUES (?, ?, ?, ?, ?)",
                   (number, persona, began, start, number * 7919 % 997))


def words(db, last):
    top = db.execute("SELECT coalesce(max(inbound_id), 0) FROM inbound")
    free = top.fetchone()[0] + 1
    for number, persona, text, handled in WORDS:
        for (patient,) in db.execute(
                "SELECT patient_id FROM person WHERE persona = ?",
                (persona,)).fetchall():
            at = last + 500000 + number * 3600 + patient
            db.execute(
                "INSERT INTO inbound (inbound_id, gateway, provider_id,"
                " channel, sender, recipient, body, automatic, came_at,"
                " stored_at, read_at, patient_id, handled)"
                " VALUES (?, 'main', ?, 'sms', ?, 'clinic', ?, 0, ?, ?, ?, ?,"
                " ?)", (free, f"w{free}", f"+4477009{patient:05d}", text, at,
                        at, at, patient, handled))
            db.execute(
                "INSERT INTO reading (reading_id, inbound_id, patient_id,"
                " visit, at, asked, stop, start, help, wrong_number, courtesy,"
                " question, automatic, unclear, verified, advanced_at) VALUES"
                " (?, ?, ?, 1, ?, 'none', ?, 0, 0, 0, ?, ?, 0, 0, 1, ?)",
                (free, free, patient, at, text == "STOP", text == "ok",
                 handled == "open", at))
            free += 1


def indexes(db):
    """Rows go in faster without them; those of keys stay."""
    found = db.execute("SELECT name, sql FROM sqlite_master"
                       " WHERE type = 'index' AND sql IS NOT NULL"
                       " AND tbl_name IN ('message', 'slot', 'question',"
                       " 'inbound', 'reading')").fetchall()
    for name, _ in found:
        db.execute(f"DROP INDEX {name}")
    return [sql for _, sql in found]


def main():
    at_once = "--at-once" in sys.argv
    argv = [word for word in sys.argv if word != "--at-once"]
    if len(argv) != 5:
        sys.exit(__doc__)
    patients, weeks = int(argv[2]), int(argv[3])
    monday = datetime.date.fromisoformat(argv[4])
    last = int((monday - datetime.date(1970, 1, 1)).total_seconds())
    first = last - (weeks - 1) * 604800
    given = {"weeks": weeks, "stay": at_once, "first": first, "last": last}

    db = sqlite3.connect(argv[1], isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA temp_store = MEMORY")
    db.execute("BEGIN")
    kept = indexes(db)
    for part in (TABLES, None, ASKED, ROWS, PEOPLE, ALERTS, TICKS):
        if part is None:
            people(db, patients, weeks, first, at_once)
            continue
        for sql in part.split(";"):
            if sql.strip():
                db.execute(sql, {k: v for k, v in given.items()
                                 if ":" + k in sql})
    words(db, last)
    for sql in kept:
        db.execute(sql)
    db.execute("COMMIT")
    db.close()


if __name__ == "__main__":
    main()
