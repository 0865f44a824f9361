/*
 * Emails out and in. Each mail/NAME.eml is a mail as some program sent it;
 * mail/NAME.out beside it says what must be read from it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "sample.h"
#include "text/mime.h"

static const char *const mails[] = { "plain", "gmail", "outlook-html", "iphone",
	"latin1", "base64", "encoded-subject", "injection", "two-senders",
	"out-of-office", "exchange-away", "bounce", "bounce-headers-only",
	"bounce-delayed", "read-receipt", "list", "bottom-posted",
	"german-quote", "apple-mixed", "html-only", "wrong-charset",
	"forwarded", "empty", "mbox-line", "attachment-only", "nested",
	"french", "exim-bounce", "null-sender", "photo-between",
	"alternative-nested", "complaint", "signed", "calendar" };

static void
say(struct buffer *out, const char *name, const char *value)
{
	if (value != NULL)
		buffer_printf(out, "%s: %s\n", name, value);
}

/* A reply as its .out file writes it: what is NULL or false is not there. */
static void
say_reply(struct buffer *out, const struct mime_reply *reply)
{
	char time[TIME_SIZE];

	say(out, "message-id", reply->message_id);
	say(out, "from", reply->from);
	say(out, "to", reply->to);
	say(out, "delivered-to", reply->delivered_to);
	if (reply->recipients != NULL && reply->to != NULL &&
	    strcmp(reply->recipients, reply->to) != 0)
		say(out, "recipients", reply->recipients);
	say(out, "in-reply-to", reply->in_reply_to);
	say(out, "references", reply->references);
	say(out, "subject", reply->subject);
	say(out, "at", reply->at == 0 ? NULL : time_format(reply->at, time));
	say(out, "automatic", reply->automatic ? "yes" : NULL);
	say(out, "attached", reply->attached ? "yes" : NULL);
	say(out, "bounce", reply->bounce ? "yes" : NULL);
	say(out, "complaint", reply->complaint ? "yes" : NULL);
	say(out, "bounce-status", reply->bounce_status);
	say(out, "bounce-id", reply->bounce_id);
	buffer_printf(out, "\n%s\n", reply->body);
}

static void
reads_every_sample(void **state)
{
	struct mime_reply reply = { 0 };
	struct buffer out = { 0 };
	char name[128], *mail, *expected;
	struct why why = { 0 };
	size_t i, len;

	(void)state;
	for (i = 0; i < sizeof mails / sizeof mails[0]; i++) {
		print_message("%s\n", mails[i]);
		snprintf(name, sizeof name, "mail/%s.eml", mails[i]);
		mail = sample_read(name, &len);
		snprintf(name, sizeof name, "mail/%s.out", mails[i]);
		expected = sample_read(name, NULL);
		assert_int_equal(STATUS_OK, mime_read(mail, len, &reply, &why));
		buffer_clear(&out);
		say_reply(&out, &reply);
		assert_string_equal(buffer_text(&out), expected);
		mime_reply_free(&reply);
		free(expected);
		free(mail);
	}
	buffer_free(&out);
}

