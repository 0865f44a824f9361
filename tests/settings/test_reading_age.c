/*
 * How old one must be for a text. The figures were counted by hand from the
 * formulas of reading_age.h; a syllable more or less moves them little.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "settings/reading_age.h"

static const struct {
	const char *lang;
	const char *text;
	int from, to;
} rows[] = {
	/* short words in short sentences */
	{ "en",
	    "The cat sat on the mat. The dog ran to the cat. The cat did not "
	    "like it. It ran up a tree and sat there.",
	    5, 6 },
	/* as they should be */
	{ "en",
	    "Good days and bad days take turns at first, Ann. A bad one does "
	    "not mean harm. Do a little less, but don't stop: most people are "
	    "better within weeks.",
	    5, 9 },
	/* as they should not */
	{ "en",
	    "Notwithstanding considerable discomfort, continuing deliberately "
	    "moderated physical activity facilitates recuperation, "
	    "particularly among individuals experiencing apprehension, and "
	    "accelerates occupational and recreational reintegration.",
	    18, 60 },
	/* a telephone number is one word, not eleven */
	{ "en",
	    "Call us on +441632960001 when you want to talk to one of us. We "
	    "are here from nine to five and will help you.",
	    5, 8 },
	/* lines are paragraphs where there is nothing between them */
	{ "en-GB",
	    "Call now if you are\n\n- numb\n\n- weak\n\n- ill\n\nDo not wait "
	    "for us. Tell them what you told us, and stay where you are for "
	    "now.",
	    5, 7 },
	{ "es",
	    "El gato ve la luz. La luz es de la sala. El gato va a la sala y "
	    "se queda en ella. No ve a nadie y se va.",
	    9, 9 },
	{ "es",
	    "Haga hoy un poco de lo que le sienta bien, y repita muchas veces. "
	    "Siéntese a menudo, busque un apoyo y pruebe con una bici a ritmo "
	    "suave.",
	    9, 11 },
	{ "es-MX",
	    "La rehabilitación multidisciplinaria individualizada proporciona "
	    "una recuperación funcional significativamente superior, "
	    "particularmente considerando comorbilidades psicosociales "
	    "preexistentes insuficientemente diagnosticadas anteriormente "
	    "por profesionales.",
	    18, 18 },
	/* too few words to say */
	{ "en", "Reprehensible incomprehensibilities.", -1, -1 },
	{ "en", "", -1, -1 },
	/* no formula */
	{ "de",
	    "Ein Satz ist ein Satz und noch ein Satz ist auch ein Satz und "
	    "das ist alles was man dazu sagen kann und mehr nicht.",
	    -1, -1 },
};

static void
test_ages(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int age = reading_age(rows[i].lang, rows[i].text);

		if (age < rows[i].from || age > rows[i].to)
			fail_msg("%d, not %d to %d: %s", age, rows[i].from,
			    rows[i].to, rows[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
