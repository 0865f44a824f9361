/*
 * NAME
 *	markdown - the text of an email, as HTML and as plain text
 */
#ifndef TEXT_MARKDOWN_H
#define TEXT_MARKDOWN_H

/* CommonMark to a whole self-contained HTML document (styles inline, light
 * and dark, no remote content, raw HTML in the source is dropped). title and
 * lang go into its head. The caller frees. */
char *markdown_html(const char *markdown, const char *title, const char *lang);

/* The plain text twin: what the Markdown says without its marks, links with
 * their address, wrapped at 72 columns. The caller frees. */
char *markdown_plain(const char *markdown);

#endif
