-- Each channel's queue is read by itself, in its order.
DROP INDEX message_queue;
CREATE INDEX message_queue ON message
    (channel, priority, due_at, message_id) WHERE state = 'queued';

-- An address to which nothing can be delivered, by a provider's final word: not
-- tried again until a person has looked at it, or somebody writes from there.
CREATE TABLE dead_address (
	address TEXT PRIMARY KEY,	-- in lower case
	since_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
