-- A second, different fault of what has an alert already is told of, too; and
-- an alert is closed when its fault has not been seen for a while.
ALTER TABLE alert ADD COLUMN fault TEXT NOT NULL DEFAULT '';
ALTER TABLE alert ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
UPDATE alert SET seen_at = opened_at;
DROP INDEX alert_open;
CREATE UNIQUE INDEX alert_open ON alert
    (kind, topic, coalesce(patient_id, 0), fault)
    WHERE state <> 'closed' AND kind <> 'red-flag';
