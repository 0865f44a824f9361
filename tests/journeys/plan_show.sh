#!/bin/bash
# A plan is drawn: in words, as a picture and as a page, with every stage, its
# rules and its week.
. "${0%/*}/lib.sh"
clinic

km plan show low-back >"$CLINIC/text"
km plan show low-back --format svg >"$CLINIC/plan.svg"
km plan show low-back --format html >"$CLINIC/plan.html"
python3 - "$CLINIC/plan.svg" <<'END'
import sys
import xml.etree.ElementTree as tree
root = tree.parse(sys.argv[1]).getroot()
assert root.tag.endswith("}svg"), root.tag
width = float(root.get("width"))
for text in root.iter("{http://www.w3.org/2000/svg}text"):
    size = 8 if "title" in text.get("class") else 7
    if "head" not in text.get("class") and "soft" not in text.get("class"):
        end = float(text.get("x")) + size * len(text.text)
        assert end < width, (end, text.text)
END
for file in text plan.svg plan.html; do
	for stage in 'Calm the irritation' 'Reintroduce, third step'; do
		expect "$stage" cat "$CLINIC/$file"
	done
	expect 'a clinician is asked after 14 days in it' cat "$CLINIC/$file"
	expect '16:30' cat "$CLINIC/$file"
	expect 'for all but those with a leg or arm symptom' cat "$CLINIC/$file"
	expect 'for those with a leg or arm symptom alone' cat "$CLINIC/$file"
done
expect_count 1 '^<!DOCTYPE html>' cat "$CLINIC/plan.html"
expect_count 1 '</svg>' cat "$CLINIC/plan.html"
# Beside its title each stage has the name that the rules call it by.
expect '>3  Reintroduce, first step<.*>reintroduce-1<' cat "$CLINIC/plan.svg"
# On a phone the picture moves sideways, and the page does not.
expect 'main[{]overflow-x:auto[}]' cat "$CLINIC/plan.html"
expect_count 1 '^<main tabindex="0">$' cat "$CLINIC/plan.html"
# On paper it is one page, in ink and not in the colours of a dark screen.
expect '@media print.*max-height:99vh' cat "$CLINIC/plan.html"
expect_count 0 '@media[(]prefers' cat "$CLINIC/plan.html"

# A reminder's long name does not run into its week.
sed 's/id = "morning-again"/id = "the-morning-after-it-again"/' \
    "$ROOT/config/plans/low-back.cfg" >"$CLINIC/long.cfg"
expect_count 3 'textLength="[0-9]+".*>the-morning-after-it-again: settled<' \
    km plan show "$CLINIC/long.cfg" --format svg
expect_count 0 'textLength' cat "$CLINIC/plan.svg"

# What a plan says is text in the picture, whatever it says.
sed 's/^title = .*/title = "Backs <\& necks>";/' \
    "$ROOT/config/plans/low-back.cfg" >"$CLINIC/odd.cfg"
expect 'Backs &lt;&amp; necks&gt;' km plan show "$CLINIC/odd.cfg" --format svg

expect_exit 65 km plan show low-back --format png
expect 'text, svg or html' cat <<<"$OUT"
