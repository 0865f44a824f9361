/*
 * The configuration: what it means, and what is said of each mistake.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "settings/config.h"

#include "scratch.h"

/* The example of the contract, a setting a line. Lines count from 1. */
static const char example[] =
    "clinic = {\n" /* 1 */
    "  name = \"Riverside Physiotherapy\";\n"
    "  sms_name = \"Riverside\";\n" /* 3 */
    "  phone = \"+441632960001\";\n"
    "  emergency = \"999\";\n"
    "  urgent = \"111\";\n" /* 6 */
    "  crisis = \"116 123\";\n"
    "  hours = \"Mon-Fri 9-17\";\n"
    "  country = \"GB\";\n" /* 9 */
    "  timezone = \"Europe/London\";\n"
    "  language = \"en\";\n"
    "  quiet = { from = \"20:00\"; until = \"08:00\"; };\n" /* 12 */
    "  closed = [ \"2026-12-25\" ];\n"
    "  daily_limit = 1;\n"
    "  weekly_limit = 4;\n" /* 15 */
    "  enrol_requires = [ \"consent\" ];\n"
    "};\n"
    "database = \"keepmoving.db\";\n" /* 18 */
    "templates = \"../templates\";\n"
    "plans = \"plans\";\n"
    "words = \"words\";\n" /* 21 */
    "sms = ( { name = \"main\"; driver = \"spool\"; path = \"spool\"; } );\n"
    "email = ( { name = \"clinic\"; driver = \"smtp\";\n"
    "  url = \"smtp://127.0.0.1:25\";\n" /* 24 */
    "  from = \"care@clinic.example\"; } );\n"
    "mailbox = { url = \"imap://127.0.0.1/INBOX\"; user = \"care\";\n"
    "  password = \"file:mailbox.password\"; };\n" /* 27 */
    "alerts = { to = [ \"sms:+441632960002\",\n"
    "    \"email:duty@clinic.example\" ];\n"
    "  repeat = \"15m\"; rounds = 4; night_to = [ ]; };\n" /* 30 */
    "web = { listen = \"127.0.0.1:8480\"; url = \"https://clinic.example\"; "
    "};\n";

static enum status
load(const struct scratch *s, const char *text, struct config **config,
    struct complaints *complaints, struct why *why)
{
	char *path = scratch_path(s, "k.cfg");
	enum status status;

	scratch_write(s, "k.cfg", text);
	scratch_write(s, "mailbox.password", "swordfish\n");
	status = config_load(path, config, complaints, why);
	free(path);
	return status;
}

/* Exactly these complaints, each without the folder: "k.cfg:3: ...". */
static void
expect(const struct scratch *s, const struct complaints *complaints,
    const char *line)
{
	size_t skip = strlen(s->dir) + 1;

	for (int i = 0; i < complaints->len; i++)
		if (strncmp(complaints->lines[i] + skip, line, strlen(line)) ==
		    0)
			return;
	for (int i = 0; i < complaints->len; i++)
		print_error("    said: %s\n", complaints->lines[i] + skip);
	fail_msg("nobody said: %s", line);
}

