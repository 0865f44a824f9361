-- The whole of what keepmoving remembers, a sentence a table. Times are whole
-- seconds since 1970 in UTC and end in _at; local dates are text, 2026-03-02;
-- minutes are of the local day. A yes or no is 1 or 0. A new database begins
-- with this; migrations/ brings an older one to the same, a version a file.

-- This database is one clinic's, and knows which one it is.
CREATE TABLE clinic (
	one INTEGER PRIMARY KEY CHECK (one = 1),
	version INTEGER NOT NULL,	-- of this schema
	identity TEXT NOT NULL,		-- random; a copy has the same one
	created_at INTEGER NOT NULL
) STRICT;

-- A plan is kept in every version that anyone was ever on.
CREATE TABLE plan (
	plan_id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,		-- its id in the file: low-back
	version INTEGER NOT NULL,
	-- of everything below; unchanged, no new version
	fingerprint TEXT NOT NULL,
	title TEXT NOT NULL,
	welcome TEXT NOT NULL,		-- template of the first message
	silent_after INTEGER NOT NULL,
	silent_weekly_limit INTEGER NOT NULL DEFAULT 1, -- then; 0: as ever
	worse_by INTEGER NOT NULL,
	email_fallback INTEGER NOT NULL,
	weekly_limit INTEGER NOT NULL,	-- 0: the clinic's
	loaded_at INTEGER NOT NULL,
	UNIQUE (name, version)
) STRICT;

-- What enrolment must give for a plan, and the values that its texts know.
CREATE TABLE plan_about (
	plan_id INTEGER NOT NULL REFERENCES plan,
	position INTEGER NOT NULL,
	key TEXT NOT NULL,
	known TEXT NOT NULL,		-- values, separated by spaces; '' any
	PRIMARY KEY (plan_id, key)
) STRICT, WITHOUT ROWID;

-- The stages of a plan, in order; a patient begins in the first.
CREATE TABLE stage (
	plan_id INTEGER NOT NULL REFERENCES plan,
	position INTEGER NOT NULL,
	name TEXT NOT NULL,
	title TEXT NOT NULL,
	min_days INTEGER NOT NULL,
	stalled_after INTEGER NOT NULL,	-- days; 0 never
	-- stages of earlier versions whose patients it takes, by spaces
	was TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (plan_id, name)
) STRICT, WITHOUT ROWID;

-- When a stage is left, or a clinician is told. A bound not given is NULL.
CREATE TABLE stage_rule (
	plan_id INTEGER NOT NULL,
	stage TEXT NOT NULL,
	act TEXT NOT NULL CHECK (act IN ('advance', 'retreat', 'finish', 'alert')),
	to_stage TEXT,
	readings INTEGER NOT NULL,
	pain_at_most INTEGER,
	pain_at_least INTEGER,
	or_down_by INTEGER,		-- per cent
	and_at_most INTEGER,
	settled INTEGER NOT NULL,
	not_worse INTEGER NOT NULL,
	confirm INTEGER NOT NULL,
	PRIMARY KEY (plan_id, stage, act),
	FOREIGN KEY (plan_id, stage) REFERENCES stage (plan_id, name)
) STRICT, WITHOUT ROWID;

-- The reminders of a stage, and those that run through all of it (stage '').
CREATE TABLE reminder (
	plan_id INTEGER NOT NULL REFERENCES plan,
	stage TEXT NOT NULL,
	name TEXT NOT NULL,
	position INTEGER NOT NULL,
	repeat TEXT NOT NULL,		-- RFC 5545 RRULE
	at_minute INTEGER NOT NULL,
	asks TEXT NOT NULL,		-- none, pain, done, leg, settled
	answer_within_s INTEGER NOT NULL,
	nudge_after_s INTEGER NOT NULL,	-- 0: no nudge
	need INTEGER NOT NULL,		-- 1 most needed to 9
	unless TEXT,
	only_when TEXT,			-- for those alone of whom it is so
	PRIMARY KEY (plan_id, stage, name)
) STRICT, WITHOUT ROWID;

-- The templates that a reminder takes in turn.
CREATE TABLE reminder_message (
	plan_id INTEGER NOT NULL,
	stage TEXT NOT NULL,
	reminder TEXT NOT NULL,
	position INTEGER NOT NULL,
	template TEXT NOT NULL,
	PRIMARY KEY (plan_id, stage, reminder, position),
	FOREIGN KEY (plan_id, stage, reminder)
	    REFERENCES reminder (plan_id, stage, name)
) STRICT, WITHOUT ROWID;