/* The words of a mail, and what of them is the reply. */
static const struct {
	const char *text;
	const char *reply;
} replies[] = {
	{ "4", "4" },
	{ "4\n\nthanks", "4\n\nthanks" },
	{ "4\n-- \nJane", "4\n--\nJane" },
	{ "4\n--\nJane", "4\n--\nJane" },
	{ "4\n> 0 to 10?", "4" },
	{ "4\n\nOn 2 March you wrote:\n> 0 to 10?", "4" },
	{ "4\n\nOn Monday the doctor wrote: rest.\nSo I rested 2 days.",
	    "4\n\nOn Monday the doctor wrote: rest.\nSo I rested 2 days." },
	{ "4\nSent from my Galaxy", "4" },
	{ "4\nGet Outlook for iOS<https://aka.ms/x>", "4" },
	{ "4\n________________________________\nFrom: Us", "4" },
	{ "4\n-----Original Message-----\n0 to 10?", "4" },
	{ "4\nFrom: Us <a@b.example>\nSent: Monday\nTo: Jane\n\n0 to 10?",
	    "4" },
	{ "From: 8 down to 4\nbetter", "From: 8 down to 4\nbetter" },
	{ "4\n\nAm 02.03.2026 um 09:00 schrieb Praxis:\n> 0 bis 10?", "4" },
	{ "4\n\nLe lun. 2 mars 2026 à 09:00, Nous <a@b.example> a\n"
	  "écrit :\n> 0 à 10 ?",
	    "4" },
	{ ">From now on 4", "From now on 4" },
	{ "4\n\nEl 2 mar 2026, a las 9:00, Nos escribió:\n> 0 a 10", "4" },
	{ "> 0 to 10?\n4\n-- \nJane", "4\n--\nJane" },
	{ "On 2 March 2026, we wrote:\n> 0 to 10?\n\n4", "4" },
	{ "> 0 to 10?", "" },
	{ "Von meinem Arzt: Ruhe. 4", "Von meinem Arzt: Ruhe. 4" },
	/* Outlook on a phone */
	{ "4\n\nGet Outlook for "
	  "iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: "
	  "Riverside <care@clinic.example>\nSent: Wednesday, March 4, 2026 "
	  "4:35:00 PM\nTo: Jane\nSubject: Your check-in\n\nWorst pain, 0 to "
	  "10?",
	    "4" },
	/* Outlook in a browser */
	{ "4\n________________________________\nDe: Riverside "
	  "<care@clinic.example>\nEnviado: miércoles, 4 de marzo de 2026 "
	  "16:35\nPara: Juana\nAsunto: Su control\n\n0 a 10?",
	    "4" },
	/* Outlook on a desk */
	{ "4\n\nFrom: Riverside <care@clinic.example> \nSent: 04 March 2026 "
	  "16:35\nTo: Jane\nSubject: Your check-in\n\n0 to 10?",
	    "4" },
	/* Outlook on a desk, Spanish */
	{ "4\n\nDe: Riverside <care@clinic.example>\nEnviado el: miércoles, 4 "
	  "de marzo de 2026 16:35\nPara: Juana\nAsunto: Su control\n\n0 a 10?",
	    "4" },
	/* Outlook, bold */
	{ "4\n\n*De:* Riverside <care@clinic.example>\n*Enviado el:* "
	  "miércoles, 4 de marzo\n*Para:* Juana\n\n0 a 10?",
	    "4" },
	/* Outlook on a phone, Spanish */
	{ "4\n\nObtener Outlook para "
	  "iOS<https://aka.ms/o0ukef>\n________________________________\nDe: "
	  "Riverside <care@clinic.example>\nEnviado: miércoles\n\n0 a 10?",
	    "4" },
	/* Outlook, Android */
	{ "4\n\nEnviado desde Outlook para Android<https://aka.ms/AAb9ysg>",
	    "4" },
	/* Mail for Windows */
	{ "4\n\nEnviado desde Correo para Windows\n\nDe: Riverside "
	  "<care@clinic.example>\nEnviado: miércoles\n\n0 a 10?",
	    "4" },
	/* Apple Mail */
	{ "4\n\n> On 4 Mar 2026, at 16:35, Riverside <care@clinic.example> "
	  "wrote:\n> \n> 0 to 10?",
	    "4" },
	/* Apple Mail, Spanish */
	{ "4\n\n> El 4 mar 2026, a las 16:35, Riverside <care@clinic.example> "
	  "escribió:\n> \n> 0 a 10?",
	    "4" },
	/* iPhone */
	{ "4\n\nSent from my iPhone\n\n> On 4 Mar 2026, at 16:35, Riverside "
	  "<care@clinic.example> wrote:\n> \n> 0 to 10?",
	    "4" },
	/* iPhone, Spanish */
	{ "4\n\nEnviado desde mi iPhone\n\n> El 4 mar 2026, a la(s) 4:35 p. "
	  "m., Riverside <care@clinic.example> escribió:\n> \n> 0 a 10?",
	    "4" },
	/* Gmail, Spanish */
	{ "4\n\nEl mié, 4 mar 2026 a las 16:35, Riverside "
	  "(<care@clinic.example>)\nescribió:\n\n> 0 a 10?",
	    "4" },
	/* Gmail on a phone */
	{ "4\n\nOn Wed, 4 Mar 2026, 16:35 Riverside, <care@clinic.example> "
	  "wrote:\n\n> 0 to 10?",
	    "4" },
	/* Gmail on a phone, Spanish */
	{ "4\n\nEl mié, 4 mar 2026, 16:35, Riverside <care@clinic.example> "
	  "escribió:\n\n> 0 a 10?",
	    "4" },
	/* Thunderbird */
	{ "4\n\nOn 04/03/2026 16:35, Riverside wrote:\n> 0 to 10?", "4" },
	/* Thunderbird, Spanish */
	{ "4\n\nEl 4/3/26 a las 16:35, Riverside escribió:\n> 0 a 10?", "4" },
	/* Yahoo */
	{ "4\n\n    On Wednesday, 4 March 2026 at 16:35:00 GMT, Riverside "
	  "<care@clinic.example> wrote:  \n \n Worst pain today, 0 to 10?",
	    "4" },
	/* Yahoo on a phone */
	{ "4\n\nYahoo Mail: Search, Organize, Conquer\n\nOn Wed, 4 Mar 2026 at "
	  "16:35, Riverside\n<care@clinic.example> wrote:\n 0 to 10?",
	    "4" },
	/* Yahoo, Spanish */
	{ "4\n\n    El miércoles, 4 de marzo de 2026, 16:35:00 CET, Riverside "
	  "<care@clinic.example> escribió:  \n \n 0 a 10?",
	    "4" },
	/* Yahoo of old, Spanish */
	{ "4\n\nEnviado desde Yahoo Mail para Android\n\nEn miércoles, 4 de "
	  "marzo de 2026 16:35:00, Riverside escribió:\n0 a 10?",
	    "4" },
	/* Samsung */
	{ "4\n\nSent from my Galaxy\n\n-------- Original message "
	  "--------\nFrom: Riverside\n\n0 to 10?",
	    "4" },
	/* Samsung, Spanish */
	{ "4\n\nEnviado desde mi Galaxy\n\n-------- Mensaje original "
	  "--------\nDe: Riverside\nFecha: 4/3/26\nA: Juana\n\n0 a 10?",
	    "4" },
	/* Forwarded by Apple Mail, Spanish */
	{ "4\n\nInicio del mensaje reenviado:\n\nDe: Riverside\n\n0 a 10?",
	    "4" },
	{ "4\n\nSent from my Samsung Galaxy smartphone.", "4" },
	{ "4\n\nSent from my HTC on the EE network", "4" },
	{ "4\n\nEnviado desde mi teléfono móvil Huawei", "4" },
	{ "4\n\nSent from Mail for Windows 10", "4" },
	{ "4\n\nVon meinem iPhone gesendet", "4" },
	/* Written behind it */
	{ "4\n\nSent from my iPhone can't feel my legs",
	    "4\n\nSent from my iPhone can't feel my legs" },
	{ "4\n\nSent from my iPhone. NUMB", "4\n\nSent from my iPhone. NUMB" },
	{ "4\n\nSent from my iPhone. Help", "4\n\nSent from my iPhone. Help" },
	{ "4\n\nEnviado desde mi iPhone no siento nada",
	    "4\n\nEnviado desde mi iPhone no siento nada" },
	/* Written below a phone's line */
	{ "4\n\nSent from my iPhone\n\nand my legs are numb",
	    "4\n\n\nand my legs are numb" },
	/* No signature: it says too much */
	{ "Sent from my bed because I can't feel my legs or feet since this "
	  "morning",
	    "Sent from my bed because I can't feel my legs or feet since this "
	    "morning" },
	/* Written between the lines */
	{ "Here:\n\n> 0 to 10?\n\n6\n\n> Numb anywhere?\n\nYes, where I sit\n",
	    "Here:\n\n\n6\n\n\nYes, where I sit" },
	/* A quoted line that was broken */
	{ "4\n\n> Worst pain today, from 0 for none to 10 for the\nworst "
	  "imaginable?\n> Thanks",
	    "4" },
	/* Below what has no mark */
	{ "On 4 March 2026, Riverside wrote:\n\nWorst pain, 0 to 10?\n\n4",
	    "" },
	/* Signature, then the quote */
	{ "4\n\n-- \nJane Roe\n07700 900123\n\nOn 4 March 2026, Riverside "
	  "wrote:\n> 0 to 10?",
	    "4\n\n--\nJane Roe\n07700 900123" },
	/* Below a line of the patient's own */
	{ "4\n____________\nI can't feel my bum",
	    "4\n____________\nI can't feel my bum" },
	{ "4\n\nOn 2 March my wife wrote to you:\nhe can't feel his bum",
	    "4\n\nOn 2 March my wife wrote to you:\nhe can't feel his bum" },
	/* Outlook's line, and the head below it */
	{ "4\n\n________________________________\nFrom: Riverside\nSent: "
	  "Monday\n\n0 to 10?",
	    "4" },
	/* In languages that nobody listed */
	{ "better\n\nma 2.3.2026 klo 16.35 Riverside <care@clinic.example> "
	  "kirjoitti:\n\n> 0 to 10?",
	    "better" },
	{ "better\n\npon., 2 mar 2026 o 16:35 Riverside\n"
	  "<care@clinic.example> napisa\u0142(a):\n> 0 to 10?",
	    "better" },
	{ "6\nRiverside <care@clinic.example> "
	  "\u4e8e2026\u5e743\u67082\u65e5\u5199"
	  "\u9053\uff1a\n> 0 to 10?",
	    "6" },
	{ "6 now, 3 at 10\n> 0 to 10?", "6 now, 3 at 10" },
	{ "6 now, 3 at 10\nwrite to a@b.example",
	    "6 now, 3 at 10\nwrite to a@b.example" },
	/* A phone's line, if it is one, that is all there is */
	{ "Sent from my bed, can't feel my legs\n\n> 0 to 10?",
	    "Sent from my bed, can't feel my legs" },
	{ "> 0 to 10?", "" },
	/* A sentence of the patient's */
	{ "De: mi casa\nno duele", "De: mi casa\nno duele" },
};

