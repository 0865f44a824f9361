/*
 * NAME
 *	reading_age - how old one must be to read a text with ease
 *
 * A formula counts the length of sentences and of words; it knows nothing of
 * what they mean. In English that of Flesch and Kincaid (Kincaid and others
 * 1975), whose school years are taken as ages (year + 5); in Spanish that of
 * Fernandez Huerta (1959), by the ages that go with its bands:
 *
 *	score	90	80	70	60	50	30	below
 *	age	9	10	11	12	14	16	18
 *
 * Other languages have none here.
 */
#ifndef SETTINGS_READING_AGE_H
#define SETTINGS_READING_AGE_H

/* Whole years, or -1: no formula for that language, or too few words for one
 * to mean anything (fewer than 20). */
int reading_age(const char *lang, const char *text);

#endif
