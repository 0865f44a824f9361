-- "Who is this" is told from "wrong number", and PAUSE 7 is heard.
ALTER TABLE reading ADD COLUMN who INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reading ADD COLUMN pause_days INTEGER NOT NULL DEFAULT 0;