static void
test_example(void **state)
{
	struct scratch s;
	struct complaints complaints = { 0 };
	struct config *c = NULL;
	struct why why = { "" };
	char *expected;

	(void)state;
	scratch_make(&s);
	assert_int_equal(load(&s, example, &c, &complaints, &why), STATUS_OK);
	assert_int_equal(complaints.len, 0);
	assert_string_equal(c->clinic.name, "Riverside Physiotherapy");
	assert_string_equal(c->clinic.sms_name, "Riverside");
	assert_string_equal(c->clinic.country, "GB");
	assert_int_equal(c->clinic.hours.len, 5);
	assert_int_equal(c->clinic.quiet.from_minute, 20 * 60);
	assert_int_equal(c->clinic.quiet.until_minute, 8 * 60);
	assert_int_equal(c->clinic.quiet.closed_len, 1);
	assert_int_equal(c->clinic.quiet.closed[0].day, 25);
	assert_int_equal(c->clinic.daily_limit, 1);
	assert_int_equal(c->clinic.weekly_limit, 4);
	assert_true(c->clinic.require_consent);
	assert_false(c->clinic.require_screened);
	assert_int_equal(c->sms_len, 1);
	assert_string_equal(c->sms[0].name, "main");
	assert_int_equal(c->email_len, 1);
	assert_string_equal(c->mailbox.url, "imap://127.0.0.1/INBOX");
	assert_string_equal(c->mailbox.password, "swordfish");
	assert_int_equal(c->alerts.to_len, 2);
	assert_int_equal(c->alerts.to[1].channel, CHANNEL_EMAIL);
	assert_string_equal(c->alerts.to[0].text, "+441632960002");
	assert_int_equal(c->alerts.night_to_len, 0);
	assert_int_equal(c->alerts.repeat_s, 15 * 60);
	assert_int_equal(c->alerts.rounds, 4);
	assert_true(c->web.given);
	expected = scratch_path(&s, "keepmoving.db");
	assert_string_equal(c->database, expected);
	free(expected);
	expected = scratch_path(&s, "../templates");
	assert_string_equal(c->templates, expected);
	free(expected);
	config_free(c);
	scratch_remove(&s);
}

/* Only what has no sensible default. */
static const char least[] =
    "clinic = { name = \"Riverside\"; phone = \"+441632960001\";\n"
    "  emergency = \"999\"; country = \"GB\"; timezone = \"Europe/London\";\n"
    "  language = \"en\"; };\n"
    "sms = ( { name = \"main\"; driver = \"spool\"; path = \"spool\"; } );\n"
    "alerts = { to = ( \"sms:+441632960002\" ); };\n";

static void
test_defaults(void **state)
{
	struct scratch s;
	struct complaints complaints = { 0 };
	struct config *c = NULL;
	struct why why = { "" };
	char *expected;

	(void)state;
	scratch_make(&s);
	scratch_write(&s, "templates/en/x.md", "");
	assert_int_equal(load(&s, least, &c, &complaints, &why), STATUS_OK);
	assert_string_equal(c->clinic.sms_name, "Riverside");
	assert_string_equal(c->clinic.urgent, "999");
	assert_string_equal(c->clinic.crisis, "999");
	assert_int_equal(c->clinic.quiet.from_minute, 20 * 60);
	assert_int_equal(c->clinic.quiet.until_minute, 8 * 60);
	assert_int_equal(c->clinic.daily_limit, 1);
	assert_int_equal(c->clinic.weekly_limit, 4);
	assert_true(c->clinic.require_consent);
	assert_int_equal(c->alerts.repeat_s, 15 * 60);
	assert_int_equal(c->alerts.rounds, 4);
	assert_int_equal(c->sms[0].timeout_s, 30);
	assert_int_equal(c->sms[0].in_flight, 8);
	assert_null(c->mailbox.url);
	assert_false(c->web.given);
	expected = scratch_path(&s, "templates");
	assert_string_equal(c->templates, expected);
	free(expected);
	config_free(c);
	scratch_remove(&s);
}

/* What else may be written, and still means the same. */
static const struct {
	const char *old;
	const char *fresh;
} also_fine[] = {
	{ "closed = [ \"2026-12-25\" ]", "closed = ( \"2026-12-25\" )" },
	{ "closed = [ \"2026-12-25\" ]", "closed = ( )" },
	{ "enrol_requires = [ \"consent\" ]", "enrol_requires = [ ]" },
	{ "enrol_requires = [ \"consent\" ]",
	    "enrol_requires = ( \"consent\", \"screened\" )" },
	{ "\"GB\"", "\"gb\"" },
	{ "daily_limit = 1", "daily_limit = 1.0" },
	{ "night_to = [ ]", "night_to = \"sms:07700 900123\"" },
	{ "path = \"spool\";", "path = \"spool\"; rate = 0.5;" },
	{ "path = \"spool\";", "path = \"spool\"; rate = 3; in_flight = 2; "
			       "timeout = \"2.5m\";" },
	{ "\"keepmoving.db\"", "\"postgresql:///keepmoving\"" },
	{ "\"15m\"", "\"0.25h\"" },
	{ "email = (", "// a comment\n/* another\n one */ email = (" },
	{ "clinic = {", "\xef\xbb\xbf"
			"clinic : {" },
};