static void
cuts_quotes_and_signatures(void **state)
{
	struct mime_reply reply = { 0 };
	char *mail;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof replies / sizeof replies[0]; i++) {
		mail =
		    xasprintf("From: jane@patients.example\n"
			      "Content-Type: text/plain; charset=utf-8\n\n%s\n",
			replies[i].text);
		assert_int_equal(
		    STATUS_OK, mime_read(mail, strlen(mail), &reply, NULL));
		assert_string_equal(reply.body, replies[i].reply);
		mime_reply_free(&reply);
		free(mail);
	}
}

#define ALTERNATIVES(plain, html)                                  \
	"Content-Type: multipart/alternative; boundary=b\n\n--b\n" \
	"Content-Type: text/plain\n\n" plain "\n--b\n"             \
	"Content-Type: text/html\n\n" html "\n--b--\n"
#define WITH_FILE(type, text)                                          \
	"Content-Type: multipart/mixed; boundary=b\n\n--b\n"           \
	"Content-Type: text/plain\n\n4\n--b\nContent-Type: " type "\n" \
	"Content-Disposition: attachment; filename=notes.txt\n\n" text \
	"\n--b--\n"

/* What is surely the sender's, and what may be. */
static const struct {
	const char *mail;
	const char *body;
	const char *quoted;
	const char *enclosed;
} halves[] = {
	/* The text says nothing, or only that it is none. */
	{ ALTERNATIVES("", "<p>4, numb legs</p>"), "4, numb legs", "", "" },
	{ ALTERNATIVES("\xc2\xa0\n\xe2\x80\x8b", "<p>4</p>"), "4", "", "" },
	{ ALTERNATIVES("This message is in HTML.", "<p>4</p>"), "4",
	    "This message is in HTML.", "" },
	{ ALTERNATIVES("This message is in HTML.", ""),
	    "This message is in HTML.", "", "" },
	/* They say the same, and not quite the same. */
	{ ALTERNATIVES("4 *now* [image: x]", "<p>4 <b>now</b></p>"),
	    "4 *now* [image: x]", "", "" },
	{ ALTERNATIVES("4", "<p>4, and numb legs</p>"), "4", "4, and numb legs",
	    "" },
	{ ALTERNATIVES("> Worst pain, 0 to 10?",
	      "6<blockquote>Worst pain, 0 to 10?</blockquote>"),
	    "", "Worst pain, 0 to 10?\n6", "" },
	/* In a file */
	{ WITH_FILE("text/plain", "numb legs"), "4", "", "numb legs" },
	{ WITH_FILE("application/octet-stream", "numb"), "4", "", "numb" },
	{ WITH_FILE("text/html", "<p>numb</p>"), "4", "", "numb" },
	{ WITH_FILE("text/plain", "> 9\nnumb"), "4", "", "numb\n9" },
	{ WITH_FILE("application/pdf", "numb"), "4", "", "" },
	/* In a file that is shown among the text, as Apple Mail does; but the
	 * only text is one, whatever its name. */
	{ "Content-Type: multipart/mixed; boundary=b\n\n"
	  "--b\nContent-Type: text/plain\n\n4\n"
	  "--b\nContent-Type: text/plain; name=a.txt\n"
	  "Content-Disposition: inline; filename=a.txt\n\n9\n"
	  "--b\nContent-Type: text/plain\n\nnow\n--b--\n",
	    "4\nnow", "", "9" },
	{ "Content-Type: text/plain; name=text_0.txt\n"
	  "Content-Disposition: inline; filename=text_0.txt\n\n4\n",
	    "4", "", "" },
	/* Below a head */
	{ "\n4\n\n________________________________\nFrom: Us\nSent: Monday\n"
	  "To: Jane\nCc: Sam\nSubject: x\n\n0 to 10?\n\nnumb legs",
	    "4", "0 to 10?\nnumb legs", "" },
	{ "\n4\n\nOn 4 March 2026, Us <a@b.example> wrote:\n\n0 to 10?\n"
	  "numb legs\nSent from my iPhone",
	    "4", "0 to 10?\nnumb legs", "" },
	/* Behind the words of a quoted line */
	{ "\n4\n> On 4 March 2026, Us <a@b.example> wrote:\n> > Numb? YES\n",
	    "4", "Numb? YES", "" },
	/* No mailer's line */
	{ "\n4\n-----Original Message-----\nOn Monday\nTo: be fair, numb", "4",
	    "On Monday\nTo: be fair, numb", "" },
};

