// What a clinic would otherwise write: the provider's own SDK and
// better-sqlite3. It keeps the promise that keepmoving keeps: a row says
// 'sending', durably, before its message goes, and its outcome is durable.
//
// usage: node send.mjs BASE_URL DATABASE COUNT IN_FLIGHT
import Database from "better-sqlite3";
import twilio from "twilio";

const [, , baseUrl, file, countText, inFlightText] = process.argv;
const count = Number(countText);
const inFlight = Number(inFlightText);

const db = new Database(file);
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");
db.exec(`CREATE TABLE message (id INTEGER PRIMARY KEY, recipient TEXT NOT NULL,
  body TEXT NOT NULL, state TEXT NOT NULL, provider_id TEXT);
  CREATE INDEX message_queue ON message (id) WHERE state = 'queued';`);
const insert = db.prepare(
  "INSERT INTO message (recipient, body, state) VALUES (?, ?, 'queued')");
const body = "Hi Pat, Riverside here with your plan: up to 4 texts a week. " +
  "Reply HELP for help, STOP to end. Msg & data rates may apply.";
db.transaction(() => {
  for (let i = 0; i < count; i++)
    insert.run("+447700" + String(i).padStart(6, "0"), body);
})();

const take = db.prepare(
  "SELECT id, recipient, body FROM message WHERE state = 'queued' LIMIT 1");
const claim = db.prepare("UPDATE message SET state = 'sending' WHERE id = ?");
const settle = db.prepare(
  "UPDATE message SET state = 'accepted', provider_id = ? WHERE id = ?");

const client = new twilio.RequestClient({ keepAlive: true,
  maxSockets: inFlight, maxTotalSockets: inFlight, maxFreeSockets: inFlight });
const account = twilio("AC00000000000000000000000000000000", "secret",
  { httpClient: client });
account.api.baseUrl = baseUrl;

async function sender() {
  for (;;) {
    const row = take.get();
    if (row === undefined)
      return;
    claim.run(row.id);
    const sent = await account.messages.create(
      { to: row.recipient, from: "+447700900000", body: row.body });
    settle.run(sent.sid, row.id);
  }
}

const begun = process.hrtime.bigint();
await Promise.all(Array.from({ length: inFlight }, sender));
const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
const left = db.prepare(
  "SELECT count(*) AS n FROM message WHERE state <> 'accepted'").get().n;
if (left !== 0) {
  console.error(`send.mjs: ${left} messages were not accepted`);
  process.exit(1);
}
console.log((count / seconds).toFixed(0));