static void
test_also_fine(void **state)
{
	struct scratch s;

	(void)state;
	scratch_make(&s);
	for (size_t i = 0; i < sizeof(also_fine) / sizeof(*also_fine); i++) {
		struct complaints complaints = { 0 };
		struct config *c = NULL;
		struct why why = { "" };
		char *text =
		    with(example, also_fine[i].old, also_fine[i].fresh);

		if (load(&s, text, &c, &complaints, &why) != STATUS_OK)
			fail_msg("%s: %s", also_fine[i].fresh, why.text);
		config_free(c);
		complaints_free(&complaints);
		free(text);
	}
	scratch_remove(&s);
}

static const struct {
	const char *old;
	const char *fresh;
	const char *said;
} mistakes[] = {
	/* a name that is none */
	{ "timezone =", "timzone =",
	    "k.cfg:10: clinic.timzone is no setting; did you mean "
	    "\"timezone\"?" },
	{ "timezone =", "timzone =", "k.cfg:1: clinic.timezone is missing" },
	{ "database =", "colour = \"blue\";\ndatabase =",
	    "k.cfg:18: colour is no setting; remove it" },
	{ "path = \"spool\"", "pth = \"spool\"",
	    "k.cfg:22: sms.pth is no setting of driver \"spool\"; did you "
	    "mean \"path\"?" },
	{ "path = \"spool\"", "pth = \"spool\"",
	    "k.cfg:22: sms path is missing, and driver \"spool\" needs it" },
	{ "rounds = 4", "round = 4",
	    "k.cfg:30: alerts.round is no setting; did you mean \"rounds\"?" },
	{ "until = ", "untill = ",
	    "k.cfg:12: clinic.quiet.untill is no setting; did you mean "
	    "\"until\"?" },

	/* what is not there */
	{ "clinic = {", "clinc = {", "k.cfg:1: clinic is missing" },
	{ "  name = \"Riverside Physiotherapy\";\n", "",
	    "k.cfg:1: clinic.name is missing: the clinic's name" },
	{ "  emergency = \"999\";\n", "", "k.cfg:1: clinic.emergency is" },
	{ "alerts = {", "alert = {", "k.cfg:1: alerts is missing" },
	{ "to = [ \"sms:+441632960002\",\n    \"email:duty@clinic.example\" ]",
	    "to = [ ]", "k.cfg:28: alerts.to must name at least one" },
	{ "driver = \"smtp\";", "", "k.cfg:23: email.driver is missing" },
	{ "name = \"main\"; ", "", "k.cfg:22: sms.name is missing" },

	/* of the wrong type */
	{ "emergency = \"999\"", "emergency = 999",
	    "k.cfg:5: clinic.emergency must be text in quotes, and it is a "
	    "number" },
	{ "daily_limit = 1", "daily_limit = \"1\"",
	    "k.cfg:14: clinic.daily_limit must be a number, and it is text" },
	{ "quiet = { from = \"20:00\"; until = \"08:00\"; }",
	    "quiet = \"20:00-08:00\"",
	    "k.cfg:12: clinic.quiet must be a group" },
	{ "from = \"20:00\"", "from = 20",
	    "k.cfg:12: clinic.quiet.from must be a time like \"16:30\"" },
	{ "\"15m\"", "15", "k.cfg:30: alerts.repeat must be a duration like" },
	{ "sms = ( {", "sms = {", "k.cfg:22: it can" },
	{ "clinic = {", "clinic = 3; clinics = {",
	    "k.cfg:1: clinic must be a group" },

	/* out of bounds */
	{ "daily_limit = 1", "daily_limit = 0",
	    "k.cfg:14: clinic.daily_limit must be a whole number from 1" },
	{ "daily_limit = 1", "daily_limit = 1.5",
	    "k.cfg:14: clinic.daily_limit must be a whole number from 1" },
	{ "weekly_limit = 4", "weekly_limit = 4294967300",
	    "k.cfg:15: 4294967300 is too large a number" },
	{ "rounds = 4", "rounds = 4294967300L",
	    "k.cfg:30: alerts.rounds must be a whole number from 1 to 1000" },
	{ "rounds = 4", "rounds = 0x100000004",
	    "k.cfg:30: 0x100000004 is too large a number" },
	{ "path = \"spool\"", "path = \"spool\"; rate = -1",
	    "k.cfg:22: sms.rate must not be negative" },

	/* no sense */
	{ "\"Europe/London\"", "\"Europe/Londn\"",
	    "k.cfg:10: clinic.timezone can't be used" },
	{ "\"GB\"", "\"XX\"", "k.cfg:9: clinic.country is \"XX\"" },
	{ "\"GB\"", "\"GBR\"", "k.cfg:9: clinic.country is \"GBR\"" },
	{ "\"en\"", "\"English\"", "k.cfg:11: clinic.language is" },
	{ "\"Mon-Fri 9-17\"", "\"when we can\"",
	    "k.cfg:8: clinic.hours can't be read" },
	{ "\"20:00\"", "\"24:00\"",
	    "k.cfg:12: clinic.quiet.from is no time of day" },
	{ "\"2026-12-25\"", "\"2026-12-24\",\n\"2026-02-30\"\n",
	    "k.cfg:14: clinic.closed is no day" },
	{ "[ \"consent\" ]", "[ \"concent\" ]",
	    "k.cfg:16: clinic.enrol_requires is \"concent\"" },
	{ "\"15m\"", "\"15 minutes\"",
	    "k.cfg:30: alerts.repeat is no duration" },
	{ "sms:+441632960002", "sms:12",
	    "k.cfg:28: alerts.to can't be reached" },
	{ "email:duty@clinic.example\" ]", "email:duty\"\n]",
	    "k.cfg:29: alerts.to can't be reached" },
	{ "email:duty@clinic.example", "duty@clinic.example",
	    "k.cfg:29: alerts.to can't be reached" },
	{ "\"Riverside Physiotherapy\"", "\" \"",
	    "k.cfg:2: clinic.name must not be empty" },
	{ "\"Riverside\"", "\"River\\nside\"",
	    "k.cfg:3: clinic.sms_name must be one line of plain text" },
	{ "\"imap://", "\"pop3://",
	    "k.cfg:26: mailbox.url must begin with imap:// or imaps://" },
	{ "\"127.0.0.1:8480\"", "\"127.0.0.1\"",
	    "k.cfg:31: web.listen must be ADDRESS:PORT" },
	{ "\"keepmoving.db\"", "\"mysql://x\"",
	    "k.cfg:18: database must begin with postgresql://" },
	{ "user = \"care\";", "",
	    "k.cfg:26: mailbox can't be so: url wants a" },
	{ "user = \"care\";", "user = \"care\"; token = \"abc\";",
	    "k.cfg:26: mailbox can't be so: url wants a user, and either" },
	{ "user = \"care\";", "user = \"care\"; address = \"care\";",
	    "k.cfg:26: mailbox can't be so: address is not one as replies@" },
	{ "127.0.0.1/INBOX\"", "127.0.0.1/IN BOX\"",
	    "k.cfg:26: mailbox can't be so: url is not one as imaps://" },
	{ "name = \"main\"", "name = \"mailbox\"",
	    "k.cfg:22: sms has a gateway called \"mailbox\"" },

	/* gateways */
	{ "\"main\"; driver = \"spool\"", "\"main\"; driver = \"spol\"",
	    "k.cfg:22: sms.driver is \"spol\", which is no driver for sms" },
	{ "\"main\"; driver = \"spool\"", "\"main\"; driver = \"smtp\"",
	    "k.cfg:22: sms.driver is \"smtp\", which is no driver for sms" },
	{ "name = \"clinic\"", "name = \"main\"",
	    "k.cfg:23: email.name is \"main\", like another gateway's" },
	{ "sms = ( { name = \"main\"; driver = \"spool\"; path = \"spool\"; } "
	  ");",
	    "sms = ( );", "k.cfg:28: alerts.to names an address by sms" },
	{ "  from = \"care@clinic.example\"; }", "}",
	    "k.cfg:23: email from is missing, and driver \"smtp\" needs it" },

	/* the file itself */
	{ "daily_limit = 1;", "daily_limit = ;", "k.cfg:14: it can't be read" },
	{ "daily_limit = 1;", "daily_limit = 1; daily_limit = 2;",
	    "k.cfg:14: this setting stands twice; take one" },
	{ "\"Riverside\"", "\"Riverside",
	    "k.cfg:4: it can't be read from here" },
	{ "database =", "@include \"none.cfg\"\ndatabase =",
	    "k.cfg:18: can't include it" },
	{ "database =", "@include \"k.cfg\"\ndatabase =",
	    "k.cfg:18: @include goes too deep" },
	{ "\"Riverside\"", "\"R\xc3\"", "k.cfg:3: this is no text in UTF-8" },
};