static void
keeps_apart_what_may_be_anothers(void **state)
{
	struct mime_reply reply = { 0 };
	char *mail;

	(void)state;
	for (size_t i = 0; i < sizeof halves / sizeof halves[0]; i++) {
		mail = xasprintf(
		    "From: jane@patients.example\n%s", halves[i].mail);
		assert_int_equal(
		    STATUS_OK, mime_read(mail, strlen(mail), &reply, NULL));
		assert_string_equal(reply.body, halves[i].body);
		assert_string_equal(reply.quoted, halves[i].quoted);
		assert_string_equal(reply.enclosed, halves[i].enclosed);
		mime_reply_free(&reply);
		free(mail);
	}
}

static const struct {
	const char *html;
	const char *reply;
} pages[] = {
	{ "<p>pain <b>4</b></p>", "pain 4" },
	{ "<div>4</div><div>better</div>", "4\nbetter" },
	{ "4<br>better<br/>now", "4\nbetter\nnow" },
	{ "don&rsquo;t &amp; can&#39;t &#x2014; caf&eacute; &nope; &",
	    "don’t & can't — café &nope; &" },
	{ "<head><title>x</title></head><style>p{}</style>4", "4" },
	{ "4<script>if (1 < 2) alert('</p>')</script>", "4" },
	{ "pain <3 now", "pain <3 now" },
	{ "<!-- 9 -->4", "4" },
	{ "<!-- 9", "" },
	{ "4<p title=\"a>b\">5", "4\n5" },
	{ "4<blockquote>0 to 10?</blockquote>", "4" },
	{ "4<div class=\"gmail_quote\"><div class=\"gmail_attr\">On 2 March"
	  " we wrote:<br></div><blockquote class=\"gmail_quote\"><p>0 to 10?"
	  "</p><p>Reply STOP to end</p></blockquote></div>",
	    "4" },
	/* Written below, within and beside what is quoted. */
	{ "<div class=\"gmail_quote\"><blockquote><p>0 to 10?</p><p>Reply "
	  "STOP</p></blockquote></div><div>4</div>",
	    "4" },
	{ "see below<blockquote><p>0 to 10?</p><blockquote>old</blockquote>"
	  "<p>Reply STOP</p></blockquote><br><div>4 today</div>",
	    "see below\n\n4 today" },
	/* iPhone, Outlook in a browser, Outlook on a desk */
	{ "<div dir=\"ltr\">4</div><br id=\"lineBreakAtBeginningOfSignature\">"
	  "<div dir=\"ltr\">Enviado desde mi iPhone</div><div dir=\"ltr\"><br>"
	  "<blockquote type=\"cite\">El 4 mar 2026 escribi&oacute;:<br>"
	  "</blockquote></div><blockquote type=\"cite\"><div>0 a 10?</div>"
	  "<div>STOP</div></blockquote>",
	    "4" },
	{ "<div class=\"elementToProof\">4</div><div id=\"appendonsend\"></div>"
	  "<hr style=\"width:98%\"><div id=\"divRplyFwdMsg\"><b>De:</b> us"
	  "</div><div>0 a 10?</div>",
	    "4" },
	{ "<p class=MsoNormal>4</p><div style='border-top:solid #E1E1E1 1.0pt'>"
	  "<p class=MsoNormal><b>De:</b> us<br><b>Enviado el:</b> mi&eacute;"
	  "rcoles<br><b>Para:</b> J</p></div><p class=MsoNormal>0 a 10?</p>",
	    "4" },
	{ "<div class=\"yahoo_quoted\"><div>On 2 March we wrote:</div>"
	  "<div>0 to 10?</div></div>",
	    "" },
	{ "4<div id=\"mail-editor-reference-message-container\"><div>"
	  "</div></div><div>Worst pain, 0 to 10?</div>",
	    "4" },
	{ "4<hr><div id=\"divRplyFwdMsg\"><b>From:</b> us</div>", "4" },
	{ "4&#27;[31m&#155;31m", "4 [31m 31m" },
	{ "4&nbsp;&nbsp;of\n\t 10", "4 of 10" },
	{ "<a href=", "" },
	{ "&#0;&#55296;&#99999999999;4", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
					 "4" },
};

