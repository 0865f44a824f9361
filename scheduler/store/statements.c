/*
 * statements.c - see statements.h
 *
 * Where a row is only reached by walking over a table or an index, the
 * statement says so and why; a test asks the engine about each of them.
 */
#include "store/statements.h"

#include <stddef.h>

#include "base/status.h"
#include "store/engine.h"

#define PATIENT_SELECT                                                     \
	"SELECT p.patient_id, p.ref, p.name, p.phone, p.email, p.channel," \
	" p.language, p.timezone, p.clinician, p.carer, p.consented_on,"   \
	" p.screened_on, p.screened_by, p.no_running, p.baseline,"         \
	" p.enrolled_at, p.erased_at, e.enrolment_id, e.plan_id, e.stage," \
	" e.visit, e.stage_since_at, e.stage_since_on, e.stage_pain,"      \
	" e.began_at, e.began_on, e.state, e.before_stop,"                 \
	" e.paused_until_on, e.paused_by, e.leg_open, e.decide_at, "       \
	"e.watch_at,"                                                      \
	" p.minor, p.consent_how, p.consent_wording, e.silent"             \
	" FROM patient p JOIN enrolment e ON e.patient_id = p.patient_id"

#define MESSAGE_COLUMNS                                                        \
	"message_id, key, parcel, patient_id, alert_id, kind, channel,"        \
	" recipient, stage, template, asks, subject, body, html, in_reply_to," \
	" segments, state, queued_at, due_at, expires_at, attempts, gateway,"  \
	" address, claimed_at, provider_id, accepted_at, settled_at, code,"    \
	" because"
#define MESSAGE_SELECT "SELECT " MESSAGE_COLUMNS " FROM message"
#define MESSAGE_WENT                                                         \
	" (state = 'queued' OR (state IN ('sending', 'unknown', 'accepted'," \
	" 'delivered', 'undelivered')"                                       \
	" AND coalesce(accepted_at, claimed_at, queued_at) >= :since))"

#define INBOUND_SELECT                                                         \
	"SELECT inbound_id, gateway, provider_id, channel, sender, recipient," \
	" coalesce(whole, body), answers, automatic, came_at, stored_at,"      \
	" read_at, patient_id,"                                                \
	" handled FROM inbound"

#define READING_SELECT                                                     \
	"SELECT reading_id, inbound_id, patient_id, visit, at, asked,"     \
	" question_id, pain, done, leg, settled, stop, start, help,"       \
	" wrong_number, courtesy, question, automatic, unclear, verified," \
	" advanced_at, who, pause_days, EXISTS (SELECT 1 FROM red_flag f"  \
	" WHERE f.reading_id = reading.reading_id) FROM reading"

#define QUESTION_SELECT                                                \
	"SELECT question_id, enrolment_id, parcel, asks, visit,"       \
	" answer_within_s, nudge_after_s, state, asked_at, closes_at," \
	" nudge_at, nudged, asked_again, answered_at FROM question"

#define MOVE_SELECT                                                         \
	"SELECT move_id, enrolment_id, from_stage, to_stage, act, because," \
	" state, at, decided_at, decided_by FROM move"

#define ALERT_SELECT                                                       \
	"SELECT alert_id, patient_id, kind, level, topic, because, state," \
	" opened_at, round, next_at, acknowledged_at, acknowledged_by,"    \
	" closed_at, closed_by, outcome, fault, seen_at FROM alert"

/* Of the review: a patient's row, and what stands before the condition on the
 * time of those lists that may be asked for everybody or for one patient. */
#define WEEK_PATIENT_SELECT                                               \
	"SELECT p.patient_id, e.enrolment_id, e.plan_id, p.ref, p.name,"  \
	" p.clinician, p.baseline, (SELECT r.pain FROM reading r"         \
	" WHERE r.patient_id = p.patient_id AND r.pain IS NOT NULL"       \
	" AND r.verified = 1 ORDER BY r.reading_id LIMIT 1),"             \
	" (SELECT r.at FROM reading r WHERE r.patient_id = p.patient_id"  \
	" AND r.pain IS NOT NULL AND r.verified = 1"                      \
	" ORDER BY r.reading_id LIMIT 1), (SELECT r.pain FROM reading r"  \
	" WHERE r.patient_id = p.patient_id AND r.pain IS NOT NULL"       \
	" AND r.verified = 1 AND r.at < :from"                            \
	" ORDER BY r.reading_id DESC LIMIT 1), e.began_on, e.state,"      \
	" e.paused_by, e.stage, e.stage_since_at, e.stage_since_on"       \
	" FROM patient p JOIN enrolment e ON e.patient_id = p.patient_id" \
	" WHERE e.began_at < :until"
#define WEEK_QUESTION_SELECT                                             \
	"SELECT e.patient_id, q.asks, q.state, q.asked_at, q.closes_at," \
	" q.answered_at, q.state <> 'answered' AND NOT EXISTS (SELECT 1" \
	" FROM message m WHERE m.parcel = q.parcel AND m.state NOT IN"   \
	" ('undelivered', 'failed', 'cancelled', 'expired')),"           \
	" CASE WHEN q.asks = 'done' THEN (SELECT min(s.local_date)"      \
	" FROM slot s WHERE s.parcel = q.parcel) END"                    \
	" FROM question q JOIN enrolment e"                              \
	" ON e.enrolment_id = q.enrolment_id"
#define WEEK_READING_SELECT                                             \
	"SELECT patient_id, reading_id, at, asked, pain, done, leg,"    \
	" settled, stop, unclear, verified, CASE WHEN done IS NOT NULL" \
	" THEN (SELECT min(s.local_date) FROM question q"               \
	" JOIN slot s ON s.parcel = q.parcel"                           \
	" WHERE q.question_id = reading.question_id) END FROM reading"
#define WEEK_DAY_SELECT                                          \
	"SELECT DISTINCT e.patient_id, s.local_date FROM slot s" \
	" JOIN enrolment e ON e.enrolment_id = s.enrolment_id"
#define WEEK_MOVE_SELECT                                              \
	"SELECT e.patient_id, m.at, m.from_stage, m.to_stage, m.act," \
	" m.because FROM move m JOIN enrolment e"                     \
	" ON e.enrolment_id = m.enrolment_id"