static void
test_mistakes(void **state)
{
	struct scratch s;

	(void)state;
	scratch_make(&s);
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(*mistakes); i++) {
		struct complaints complaints = { 0 };
		struct config *c = NULL;
		struct why why = { "" };
		char *text = with(example, mistakes[i].old, mistakes[i].fresh);
		enum status status = load(&s, text, &c, &complaints, &why);

		if (status != STATUS_CONFIG)
			fail_msg("%s: status %d", mistakes[i].said, status);
		assert_null(c);
		expect(&s, &complaints, mistakes[i].said);
		assert_string_equal(why.text, complaints.lines[0]);
		complaints_free(&complaints);
		free(text);
	}
	scratch_remove(&s);
}

static void
test_no_gateway(void **state)
{
	struct scratch s;
	struct complaints complaints = { 0 };
	struct config *c = NULL;
	struct why why = { "" };
	char *text = with(least,
	    "sms = ( { name = \"main\"; driver = \"spool\"; path = \"spool\"; "
	    "} );",
	    "");

	(void)state;
	scratch_make(&s);
	assert_int_equal(load(&s, text, &c, &complaints, &why), STATUS_CONFIG);
	expect(&s, &complaints,
	    "k.cfg:1: there is neither an sms nor an email gateway");
	complaints_free(&complaints);
	free(text);
	scratch_remove(&s);
}