static void
finds_the_words_in_html(void **state)
{
	struct mime_reply reply = { 0 };
	char *mail;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof pages / sizeof pages[0]; i++) {
		mail = xasprintf("From: jane@patients.example\n"
				 "Content-Type: text/html; charset=utf-8\n\n%s",
		    pages[i].html);
		assert_int_equal(
		    STATUS_OK, mime_read(mail, strlen(mail), &reply, NULL));
		assert_string_equal(reply.body, pages[i].reply);
		mime_reply_free(&reply);
		free(mail);
	}
}

static const struct {
	const char *header;
	bool automatic;
} headers[] = {
	{ "X-Mailer: x", false },
	{ "Auto-Submitted: no", false },
	{ "Auto-Submitted: No; because=x", false },
	{ "Auto-Submitted: none-of-it", true },
	{ "Auto-Submitted: auto-replied", true },
	{ "auto-submitted: auto-generated", true },
	{ "Return-Path: <>", true },
	{ "Return-Path: <jane@patients.example>", false },
	{ "Precedence: bulk", true },
	{ "Precedence: first-class", false },
	{ "List-Id: <x.example>", true },
	{ "X-Autoreply: yes", true },
	{ "X-Mail-Autoreply: on", true },
	{ "Precedence: auto_reply", true },
	{ "Subject: Fuera de la oficina: su control", true },
	{ "Subject: =?utf-8?q?Le=C3=ADdo=3A_su_control?=", true },
	{ "Subject: Respuesta =?utf-8?q?autom=C3=A1tica=3A?= x", true },
	{ "Subject: Reading: 5 today", false },
	{ "X-Auto-Response-Suppress: All", true },
	{ "Subject: Automatic reply: check-in", true },
	{ "Subject: Re: out of office chair", false },
	{ "Subject: Out of Office", true },
	{ "Subject: Abwesenheitsnotiz", true },
	{ "Subject: =?utf-8?q?R=C3=89PONSE_automatique?= : x", true },
};

