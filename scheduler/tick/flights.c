#include "tick/flights.h"

#include <time.h>

#include "base/log.h"
#include "tick/batch.h"
#include "tick/claim.h"
#include "tick/settle.h"
#include "tick/trouble.h"

#define WAIT_S 600.0 /* the engine's own timeouts come first */
/* For company: what shares a commit is cheaper. While others wait for a place
 * on the wire none stays empty, and there is more time. */
#define LINGER_S 0.004
#define LINGER_LONG_S 0.1

enum status
flights_open(struct flights *flights, struct practice *practice,
    struct post *post, struct why *why)
{
	/* Not the rows of its groups: they are large, and most ticks send
	 * little. */
	flights->post = post;
	flights->claimed_len = 0;
	for (int i = 0; i < FLIGHTS_BERTHS; i++)
		flights->under_way[i] = NULL;
	flights->landed_len = 0;
	flights->afloat = 0;
	flights->more = true;
	flights->rest_s = 0;
	flights->until_s =
	    post_now_s() + (double)practice->config->tick_budget_s;
	return fleet_open(&flights->fleet, practice, why);
}

bool
flights_done(const struct flights *flights)
{
	return flights->afloat == 0 && !flights->more && flights->rest_s <= 0;
}

/* Where those to that patient are, among a few others. */
static size_t
berth_of(const struct message *message)
{
	return (size_t)message->patient_id % FLIGHTS_BERTHS;
}

void
flights_add(struct flights *flights, struct flight *flight)
{
	struct flight **link = &flights->under_way[berth_of(&flight->message)];

	flights->claimed[flights->claimed_len++] = flight;
	flight->ship->claimed++;
	flight->next = *link;
	*link = flight;
}

static void
take_out(struct flights *flights, const struct flight *flight)
{
	struct flight **link = &flights->under_way[berth_of(&flight->message)];
	while (*link != NULL && *link != flight)
		link = &(*link)->next;
	if (*link != NULL)
		*link = flight->next;
}

bool
flights_follows(const struct flights *flights, const struct message *message)
{
	if (message->channel != CHANNEL_SMS || message->patient_id == 0 ||
	    message->kind == KIND_CLINICIAN_ALERT)
		return false;
	for (const struct flight *flight =
		 flights->under_way[berth_of(message)];
	     flight != NULL; flight = flight->next)
		if (flight->message.patient_id == message->patient_id &&
		    flight->message.channel == CHANNEL_SMS &&
		    flight->message.kind != KIND_CLINICIAN_ALERT)
			return true;
	return false;
}

void
flights_forget(struct flights *flights, int but)
{
	while (flights->claimed_len > but) {
		struct flight *flight =
		    flights->claimed[--flights->claimed_len];
		flight->ship->claimed--;
		flight->ship->left += fleet_cost(&flight->message);
		take_out(flights, flight);
		flight_free(flight);
	}
}

static void
drop_landed(struct flights *flights)
{
	for (int i = 0; i < flights->landed_len; i++)
		landed_free(&flights->landed[i]);
	flights->landed_len = 0;
}

void
flights_free(struct flights *flights)
{
	flights_forget(flights, 0);
	drop_landed(flights);
	fleet_free(&flights->fleet);
}

static void
sleep_for(double wait_s)
{
	struct timespec wait = { .tv_sec = (time_t)wait_s,
		.tv_nsec = (long)((wait_s - (double)(time_t)wait_s) * 1e9) };
	nanosleep(&wait, NULL);
}

static void
take_back(struct flights *flights, const struct post_event *event)
{
	struct flight *flight = event->tag;
	take_out(flights, flight);
	landed_keep(&flights->landed[flights->landed_len++], event);
	flight->ship->afloat -= !flight->asked;
	flight->ship->asked -= flight->asked;
	flights->afloat--;
}

/* Until half of those that waited for a place have found one: the others last
 * until what takes their place is claimed. */