static void
test_all_mistakes_at_once(void **state)
{
	struct scratch s;
	struct complaints complaints = { 0 };
	struct config *c = NULL;
	struct why why = { "" };
	char *one = with(example, "\"Europe/London\"", "\"Moon\"");
	char *two = with(one, "rounds = 4", "rounds = 0");
	char *three = with(two, "urgent =", "urgnt =");

	(void)state;
	scratch_make(&s);
	assert_int_equal(load(&s, three, &c, &complaints, &why), STATUS_CONFIG);
	assert_int_equal(complaints.len, 3);
	expect(&s, &complaints, "k.cfg:6: clinic.urgnt");
	expect(&s, &complaints, "k.cfg:10: clinic.timezone");
	expect(&s, &complaints, "k.cfg:30: alerts.rounds");
	complaints_free(&complaints);
	free(one);
	free(two);
	free(three);
	scratch_remove(&s);
}

static void
test_no_file(void **state)
{
	struct complaints complaints = { 0 };
	struct config *c = NULL;
	struct why why = { "" };

	(void)state;
	assert_int_equal(config_load("/nowhere/k.cfg", &c, &complaints, &why),
	    STATUS_NO_FILE);
	assert_int_equal(complaints.len, 1);
	assert_ptr_equal(strstr(complaints.lines[0], "/nowhere/k.cfg: "),
	    complaints.lines[0]);
	assert_null(strstr(complaints.lines[0] + 5, "/nowhere"));
	complaints_free(&complaints);
}