static void
tells_what_no_person_wrote(void **state)
{
	struct mime_reply reply = { 0 };
	char *mail;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof headers / sizeof headers[0]; i++) {
		mail = xasprintf("%s\nFrom: jane@patients.example\n\n4\n",
		    headers[i].header);
		print_message("%s\n", headers[i].header);
		assert_int_equal(
		    STATUS_OK, mime_read(mail, strlen(mail), &reply, NULL));
		assert_int_equal(reply.automatic, headers[i].automatic);
		mime_reply_free(&reply);
		free(mail);
	}
}

static const char *const no_mails[] = { "", "\n", "hello", "\xff\xfe\x00",
	"X-Header: 1\n\nbody", ": : :\n" };

static void
refuses_what_is_no_mail(void **state)
{
	struct mime_reply reply = { .at = 77 };
	struct why why = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof no_mails / sizeof no_mails[0]; i++) {
		assert_int_equal(STATUS_BAD_DATA,
		    mime_read(no_mails[i], strlen(no_mails[i]), &reply, &why));
		assert_string_equal(why.text, "this is no email");
		assert_int_equal(reply.at, 77);
	}
}

/* Too long, too deep, cut anywhere: read or refused, never worse. */
static void
survives_monsters(void **state)
{
	struct buffer mail = { 0 };
	struct mime_reply reply = { 0 };
	char *whole;
	size_t len, cut;
	int i;

	(void)state;
	buffer_puts(&mail, "From: jane@patients.example\n\n");
	for (i = 0; i < 40000; i++)
		buffer_puts(&mail, "é\n€");
	assert_int_equal(
	    STATUS_OK, mime_read(mail.data, mail.len, &reply, NULL));
	assert_in_range(strlen(reply.body), MIME_BODY_MAX - 3, MIME_BODY_MAX);
	assert_true(utf8_valid(reply.body, strlen(reply.body)));
	mime_reply_free(&reply);

	buffer_clear(&mail);
	buffer_puts(&mail, "From: jane@patients.example\n");
	for (i = 0; i < 12000; i++)
		buffer_printf(&mail,
		    "Content-Type: multipart/mixed;"
		    " boundary=b%d\n\n--b%d\n",
		    i, i);
	mime_read(mail.data, mail.len, &reply, NULL);
	mime_reply_free(&reply);

	/* A million lines, or headers without end. */
	buffer_clear(&mail);
	buffer_puts(&mail, "From: jane@patients.example\n\n4");
	for (i = 0; i < 1000000; i++)
		buffer_putc(&mail, '\n');
	assert_int_equal(
	    STATUS_OK, mime_read(mail.data, mail.len, &reply, NULL));
	assert_true(reply.cut);
	assert_string_equal("4", reply.body);
	mime_reply_free(&reply);
	buffer_clear(&mail);
	buffer_puts(&mail, "From: jane@patients.example\nTo: ");
	for (i = 0; i < 200000; i++)
		buffer_puts(&mail, "a@b,");
	assert_int_equal(
	    STATUS_BAD_DATA, mime_read(mail.data, mail.len, &reply, NULL));

	whole = sample_read("mail/bounce.eml", &len);
	for (cut = 0; cut < len; cut += 7) {
		mime_read(whole, cut, &reply, NULL);
		mime_reply_free(&reply);
	}
	free(whole);
	buffer_free(&mail);
}

