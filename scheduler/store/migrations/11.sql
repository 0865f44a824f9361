-- The state of a message is checked by a list that costs nothing at each
-- change of it. No table refers to this one, so that it can be made anew.
CREATE TABLE message_anew (
	message_id INTEGER PRIMARY KEY,
	key TEXT NOT NULL UNIQUE,
	parcel TEXT NOT NULL,
	patient_id INTEGER REFERENCES patient,
	alert_id INTEGER,
	kind TEXT NOT NULL,
	channel TEXT NOT NULL CHECK (channel IN ('sms', 'email')),
	recipient TEXT,
	stage TEXT,
	template TEXT NOT NULL,
	asks TEXT NOT NULL,
	subject TEXT,
	body TEXT NOT NULL,
	html TEXT,
	in_reply_to TEXT,
	segments INTEGER NOT NULL,
	priority INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state = 'queued' OR state = 'sending'
	    OR state = 'accepted' OR state = 'delivered' OR state = 'unknown'
	    OR state = 'undelivered' OR state = 'failed'
	    OR state = 'cancelled' OR state = 'expired'),
	queued_at INTEGER NOT NULL,
	due_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	attempts INTEGER NOT NULL DEFAULT 0,
	gateway TEXT,
	address TEXT,
	claimed_at INTEGER,
	provider_id TEXT,
	accepted_at INTEGER,
	settled_at INTEGER,
	code TEXT,
	because TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO message_anew (
    message_id, key, parcel, patient_id, alert_id, kind, channel,
    recipient, stage, template, asks, subject, body, html, in_reply_to,
    segments, priority, state, queued_at, due_at, expires_at, attempts,
    gateway, address, claimed_at, provider_id, accepted_at, settled_at,
    code, because)
SELECT
    message_id, key, parcel, patient_id, alert_id, kind, channel,
    recipient, stage, template, asks, subject, body, html, in_reply_to,
    segments, priority, state, queued_at, due_at, expires_at, attempts,
    gateway, address, claimed_at, provider_id, accepted_at, settled_at,
    code, because
FROM message;
DROP TABLE message;
ALTER TABLE message_anew RENAME TO message;
CREATE INDEX message_queue ON message
    (channel, priority, due_at, message_id) WHERE state = 'queued';
CREATE INDEX message_afloat ON message (state, claimed_at)
    WHERE state IN ('sending', 'unknown');
CREATE UNIQUE INDEX message_provider ON message (gateway, provider_id)
    WHERE provider_id IS NOT NULL;
CREATE INDEX message_unsettled ON message (gateway, accepted_at)
    WHERE state = 'accepted';
CREATE INDEX message_patient ON message (patient_id, message_id);
CREATE INDEX message_parcel ON message (parcel);
CREATE INDEX message_recipient ON message (recipient)
    WHERE recipient IS NOT NULL;
CREATE INDEX message_alert ON message (alert_id) WHERE alert_id IS NOT NULL;
CREATE INDEX message_accepted ON message (accepted_at)
    WHERE accepted_at IS NOT NULL;
CREATE INDEX message_lost ON message (settled_at)
    WHERE state IN ('failed', 'undelivered');