/* A secret that stands in a file which others read is no secret. */
static const struct {
	const char *old;
	const char *fresh;
	mode_t mode;
	enum status status;
} secrets[] = {
	{ "\"file:mailbox.password\"", "\"swordfish\"", 0644, STATUS_DENIED },
	{ "\"file:mailbox.password\"", "\"swordfish\"", 0640, STATUS_DENIED },
	{ "\"file:mailbox.password\"", "\"swordfish\"", 0600, STATUS_OK },
	{ "\"15m\"", "\"15m\"", 0644, STATUS_OK },
	{ "\"smtp://127.0.0.1:25\"", "\"smtp://me:pw@127.0.0.1:25\"", 0644,
	    STATUS_DENIED },
	{ "\"keepmoving.db\"", "\"postgresql://k:pw@db/k\"", 0644,
	    STATUS_DENIED },
	{ "\"keepmoving.db\"", "\"postgresql://k:pw@db/k\"", 0600, STATUS_OK },
};

static void
test_secrets(void **state)
{
	struct scratch s;
	char *path;

	(void)state;
	scratch_make(&s);
	path = scratch_path(&s, "k.cfg");
	scratch_write(&s, "mailbox.password", "swordfish\n");
	for (size_t i = 0; i < sizeof(secrets) / sizeof(*secrets); i++) {
		struct complaints complaints = { 0 };
		struct config *c = NULL;
		struct why why = { "" };
		char *text = with(example, secrets[i].old, secrets[i].fresh);
		enum status status;

		scratch_write(&s, "k.cfg", text);
		scratch_mode(&s, "k.cfg", secrets[i].mode);
		status = config_load(path, &c, &complaints, &why);
		if (status != secrets[i].status)
			fail_msg("%s %o: %d %s", secrets[i].fresh,
			    (unsigned)secrets[i].mode, status, why.text);
		if (status == STATUS_DENIED)
			assert_non_null(strstr(why.text, "chmod 600"));
		config_free(c);
		complaints_free(&complaints);
		free(text);
	}
	free(path);
	scratch_remove(&s);
}

/* A secret that can't be had is the trouble of what it belongs to alone. */
static void
test_secrets_that_cannot_be_had(void **state)
{
	static const char *const gone[] = { "\"file:no.password\"",
		"\"env:KEEPMOVING_TEST_NOT_SET\"" };
	static const char *const settings[] = { "url = \"smtp://127.0.0.1:25\"",
		"url = \"smtp://127.0.0.1:25\"; user = \"care\"; password = " };
	struct scratch s;

	(void)state;
	scratch_make(&s);
	for (size_t i = 0; i < sizeof(gone) / sizeof(*gone); i++) {
		struct complaints complaints = { 0 };
		struct config *c = NULL;
		struct why why = { "" };
		char *text =
		    with(example, "\"file:mailbox.password\"", gone[i]);
		char *fresh = xasprintf("%s%s", settings[1], gone[i]);
		char *both = with(text, settings[0], fresh);

		assert_int_equal(
		    load(&s, text, &c, &complaints, &why), STATUS_OK);
		assert_null(c->email[0].trouble);
		assert_non_null(strstr(c->mailbox.trouble,
		    "k.cfg:27: mailbox.password can't be had: "));
		assert_int_equal(config_whole(c, &why), STATUS_CONFIG);
		config_free(c);
		c = NULL;
		assert_int_equal(
		    load(&s, both, &c, &complaints, &why), STATUS_OK);
		assert_null(c->sms[0].trouble);
		assert_non_null(strstr(c->email[0].trouble,
		    "k.cfg:24: email.password can't be had: "));
		assert_int_equal(config_whole(c, &why), STATUS_CONFIG);
		assert_string_equal(why.text, c->email[0].trouble);
		config_free(c);
		complaints_free(&complaints);
		free(both);
		free(fresh);
		free(text);
	}
	scratch_remove(&s);
}