static void
linger(const struct flights *flights)
{
	int room = FLIGHTS_GROUP - flights->landed_len;
	int half = post_waiting(flights->post) / 2;
	int least = half > 0 ? half : flights->afloat;

	post_gather(flights->post, least < room ? least : room,
	    half > 0 ? LINGER_LONG_S : LINGER_S);
}

void
flights_gather(struct flights *flights, bool wait)
{
	double most_s = flights->rest_s > 0 ? flights->rest_s : WAIT_S;
	struct post_event event;

	if (wait && flights->afloat == 0 && flights->rest_s > 0)
		sleep_for(flights->rest_s);
	if (wait && flights->afloat > 0 &&
	    post_gather(flights->post, 1, most_s))
		linger(flights);
	while (flights->afloat > 0 && flights->landed_len < FLIGHTS_GROUP &&
	       post_wait(flights->post, 0, &event))
		if (event.kind == POST_EVENT_SENT ||
		    event.kind == POST_EVENT_ASKED)
			take_back(flights, &event);
	/* The engine has nothing left of what was handed to it: a bug there
	 * must not make this wait for ever. */
	if (wait && flights->landed_len == 0 && flights->rest_s <= 0)
		flights->afloat = 0;
}

/* The first of a gateway's in a tick is an error; what follows from the same
 * trouble would only fill the log. */
static void
log_trouble(const struct flight *flight, const struct post_outcome *outcome)
{
	struct ship *ship = flight->ship;
	const struct fate_rule *rule = &fate_rules[outcome->class];
	const char *what = post_class_names[outcome->class];
	long long id = (long long)flight->message.message_id;
	if (flight->asked || rule->fate == FATE_TAKEN)
		return;
	if (rule->gateway == GATEWAY_FINE || ship->told) {
		log_detail("gateway %s, message %lld: %s: %s",
		    ship->gateway->name, id, what, outcome->reason);
		return;
	}
	ship->told = true;
	log_error("gateway %s, message %lld: %s: %s", ship->gateway->name, id,
	    what, outcome->reason);
}

/* What came of it says something of its gateway, too. */
static enum status
judge_gateway(struct practice *practice, const struct flight *flight,
    const struct post_outcome *outcome, struct why *why)
{
	struct ship *ship = flight->ship;
	fleet_judge(ship, outcome);
	log_trouble(flight, outcome);
	if (flight->asked)
		return STATUS_OK;
	if (fate_rules[outcome->class].fate == FATE_AGAIN)
		ship->left += fleet_cost(&flight->message);
	if (fate_rules[outcome->class].fate != FATE_TAKEN || ship->proven)
		return STATUS_OK;
	ship->proven = true;
	return trouble_over(practice, ship->gateway, why);
}

/* A message that this gateway surely did not take goes by the next one in
 * order at once, or by this one when it has rested. */
static enum status
send_on(struct practice *practice, const struct flights *flights,
    const struct landed *landed, struct why *why)
{
	const struct message *message = &landed->flight->message;
	const struct post_outcome *outcome = &landed->event.outcome;
	double rest_s = 0;
	if (landed->flight->asked || !fate_rules[outcome->class].next_gateway ||
	    (fleet_for(&flights->fleet, message->channel, message->kind,
		 &rest_s) == NULL &&
		rest_s <= 0))
		return STATUS_OK;
	return outbox_hold(practice->store, message->message_id, practice->now,
	    outcome->reason, why);
}

static enum status
land_one(struct practice *practice, struct flights *flights,
    const struct landed *landed, struct why *why)
{
	const struct flight *flight = landed->flight;
	const struct gateway *gateway = flight->ship->gateway;
	const struct post_outcome *outcome = &landed->event.outcome;
	enum status status = flight->asked
				 ? settle_asked(practice, gateway,
				       &flight->message, &landed->event, why)
				 : settle_sent(practice, gateway,
				       &flight->message, outcome, why);
	if (status == STATUS_OK)
		status = judge_gateway(practice, flight, outcome, why);
	if (status == STATUS_OK)
		status = send_on(practice, flights, landed, why);
	return status;
}

