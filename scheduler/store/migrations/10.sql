-- The review asks which alerts were still open on an earlier day, and for the
-- scores of one patient since a day.
CREATE INDEX alert_closed ON alert (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX reading_patient_at ON reading (patient_id, at);
