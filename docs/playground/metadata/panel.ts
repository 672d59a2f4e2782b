import { type Finding, hasErrors } from "../../../src/core/finding.ts";
import { type UntrustedMetadata, validateMetadata } from "../../../src/metadata/index.ts";
import { type Comparison, compare } from "../compare/changes.ts";
import { block, emptyState, folded, make } from "../parts/dom.ts";
import { checkList, countText, findingList, toneOf } from "../parts/findings.ts";
import { type Paste, pasteField } from "../parts/paste.ts";
import { linesOf } from "../parts/source.ts";
import { entityList, MAX_OPEN } from "./entities.ts";
import { after, before } from "./example.ts";
import { readDocument, whyUnread } from "./reading.ts";

const MAX_BYTES = 8 * 1024 * 1024;
const LARGER = "extract the entity first, or ask the publisher for a file of one entity.";
const MAX_OPEN_FINDINGS = 10;
/** Upper bound on the findings that the page asks for. */
const MAX_FINDINGS = 1000;
const NOTHING: Paste = { input: "", text: "" };
const EMPTY = emptyState("Nothing to read yet.", [
  "the entities with their endpoints, and their keys on a timeline",
  "what is wrong with them, marked in the text",
  "the changes in meaning, if you add a second document",
]);

const NO_ANSWER: Answer = { spoken: [EMPTY], details: [] };

const PROFILES = [
  ["", "SAML 2.0"],
  ["sp", "SAML 2.0, service provider"],
  ["idp", "SAML 2.0, identity provider"],
  ["saml2int", "SAML V2.0 Deployment Profile (saml2int)"],
  ["edugain", "eduGAIN"],
] as const;

function count(metadata: UntrustedMetadata): string {
  const { entities, signed } = metadata;
  const amount = `${entities.length.toLocaleString("en")} ${entities.length === 1 ? "entity" : "entities"}`;
  return `${amount}, ${signed ? "signed (this page does not verify signatures)" : "not signed"}.`;
}

function verdict(tone: string, text: string, findings: readonly Finding[]): HTMLElement {
  const first = findings.length < MAX_FINDINGS ? "" : "The first 1,000 findings: ";
  const why = findings.length === 0 ? "" : ` ${first}${countText(findings)}.`;
  return make("p", { class: `verdict ${tone}` }, `${text}${why}`);
}

/** The worst findings are open, the others folded. */
function findingsBlock(findings: readonly Finding[], { text }: Paste): HTMLElement[] {
  if (findings.length === 0) return [];
  const lines = linesOf(text, findings);
  const open = findings.slice(0, MAX_OPEN_FINDINGS);
  const others = findings.slice(MAX_OPEN_FINDINGS);
  const element = block("Findings", findingList(open, lines));
  if (others.length > 0) {
    const more = `${others.length} more: ${countText(others)}`;
    element.append(folded(more, () => findingList(others, lines)));
  }
  return [element];
}

/** The result for a document; a screen reader reads `spoken` after each change. */
interface Answer {
  readonly spoken: readonly HTMLElement[];
  readonly details: readonly HTMLElement[];
  readonly metadata?: UntrustedMetadata | undefined;
}

function answerTo(
  paste: Paste,
  profile: (typeof PROFILES)[number][0],
  checkCertificate: (pem: string) => void,
): Answer {
  const now = Math.floor(Date.now() / 1000);
  const metadata = readDocument(paste);
  if (metadata === undefined) {
    const { findings, certificate } = whyUnread(paste, now);
    const spoken = [verdict("bad", "This is not readable SAML metadata:", findings)];
    if (certificate !== undefined) {
      const onclick = (): void => checkCertificate(certificate.pem);
      const check = make("button", { type: "button", onclick }, "Check the certificate");
      spoken.push(make("p", { class: "buttons" }, "It contains a certificate.", check));
    }
    return { spoken, details: findingsBlock(findings, paste) };
  }
  const { findings, checks } = validateMetadata(paste.input, {
    now,
    ...(profile === "" ? {} : { profile }),
  });
  const entities = entityList(metadata.entities, now);
  const wrong = findingsBlock(findings, paste);
  // A single entity comes before its findings, unless one of them is an error or a warning.
  const parts =
    hasErrors(findings) || metadata.entities.length > MAX_OPEN
      ? [...wrong, ...entities]
      : [...entities, ...wrong];
  return {
    spoken: [verdict(toneOf(findings), count(metadata), findings)],
    details: [...parts, checkList(checks)],
    metadata,
  };
}

function comparisonOf({ metadata }: Answer, paste: Paste, other: Paste): Comparison | undefined {
  if (other.input.length === 0 || paste.input.length === 0) return undefined;
  return metadata === undefined
    ? { words: "Add a first document to compare with the second one.", details: [] }
    : compare(paste, metadata, other, Math.floor(Date.now() / 1000));
}

/** `checkCertificate` opens a text in the certificate panel. `fill` enters a text as if it were pasted. */
export function showMetadataPanel(
  section: HTMLElement,
  checkCertificate: (pem: string) => void,
): { fill(text: string): void } {
  const spoken = make("div", { role: "status" });
  const details = make("div");
  const profile = make(
    "select",
    { id: "profile" },
    ...PROFILES.map(([value, label]) => make("option", { value }, label)),
  );
  let [paste, other] = [NOTHING, NOTHING];
  let answer: Answer = NO_ANSWER;
  const show = (): void => {
    const comparison = comparisonOf(answer, paste, other);
    const words = comparison === undefined ? [] : [make("p", { class: "sum" }, comparison.words)];
    spoken.replaceChildren(...answer.spoken, ...words);
    details.replaceChildren(...(comparison?.details ?? []), ...answer.details);
  };
  const read = (): void => {
    const chosen = PROFILES.map(([value]) => value).find((value) => value === profile.value) ?? "";
    answer = paste.input.length === 0 ? NO_ANSWER : answerTo(paste, chosen, checkCertificate);
    show();
  };
  const field = pasteField({
    ...{ id: "metadata-input", label: "Metadata", rows: 14, maxBytes: MAX_BYTES, tooLarge: LARGER },
    help: "Paste SAML metadata, or drop an XML file.",
    onChange: (changed) => {
      paste = changed;
      read();
    },
  });
  const second = pasteField({
    ...{ id: "metadata-after", label: "Second document", rows: 8 },
    ...{ maxBytes: MAX_BYTES, tooLarge: LARGER },
    help: "The newer version, or another copy.",
    onChange: (changed) => {
      other = changed;
      show();
    },
  });
  profile.addEventListener("change", read);
  const compared = make(
    "details",
    {},
    make("summary", {}, "Compare with a second document"),
    second.element,
  );
  const example = (title: string, onclick: () => void): HTMLElement =>
    make("button", { type: "button", class: "example", onclick }, title);
  section.append(
    make(
      "div",
      { class: "input" },
      make("h2", {}, "Read metadata"),
      field.element,
      make("p", { class: "choice" }, make("label", { for: "profile" }, "Check against:"), profile),
      compared,
      make(
        "p",
        { class: "examples" },
        "Examples: ",
        example("an identity provider", () => field.fill(before())),
        " ",
        example("its key rotation", () => {
          compared.open = true;
          field.fill(before());
          second.fill(after());
        }),
      ),
    ),
    make(
      "div",
      { class: "output" },
      make("h2", { class: "narrow-only" }, "Result"),
      spoken,
      details,
    ),
  );
  read();
  return field;
}
