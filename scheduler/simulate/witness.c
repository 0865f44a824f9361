#include "simulate/witness.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "simulate/witness_book.h"

/* After a gateway was down, what is urgent is tried again this often. */
#define AFTER_TROUBLE_S ((int64_t)15 * 60)

const char *const law_names[LAW__MAX] = {
	[LAW_ONE_SLOT] = "one slot, one message",
	[LAW_INTENT] = "intent before act",
	[LAW_HEARD] = "nothing a patient said is lost",
	[LAW_STOP] = "stop means stop",
	[LAW_RED_FLAG] = "a red flag reaches a person",
	[LAW_SAYS_WHY] = "decisions say why",
	[LAW_HOURS] = "no send outside the patient's day",
	[LAW_LIMITS] = "no more than the limits",
	[LAW_LATE] = "late is not loud",
	[LAW_NO_SILENCE] = "nothing is silent",
	[LAW_NO_ADVANCE] = "stages never advance on silence",
	[LAW_NAMELESS] = "a wrong number learns nothing",
	[LAW_FORWARD] = "states never go back",
};

struct witness *
witness_new(const struct witness_house *house)
{
	struct witness *witness = xcalloc(1, sizeof *witness);
	witness->house = *house;
	return witness;
}

void
witness_free(struct witness *witness)
{
	if (witness == NULL)
		return;
	for (int i = 0; i < LAW__MAX; i++)
		free(witness->first[i]);
	for (int i = 0; i < witness->people_len; i++)
		free(witness->people[i].name);
	for (int i = 0; i < witness->unread_len; i++)
		free(witness->unread[i]);
	for (int i = 0; i < witness->flags_len; i++)
		free(witness->flags[i].address);
	free(witness->people);
	free(witness->places);
	free(witness->unread);
	free(witness->flags);
	free(witness->alerts);
	free(witness->states);
	names_free(&witness->addresses);
	names_free(&witness->keys);
	names_free(&witness->slots);
	names_free(&witness->heard);
	free(witness);
}

void
book_break(struct witness *witness, enum law law, int64_t at, int who,
    const char *fmt, ...)
{
	if (witness->broken[law]++ > 0)
		return;
	char text[240];
	char when[TIME_SIZE];
	va_list args;
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	if (who >= 0)
		witness->first[law] = xasprintf(
		    "%s, patient %d: %s", time_format(at, when), who + 1, text);
	else
		witness->first[law] =
		    xasprintf("%s: %s", time_format(at, when), text);
}

int
witness_broken(const struct witness *witness, enum law law)
{
	return witness->broken[law];
}

const char *
witness_first(const struct witness *witness, enum law law)
{
	return witness->first[law];
}

static int
place_of(struct witness *witness, const char *address)
{
	int *number = names_put(&witness->addresses, address);
	if (*number == 0) {
		witness->places = xrealloc(witness->places,
		    (size_t)witness->places_len + 1, sizeof *witness->places);
		witness->places[witness->places_len++] =
		    (struct book_place){ 0 };
		*number = witness->places_len;
	}
	return *number - 1;
}

struct book_place *
book_place(struct witness *witness, const char *address)
{
	int place = place_of(witness, address);
	return &witness->places[place];
}

struct book_person *
book_person(struct witness *witness, int who)
{
	return who < 0 ? NULL : &witness->people[who];
}

bool
book_is_unasked(enum kind kind)
{
	return kind == KIND_WELCOME || kind == KIND_QUESTION ||
	       kind == KIND_REMINDER;
}

bool
book_is_polite(enum kind kind)
{
	return book_is_unasked(kind) || kind == KIND_NUDGE || kind == KIND_NOTE;
}

void
witness_enrolled(struct witness *witness, int who, const char *name,
    const struct zone *zone, const char *phone, const char *email)
{
	if (who != witness->people_len)
		panic("patient %d is out of order", who);
	witness->people = xrealloc(witness->people,
	    (size_t)witness->people_len + 1, sizeof *witness->people);
	witness->people[witness->people_len++] = (struct book_person){
		.name = xstrdup(name),
		.zone = zone,
		.phone = *phone != '\0' ? place_of(witness, phone) : -1,
		.email = *email != '\0' ? place_of(witness, email) : -1,
		.visit = 1,
	};
}

void
witness_new_phone(struct witness *witness, int who, const char *phone)
{
	witness->people[who].phone = place_of(witness, phone);
}

/* Told again and again until somebody has it. */
static void
check_alerts(struct witness *witness, int64_t now)
{
	const struct witness_house *house = &witness->house;
	for (int i = 0; i < witness->alerts_len; i++) {
		const struct book_alert *alert = &witness->alerts[i];
		if (!alert->at_once || alert->acknowledged ||
		    alert->rounds >= house->rounds)
			continue;
		int64_t due = alert->told_at;
		if (alert->rounds > 0)
			due += house->repeat_s + 2 * house->step_s;
		if (now > due)
			book_break(witness, LAW_RED_FLAG, now, alert->who,
			    alert->rounds == 0
				? "no clinician was told of an emergency"
				: "an emergency that nobody has taken was "
				  "not told again");
	}
}

/* Answered and alerted within the tick in which it was collected. */
static void
check_flags(struct witness *witness, int64_t now, bool steady)
{
	int kept = 0;
	for (int i = 0; i < witness->flags_len; i++) {
		struct book_flag *flag = &witness->flags[i];
		if (!flag->alerted)
			book_break(witness, LAW_RED_FLAG, now, -1,
			    "a red flag opened no alert");
		flag->alerted = true;
		if (!flag->answered && steady)
			book_break(witness, LAW_RED_FLAG, now, -1,
			    "a red flag got no answer");
		if (flag->answered || steady)
			free(flag->address);
		else
			witness->flags[kept++] = *flag;
	}
	witness->flags_len = kept;
}

void
witness_tick(struct witness *witness, int64_t now, bool open)
{
	int64_t since_s = now - witness->last_at;
	bool late = witness->last_at != 0 &&
		    (since_s < 0 || since_s > 2 * witness->house.step_s);
	if (!open || late)
		witness->trouble_at = now;
	bool steady = witness->trouble_at == 0 ||
		      now - witness->trouble_at > AFTER_TROUBLE_S;

	for (int i = 0; i < witness->unread_len; i++) {
		book_break(witness, LAW_HEARD, now, -1,
		    "%s was collected and not read", witness->unread[i]);
		free(witness->unread[i]);
	}
	witness->unread_len = 0;
	check_flags(witness, now, steady);
	if (steady)
		check_alerts(witness, now);
	witness->last_at = now;
}
