-- A long text that came in pieces is one reply.
ALTER TABLE inbound ADD COLUMN whole TEXT;
ALTER TABLE inbound ADD COLUMN part_of INTEGER REFERENCES inbound;
CREATE INDEX inbound_part ON inbound (part_of) WHERE part_of IS NOT NULL;
