-- An alert about the course of a patient knows the stage that it is about, as
-- those opened since 14 do: it is not told once more as another one.
UPDATE OR IGNORE alert SET fault =
    (SELECT stage FROM enrolment
     WHERE enrolment.patient_id = alert.patient_id)
    WHERE state <> 'closed' AND topic = '' AND fault = ''
    AND kind IN ('pain', 'worsening', 'stalled') AND patient_id IN
    (SELECT patient_id FROM enrolment WHERE stage_since_at <= opened_at);
