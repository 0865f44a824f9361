-- A reminder may be for those alone of whom something is so.
ALTER TABLE reminder ADD COLUMN only_when TEXT;
