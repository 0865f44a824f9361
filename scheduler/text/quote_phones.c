/*
 * What a phone or a mail program adds of itself: "Sent from my iPhone". People
 * write on below it and behind it, so that only a line is left out, and only
 * one that says nothing else.
 */
#include <string.h>
#include <strings.h>

#include "text/quote_lines.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* In lower case, as what they are compared with. */
static const char *const signatures[] = { "sent from my ", "sent from outlook",
	"sent from yahoo", "sent from mail for", "sent from gmail",
	"sent from proton", "sent from samsung", "sent via ", "sent with ",
	"sent using ", "yahoo mail: ", "get outlook for ", "get bluemail for ",
	"von meinem iphone", "von meinem ipad", "von meinem samsung",
	"von meinem android", "von meinem smartphone", "gesendet von mail",
	"gesendet von meinem", "gesendet mit ", "enviado desde mi ",
	"enviado desde outlook", "enviado desde correo", "enviado desde mail",
	"enviado desde yahoo", "enviado desde gmail", "enviado desde un",
	"enviado desde el", "enviado desde proton", "enviado con ",
	"enviado mediante ", "obtener outlook para ", "obtén outlook para ",
	"obtener bluemail ", "descargar bluemail ", "enviado do meu ",
	"envoyé de mon ", "envoyé depuis mon ", "inviato da iphone",
	"inviato dal mio", "verzonden vanaf mijn" };
#define SIGNATURE_MAX 60 /* bytes: a longer line may say more, */
#define SIGNATURE_WORDS 8 /* as may one of more words */

/* What stands between the names there. */
static const char *const between_names[] = { "a", "an", "and", "android", "app",
	"celular", "correo", "de", "der", "device", "dispositivo", "el",
	"email", "for", "für", "gesendet", "handset", "la", "mail", "mit",
	"mobile", "móvil", "network", "on", "para", "phone", "secure",
	"smartphone", "tableta", "tablet", "teléfono", "telefono", "the", "un",
	"using", "wireless" };

static const char spaces[] = " \t\r\n";

static size_t
count_words(const char *text)
{
	size_t words = 0;

	for (text += strspn(text, spaces); *text != '\0'; words++) {
		text += strcspn(text, spaces);
		text += strspn(text, spaces);
	}
	return words;
}

static const char *
after_words(const char *text, size_t count)
{
	for (text += strspn(text, spaces); count > 0; count--) {
		text += strcspn(text, spaces);
		text += strspn(text, spaces);
	}
	return text;
}

/* "iPhone", "S23", "Galaxy", "HTC": as names are written, and hardly any word
 * within a sentence. */
static bool
is_name(const char *word, size_t len)
{
	size_t capitals = 0, small = 0;

	for (size_t i = 0; i < len; i++) {
		if (word[i] >= '0' && word[i] <= '9')
			return true;
		capitals += word[i] >= 'A' && word[i] <= 'Z';
		small += word[i] >= 'a' && word[i] <= 'z';
	}
	return capitals > 0 && (small > 0 || capitals <= 3);
}

static bool
is_between_names(const char *word, size_t len)
{
	for (size_t i = 0; i < LENGTH(between_names); i++)
		if (strlen(between_names[i]) == len &&
		    strncasecmp(between_names[i], word, len) == 0)
			return true;
	return len == 0;
}

/* Only names, and no second sentence? */
static bool
is_only_names(const char *text)
{
	while (*text != '\0' && *text != '<') {
		size_t word = strcspn(text, " \t\r<"), len = word;

		while (len > 0 && strchr(",;:*_()\"", text[len - 1]) != NULL)
			len--;
		if (len > 0 && text[len - 1] == '.' &&
		    text[word + strspn(text + word, spaces)] == '\0')
			len--;
		if (!is_between_names(text, len) &&
		    (!is_name(text, len) || strchr(".!?", text[len - 1])))
			return false;
		text += word;
		text += strspn(text, spaces);
	}
	return true;
}

bool
quote_is_phones(const struct quote_lines *lines, size_t i)
{
	const char *lower = lines->lower[i];

	if (strcspn(lower, "<\r") > SIGNATURE_MAX ||
	    count_words(lower) > SIGNATURE_WORDS)
		return false;
	for (size_t k = 0; k < LENGTH(signatures); k++)
		if (strncmp(lower, signatures[k], strlen(signatures[k])) == 0)
			return is_only_names(after_words(
			    lines->line[i], count_words(signatures[k])));
	return false;
}
