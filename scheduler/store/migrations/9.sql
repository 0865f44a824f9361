-- A stage may take the patients of one that a plan has no more.
ALTER TABLE stage ADD COLUMN was TEXT NOT NULL DEFAULT '';
