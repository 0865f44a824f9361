#!/usr/bin/env python3
"""check_review.py JSON CSV HTML TEXT - four forms of one review agree.

Every figure that a form shows is looked up in the JSON; what is not the same is
printed, and the exit status is 1. The page must also be whole, need nothing
from elsewhere, and show what patients wrote as words; no field of the CSV may
be a formula; no line of the text may be longer than 100 characters.
"""

import csv
import html.parser
import json
import pathlib
import re
import sys

wrong = []


def same(what, wanted, got):
    if wanted != got:
        wrong.append(f"{what}: {wanted!r} in JSON, {got!r} there")


def ratio(part, whole):
    return f"{part} of {whole}" if whole > 0 else None


def pain(patient):
    """As it is written: "6 to 4 *"."""
    if patient["scores"] == 0:
        return None
    if patient["scores"] == 1:
        return str(patient["pain_last"])
    mark = " *" if patient["pain_marked"] else ""
    return f"{patient['pain_first']} to {patient['pain_last']}{mark}"


def shown(patient):
    """The figures that a card of the page and a line of text have."""
    return {
        "Answered": ratio(patient["answered"],
                          patient["delivered"] - patient["open"]),
        "Done": ratio(patient["done"], patient["done_asked"]),
        "Pain": pain(patient),
    }


# CSV

def check_csv(path, review):
    raw = pathlib.Path(path).read_bytes()
    if raw.count(b"\n") != raw.count(b"\r\n"):
        wrong.append("csv: a line does not end in CRLF")
    rows = list(csv.DictReader(raw.decode().splitlines()))
    same("csv: patients", [p["ref"] for p in review["patients"]],
         [row["ref"] for row in rows])
    for row, patient in zip(rows, review["patients"]):
        for key, value in row.items():
            if value[:1] in tuple("=+-@\t") and not \
                    re.fullmatch(r"-?[0-9.]+", value):
                wrong.append(f"csv: a formula: {value}")
            if key in ("week", "from", "to"):
                same(f"csv: {key}", review[key], value)
                continue
            wanted = patient[key]
            if isinstance(wanted, bool):
                wanted = "yes" if wanted else ""
            elif isinstance(wanted, float):
                wanted = f"{wanted:g}"
            elif key == "last_words" and value.startswith("'"):
                value = value[1:]
            same(f"csv: {patient['ref']} {key}",
                 "" if wanted is None else str(wanted), value)


# HTML

class Page(html.parser.HTMLParser):
    VOID = {"meta"}

    def __init__(self):
        super().__init__()
        self.open = []
        self.cards = {}
        self.card = None
        self.text = ""
        self.ids = set()
        self.seen = []
        self.headings = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        for name in ("src", "href", "action", "background", "onload",
                     "onclick", "srcset", "data"):
            if name in given:
                wrong.append(f"html: {tag} {name}={given[name]}")
        if tag in ("script", "link", "iframe", "img", "object", "b"):
            wrong.append(f"html: there is a {tag}")
        if "id" in given:
            if given["id"] in self.ids:
                wrong.append(f"html: two ids {given['id']}")
            self.ids.add(given["id"])
        for name in given.get("aria-labelledby", "").split():
            self.seen.append(name)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "article":
            self.card = {"id": given["aria-labelledby"][2:]}
        if tag not in self.VOID:
            self.open.append(tag)
        if tag not in ("span", "bdi"):
            self.text = ""

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_data(self, data):
        self.text += data

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            wrong.append(f"html: </{tag}> closes something else")
        if self.card is not None:
            self.take(tag, re.sub(r"\s+", " ", self.text).strip())
        if tag == "article":
            self.cards[self.card["id"]] = self.card
            self.card = None
        if tag not in ("span", "bdi"):
            self.text = ""

    def take(self, tag, text):
        if tag == "dt":
            self.card["last"] = text
        elif tag == "dd":
            self.card[self.card["last"]] = text
        elif tag == "p" and "why" not in self.card:
            self.card["why"] = text
        elif tag == "blockquote":
            self.card["words"] = text


def check_html(path, review):
    source = pathlib.Path(path).read_text()
    page = Page()
    page.feed(source)
    page.close()
    for name in page.open + [s for s in page.seen if s not in page.ids]:
        wrong.append(f"html: {name} is left open")
    same("html: one first heading", 1, page.headings.count(1))
    for one, two in zip(page.headings, page.headings[1:]):
        if two > one + 1:
            wrong.append(f"html: a heading {two} after a {one}")
    if "url(" in source or "@import" in source:
        wrong.append("html: its style needs something from elsewhere")
    needing = [p for p in review["patients"] if p["attention"]]
    same("html: patients", [p["ref"] for p in needing], list(page.cards))
    for patient in needing:
        card = page.cards.get(patient["ref"], {})
        same(f"html: {patient['ref']} why", patient["attention"],
             card.get("why"))
        for key, value in shown(patient).items():
            same(f"html: {patient['ref']} {key}", value, card.get(key))
        if patient["last_words"] not in card.get("words", ""):
            wrong.append(f"html: not the words of {patient['ref']}")
    totals = review["totals"]
    tiles = dict(re.findall(r"<dt>([a-z ]+)</dt><dd>([^<]*)</dd>", source))
    same("html: need a person", str(totals["needing"]),
         tiles.get("need a person"))
    same("html: answered", f"{totals['response_per_cent']}\xa0%",
         tiles.get("answered"))
    same("html: done", f"{totals['done_per_cent']}\xa0%", tiles.get("done"))
    same("html: pain", f"{totals['pain_median']:g}", tiles.get("pain"))


# Text

def check_text(path, review):
    text = pathlib.Path(path).read_text()
    for line in text.split("\n"):
        if len(line) > 100:
            wrong.append(f"text: {len(line)} characters: {line}")
        if line != line.rstrip():
            wrong.append(f"text: ends in a blank: {line}")
    lines = {m[1]: m[0] for m in
             re.finditer(r"^[+ ] (P-\w{6})  .*$", text, re.M)}
    for patient in (p for p in review["patients"] if p["attention"]):
        line = lines.get(patient["ref"], "")
        same(f"text: {patient['ref']} new", patient["new"],
             line.startswith("+"))
        figures = [line[60:69].strip(), line[69:76].strip(),
                   line[76:86].strip()]
        same(f"text: {patient['ref']}",
             [v or "-" for v in shown(patient).values()], figures)
    totals = review["totals"]
    for words in (f"{totals['needing']} need a person",
                  f"Answered {totals['answered']} of",
                  f"({totals['response_per_cent']} %)",
                  f"({totals['done_per_cent']} %)"):
        if words not in re.sub(r"\s+", " ", text):
            wrong.append(f"text: does not say {words}")


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    review = json.loads(pathlib.Path(sys.argv[1]).read_text())
    if len(review["patients"]) < 50:
        wrong.append("json: hardly any patients")
    check_csv(sys.argv[2], review)
    check_html(sys.argv[3], review)
    check_text(sys.argv[4], review)
    print("\n".join(wrong[:40]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
