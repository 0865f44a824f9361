/*
 * plan - looks at plans before anyone is on them
 */
#include "commands/plan.h"

#include <stddef.h>

#include "commands/subcommand.h"
#include "commands/verbs.h"

static const struct option_row options[] = {
	{ "json", NULL, false, "for other programs" },
	{ "lang", "LANG", false, "in that language alone (preview)" },
	{ "format", "FORMAT", false, "text, svg or html (show)" },
	{ "patients", "N", false, "so many virtual patients (simulate)" },
	{ "weeks", "N", false, "for so long (simulate)" },
	{ "seed", "N", false, "another one: other patients (simulate)" },
	{ "against", "PLAN", false,
	    "another version, the same patients "
	    "(simulate)" },
	{ "cohort", "FILE", false, "what patients are like (simulate)" },
	{ "replies", "FILE", false, "what the patient writes (rehearse)" },
	{ NULL, NULL, false, NULL },
};

static const struct subcommand table[] = {
	{ "check", "[FILE]... [--json]", 0, -1, "json", plan_run_check },
	{ "show", "PLAN [--format FORMAT] [--json]", 1, 1, "format json",
	    plan_run_show },
	{ "preview", "PLAN [--lang LANG] [--json]", 1, 1, "lang json",
	    plan_run_preview },
	{ "simulate",
	    "PLAN [--patients N] [--weeks N] [--seed N] [--against PLAN] "
	    "[--cohort FILE] [--json]",
	    1, 1, "patients weeks seed against cohort json",
	    plan_run_simulate },
	{ "rehearse", "PLAN --replies FILE [--json]", 1, 1, "replies json",
	    plan_run_rehearse },
	{ "diff", "[PLAN]", 0, 1, "", plan_run_diff },
	{ NULL, NULL, 0, 0, NULL, NULL },
};

static enum status
run(struct session *session, const struct arguments *arguments, struct why *why)
{
	return subcommand_run(table, session, arguments, why);
}

const struct command command_plan = {
	.name = "plan",
	.synopsis = "plan check [FILE]... [--json]\n"
		    "plan show PLAN [--format FORMAT] [--json]\n"
		    "plan preview PLAN [--lang LANG] [--json]\n"
		    "plan simulate PLAN [--patients N] [--weeks N] [--seed N]\n"
		    "    [--against PLAN] [--cohort FILE] [--json]\n"
		    "plan rehearse PLAN --replies FILE [--json]\n"
		    "plan diff [PLAN]",
	.summary = "check, draw, preview and try plans",
	.details =
	    "PLAN is a plan's name or its file. check looks at all plans of\n"
	    "the configuration where no file is named, and complains of\n"
	    "everything at once. preview shows each message as it would\n"
	    "arrive, with its cost in SMS segments.",
	.needs = NEEDS_NOTHING,
	.options = options,
	.run = run,
};