static const struct mime_mail sent = {
	.from = "Riverside Physio <care@clinic.example>",
	.to = "jane@patients.example",
	.to_name = "Jané Doe",
	.reply_to = "replies+tok@clinic.example",
	.subject = "Your check-in – two questions",
	.message_id = "k1.r2@clinic.example",
	.in_reply_to = "x9@patients.example",
	.unsubscribe = "replies+tok@clinic.example",
	.plain = "Hello Jané,\n\nWorst pain today, 0 to 10?\n.\n",
	.html = "<p>Hello Jan\u00e9</p>\n",
	.at = 1772442000,
};

static void
writes_the_very_bytes(void **state)
{
	struct buffer out = { 0 };
	struct why why = { 0 };
	struct mime_mail mail = sent;
	char *expected;
	size_t len;

	(void)state;
	expected = sample_read("mail/sent.eml", &len);
	assert_int_equal(STATUS_OK, mime_build(&mail, &out, &why));
	assert_int_equal(STATUS_OK, mime_build(&mail, &out, &why));
	assert_int_equal(out.len, 2 * len);
	assert_memory_equal(out.data, expected, len);
	assert_memory_equal(out.data + len, expected, len);
	free(expected);
	buffer_clear(&out);

	mail.html = mail.in_reply_to = mail.reply_to = mail.to_name = NULL;
	mail.unsubscribe = "mailto:stop@clinic.example";
	mail.reply = true;
	expected = sample_read("mail/sent-plain.eml", &len);
	assert_int_equal(STATUS_OK, mime_build(&mail, &out, &why));
	assert_string_equal(buffer_text(&out), expected);
	free(expected);
	buffer_free(&out);
}

