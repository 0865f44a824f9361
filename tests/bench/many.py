#!/usr/bin/env python3
"""Makes one enrolled patient of a clinic into many, by SQL.

usage: many.py DATABASE PATIENTS DUE_NOW DUE_AT

All but the first DUE_NOW have their next reminders a year later than the one
they are copied from; those have them at DUE_AT (seconds since 1970). Columns
are copied whatever they are, so that a change of the schema does not matter
here. The schema's indices are there throughout.
"""
import sqlite3
import sys

path, patients, due_now, due_at = sys.argv[1], *map(int, sys.argv[2:])
db = sqlite3.connect(path, isolation_level=None)
YEAR = 365 * 86400

# Told anew for each patient; n counts them, from 1.
ANEW = {
    "ref": "'P-' || printf('%06d', n)",
    "name": "'Pat ' || n",
    "phone": "'+4479' || printf('%08d', n)",
    "patient_id": "patient_id + n",
    "enrolment_id": "enrolment_id + n",
    "due_at": f"iif(n <= {due_now}, {due_at}, due_at + {YEAR})",
    "wake_at": f"iif(n <= {due_now}, {due_at}, wake_at + {YEAR})",
}


def copy(table, **more):
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    anew = {**ANEW, **more}
    values = ", ".join(anew.get(c, c) for c in columns)
    db.execute(f"""
        WITH RECURSIVE count (n) AS
            (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < {patients})
        INSERT INTO {table} ({", ".join(columns)})
        SELECT {values} FROM {table}, count
        WHERE {table}.{"enrolment_id" if table == "schedule" else "patient_id"}
            = 1""")


db.execute("PRAGMA synchronous = OFF")
db.execute("PRAGMA cache_size = -400000")
db.execute("BEGIN")
copy("patient", email="NULL")
copy("patient_fact")
copy("enrolment", watch_at=f"watch_at + {YEAR}", decide_at="NULL")
copy("schedule")
db.execute("COMMIT")
db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
