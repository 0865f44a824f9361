/*
 * patient - looks at patients, and acts for them
 */
#include <stddef.h>

#include "commands/patient.h"
#include "commands/subcommand.h"
#include "commands/verbs.h"

static const struct option_row options[] = {
	{ "json", NULL, false, "for other programs (list, show)" },
	{ "until", "DATE", false, "the day on which it goes on (pause)" },
	{ "by", "NAME", false, "who does it, or who screened" },
	{ "yes", NULL, false, "do it (erase)" },
	{ "name", "NAME", false, "as the patient is called" },
	{ "phone", "PHONE", false, "as the country writes it; \"\": none" },
	{ "email", "EMAIL", false, "email address; \"\": none" },
	{ "channel", "CHANNEL", false, "sms, email or both" },
	{ "lang", "LANG", false, "language, for example en" },
	{ "tz", "ZONE", false, "time zone, for example Europe/London" },
	{ "clinician", "NAME", false, "whose patient it is" },
	{ "carer", "NAME", false, "whose address it is, for a minor" },
	{ "baseline", "PAIN", false, "pain at enrolment, 0 to 10" },
	{ "set", "KEY=VALUE", true, "what the plan asks: aggravator=sitting" },
	{ "no-running", NULL, false, "no text suggests running" },
	{ "running", NULL, false, "running is fine again" },
	{ "consent", "DATE", false, "when the patient agreed to messages" },
	{ "consent-how", "WAY", false,
	    "in-person, paper, phone, online, sms or email" },
	{ "consent-wording", "VERSION", false,
	    "of what the patient agreed to" },
	{ "born", "DATE", false, "looked at for the age, and not kept" },
	{ "screened", "DATE", false, "when red flags were checked in person" },
	{ "format", "FORM", false, "json, fhir or csv (export)" },
	{ "output", "FILE", false,
	    "write there, instead of printing (export)" },
	{ NULL, NULL, false, NULL },
};

#define EDITS                                                            \
	"name phone email channel lang tz clinician carer baseline set " \
	"no-running running consent consent-how consent-wording born "   \
	"screened by"

static const struct subcommand table[] = {
	{ "list", "[--json]", 0, 0, "json", patient_run_list },
	{ "show", "REF [--json]", 1, 1, "json", patient_run_show },
	{ "pause", "REF [--until DATE]", 1, 1, "until by", patient_run_pause },
	{ "resume", "REF", 1, 1, "by", patient_run_resume },
	{ "move", "REF STAGE", 2, 2, "by", patient_run_move },
	{ "discharge", "REF", 1, 1, "by", patient_run_discharge },
	{ "edit", "REF [OPTIONS]", 1, 1, EDITS, patient_run_edit },
	{ "export", "REF [--format FORM] [--output FILE]", 1, 1,
	    "format output", patient_run_export },
	{ "erase", "REF --yes", 1, 1, "yes by", patient_run_erase },
	{ NULL, NULL, 0, 0, NULL, NULL },
};

static enum status
run(struct session *session, const struct arguments *arguments, struct why *why)
{
	return subcommand_run(table, session, arguments, why);
}

const struct command command_patient = {
	.name = "patient",
	.synopsis = "patient list [--json]\n"
		    "patient show REF [--json]\n"
		    "patient pause REF [--until DATE] [--by NAME]\n"
		    "patient resume REF [--by NAME]\n"
		    "patient move REF STAGE [--by NAME]\n"
		    "patient discharge REF [--by NAME]\n"
		    "patient edit REF [OPTIONS]\n"
		    "patient export REF [--format FORM] [--output FILE]\n"
		    "patient erase REF --yes",
	.summary = "look at patients, and act for them",
	.details =
	    "show tells the whole story in the patient's own time. A pause\n"
	    "holds reminders and questions, not answers. edit changes what\n"
	    "its options name and nothing else; what is queued goes to the\n"
	    "new address. export gives a patient all that is kept. erase\n"
	    "forgets who it was, for good; the figures stay.",
	.needs = NEEDS_STORE,
	.options = options,
	.run = run,
};