/* Even when something else is wrong too, and was seen before. */
static void
test_secret_comes_first(void **state)
{
	struct scratch s;
	struct complaints complaints = { 0 };
	struct config *c = NULL;
	struct why why = { "" };
	char *one = with(example, "\"file:mailbox.password\"", "\"pw\"");
	char *two = with(one, "urgent =", "urgnt =");
	char *path;

	(void)state;
	scratch_make(&s);
	path = scratch_path(&s, "k.cfg");
	scratch_write(&s, "k.cfg", two);
	scratch_mode(&s, "k.cfg", 0644);
	assert_int_equal(
	    config_load(path, &c, &complaints, &why), STATUS_DENIED);
	assert_int_equal(complaints.len, 2);
	assert_non_null(strstr(why.text, "k.cfg:27: mailbox.password"));
	complaints_free(&complaints);
	free(one);
	free(two);
	free(path);
	scratch_remove(&s);
}

/* Lines and paths are those of the file that says them. */
static void
test_include(void **state)
{
	struct scratch s;
	struct complaints complaints = { 0 };
	struct config *c = NULL;
	struct why why = { "" };
	char *text = with(example, "database = \"keepmoving.db\";",
	    "@include \"conf.d/paths.cfg\" # the rest");
	char *gone = with(text, "plans = \"plans\";\n", "\n");
	char *expected;

	(void)state;
	scratch_make(&s);
	scratch_write(&s, "conf.d/paths.cfg",
	    "# two files further down\n@include \"deep/plans.cfg\"\n"
	    "database = \"data/k.db\";\n");
	scratch_write(
	    &s, "conf.d/deep/plans.cfg", "\nplans = \"p\"; # no newline");
	assert_int_equal(load(&s, gone, &c, &complaints, &why), STATUS_OK);
	expected = scratch_path(&s, "conf.d/data/k.db");
	assert_string_equal(c->database, expected);
	free(expected);
	expected = scratch_path(&s, "conf.d/deep/p");
	assert_string_equal(c->plans, expected);
	free(expected);
	config_free(c);
	c = NULL;

	scratch_write(&s, "conf.d/deep/plans.cfg", "\n\nplanes = \"p\";");
	assert_int_equal(load(&s, gone, &c, &complaints, &why), STATUS_CONFIG);
	expect(&s, &complaints, "conf.d/deep/plans.cfg:3: planes is no");
	complaints_free(&complaints);

	scratch_write(&s, "conf.d/deep/plans.cfg", "\n\nplans = ;");
	assert_int_equal(load(&s, gone, &c, &complaints, &why), STATUS_CONFIG);
	expect(&s, &complaints, "conf.d/deep/plans.cfg:3: it can't be read");
	complaints_free(&complaints);

	/* after the included lines our own count on */
	scratch_write(&s, "conf.d/deep/plans.cfg", "plans = \"p\";\n\n\n");
	free(text);
	text = with(gone, "rounds = 4", "rounds = 0");
	assert_int_equal(load(&s, text, &c, &complaints, &why), STATUS_CONFIG);
	assert_int_equal(complaints.len, 1);
	expect(&s, &complaints, "k.cfg:30: alerts.rounds");
	complaints_free(&complaints);
	free(gone);
	free(text);
	scratch_remove(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_example),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_also_fine),
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_no_gateway),
		cmocka_unit_test(test_all_mistakes_at_once),
		cmocka_unit_test(test_no_file),
		cmocka_unit_test(test_secrets),
		cmocka_unit_test(test_secrets_that_cannot_be_had),
		cmocka_unit_test(test_secret_comes_first),
		cmocka_unit_test(test_include),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