static enum status
land_work(struct practice *practice, void *arg, struct why *why)
{
	struct flights *flights = arg;
	enum status status = STATUS_OK;
	for (int i = 0; i < flights->landed_len && status == STATUS_OK; i++)
		status = land_one(practice, flights, &flights->landed[i], why);
	return status;
}

static enum status
turn_work(struct practice *practice, void *arg, struct why *why)
{
	enum status status = land_work(practice, arg, why);
	if (status == STATUS_OK)
		status = claim_group(practice, arg, why);
	return status;
}

struct alone {
	struct flights *flights;
	const struct landed *landed;
};

static enum status
alone_work(struct practice *practice, void *arg, struct why *why)
{
	const struct alone *alone = arg;
	return land_one(practice, alone->flights, alone->landed, why);
}

/* One of them is bad: each alone, and the bad one's row stays 'sending', so
 * that the next tick asks about it. */
static enum status
land_singly(struct practice *practice, struct flights *flights, struct why *why)
{
	for (int i = 0; i < flights->landed_len; i++) {
		struct alone alone = { flights, &flights->landed[i] };
		const struct flight *flight = alone.landed->flight;
		enum status status =
		    practice_transact(practice, alone_work, &alone, why);
		if (status != STATUS_OK)
			why_prefix(why, status, "gateway %s, message %lld",
			    flight->ship->gateway->name,
			    (long long)flight->message.message_id);
		if (!batch_go_on(practice, status, "deliver", why))
			return status;
	}
	return STATUS_OK;
}

/* The rows say so, durably: now the bytes may leave. */
static void
launch(struct practice *practice, struct flights *flights)
{
	for (int i = 0; i < flights->claimed_len; i++) {
		struct flight *flight = flights->claimed[i];
		flight->ship->claimed--;
		flight->ship->afloat++;
		flight_send(flight, flights->post, practice->clock);
		flights->afloat++;
	}
	flights->claimed_len = 0;
}

static bool
is_of_one_row(enum status status)
{
	return status != STATUS_OK && status != STATUS_TRY_LATER &&
	       status != STATUS_UNAVAILABLE;
}

enum status
flights_turn(
    struct practice *practice, struct flights *flights, struct why *why)
{
	enum status status =
	    practice_transact(practice, turn_work, flights, why);
	if (status != STATUS_OK)
		flights_forget(flights, 0);
	if (is_of_one_row(status)) {
		status = land_singly(practice, flights, why);
		if (status == STATUS_OK)
			status = claim_singly(practice, flights, why);
	}
	if (status != STATUS_OK)
		return status;
	drop_landed(flights);
	launch(practice, flights);
	return STATUS_OK;
}

enum status
flights_land(
    struct practice *practice, struct flights *flights, struct why *why)
{
	enum status status = STATUS_OK;
	if (flights->landed_len > 0)
		status = practice_transact(practice, land_work, flights, why);
	if (is_of_one_row(status))
		status = land_singly(practice, flights, why);
	if (status == STATUS_OK)
		drop_landed(flights);
	return status;
}

enum status
flights_bring_home(
    struct practice *practice, struct flights *flights, struct why *why)
{
	enum status status = STATUS_OK;
	flights->rest_s = 0;
	while (status == STATUS_OK &&
	       (flights->afloat > 0 || flights->landed_len > 0)) {
		flights_gather(flights, true);
		status = flights_land(practice, flights, why);
	}
	return status;
}

void
flights_ask(struct practice *practice, struct flights *flights,
    struct ship *ship, struct message *message)
{
	flight_ask(flight_new(message, ship), flights->post, practice->clock);
	ship->asked++;
	flights->afloat++;
}
