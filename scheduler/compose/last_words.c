/*
 * last_words.c - see last_words.h
 */
#include "compose/last_words.h"

#include <string.h>

#include "text/mustache.h"

static const struct {
	const char *template;
	const char *subject;
	const char *words;
} all[] = {
	{ "safety/emergency", "Please act on this now",
	    "What you wrote may need care right now. Call {{emergency}} or go "
	    "to emergency care now. Don't drive yourself. Show them what you "
	    "wrote to us. Don't wait for us: nobody may read this until we "
	    "open. {{clinic}}" },
	{ "safety/self-harm", "Please talk to someone now",
	    "Please call {{crisis}}: a person can talk with you now. If you "
	    "might act on it, call {{emergency}} now. Don't wait for us: "
	    "nobody may read this until we open. {{clinic}}" },
	{ "safety/urgent", "Please act on this today",
	    "What you wrote should be checked today. Please call {{urgent}} "
	    "now. Don't wait for us to open. If it gets worse, call "
	    "{{emergency}}. {{clinic}}" },
	{ "clinic/alert", "keepmoving: a patient needs a person",
	    "{{clinic}} alert {{alert_id}}: {{ref}}, {{level}}, {{kind}}. "
	    "Reply ACK {{alert_id}} to take it." },
	{ "clinic/alert-again", "keepmoving: a patient is still waiting",
	    "{{clinic}} alert {{alert_id}} AGAIN: {{ref}}, {{level}}, "
	    "{{kind}}. Reply ACK {{alert_id}} to take it." },
	{ "clinic/alert-phone", "keepmoving: please phone a patient",
	    "{{clinic}} alert {{alert_id}}: {{ref}}, {{level}}, {{kind}}. "
	    "Our answer did not reach the patient: PHONE now. Reply ACK "
	    "{{alert_id}} to take it." },
	{ "clinic/gateway", "keepmoving: the machine needs a person",
	    "{{clinic}} alert {{alert_id}}: keepmoving needs a look "
	    "({{kind}}). Run: keepmoving doctor. Reply ACK {{alert_id}} to "
	    "take it." },
	{ "clinic/inbox", "keepmoving: a reply needs a person",
	    "{{clinic}} alert {{alert_id}}: a reply needs a person "
	    "({{kind}}). Reply ACK {{alert_id}} to take it." },
};

bool
last_words(const char *template, enum channel channel, json_t *values,
    struct composed *out)
{
	static const struct mustache_options options = { .escape =
							     ESCAPE_NONE };
	struct mustache *parsed = NULL;
	struct buffer text = { 0 };
	size_t at = 0;

	while (at < sizeof all / sizeof all[0] &&
	       strcmp(all[at].template, template) != 0)
		at++;
	if (at == sizeof all / sizeof all[0])
		return false;
	if (mustache_parse(template, all[at].words, &parsed, NULL) !=
		STATUS_OK ||
	    mustache_render(parsed, &options, values, &text, NULL) != STATUS_OK)
		panic("the last words of %s can't be said", template);
	message_plain(channel, all[at].subject, "en", buffer_text(&text), out);
	buffer_free(&text);
	mustache_free(parsed);
	return true;
}