static void
reads_what_it_wrote(void **state)
{
	struct buffer out = { 0 };
	struct mime_reply reply = { 0 };

	(void)state;
	assert_int_equal(STATUS_OK, mime_build(&sent, &out, NULL));
	assert_int_equal(STATUS_OK, mime_read(out.data, out.len, &reply, NULL));
	assert_string_equal(reply.message_id, sent.message_id);
	assert_string_equal(reply.subject, sent.subject);
	assert_string_equal(reply.to, sent.to);
	assert_string_equal(reply.from, "care@clinic.example");
	assert_string_equal(reply.in_reply_to, sent.in_reply_to);
	assert_int_equal(reply.at, sent.at);
	assert_true(reply.automatic);
	assert_string_equal(
	    reply.body, "Hello Jané,\n\nWorst pain today, 0 to 10?\n.");
	mime_reply_free(&reply);
	buffer_free(&out);
}

/* A member of a mail, and what must not stand in it. */
static const struct {
	size_t member;
	const char *value;
} injections[] = {
	{ offsetof(struct mime_mail, subject), "Hi\r\nBcc: x@evil.example" },
	{ offsetof(struct mime_mail, subject), "Hi\nBcc: x@evil.example" },
	{ offsetof(struct mime_mail, subject), "Hi\rthere" },
	{ offsetof(struct mime_mail, subject), "Hi\x01" },
	{ offsetof(struct mime_mail, subject), "Hi\xff" },
	{ offsetof(struct mime_mail, from), "a@b.example\nBcc: x@e.example" },
	{ offsetof(struct mime_mail, from), "a@b.example, c@d.example" },
	{ offsetof(struct mime_mail, from), "nobody" },
	{ offsetof(struct mime_mail, from), "" },
	{ offsetof(struct mime_mail, to), "a@b.example>\r\nRCPT TO:<c@d.e" },
	{ offsetof(struct mime_mail, to), "a@b.example, c@d.example" },
	{ offsetof(struct mime_mail, to), "" },
	{ offsetof(struct mime_mail, to_name), "Jane\nBcc: x@evil.example" },
	{ offsetof(struct mime_mail, reply_to), "a b@c.example" },
	{ offsetof(struct mime_mail, message_id), "x\ny@b.example" },
	{ offsetof(struct mime_mail, message_id), "x> <y@b.example" },
	{ offsetof(struct mime_mail, message_id), "" },
	{ offsetof(struct mime_mail, in_reply_to), "x y@b.example" },
	{ offsetof(struct mime_mail, unsubscribe), "mailto:x@y.example>,<z" },
	{ offsetof(struct mime_mail, unsubscribe), "https://x.example" },
};

static void
never_builds_two_headers_from_one(void **state)
{
	struct buffer out = { 0 };
	struct mime_mail mail;
	struct why why;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof injections / sizeof injections[0]; i++) {
		mail = sent;
		why.text[0] = '\0';
		memcpy((char *)&mail + injections[i].member,
		    &injections[i].value, sizeof injections[i].value);
		print_message("%s\n", injections[i].value);
		assert_int_equal(
		    STATUS_BAD_DATA, mime_build(&mail, &out, &why));
		assert_memory_equal(why.text, "mail: ", 6);
		assert_int_equal(out.len, 0);
	}
	buffer_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_every_sample),
		cmocka_unit_test(cuts_quotes_and_signatures),
		cmocka_unit_test(keeps_apart_what_may_be_anothers),
		cmocka_unit_test(finds_the_words_in_html),
		cmocka_unit_test(tells_what_no_person_wrote),
		cmocka_unit_test(refuses_what_is_no_mail),
		cmocka_unit_test(survives_monsters),
		cmocka_unit_test(writes_the_very_bytes),
		cmocka_unit_test(reads_what_it_wrote),
		cmocka_unit_test(never_builds_two_headers_from_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
