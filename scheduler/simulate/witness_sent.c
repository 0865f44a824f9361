/*
 * witness_sent.c - see witness.h
 *
 * What a gateway was told to send.
 */
#include <string.h>

#include "simulate/witness_book.h"

#define SURNAME "Qz" /* how every virtual patient's begins */
#define GAP_S ((int64_t)60 * 60)

/* Intent is for all that leaves; the rest for what arrived. */
static void
check_key(struct witness *witness, const struct witness_sent *sent)
{
	if (!sent->claimed)
		book_break(witness, LAW_INTENT, sent->at, sent->who,
		    "a message left whose row does not say so");
	/* Worse lost than come twice: where nobody can tell, they go again. */
	bool twice =
	    sent->kind == KIND_SAFETY_NET || sent->kind == KIND_CLINICIAN_ALERT;
	if (sent->taken && ++*names_put(&witness->keys, sent->key) > 1 &&
	    !twice)
		book_break(witness, LAW_ONE_SLOT, sent->at, sent->who,
		    "a message was taken twice, of kind %s",
		    kind_rules[sent->kind].name);
}

static void
check_stop(struct witness *witness, const struct witness_sent *sent)
{
	struct book_place *place = book_place(witness, sent->address);
	const struct book_person *person = book_person(witness, sent->who);
	bool stopped = place->stopped || (person != NULL && person->stopped);
	if (sent->kind == KIND_SAFETY_NET) {
		place->net_at = sent->at;
		if (place->stopped && place->nets-- <= 0)
			book_break(witness, LAW_STOP, sent->at, sent->who,
			    "a safety net that nobody asked for after STOP");
	} else if (sent->kind == KIND_STOP_CONFIRM) {
		if (place->confirms-- <= 0)
			book_break(witness, LAW_STOP, sent->at, sent->who,
			    "STOP was confirmed more than once");
	} else if (stopped && sent->kind != KIND_HELP) {
		book_break(witness, LAW_STOP, sent->at, sent->who,
		    "a message after STOP, of kind %s",
		    kind_rules[sent->kind].name);
	}
}

static bool
is_closed(const struct witness_house *house, struct date on)
{
	for (int i = 0; i < house->closed_len; i++)
		if (date_compare(house->closed[i], on) == 0)
			return true;
	return false;
}

static void
check_hours(struct witness *witness, const struct witness_sent *sent,
    struct civil local)
{
	const struct witness_house *house = &witness->house;
	int minute = local.second / 60;
	int from = house->quiet_from;
	int until = house->quiet_until;
	bool quiet = from < until ? minute >= from && minute < until
				  : minute >= from || minute < until;
	if (from != until && quiet)
		book_break(witness, LAW_HOURS, sent->at, sent->who,
		    "%s at %02d:%02d local time", kind_rules[sent->kind].name,
		    minute / 60, minute % 60);
	if (is_closed(house, local.date))
		book_break(witness, LAW_HOURS, sent->at, sent->who,
		    "%s on a closed day", kind_rules[sent->kind].name);
}

/* One more unasked message: how many are there of this day, and of seven? */
static void
check_limits(struct witness *witness, const struct witness_sent *sent,
    struct book_person *person, struct date on)
{
	int kept = person->counted_len < BOOK_COUNTED ? person->counted_len
						      : BOOK_COUNTED;
	int day = 1;
	int week = 1;
	for (int i = 0; i < kept; i++) {
		int64_t ago = date_days(on) - date_days(person->counted[i].on);
		if (strcmp(person->counted[i].parcel, sent->parcel) == 0)
			return;
		day += ago == 0;
		week += ago >= 0 && ago < 7;
	}
	int at = person->counted_len++ % BOOK_COUNTED;
	person->counted[at].on = on;
	memset(person->counted[at].parcel, 0, BOOK_KEY_SIZE);
	strncpy(person->counted[at].parcel, sent->parcel, BOOK_KEY_SIZE - 1);

	/* The welcome says who we are and how to stop: it waits for nothing. */
	if (sent->kind != KIND_WELCOME && day > witness->house.daily)
		book_break(witness, LAW_LIMITS, sent->at, sent->who,
		    "%d unasked messages in a day", day);
	if (sent->kind != KIND_WELCOME && week > witness->house.weekly)
		book_break(witness, LAW_LIMITS, sent->at, sent->who,
		    "%d unasked messages in seven days", week);
	bool gap = witness->last_at != 0 && sent->at - witness->last_at > GAP_S;
	if (gap && person->unasked_at == sent->at)
		book_break(witness, LAW_LATE, sent->at, sent->who,
		    "two unasked messages in the first tick after a gap");
	person->unasked_at = sent->at;
}

static void
check_day(struct witness *witness, const struct witness_sent *sent)
{
	struct book_person *person = book_person(witness, sent->who);
	if (person == NULL || !book_is_polite(sent->kind))
		return;
	struct civil local = zone_local(person->zone, sent->at);
	check_hours(witness, sent, local);
	if (book_is_unasked(sent->kind))
		check_limits(witness, sent, person, local.date);
	if (person->red_flags > 0 && sent->kind != KIND_NOTE)
		book_break(witness, LAW_RED_FLAG, sent->at, sent->who,
		    "%s while a red flag stands open",
		    kind_rules[sent->kind].name);
}

/* Does the text have that word, alone? */
static bool
has_word(const char *text, const char *word, size_t len)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	for (const char *p = strstr(text, word); p != NULL;
	     p = strstr(p + 1, word))
		if ((p == text || strchr(letters, p[-1]) == NULL) &&
		    (p[len] == '\0' || strchr(letters, p[len]) == NULL))
			return true;
	return false;
}

static void
check_names(struct witness *witness, const struct witness_sent *sent)
{
	const struct book_person *person = book_person(witness, sent->who);
	if (strstr(sent->body, SURNAME) != NULL)
		book_break(witness, LAW_NAMELESS, sent->at, sent->who,
		    "a text has a surname");
	if (sent->kind != KIND_CLINICIAN_ALERT || person == NULL)
		return;
	char first[64] = "";
	size_t len = strcspn(person->name, " ");
	if (len < sizeof first)
		memcpy(first, person->name, len);
	if (*first != '\0' && has_word(sent->body, first, len))
		book_break(witness, LAW_NAMELESS, sent->at, sent->who,
		    "a text to a clinician has a name");
}

static void
tell_alert(struct witness *witness, const struct witness_sent *sent)
{
	for (int i = 0; i < witness->alerts_len; i++) {
		struct book_alert *alert = &witness->alerts[i];
		if (alert->alert_id != sent->alert_id)
			continue;
		if (alert->rounds == 0 || alert->told_at != sent->at)
			alert->rounds++;
		alert->told_at = sent->at;
	}
}

void
witness_sent(struct witness *witness, const struct witness_sent *sent)
{
	check_key(witness, sent);
	if (!sent->taken)
		return;
	if (sent->at > sent->expires_at)
		book_break(witness, LAW_LATE, sent->at, sent->who,
		    "a message past its use, of kind %s",
		    kind_rules[sent->kind].name);
	check_names(witness, sent);
	if (sent->kind == KIND_CLINICIAN_ALERT) {
		tell_alert(witness, sent);
		return;
	}
	check_stop(witness, sent);
	check_day(witness, sent);
	if (sent->kind != KIND_SAFETY_NET)
		return;
	for (int i = 0; i < witness->flags_len; i++)
		if (strcmp(witness->flags[i].address, sent->address) == 0)
			witness->flags[i].answered = true;
}
