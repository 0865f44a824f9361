-- Who does not answer gets fewer messages.
ALTER TABLE plan ADD COLUMN silent_weekly_limit INTEGER NOT NULL DEFAULT 1;
ALTER TABLE enrolment ADD COLUMN silent INTEGER NOT NULL DEFAULT 0;