-- A patient is a reference and what the clinic was told. Erasing empties the
-- row and keeps it, so that the history stays whole.
CREATE TABLE patient (
	patient_id INTEGER PRIMARY KEY,
	ref TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,		-- '' once erased
	phone TEXT,			-- E.164
	email TEXT,
	channel TEXT NOT NULL CHECK (channel IN ('sms', 'email', 'both')),
	language TEXT NOT NULL,
	timezone TEXT NOT NULL,
	clinician TEXT,
	carer TEXT,			-- whose address it is, for a minor
	no_running INTEGER NOT NULL,
	baseline INTEGER,		-- pain at enrolment, 0 to 10
	minor INTEGER NOT NULL DEFAULT 0,
	consented_on TEXT,		-- local date; NULL: gets nothing
	consent_how TEXT,		-- in-person, paper, phone, online, ...
	consent_wording TEXT,		-- the version of what was agreed to
	screened_on TEXT,
	screened_by TEXT,
	enrolled_at INTEGER NOT NULL,
	erased_at INTEGER
) STRICT;
CREATE INDEX patient_phone ON patient (phone) WHERE phone IS NOT NULL;
CREATE INDEX patient_email ON patient (lower(email)) WHERE email IS NOT NULL;

-- What enrolment said that texts are tailored by: aggravator, sitting.
CREATE TABLE patient_fact (
	patient_id INTEGER NOT NULL REFERENCES patient,
	key TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (patient_id, key)
) STRICT, WITHOUT ROWID;

-- A patient's way through one version of a plan.
CREATE TABLE enrolment (
	enrolment_id INTEGER PRIMARY KEY,
	patient_id INTEGER NOT NULL UNIQUE REFERENCES patient,
	plan_id INTEGER NOT NULL REFERENCES plan,
	stage TEXT NOT NULL,
	visit INTEGER NOT NULL,		-- counts the stages entered: 1, 2, ...
	stage_since_at INTEGER NOT NULL,
	stage_since_on TEXT NOT NULL,	-- the same, as a local date
	stage_pain INTEGER,		-- the score that the stage began with
	began_at INTEGER NOT NULL,
	began_on TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN
	    ('active', 'paused', 'stopped', 'completed', 'discharged')),
	before_stop TEXT,		-- the state that START goes back to
	paused_until_on TEXT,		-- local date; NULL: until resumed
	paused_by TEXT,			-- red-flag, clinician
	leg_open INTEGER NOT NULL DEFAULT 0, -- a leg symptom nobody has closed
	-- questions in a row without an answer when the clinic was last told
	silent INTEGER NOT NULL DEFAULT 0,
	-- look at moving again then; NULL: not before a reading
	decide_at INTEGER,
	-- look whether a clinician should hear then
	watch_at INTEGER
) STRICT;
CREATE INDEX enrolment_plan ON enrolment (plan_id, state);
CREATE INDEX enrolment_resume ON enrolment (paused_until_on)
    WHERE paused_until_on IS NOT NULL;
CREATE INDEX enrolment_decide ON enrolment (decide_at)
    WHERE decide_at IS NOT NULL;
CREATE INDEX enrolment_watch ON enrolment (watch_at)
    WHERE watch_at IS NOT NULL;

-- The next slot of each reminder of each patient.
CREATE TABLE schedule (
	enrolment_id INTEGER NOT NULL REFERENCES enrolment,
	stage TEXT NOT NULL,		-- '' for always
	reminder TEXT NOT NULL,
	local_date TEXT NOT NULL,
	local_minute INTEGER NOT NULL,
	due_at INTEGER NOT NULL,	-- that local time as an instant
	-- due_at, or later when the hours held it
	wake_at INTEGER NOT NULL,
	PRIMARY KEY (enrolment_id, stage, reminder)
) STRICT, WITHOUT ROWID;
CREATE INDEX schedule_wake ON schedule (wake_at);

