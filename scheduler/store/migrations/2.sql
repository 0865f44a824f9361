-- An alert's own texts, and the safety net beside it, are looked up.
CREATE INDEX message_alert ON message (alert_id) WHERE alert_id IS NOT NULL;