/* clang-format off */
static const char *const statements[SQL__MAX] = {

	[SQL_COMMIT] = "COMMIT", /* how it began: engine_statement() */

	/* The database itself. */

	[SQL_CLINIC_INSERT] =
	    "INSERT INTO clinic (one, version, identity, created_at)"
	    " VALUES (1, :version, :identity, :now)",
	[SQL_CLINIC_VERSION] = "SELECT version FROM clinic WHERE one = 1",
	[SQL_CLINIC_SET_VERSION] =
	    "UPDATE clinic SET version = :version WHERE one = 1",
	[SQL_CLINIC_IDENTITY] =
	    "SELECT identity, (SELECT coalesce(max(event_id), 0) FROM event)"
	    " FROM clinic WHERE one = 1",

	[SQL_BACKUP_FACTS] =
	    "SELECT (SELECT count(*) FROM patient) /* scan: to prove a copy */,"
	    " (SELECT count(*) FROM message),"
	    " (SELECT coalesce(max(at), 0) FROM event)",

	/* Plans. */

	[SQL_PLAN_INSERT] =
	    "INSERT INTO plan (name, version, fingerprint, title, welcome,"
	    " silent_after, silent_weekly_limit, worse_by, email_fallback,"
	    " weekly_limit, loaded_at)"
	    " VALUES (:name, :version, :fingerprint, :title, :welcome,"
	    " :silent_after, :silent_weekly_limit, :worse_by, :email_fallback,"
	    " :weekly_limit, :now)"
	    " RETURNING plan_id",
	[SQL_PLAN_NEWEST] =
	    "SELECT plan_id, version, fingerprint FROM plan"
	    " WHERE name = :name ORDER BY version DESC LIMIT 1",
	[SQL_PLAN_BY_ID] =
	    "SELECT name, version, title, welcome, silent_after, worse_by,"
	    " email_fallback, weekly_limit, silent_weekly_limit"
	    " FROM plan WHERE plan_id = :plan",
	[SQL_PLAN_NAMES] =
	    "SELECT DISTINCT name FROM plan ORDER BY name /* scan: a few */",
	[SQL_PLAN_USE] =
	    "SELECT e.stage, count(*) FROM plan p JOIN enrolment e"
	    " ON e.plan_id = p.plan_id WHERE p.name = :name"
	    " AND e.state IN ('active', 'paused', 'stopped')"
	    " GROUP BY e.stage ORDER BY e.stage",
	[SQL_PLAN_ABOUT_INSERT] =
	    "INSERT INTO plan_about (plan_id, position, key, known)"
	    " VALUES (:plan, :position, :key, :known)",
	[SQL_PLAN_ABOUT] =
	    "SELECT key, known FROM plan_about WHERE plan_id = :plan"
	    " ORDER BY position",
	[SQL_STAGE_INSERT] =
	    "INSERT INTO stage (plan_id, position, name, title, min_days,"
	    " stalled_after, was) VALUES (:plan, :position, :name, :title,"
	    " :min_days, :stalled_after, :was)",
	[SQL_STAGES] =
	    "SELECT name, title, min_days, stalled_after, was FROM stage"
	    " WHERE plan_id = :plan ORDER BY position",
	[SQL_STAGE_RULE_INSERT] =
	    "INSERT INTO stage_rule (plan_id, stage, act, to_stage, readings,"
	    " pain_at_most, pain_at_least, or_down_by, and_at_most, settled,"
	    " not_worse, confirm) VALUES (:plan, :stage, :act, :to, :readings,"
	    " :pain_at_most, :pain_at_least, :or_down_by, :and_at_most,"
	    " :settled, :not_worse, :confirm)",
	[SQL_STAGE_RULES] =
	    "SELECT stage, act, to_stage, readings, pain_at_most,"
	    " pain_at_least, or_down_by, and_at_most, settled, not_worse,"
	    " confirm FROM stage_rule WHERE plan_id = :plan",
	[SQL_REMINDER_INSERT] =
	    "INSERT INTO reminder (plan_id, stage, name, position, repeat,"
	    " at_minute, asks, answer_within_s, nudge_after_s, need, unless,"
	    " only_when)"
	    " VALUES (:plan, :stage, :name, :position, :repeat, :at_minute,"
	    " :asks, :answer_within_s, :nudge_after_s, :need, :unless, :when)",
	[SQL_REMINDERS] =
	    "SELECT stage, name, repeat, at_minute, asks, answer_within_s,"
	    " nudge_after_s, need, unless, only_when FROM reminder"
	    " WHERE plan_id = :plan ORDER BY stage, position",
	[SQL_REMINDER_MESSAGE_INSERT] =
	    "INSERT INTO reminder_message (plan_id, stage, reminder,"
	    " position, template) VALUES (:plan, :stage, :reminder,"
	    " :position, :template)",
	[SQL_REMINDER_MESSAGES] =
	    "SELECT stage, reminder, template FROM reminder_message"
	    " WHERE plan_id = :plan ORDER BY stage, reminder, position",

	/* Patients. */

	[SQL_PATIENT_INSERT] =
	    "INSERT INTO patient (ref, name, phone, email, channel, language,"
	    " timezone, clinician, carer, minor, consented_on, consent_how,"
	    " consent_wording, screened_on, screened_by, no_running, baseline,"
	    " enrolled_at)"
	    " VALUES (:ref, :name, :phone, :email, :channel, :language,"
	    " :timezone, :clinician, :carer, :minor, :consented_on,"
	    " :consent_how, :consent_wording, :screened_on,"
	    " :screened_by, :no_running, :baseline, :enrolled_at)"
	    " ON CONFLICT (ref) DO NOTHING RETURNING patient_id",
	[SQL_PATIENT_UPDATE] =
	    "UPDATE patient SET name = :name, phone = :phone, email = :email,"
	    " channel = :channel, language = :language, timezone = :timezone,"
	    " clinician = :clinician, carer = :carer,"
	    " minor = :minor, consented_on = :consented_on,"
	    " consent_how = :consent_how, consent_wording = :consent_wording,"
	    " screened_on = :screened_on,"
	    " screened_by = :screened_by, no_running = :no_running,"
	    " baseline = :baseline, enrolled_at = :enrolled_at,"
	    " erased_at = :erased_at WHERE patient_id = :patient",
	[SQL_FACT_INSERT] =
	    "INSERT INTO patient_fact (patient_id, key, value)"
	    " VALUES (:patient, :key, :value)",
	[SQL_FACT_DELETE] =
	    "DELETE FROM patient_fact WHERE patient_id = :patient",
	[SQL_FACTS] =
	    "SELECT key, value FROM patient_fact WHERE patient_id = :patient"
	    " ORDER BY key",
	[SQL_ENROLMENT_INSERT] =
	    "INSERT INTO enrolment (patient_id, plan_id, stage, visit,"
	    " stage_since_at, stage_since_on, stage_pain, began_at, began_on,"
	    " state, before_stop, paused_until_on, paused_by, leg_open,"
	    " silent, decide_at, watch_at)"
	    " VALUES (:patient, :plan, :stage, :visit, :stage_since_at,"
	    " :stage_since_on, :stage_pain, :began_at, :began_on, :state,"
	    " :before_stop, :paused_until_on, :paused_by, :leg_open,"
	    " :silent, :decide_at, :watch_at) RETURNING enrolment_id",
	[SQL_ENROLMENT_UPDATE] =
	    "UPDATE enrolment SET plan_id = :plan, stage = :stage,"
	    " visit = :visit, stage_since_at = :stage_since_at,"
	    " stage_since_on = :stage_since_on, stage_pain = :stage_pain,"
	    " began_at = :began_at, began_on = :began_on, state = :state,"
	    " before_stop = :before_stop, paused_until_on = :paused_until_on,"
	    " paused_by = :paused_by, leg_open = :leg_open,"
	    " silent = :silent,"
	    " decide_at = :decide_at, watch_at = :watch_at"
	    " WHERE patient_id = :patient",
	[SQL_ENROLMENT_WATCHED] =
	    "UPDATE enrolment SET silent = :silent, watch_at = :watch_at"
	    " WHERE patient_id = :patient",
	[SQL_PATIENT_BY_REF] = PATIENT_SELECT " WHERE p.ref = :ref",
	[SQL_PATIENT_BY_ID] = PATIENT_SELECT " WHERE p.patient_id = :patient",
	[SQL_ADDRESSEE] =
	    "SELECT p.patient_id, e.enrolment_id, e.plan_id, p.name, p.phone,"
	    " p.email, p.timezone, p.consented_on IS NOT NULL, e.state,"
	    " e.silent > 0 FROM patient p JOIN enrolment e"
	    " ON e.patient_id = p.patient_id WHERE p.patient_id = :patient",
	[SQL_PATIENT_BY_ENROLMENT] =
	    PATIENT_SELECT " WHERE e.enrolment_id = :enrolment",
	[SQL_PATIENT_BY_ADDRESS] =
	    PATIENT_SELECT " WHERE (p.phone = :address OR (p.email IS NOT NULL"
	    " AND lower(p.email) = lower(:address)))"
	    " AND p.erased_at IS NULL ORDER BY p.ref",
	[SQL_PATIENT_ALL] =
	    PATIENT_SELECT
	    " WHERE p.erased_at IS NULL ORDER BY p.ref /* scan: all */",
	[SQL_DUE_DECIDE] =
	    "SELECT enrolment_id FROM enrolment WHERE decide_at <= :now"
	    " ORDER BY decide_at, enrolment_id LIMIT :limit",
	[SQL_DUE_WATCH] =
	    "SELECT enrolment_id FROM enrolment WHERE watch_at <= :now"
	    " ORDER BY watch_at, enrolment_id LIMIT :limit",
	[SQL_DUE_RESUME] =
	    "SELECT enrolment_id FROM enrolment"
	    " WHERE paused_until_on <= :today AND state = 'paused'"
	    " ORDER BY paused_until_on, enrolment_id LIMIT :limit",
	[SQL_ON_OLD_PLAN] =
	    "SELECT e.enrolment_id FROM plan p CROSS JOIN enrolment e"
	    " WHERE e.plan_id = p.plan_id AND e.state = 'active'"
	    " AND EXISTS (SELECT 1 FROM plan n WHERE n.name = p.name"
	    " AND n.version > p.version)"
	    " ORDER BY e.enrolment_id LIMIT :limit /* scan: the plans, few */",

	/* Forgetting who a patient was. */

	[SQL_ERASE_PATIENT] =
	    "UPDATE patient SET name = '', phone = NULL, email = NULL,"
	    " carer = NULL, erased_at = :now WHERE patient_id = :patient",
	[SQL_ERASE_ENROLMENT] =
	    "UPDATE enrolment SET before_stop = NULL, paused_until_on = NULL,"
	    " paused_by = NULL, decide_at = NULL, watch_at = NULL,"
	    " state = CASE WHEN state = 'completed' THEN state"
	    " ELSE 'discharged' END WHERE patient_id = :patient",
	[SQL_ERASE_QUEUE] =
	    "UPDATE message SET state = 'cancelled', because = 'erased',"
	    " settled_at = :now WHERE patient_id = :patient"
	    " AND state = 'queued' AND kind NOT IN (:alert, :review)",
	[SQL_ERASE_MESSAGES] =
	    "UPDATE message SET recipient = NULL, address = NULL,"
	    " subject = NULL, body = '', html = NULL, in_reply_to = NULL,"
	    " because = CASE WHEN state = 'cancelled' OR state = 'expired'"
	    " THEN because ELSE '' END,"
	    " settled_at = CASE WHEN state = 'unknown'"
	    " THEN coalesce(settled_at, :now) ELSE settled_at END"
	    " WHERE patient_id = :patient AND kind NOT IN (:alert, :review)",
	[SQL_ERASE_INBOUND] =
	    "UPDATE inbound SET sender = '', recipient = '', body = '',"
	    " whole = NULL,"
	    " handled = CASE WHEN handled = 'open' THEN 'closed'"
	    " ELSE handled END WHERE patient_id = :patient",
	[SQL_ERASE_ALERTS] =
	    "UPDATE alert SET outcome = '' WHERE patient_id = :patient"
	    " AND outcome IS NOT NULL",
	[SQL_ERASE_MOVES] =
	    "UPDATE move SET state = 'overtaken'"
	    " WHERE enrolment_id = :enrolment AND state = 'waiting'",

	/* Addresses to which nothing goes. */

	[SQL_OPTOUT_SET] =
	    "INSERT INTO opt_out (address, since_at)"
	    " VALUES (lower(:address), :at) ON CONFLICT (address) DO NOTHING",
	[SQL_OPTOUT_LIFT] =
	    "DELETE FROM opt_out WHERE address = lower(:address)",
	[SQL_OPTOUT_IS] =
	    "SELECT 1 FROM opt_out WHERE address = lower(:address)",
	[SQL_DEAD_SET] =
	    "INSERT INTO dead_address (address, since_at)"
	    " VALUES (lower(:address), :at) ON CONFLICT (address) DO NOTHING",
	[SQL_DEAD_LIFT] =
	    "DELETE FROM dead_address WHERE address = lower(:address)",
	[SQL_DEAD_IS] =
	    "SELECT 1 FROM dead_address WHERE address = lower(:address)",
	[SQL_ERASE_DEAD] =
	    "DELETE FROM dead_address WHERE address IN (SELECT phone"
	    " FROM patient WHERE patient_id = :patient UNION ALL"
	    " SELECT lower(email) FROM patient WHERE patient_id = :patient)",

	/* What is next for each reminder, and what became of each slot. */

	[SQL_SCHEDULE_SET] =
	    "INSERT INTO schedule (enrolment_id, stage, reminder, local_date,"
	    " local_minute, due_at, wake_at) VALUES (:enrolment, :stage,"
	    " :reminder, :local_date, :local_minute, :due_at, :wake_at)"
	    " ON CONFLICT (enrolment_id, stage, reminder) DO UPDATE SET"
	    " local_date = excluded.local_date,"
	    " local_minute = excluded.local_minute,"
	    " due_at = excluded.due_at, wake_at = excluded.wake_at",
	[SQL_SCHEDULE_DROP] =
	    "DELETE FROM schedule WHERE enrolment_id = :enrolment"
	    " AND stage = :stage AND reminder = :reminder",
	[SQL_SCHEDULE_DROP_STAGE] =
	    "DELETE FROM schedule WHERE enrolment_id = :enrolment"
	    " AND stage = coalesce(:stage, stage)",
	[SQL_SCHEDULE_DUE] = /* each enrolment by its earliest row alone */
	    "SELECT s.enrolment_id FROM schedule s WHERE s.wake_at <= :now"
	    " AND NOT EXISTS (SELECT 1 FROM schedule e"
	    " WHERE e.enrolment_id = s.enrolment_id"
	    " AND (e.wake_at, e.stage, e.reminder)"
	    " < (s.wake_at, s.stage, s.reminder))"
	    " ORDER BY s.wake_at, s.enrolment_id LIMIT :limit",
	[SQL_SCHEDULE_OF] =
	    "SELECT enrolment_id, stage, reminder, local_date, local_minute,"
	    " due_at, wake_at FROM schedule WHERE enrolment_id = :enrolment"
	    " ORDER BY due_at, stage, reminder",
	[SQL_SLOT_TAKE] =
	    "INSERT INTO slot (enrolment_id, reminder, local_date,"
	    " local_minute, due_at, taken_at, parcel, template, because)"
	    " VALUES (:enrolment, :reminder, :local_date, :local_minute,"
	    " :due_at, :taken_at, :parcel, :template, :because)"
	    " ON CONFLICT (enrolment_id, reminder, local_date, local_minute)"
	    " DO NOTHING",
	[SQL_SLOT_TURN] =
	    "SELECT count(*) FROM slot WHERE enrolment_id = :enrolment"
	    " AND reminder = :reminder AND parcel IS NOT NULL"
	    " AND because = ''",
	[SQL_SLOT_BETWEEN] =
	    "SELECT slot_id, enrolment_id, reminder, local_date, local_minute,"
	    " due_at, taken_at, parcel, template, because FROM slot"
	    " WHERE enrolment_id = :enrolment"
	    " AND local_date BETWEEN :from AND :to ORDER BY due_at, slot_id",
	[SQL_SLOT_AFTER] =
	    "SELECT slot_id, enrolment_id, reminder, local_date, local_minute,"
	    " due_at, taken_at, parcel, template, because FROM slot"
	    " WHERE slot_id > :after ORDER BY slot_id",
	[SQL_SLOT_SPOIL] =
	    "UPDATE slot SET because = :because WHERE parcel = :parcel",

	/* Messages on their way. */

	[SQL_OUTBOX_QUEUE] =
	    "INSERT INTO message (key, parcel, patient_id, alert_id, kind,"
	    " channel, recipient, stage, template, asks, subject, body, html,"
	    " in_reply_to, segments, priority, state, queued_at, due_at,"
	    " expires_at, because)"
	    " VALUES (:key, :parcel, :patient, :alert, :kind, :channel,"
	    " :recipient, :stage, :template, :asks, :subject, :body, :html,"
	    " :in_reply_to, :segments, :priority, 'queued', :queued_at,"
	    " :due_at, :expires_at, :because) RETURNING message_id",
	[SQL_OUTBOX_DUE] =
	    MESSAGE_SELECT
	    " WHERE state = 'queued' AND channel = :channel AND due_at <= :now"
	    " ORDER BY priority, due_at, message_id LIMIT :limit",
	[SQL_OUTBOX_HOLD] =
	    "UPDATE message SET due_at = :due_at, because = :because"
	    " WHERE message_id = :id AND state = 'queued'",
	[SQL_OUTBOX_RECOVER] =
	    "UPDATE message SET state = 'unknown',"
	    " because = 'the tick ended before its fate was known'"
	    " WHERE state IN ('sending', 'unknown') AND state = 'sending'",
	[SQL_OUTBOX_UNKNOWN] =
	    MESSAGE_SELECT
	    " WHERE state IN ('sending', 'unknown') AND state = 'unknown'"
	    " AND settled_at IS NULL"
	    " AND (claimed_at, message_id) > (:claimed_at, :message_id)"
	    " ORDER BY claimed_at, message_id LIMIT :limit",
	[SQL_OUTBOX_REQUEUE] =
	    "UPDATE message SET state = 'queued', due_at = :due_at,"
	    " because = :because WHERE message_id = :id"
	    " AND state IN ('sending', 'unknown') AND settled_at IS NULL",
	[SQL_OUTBOX_DOUBT] =
	    "UPDATE message SET state = 'unknown', because = :because"
	    " WHERE message_id = :id AND state = 'sending'",
	[SQL_OUTBOX_STANDING] =
	    "SELECT state, claimed_at, accepted_at, settled_at FROM message"
	    " WHERE message_id = :id",
	[SQL_OUTBOX_ACCEPT] =
	    "UPDATE message SET state = 'accepted',"
	    " provider_id = coalesce(:provider_id, provider_id),"
	    " because = coalesce(:because, because), accepted_at = :now"
	    " WHERE message_id = :id AND state = 'sending'"
	    " AND accepted_at IS NULL AND settled_at IS NULL",
	[SQL_OUTBOX_COMPLAIN] =
	    "UPDATE message SET because = :because WHERE message_id = :id"
	    " AND state = 'delivered' AND coalesce(because, '') = ''",
	[SQL_OUTBOX_SETTLE] =
	    "UPDATE message SET state = :state,"
	    " provider_id = coalesce(:provider_id, provider_id),"
	    " code = coalesce(:code, code),"
	    " because = coalesce(:because, because),"
	    " accepted_at = :accepted_at, settled_at = :settled_at"
	    " WHERE message_id = :id",
	[SQL_OUTBOX_BY_PROVIDER_ID] =
	    MESSAGE_SELECT
	    " WHERE gateway = :gateway AND provider_id = :provider_id",
	[SQL_OUTBOX_BY_KEY] = MESSAGE_SELECT " WHERE key = :key",
	[SQL_OUTBOX_BY_ID] = MESSAGE_SELECT " WHERE message_id = :id",
	[SQL_OUTBOX_AFTER] =
	    MESSAGE_SELECT " WHERE message_id > :after ORDER BY message_id",
	[SQL_OUTBOX_OLDEST_UNSETTLED] =
	    "SELECT min(accepted_at) FROM message WHERE state = 'accepted'"
	    " AND gateway = :gateway AND accepted_at >= :since",
	[SQL_OUTBOX_EXPIRE] =
	    "UPDATE message SET state = 'expired', because = :because,"
	    " settled_at = :now WHERE state = 'queued' AND expires_at < :now"
	    " RETURNING parcel /* scan: the queue */",
	/* What is past its use will not go in any case. */
	[SQL_OUTBOX_CANCEL] =
	    "UPDATE message SET state = 'cancelled', because = :because,"
	    " settled_at = :now WHERE patient_id = :patient"
	    " AND expires_at >= :now AND state = 'queued' AND kind = :kind"
	    " AND coalesce(:stage, stage, '') = coalesce(stage, '')"
	    " RETURNING parcel",
	[SQL_OUTBOX_SPOIL_SLOT] =
	    "UPDATE slot SET because = :because WHERE parcel = :parcel"
	    " AND NOT EXISTS (SELECT 1 FROM message m"
	    " WHERE m.parcel = slot.parcel"
	    " AND m.state NOT IN ('cancelled', 'expired', 'failed'))",
	[SQL_OUTBOX_SPOIL_QUESTION] =
	    "UPDATE question SET state = 'void' WHERE parcel = :parcel"
	    " AND state = 'waiting' AND NOT EXISTS (SELECT 1 FROM message m"
	    " WHERE m.parcel = question.parcel"
	    " AND m.state NOT IN ('cancelled', 'expired', 'failed'))",
	/* Nothing goes once it has expired, so that no older one counts. */
	[SQL_OUTBOX_COUNTED] =
	    "SELECT kind, min(coalesce(accepted_at, claimed_at, due_at))"
	    " FROM message WHERE patient_id = :patient"
	    " AND expires_at >= :since"
	    " AND parcel <> :but_parcel AND (state = 'sending'"
	    " OR state = 'unknown' OR state = 'accepted'"
	    " OR state = 'delivered' OR state = 'undelivered'"
	    " OR (:queued = 1 AND state = 'queued'))"
	    " GROUP BY parcel, kind"
	    " HAVING min(coalesce(accepted_at, claimed_at, due_at)) >= :since"
	    " ORDER BY 2 DESC",
	[SQL_OUTBOX_PARCEL_LIVES] =
	    "SELECT 1 FROM message WHERE parcel = :parcel AND state NOT IN"
	    " ('cancelled', 'expired', 'failed', 'undelivered') LIMIT 1",
	[SQL_OUTBOX_SPENT] =
	    "SELECT coalesce(sum(CASE WHEN segments > 0 THEN segments"
	    " ELSE 1 END), 0) FROM message WHERE gateway = :gateway"
	    " AND (accepted_at >= :since"
	    " OR (state IN ('sending', 'unknown') AND claimed_at >= :since))",
	[SQL_OUTBOX_OF_PATIENT] =
	    MESSAGE_SELECT
	    " WHERE patient_id = :patient AND kind NOT IN (:alert, :review)"
	    " ORDER BY message_id",
	[SQL_OUTBOX_HAS_PATIENT] =
	    "SELECT 1 FROM message WHERE patient_id = :patient"
	    " AND expires_at >= :since AND template = :template"
	    " AND" MESSAGE_WENT " LIMIT 1",
	[SQL_OUTBOX_HAS_RECIPIENT] =
	    "SELECT 1 FROM message WHERE recipient = :recipient"
	    " AND template = :template AND" MESSAGE_WENT " LIMIT 1",

	[SQL_OUTBOX_ANSWERS] =
	    "SELECT count(*) FROM message WHERE recipient = :recipient"
	    " AND queued_at >= :since"
	    " AND kind IN (:answer, :help, :stop_confirm)",
	[SQL_OUTBOX_SAFETY_NETS] =
	    "SELECT count(*) FROM message WHERE alert_id = :alert"
	    " AND kind = :safety_net"
	    " AND state NOT IN ('sending', 'accepted', 'delivered')",
	[SQL_OUTBOX_ARRIVED] =
	    "SELECT 1 FROM message WHERE parcel = :parcel"
	    " AND state = 'delivered' LIMIT 1",
	[SQL_OUTBOX_TOLD] =
	    "SELECT 1 FROM message WHERE alert_id = :alert"
	    " AND recipient = :recipient AND queued_at >= :since LIMIT 1",

	/* What came in. */

	[SQL_INBOUND_STORE] =
	    "INSERT INTO inbound (gateway, provider_id, channel, sender,"
	    " recipient, body, answers, automatic, came_at, stored_at)"
	    " VALUES (:gateway, :provider_id, :channel, :sender, :recipient,"
	    " :body, :answers, :automatic, :came_at, :stored_at)"
	    " ON CONFLICT (gateway, provider_id) DO NOTHING",
	[SQL_INBOUND_UNREAD] =
	    INBOUND_SELECT
	    " WHERE read_at IS NULL ORDER BY inbound_id LIMIT :limit"
	    " /* scan: the index of the unread ones */",
	[SQL_INBOUND_MARK_READ] =
	    "UPDATE inbound SET read_at = :now, patient_id = :patient"
	    " WHERE inbound_id = :id",
	[SQL_INBOUND_SET_HANDLED] =
	    "UPDATE inbound SET handled = :handled WHERE inbound_id = :id",
	[SQL_INBOUND_REWRITE] =
	    "UPDATE inbound SET sender = :sender,"
	    " whole = CASE WHEN body = :body THEN NULL ELSE :body END"
	    " WHERE inbound_id = :id AND read_at IS NULL",
	[SQL_INBOUND_SET_PART] =
	    "UPDATE inbound SET part_of = :part_of, read_at = :now"
	    " WHERE inbound_id = :id AND read_at IS NULL",
	[SQL_INBOUND_MARK_PARTS] =
	    "UPDATE inbound SET patient_id = :patient"
	    " WHERE part_of IS NOT NULL AND part_of = :id",
	[SQL_INBOUND_BY_ID] = INBOUND_SELECT " WHERE inbound_id = :id",
	[SQL_INBOUND_BY_SOURCE] =
	    INBOUND_SELECT " WHERE gateway = :gateway"
	    " AND provider_id = :provider_id",
	[SQL_INBOUND_OPEN] =
	    INBOUND_SELECT " WHERE handled = 'open' ORDER BY inbound_id"
	    " /* scan: the index of the open ones */",
	[SQL_INBOUND_OF_PATIENT] =
	    INBOUND_SELECT " WHERE patient_id = :patient AND part_of IS NULL"
	    " ORDER BY inbound_id",

	/* How it was read. */

	[SQL_READING_INSERT] =
	    "INSERT INTO reading (inbound_id, patient_id, visit, at, asked,"
	    " question_id, pain, done, leg, settled, stop, start, help,"
	    " wrong_number, who, pause_days, courtesy, question, automatic,"
	    " unclear, verified, advanced_at)"
	    " VALUES (:inbound, :patient, :visit, :at, :asked, :question_id,"
	    " :pain, :done, :leg, :settled, :stop, :start, :help,"
	    " :wrong_number, :who, :pause_days, :courtesy, :question,"
	    " :automatic, :unclear, :verified, :advanced_at)"
	    " RETURNING reading_id",
	[SQL_RED_FLAG_INSERT] =
	    "INSERT INTO red_flag (reading_id, position, name, level)"
	    " VALUES (:reading, :position, :name, :level)",
	[SQL_RED_FLAGS] =
	    "SELECT name, level FROM red_flag WHERE reading_id = :reading"
	    " ORDER BY position",
	[SQL_READING_NEW] =
	    READING_SELECT
	    " WHERE advanced_at IS NULL ORDER BY reading_id LIMIT :limit"
	    " /* scan: the index of the new ones */",
	[SQL_READING_MARK_ADVANCED] =
	    "UPDATE reading SET advanced_at = :now WHERE reading_id = :id",
	[SQL_READING_OF_PATIENT] =
	    READING_SELECT
	    " WHERE patient_id = :patient AND (:visit = 0 OR visit = :visit)"
	    " ORDER BY at DESC, reading_id DESC LIMIT :limit",
	[SQL_READING_ANSWERED_FROM] =
	    "SELECT 1 FROM reading r JOIN inbound i USING (inbound_id)"
	    " WHERE r.patient_id = :patient AND i.sender = :address"
	    " AND coalesce(r.pain, r.done, r.leg, r.settled) IS NOT NULL"
	    " LIMIT 1",
	[SQL_READING_BY_INBOUND] =
	    READING_SELECT " WHERE inbound_id = :inbound",
	[SQL_READING_AFTER] =
	    READING_SELECT " WHERE reading_id > :after ORDER BY reading_id",
	[SQL_READING_VERIFY] =
	    "UPDATE reading SET verified = 1, advanced_at = NULL"
	    " WHERE reading_id = :id AND verified = 0",

	/* What was asked. */

	[SQL_QUESTION_INSERT] =
	    "INSERT INTO question (enrolment_id, parcel, asks, visit,"
	    " answer_within_s, nudge_after_s, state, asked_at, closes_at,"
	    " nudge_at, nudged, asked_again, answered_at)"
	    " VALUES (:enrolment, :parcel, :asks, :visit, :answer_within_s,"
	    " :nudge_after_s, :state, :asked_at, :closes_at, :nudge_at,"
	    " :nudged, :asked_again, :answered_at) RETURNING question_id",
	[SQL_QUESTION_UPDATE] =
	    "UPDATE question SET state = :state, asked_at = :asked_at,"
	    " closes_at = :closes_at, nudge_at = :nudge_at, nudged = :nudged,"
	    " asked_again = :asked_again, answered_at = :answered_at"
	    " WHERE question_id = :id",
	[SQL_QUESTION_BY_PARCEL] = QUESTION_SELECT " WHERE parcel = :parcel",
	[SQL_QUESTION_BY_ID] = QUESTION_SELECT " WHERE question_id = :id",
	[SQL_QUESTION_OF_ENROLMENT] =
	    QUESTION_SELECT " WHERE enrolment_id = :enrolment"
	    " ORDER BY question_id DESC LIMIT :limit",
	[SQL_QUESTION_DUE_NUDGE] =
	    QUESTION_SELECT " WHERE state = 'open' AND nudge_at <= :now"
	    " ORDER BY nudge_at, question_id",
	[SQL_QUESTION_DUE_CLOSE] =
	    QUESTION_SELECT " WHERE state = 'open' AND closes_at <= :now"
	    " ORDER BY closes_at, question_id",
	[SQL_QUESTION_VOID_ALL] =
	    "UPDATE question SET state = 'void', nudge_at = NULL"
	    " WHERE enrolment_id = :enrolment"
	    " AND state IN ('waiting', 'open')",

	/* Moves between stages. */

	[SQL_MOVE_INSERT] =
	    "INSERT INTO move (enrolment_id, from_stage, to_stage, act,"
	    " because, state, at, decided_at, decided_by)"
	    " VALUES (:enrolment, :from, :to, :act, :because, :state, :at,"
	    " :decided_at, :decided_by) RETURNING move_id",
	[SQL_MOVE_UPDATE] =
	    "UPDATE move SET because = :because, state = :state, at = :at,"
	    " decided_at = :decided_at, decided_by = :decided_by"
	    " WHERE move_id = :id",
	[SQL_MOVE_BY_ID] = MOVE_SELECT " WHERE move_id = :id",
	[SQL_MOVE_WAITING_OF] =
	    MOVE_SELECT
	    " WHERE enrolment_id = :enrolment AND state = 'waiting'",
	[SQL_MOVE_WAITING] =
	    MOVE_SELECT " WHERE state = 'waiting' ORDER BY at, move_id"
	    " /* scan: the index of the waiting ones */",
	[SQL_MOVE_OF_ENROLMENT] =
	    MOVE_SELECT " WHERE enrolment_id = :enrolment ORDER BY move_id",
	[SQL_MOVE_AFTER] =
	    MOVE_SELECT " WHERE move_id > :after ORDER BY move_id",

	/* Who needs a person. */

	[SQL_ALERT_INSERT] =
	    "INSERT INTO alert (patient_id, kind, level, topic, fault,"
	    " because, state, opened_at, seen_at, round, next_at,"
	    " acknowledged_at, acknowledged_by, closed_at, closed_by, outcome)"
	    " VALUES (:patient, :kind, :level, :topic, :fault, :because,"
	    " :state, :opened_at, :seen_at, :round, :next_at,"
	    " :acknowledged_at, :acknowledged_by, :closed_at, :closed_by,"
	    " :outcome)"
	    " ON CONFLICT DO NOTHING RETURNING alert_id",
	[SQL_ALERT_UPDATE] =
	    "UPDATE alert SET level = :level, because = :because,"
	    " state = :state, seen_at = :seen_at, round = :round,"
	    " next_at = :next_at, acknowledged_at = :acknowledged_at,"
	    " acknowledged_by = :acknowledged_by, closed_at = :closed_at,"
	    " closed_by = :closed_by, outcome = :outcome"
	    " WHERE alert_id = :id",
	[SQL_ALERT_BY_ID] = ALERT_SELECT " WHERE alert_id = :id",
	[SQL_ALERT_UNCLOSED] =
	    ALERT_SELECT " WHERE state <> 'closed' ORDER BY CASE level"
	    " WHEN 'emergency' THEN 0 WHEN 'self-harm' THEN 1"
	    " WHEN 'urgent' THEN 2 ELSE 3 END, opened_at, alert_id"
	    " /* scan: the index of those not closed */",
	[SQL_ALERT_ALL] =
	    ALERT_SELECT " ORDER BY opened_at, alert_id /* scan: all */",
	[SQL_ALERT_OF_PATIENT] =
	    ALERT_SELECT " WHERE patient_id = :patient ORDER BY alert_id",
	[SQL_ALERT_AFTER] =
	    ALERT_SELECT " WHERE alert_id > :after ORDER BY alert_id",
	[SQL_ALERT_DUE] =
	    ALERT_SELECT " WHERE next_at <= :now ORDER BY next_at, alert_id",
	[SQL_ALERT_STANDING] =
	    ALERT_SELECT " WHERE kind = :kind AND state <> 'closed'"
	    " AND topic = coalesce(:topic, topic)"
	    " AND coalesce(patient_id, 0) = 0 ORDER BY alert_id",
	[SQL_ALERT_STANDING_OF] =
	    ALERT_SELECT " WHERE patient_id = :patient AND kind = :kind"
	    " AND state <> 'closed' AND topic = coalesce(:topic, topic)"
	    " ORDER BY alert_id",

	/* History, and the program's own health. */

	[SQL_EVENT_ADD] =
	    "INSERT INTO event (at, patient_id, kind, subject, because)"
	    " VALUES (:at, :patient, :kind, :subject, :because)",
	[SQL_EVENT_OF_PATIENT] =
	    "SELECT event_id, at, patient_id, kind, subject, because"
	    " FROM event WHERE patient_id = :patient"
	    " AND at >= :from AND at < :until ORDER BY event_id",
	[SQL_EVENT_AFTER] =
	    "SELECT event_id, at, patient_id, kind, subject, because"
	    " FROM event WHERE event_id > :after ORDER BY event_id",
	[SQL_EVENT_NEWEST] =
	    "SELECT coalesce(max(event_id), 0) FROM event",
	[SQL_GATEWAY_GET] =
	    "SELECT cursor, polled_at, failing_since_at FROM gateway"
	    " WHERE name = :name",
	[SQL_GATEWAY_PUT] =
	    "INSERT INTO gateway (name, channel, cursor, polled_at,"
	    " failing_since_at) VALUES (:name, :channel, :cursor, :polled_at,"
	    " :failing_since_at) ON CONFLICT (name) DO UPDATE SET"
	    " channel = excluded.channel, cursor = excluded.cursor,"
	    " polled_at = excluded.polled_at,"
	    " failing_since_at = excluded.failing_since_at",
	[SQL_TICK_BEGIN] =
	    "INSERT INTO tick (started_at) VALUES (:now) RETURNING tick_id",
	[SQL_TICK_END] =
	    "UPDATE tick SET ended_at = :ended_at, collected = :collected,"
	    " read = :read, moved = :moved, queued = :queued, sent = :sent,"
	    " failed = :failed, unknown = :unknown, alerts = :alerts"
	    " WHERE tick_id = :id",
	[SQL_TICK_LAST] =
	    "SELECT tick_id, started_at, ended_at, collected, read, moved,"
	    " queued, sent, failed, unknown, alerts FROM tick"
	    " WHERE tick_id < :before AND ended_at IS NOT NULL"
	    " ORDER BY tick_id DESC LIMIT 1",

	/* What a week held, for the review: by an index on the time for
	 * everybody, by an index on the patient for one. */

	[SQL_WEEK_PATIENTS] =
	    WEEK_PATIENT_SELECT " AND p.patient_id IN"
	    " (SELECT a.patient_id FROM plan b CROSS JOIN enrolment a"
	    " WHERE a.plan_id = b.plan_id AND a.state IN ('active', 'paused')"
	    " UNION SELECT c.patient_id FROM question q JOIN enrolment c"
	    " ON c.enrolment_id = q.enrolment_id"
	    " WHERE q.asked_at >= :from AND q.asked_at < :until"
	    " UNION SELECT patient_id FROM reading"
	    " WHERE at >= :from AND at < :until"
	    " UNION SELECT d.patient_id FROM move m JOIN enrolment d"
	    " ON d.enrolment_id = m.enrolment_id"
	    " WHERE m.at >= :from AND m.at < :until"
	    " UNION SELECT patient_id FROM alert"
	    " WHERE opened_at >= :from AND opened_at < :until"
	    " UNION SELECT patient_id FROM alert WHERE state <> 'closed'"
	    " UNION SELECT patient_id FROM inbound WHERE handled = 'open')"
	    " ORDER BY p.patient_id"
	    " /* scan: the plans, a few, and indexes of what stands open */",
	[SQL_WEEK_PATIENT_OF] =
	    WEEK_PATIENT_SELECT " AND p.patient_id = :patient",
	[SQL_WEEK_QUESTIONS] =
	    WEEK_QUESTION_SELECT
	    " WHERE q.asked_at >= :from AND q.asked_at < :until"
	    " ORDER BY e.patient_id, q.asked_at",
	[SQL_WEEK_QUESTIONS_OF] =
	    WEEK_QUESTION_SELECT
	    " WHERE e.patient_id = :patient AND q.asked_at >= :from"
	    " AND q.asked_at < :until ORDER BY q.asked_at",
	[SQL_WEEK_READINGS] =
	    WEEK_READING_SELECT
	    " WHERE at >= :from AND at < :until AND patient_id IS NOT NULL"
	    " ORDER BY patient_id, at, reading_id",
	[SQL_WEEK_READINGS_OF] =
	    WEEK_READING_SELECT
	    " WHERE patient_id = :patient AND at >= :from AND at < :until"
	    " ORDER BY at, reading_id",
	[SQL_WEEK_DAYS] =
	    WEEK_DAY_SELECT
	    " WHERE s.local_date >= :from AND s.local_date <= :to"
	    " AND s.parcel IS NOT NULL AND s.because = ''"
	    " ORDER BY e.patient_id, s.local_date",
	[SQL_WEEK_DAYS_OF] =
	    WEEK_DAY_SELECT
	    " WHERE e.patient_id = :patient AND s.local_date >= :from"
	    " AND s.local_date <= :to AND s.parcel IS NOT NULL"
	    " AND s.because = '' ORDER BY s.local_date",
	[SQL_WEEK_MOVES] =
	    WEEK_MOVE_SELECT " WHERE m.at >= :from AND m.state = 'made'"
	    " ORDER BY e.patient_id, m.at, m.move_id",
	[SQL_WEEK_MOVES_OF] =
	    WEEK_MOVE_SELECT
	    " WHERE e.patient_id = :patient AND m.at >= :from"
	    " AND m.state = 'made' ORDER BY m.at, m.move_id",
	[SQL_WEEK_MOVE_BEFORE] =
	    "SELECT at FROM move WHERE enrolment_id = :enrolment"
	    " AND state = 'made' AND at < :before"
	    " ORDER BY move_id DESC LIMIT 1",
	[SQL_WEEK_ALERTS] =
	    ALERT_SELECT " WHERE alert_id IN (SELECT alert_id FROM alert"
	    " WHERE opened_at >= :from AND opened_at < :until"
	    " UNION SELECT alert_id FROM alert"
	    " WHERE closed_at >= :from AND opened_at < :until"
	    " UNION SELECT alert_id FROM alert WHERE state <> 'closed')"
	    " ORDER BY coalesce(patient_id, 0), alert_id"
	    " /* scan: the index of those not closed */",
	[SQL_WEEK_ALERTS_OF] =
	    ALERT_SELECT " WHERE patient_id = :patient AND (state <> 'closed'"
	    " OR (opened_at < :until"
	    " AND (opened_at >= :from OR closed_at >= :from)))"
	    " ORDER BY alert_id",
	/* coalesce: in order of the patients, but not by walking over them. */
	[SQL_WEEK_WAITING] =
	    "SELECT coalesce(patient_id, 0), 0, came_at, NULL FROM inbound"
	    " WHERE handled = 'open' AND coalesce(patient_id, 0) <> 0"
	    " AND (:patient = 0 OR patient_id = :patient)"
	    " UNION ALL SELECT e.patient_id, 1, m.at, m.to_stage FROM move m"
	    " JOIN enrolment e ON e.enrolment_id = m.enrolment_id"
	    " WHERE m.state = 'waiting'"
	    " AND (:patient = 0 OR e.patient_id = :patient) ORDER BY 1, 3"
	    " /* scan: the indexes of what waits */",
	[SQL_WEEK_FAILURES] =
	    "SELECT patient_id, coalesce(gateway, ''), count(*) FROM message"
	    " WHERE state IN ('failed', 'undelivered')"
	    " AND settled_at >= :from AND settled_at < :until"
	    " AND patient_id IS NOT NULL"
	    " AND (:patient = 0 OR patient_id = :patient)"
	    " GROUP BY patient_id, coalesce(gateway, '') ORDER BY 1, 2",
	[SQL_WEEK_SENT] =
	    "SELECT coalesce(gateway, ''), channel, count(*), sum(segments)"
	    " FROM message WHERE accepted_at >= :from AND accepted_at < :until"
	    " GROUP BY coalesce(gateway, ''), channel ORDER BY 1, 2",
	[SQL_WEEK_LAST_WORDS] =
	    "SELECT coalesce(whole, body), came_at FROM inbound"
	    " WHERE patient_id = :patient AND part_of IS NULL"
	    " AND automatic = 0 AND came_at < :before AND body <> ''"
	    " ORDER BY inbound_id DESC LIMIT 1",
	[SQL_WEEK_TICKS] =
	    "SELECT started_at, ended_at IS NULL FROM tick"
	    " WHERE started_at >= coalesce((SELECT max(started_at) FROM tick"
	    " WHERE started_at < :from), :from)"
	    " AND started_at <= coalesce((SELECT min(started_at) FROM tick"
	    " WHERE started_at >= :until), :until) ORDER BY started_at",
	[SQL_SIGN_OFF_ADD] =
	    "INSERT INTO sign_off (from_on, to_on, patient_id, at, signed_by)"
	    " VALUES (:from, :to, :patient, :at, :by)",
	[SQL_SIGN_OFFS] =
	    "SELECT from_on, to_on, patient_id, at, signed_by FROM sign_off"
	    " WHERE from_on = :from AND to_on = :to ORDER BY sign_off_id",

	/* What is kept of a patient. */

	[SQL_KEPT_PATIENT] =
	    "SELECT * FROM patient WHERE patient_id = :patient",
	[SQL_KEPT_FACTS] =
	    "SELECT * FROM patient_fact WHERE patient_id = :patient"
	    " ORDER BY key",
	[SQL_KEPT_ENROLMENT] =
	    "SELECT * FROM enrolment WHERE patient_id = :patient"
	    " ORDER BY enrolment_id",
	[SQL_KEPT_SCHEDULE] =
	    "SELECT * FROM schedule WHERE enrolment_id IN (SELECT enrolment_id"
	    " FROM enrolment WHERE patient_id = :patient) ORDER BY due_at",
	[SQL_KEPT_SLOTS] =
	    "SELECT * FROM slot WHERE enrolment_id IN (SELECT enrolment_id"
	    " FROM enrolment WHERE patient_id = :patient) ORDER BY slot_id",
	[SQL_KEPT_MESSAGES] =
	    "SELECT * FROM message WHERE patient_id = :patient"
	    " ORDER BY message_id",
	[SQL_KEPT_QUESTIONS] =
	    "SELECT * FROM question WHERE enrolment_id IN (SELECT enrolment_id"
	    " FROM enrolment WHERE patient_id = :patient) ORDER BY question_id",
	[SQL_KEPT_INBOUND] =
	    "SELECT * FROM inbound WHERE patient_id = :patient"
	    " ORDER BY inbound_id",
	[SQL_KEPT_READINGS] =
	    "SELECT * FROM reading WHERE patient_id = :patient"
	    " ORDER BY reading_id",
	[SQL_KEPT_RED_FLAGS] =
	    "SELECT * FROM red_flag WHERE reading_id IN (SELECT reading_id"
	    " FROM reading WHERE patient_id = :patient)"
	    " ORDER BY reading_id, position",
	[SQL_KEPT_MOVES] =
	    "SELECT * FROM move WHERE enrolment_id IN (SELECT enrolment_id"
	    " FROM enrolment WHERE patient_id = :patient) ORDER BY move_id",
	[SQL_KEPT_ALERTS] =
	    "SELECT * FROM alert WHERE patient_id = :patient"
	    " ORDER BY alert_id",
	[SQL_KEPT_OPT_OUTS] =
	    "SELECT * FROM opt_out WHERE address IN (SELECT phone FROM patient"
	    " WHERE patient_id = :patient UNION SELECT lower(email)"
	    " FROM patient WHERE patient_id = :patient) ORDER BY address",
	[SQL_KEPT_DEAD] =
	    "SELECT * FROM dead_address WHERE address IN (SELECT phone"
	    " FROM patient WHERE patient_id = :patient UNION SELECT"
	    " lower(email) FROM patient WHERE patient_id = :patient)"
	    " ORDER BY address",
	[SQL_KEPT_SIGN_OFFS] =
	    "SELECT * FROM sign_off WHERE patient_id = :patient"
	    " ORDER BY sign_off_id /* scan: sign-offs, few a week */",
	[SQL_KEPT_EVENTS] =
	    "SELECT * FROM event WHERE patient_id = :patient"
	    " ORDER BY event_id",
};
/* clang-format on */

const char *
statement_sql(enum statement statement)
{
	const char *sql = engine_statement(statement);

	if (sql == NULL && (unsigned)statement < SQL__MAX)
		sql = statements[statement];
	if (sql == NULL)
		panic("there is no statement %d", (int)statement);
	return sql;
}
