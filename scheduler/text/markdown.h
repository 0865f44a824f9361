/*
 * NAME
 *	markdown - the text of an email, as HTML and as plain text
 *
 * cmark reads it. Raw HTML in the source is dropped, and a picture is shown
 * by its description alone: nothing in a mail is fetched from elsewhere.
 */
#ifndef TEXT_MARKDOWN_H
#define TEXT_MARKDOWN_H

/* CommonMark to a whole self-contained HTML document (its style in its head,
 * light and dark, readable on a phone). title and lang go into its head; a
 * link to anything but a web page, an address or a number loses its target.
 * The caller frees. */
char *markdown_html(const char *markdown, const char *title, const char *lang);

/* The plain text twin: what the Markdown says without its marks, links with
 * their address, wrapped at 72 columns, lines ending in a newline. The caller
 * frees. */
char *markdown_plain(const char *markdown);

#endif