-- A slot that came due, once: the UNIQUE line is the promise that no slot
-- becomes two messages, whatever the clock and cron do.
CREATE TABLE slot (
	slot_id INTEGER PRIMARY KEY,
	enrolment_id INTEGER NOT NULL REFERENCES enrolment,
	reminder TEXT NOT NULL,		-- stage/reminder, or always/reminder
	local_date TEXT NOT NULL,
	local_minute INTEGER NOT NULL,
	due_at INTEGER NOT NULL,
	taken_at INTEGER NOT NULL,
	parcel TEXT,			-- the message it became; NULL: none
	template TEXT,
	-- why it came to nothing; '' where it didn't
	because TEXT NOT NULL,
	UNIQUE (enrolment_id, reminder, local_date, local_minute)
) STRICT;
CREATE INDEX slot_day ON slot (local_date);
CREATE INDEX slot_parcel ON slot (parcel) WHERE parcel IS NOT NULL;

-- What goes out. A parcel is one message to its reader: one row, or a row for
-- each channel of a patient who wants both. recipient is given for clinicians
-- and strangers; NULL is the patient's address at the moment of sending.
CREATE TABLE message (
	message_id INTEGER PRIMARY KEY,
	-- ours, random, known to the provider where it can be
	key TEXT NOT NULL UNIQUE,
	parcel TEXT NOT NULL,
	patient_id INTEGER REFERENCES patient,
	-- that it tells of, or whose safety net it is
	alert_id INTEGER,
	kind TEXT NOT NULL,
	channel TEXT NOT NULL CHECK (channel IN ('sms', 'email')),
	recipient TEXT,
	-- it is of no use once that stage is left; NULL any
	stage TEXT,
	template TEXT NOT NULL,
	asks TEXT NOT NULL,
	subject TEXT,
	body TEXT NOT NULL,		-- '' once erased
	html TEXT,
	in_reply_to TEXT,
	segments INTEGER NOT NULL,	-- 0 for email
	priority INTEGER NOT NULL,
	-- not IN (...), for which SQLite builds a table at each change
	state TEXT NOT NULL CHECK (state = 'queued' OR state = 'sending'
	    OR state = 'accepted' OR state = 'delivered' OR state = 'unknown'
	    OR state = 'undelivered' OR state = 'failed'
	    OR state = 'cancelled' OR state = 'expired'),
	queued_at INTEGER NOT NULL,
	due_at INTEGER NOT NULL,	-- not before
	expires_at INTEGER NOT NULL,	-- no use after
	attempts INTEGER NOT NULL DEFAULT 0,
	gateway TEXT,
	address TEXT,			-- where it went
	claimed_at INTEGER,
	provider_id TEXT,
	accepted_at INTEGER,
	settled_at INTEGER,		-- its state is final since
	code TEXT,			-- the provider's
	because TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX message_queue ON message
    (channel, priority, due_at, message_id) WHERE state = 'queued';
CREATE INDEX message_afloat ON message (state, claimed_at)
    WHERE state IN ('sending', 'unknown');
CREATE UNIQUE INDEX message_provider ON message (gateway, provider_id)
    WHERE provider_id IS NOT NULL;
CREATE INDEX message_unsettled ON message (gateway, accepted_at)
    WHERE state = 'accepted';
CREATE INDEX message_patient ON message (patient_id, expires_at);
CREATE INDEX message_parcel ON message (parcel);
CREATE INDEX message_recipient ON message (recipient, queued_at)
    WHERE recipient IS NOT NULL;
CREATE INDEX message_alert ON message (alert_id) WHERE alert_id IS NOT NULL;
CREATE INDEX message_accepted ON message (accepted_at)
    WHERE accepted_at IS NOT NULL;
CREATE INDEX message_lost ON message (settled_at)
    WHERE state IN ('failed', 'undelivered');

-- A question that stands open for a while once its message was accepted.
CREATE TABLE question (
	question_id INTEGER PRIMARY KEY,
	enrolment_id INTEGER NOT NULL REFERENCES enrolment,
	parcel TEXT NOT NULL UNIQUE,
	asks TEXT NOT NULL,
	visit INTEGER NOT NULL,
	answer_within_s INTEGER NOT NULL,
	nudge_after_s INTEGER NOT NULL,
	state TEXT NOT NULL CHECK (state IN
	    ('waiting', 'open', 'answered', 'unanswered', 'void')),
	asked_at INTEGER,
	closes_at INTEGER,
	nudge_at INTEGER,		-- NULL once nudged, or never to be
	nudged INTEGER NOT NULL DEFAULT 0,
	asked_again INTEGER NOT NULL DEFAULT 0, -- after an unclear reply
	answered_at INTEGER
) STRICT;
CREATE INDEX question_enrolment ON question (enrolment_id, question_id);
CREATE INDEX question_asked ON question (asked_at)
    WHERE asked_at IS NOT NULL;
CREATE INDEX question_nudge ON question (nudge_at)
    WHERE state = 'open' AND nudge_at IS NOT NULL;
CREATE INDEX question_close ON question (closes_at) WHERE state = 'open';

-- What came in, word for word and once: durable before its source lets go.
CREATE TABLE inbound (
	inbound_id INTEGER PRIMARY KEY,
	gateway TEXT NOT NULL,
	provider_id TEXT NOT NULL,
	channel TEXT NOT NULL CHECK (channel IN ('sms', 'email')),
	sender TEXT NOT NULL,		-- '' once erased
	recipient TEXT NOT NULL,
	body TEXT NOT NULL,		-- '' once erased
	-- keys or ids of ours that it names, by spaces
	answers TEXT,
	automatic INTEGER NOT NULL,
	came_at INTEGER NOT NULL,
	stored_at INTEGER NOT NULL,
	read_at INTEGER,
	whole TEXT,			-- of a text that came in pieces
	part_of INTEGER REFERENCES inbound, -- whose whole has this piece
	-- NULL: not read yet, or a stranger
	patient_id INTEGER REFERENCES patient,
	-- inbox: 'open' while a person must answer, 'closed'
	handled TEXT,
	UNIQUE (gateway, provider_id)
) STRICT;
CREATE INDEX inbound_unread ON inbound (inbound_id) WHERE read_at IS NULL;
CREATE INDEX inbound_patient ON inbound (patient_id, inbound_id);
CREATE INDEX inbound_open ON inbound (inbound_id) WHERE handled = 'open';
CREATE INDEX inbound_part ON inbound (part_of) WHERE part_of IS NOT NULL;

-- What a reply was read as; advance takes each once.
CREATE TABLE reading (
	reading_id INTEGER PRIMARY KEY,
	inbound_id INTEGER NOT NULL UNIQUE REFERENCES inbound,
	patient_id INTEGER REFERENCES patient,
	visit INTEGER,
	at INTEGER NOT NULL,		-- when it was written
	asked TEXT NOT NULL,
	question_id INTEGER REFERENCES question, -- whose answer it is
	pain INTEGER,
	done INTEGER,
	leg INTEGER,
	settled INTEGER,
	stop INTEGER NOT NULL,
	start INTEGER NOT NULL,
	help INTEGER NOT NULL,
	wrong_number INTEGER NOT NULL,
	who INTEGER NOT NULL DEFAULT 0,	-- no more than "who is this"
	pause_days INTEGER NOT NULL DEFAULT 0, -- asks for a rest; 0 does not
	courtesy INTEGER NOT NULL,
	question INTEGER NOT NULL,	-- asks the clinic something
	automatic INTEGER NOT NULL,
	unclear INTEGER NOT NULL,
	-- 0: an email without its token moves nothing
	verified INTEGER NOT NULL,
	advanced_at INTEGER
) STRICT;
CREATE INDEX reading_new ON reading (reading_id) WHERE advanced_at IS NULL;
CREATE INDEX reading_at ON reading (at);
CREATE INDEX reading_patient ON reading (patient_id, reading_id);
CREATE INDEX reading_patient_at ON reading (patient_id, at);

-- The red flags of a reading.
CREATE TABLE red_flag (
	reading_id INTEGER NOT NULL REFERENCES reading,
	position INTEGER NOT NULL,
	name TEXT NOT NULL,
	level TEXT NOT NULL,
	PRIMARY KEY (reading_id, position)
) STRICT, WITHOUT ROWID;

-- An address to which nothing goes until START.
CREATE TABLE opt_out (
	address TEXT PRIMARY KEY,	-- in lower case
	since_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- An address to which nothing can be delivered, by a provider's final word: not
-- tried again until a person has looked at it, or somebody writes from there.
CREATE TABLE dead_address (
	address TEXT PRIMARY KEY,	-- in lower case
	since_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Each move between stages, made or waiting for a clinician's yes.
CREATE TABLE move (
	move_id INTEGER PRIMARY KEY,
	enrolment_id INTEGER NOT NULL REFERENCES enrolment,
	from_stage TEXT NOT NULL,
	to_stage TEXT NOT NULL,		-- 'finished' at the end
	act TEXT NOT NULL,		-- advance, retreat, finish, clinician
	because TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN
	    ('waiting', 'made', 'refused', 'overtaken')),
	at INTEGER NOT NULL,		-- made, or proposed
	decided_at INTEGER,
	decided_by TEXT
) STRICT;
CREATE INDEX move_at ON move (at);
CREATE INDEX move_enrolment ON move (enrolment_id, move_id);
CREATE UNIQUE INDEX move_waiting ON move (enrolment_id)
    WHERE state = 'waiting';

-- Somebody needs a person. One stands open for each fault of a topic; closed
-- only with an outcome.
CREATE TABLE alert (
	alert_id INTEGER PRIMARY KEY,
	patient_id INTEGER REFERENCES patient,
	kind TEXT NOT NULL,
	level TEXT NOT NULL,		-- emergency, self-harm, urgent, notice
	-- what it is about, for one of a kind: '' or a gateway
	topic TEXT NOT NULL,
	fault TEXT NOT NULL DEFAULT '',	-- which of several that a topic may have
	because TEXT NOT NULL,		-- the program's own words
	state TEXT NOT NULL CHECK (state IN ('open', 'acknowledged', 'closed')),
	opened_at INTEGER NOT NULL,
	seen_at INTEGER NOT NULL DEFAULT 0,	-- its fault was there last
	round INTEGER NOT NULL DEFAULT 0,	-- times it was sent out
	next_at INTEGER,		-- send it out again then; NULL: no more
	acknowledged_at INTEGER,
	acknowledged_by TEXT,
	closed_at INTEGER,
	closed_by TEXT,
	outcome TEXT
) STRICT;
CREATE UNIQUE INDEX alert_open ON alert
    (kind, topic, coalesce(patient_id, 0), fault)
    WHERE state <> 'closed' AND kind <> 'red-flag';
CREATE INDEX alert_unclosed ON alert (kind, opened_at) WHERE state <> 'closed';
CREATE INDEX alert_opened ON alert (opened_at);
CREATE INDEX alert_closed ON alert (closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX alert_next ON alert (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX alert_patient ON alert (patient_id, alert_id);

-- Everything that happened, in order, for ever. It holds no name, address or
-- text of a patient, so erasing a patient leaves it whole. To replace one is to
-- delete it: the program's connections have recursive_triggers on.
CREATE TABLE event (
	event_id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	patient_id INTEGER,
	kind TEXT NOT NULL,		-- enrolled, missed, sent, moved, ...
	-- a template, a stage, a gateway: a name of ours
	subject TEXT NOT NULL,
	because TEXT NOT NULL		-- a sentence of the program's own
) STRICT;
CREATE INDEX event_patient ON event (patient_id, event_id);
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT raise(ABORT, 'an event is never changed'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT raise(ABORT, 'an event is never deleted'); END;

-- Where polling a gateway goes on, and since when it has not worked.
CREATE TABLE gateway (
	name TEXT PRIMARY KEY,
	channel TEXT NOT NULL,
	cursor TEXT,
	polled_at INTEGER,		-- up to when its replies are known
	failing_since_at INTEGER
) STRICT, WITHOUT ROWID;

-- Each tick that worked, for the review and for knowing of gaps.
CREATE TABLE tick (
	tick_id INTEGER PRIMARY KEY,
	started_at INTEGER NOT NULL,
	ended_at INTEGER,		-- NULL: it died
	collected INTEGER NOT NULL DEFAULT 0,
	read INTEGER NOT NULL DEFAULT 0,
	moved INTEGER NOT NULL DEFAULT 0,
	queued INTEGER NOT NULL DEFAULT 0,
	sent INTEGER NOT NULL DEFAULT 0,
	failed INTEGER NOT NULL DEFAULT 0,
	unknown INTEGER NOT NULL DEFAULT 0,
	alerts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX tick_started ON tick (started_at);

-- Who looked at the review of which days; of all its patients, or of one.
CREATE TABLE sign_off (
	sign_off_id INTEGER PRIMARY KEY,
	from_on TEXT NOT NULL,		-- local date, as the next
	to_on TEXT NOT NULL,		-- the last day of it
	patient_id INTEGER REFERENCES patient, -- NULL: all of them
	at INTEGER NOT NULL,
	signed_by TEXT NOT NULL
) STRICT;
CREATE INDEX sign_off_days ON sign_off (from_on, to_on);
