-- Consent is evidence: how it was given, and to which wording; and minors.
ALTER TABLE patient ADD COLUMN minor INTEGER NOT NULL DEFAULT 0;
ALTER TABLE patient ADD COLUMN consent_how TEXT;
ALTER TABLE patient ADD COLUMN consent_wording TEXT;
