-- What went to somebody lately is found without walking over all that ever did.
DROP INDEX message_patient;
CREATE INDEX message_patient ON message (patient_id, expires_at);
DROP INDEX message_recipient;
CREATE INDEX message_recipient ON message (recipient, queued_at)
    WHERE recipient IS NOT NULL;
