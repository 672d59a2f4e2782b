import { findPrivateKey } from "../../../src/certificates/private-key.ts";
import { type Finding, hasErrors } from "../../../src/core/finding.ts";
import {
  type UntrustedEntity,
  type UntrustedMetadata,
  validateMetadata,
} from "../../../src/metadata/index.ts";
import { explainIn } from "../parts/annotated.ts";
import { validityWords } from "../parts/dates.ts";
import { block, emptyState, folded, make, visible } from "../parts/dom.ts";
import { equivalent } from "../parts/equivalent.ts";
import { checkList, countText, findingList, toneOf } from "../parts/findings.ts";
import { type Paste, pasteField } from "../parts/paste.ts";
import { linesOf } from "../parts/source.ts";
import { linkButton } from "../parts/state.ts";
import type { Panel } from "../parts/tabs.ts";
import { type Tone, verdict } from "../parts/verdict.ts";
import { xmlParts } from "../parts/xml-parts.ts";
import { entityList, MAX_OPEN } from "./entities.ts";
import { keysOf } from "./entity.ts";
import { before } from "./example.ts";
import { readDocument, whyUnread } from "./reading.ts";

const MAX_BYTES = 8 * 1024 * 1024;
const LARGER = "extract the entity first, or ask the publisher for a file of one entity.";
const MAX_OPEN_FINDINGS = 10;
/** Upper bound on the findings that the page asks for. */
const MAX_FINDINGS = 1000;
/** Longer documents are not drawn in colours. */
const MAX_EXPLAINED = 64 * 1024;
const COMMAND = "samlcert metadata validate metadata.xml";
const CODE = `import { readFileSync } from "node:fs";
import { validateMetadata } from "samlcert/metadata";

const report = validateMetadata(readFileSync("metadata.xml"), { now: new Date() });
console.log(report.findings);
`;
const NOTHING: Paste = { input: "", text: "" };
const EMPTY = emptyState("Nothing to read yet.", [
  "the entities with their endpoints, and their keys on a timeline",
  "what is wrong with them, marked in the text",
  "the meaning of each part of the text",
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

/** A sentence about the document, with the number of its findings. */
function reason(text: string, findings: readonly Finding[]): string {
  const first = findings.length < MAX_FINDINGS ? "" : "The first 1,000 findings: ";
  return `${text}${findings.length === 0 ? "" : ` ${first}${countText(findings)}.`}`;
}

/** The first signing key to end, in large words; a document with errors says so. */
function largeWords(
  entities: readonly UntrustedEntity[],
  findings: readonly Finding[],
  now: number,
): { readonly tone: Tone; readonly words: string } {
  if (hasErrors(findings)) return { tone: "bad", words: "Has errors" };
  const tone = toneOf(findings);
  const keys = entities.length > MAX_OPEN ? [] : entities.flatMap(keysOf);
  const certificates = keys.map(({ certificate }) => certificate);
  // The last key counts: the others may be on their way out.
  const [last] = certificates.sort((a, b) => b.notAfter.unixSeconds - a.notAfter.unixSeconds);
  if (last === undefined) return { tone, words: tone === "good" ? "Good" : "Readable" };
  const validity = validityWords(last, now);
  return {
    tone: validity.tone === "good" ? tone : validity.tone,
    words: `Key ${validity.words.charAt(0).toLowerCase()}${validity.words.slice(1)}`,
  };
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
}

/** The document in colours, with the meaning of its parts. */
function explained({ text }: Paste): HTMLElement[] {
  if (text === "" || text.length > MAX_EXPLAINED || findPrivateKey(text) !== undefined) return [];
  const view = (): HTMLElement => {
    const label = "The document, explained";
    const shown = make("pre", {
      class: "text wrap",
      tabindex: "0",
      role: "group",
      "aria-label": label,
    });
    const { pieces, parts } = xmlParts(text);
    // Characters that reorder the text are escaped: this view is not for copying.
    const safe = pieces.map((piece) => ({ ...piece, text: visible(piece.text) }));
    return make("div", {}, explainIn(shown, { pieces: safe, parts }), shown);
  };
  return [folded("The document in colours, part by part", view)];
}

function linkTo({ text }: Paste): HTMLElement[] {
  if (text === "" || text.length > MAX_EXPLAINED) return [];
  return [
    make(
      "p",
      { class: "buttons" },
      linkButton("metadata", () => [text]),
    ),
  ];
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
    const why = reason("This is not readable SAML metadata:", findings);
    const spoken = [verdict("bad", "Not readable", why)];
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
  const { tone, words } = largeWords(metadata.entities, findings, now);
  const entities = entityList(metadata.entities, now);
  const wrong = findingsBlock(findings, paste);
  // A single entity comes before its findings, unless one of them is an error or a warning.
  const parts =
    hasErrors(findings) || metadata.entities.length > MAX_OPEN
      ? [...wrong, ...entities]
      : [...entities, ...wrong];
  return {
    spoken: [verdict(tone, words, reason(count(metadata), findings))],
    details: [
      ...linkTo(paste),
      ...parts,
      checkList(checks),
      ...explained(paste),
      equivalent(COMMAND, CODE),
    ],
  };
}

/** `checkCertificate` opens a text in the certificate panel. `fill` enters a text as if it were pasted. */
export function showMetadataPanel(
  section: HTMLElement,
  checkCertificate: (pem: string) => void,
): Panel {
  const spoken = make("div", { role: "status" });
  const details = make("div");
  const profile = make(
    "select",
    { id: "profile" },
    ...PROFILES.map(([value, label]) => make("option", { value }, label)),
  );
  let paste = NOTHING;
  const read = (): void => {
    const chosen = PROFILES.map(([value]) => value).find((value) => value === profile.value) ?? "";
    const answer = paste.input.length === 0 ? NO_ANSWER : answerTo(paste, chosen, checkCertificate);
    spoken.replaceChildren(...answer.spoken);
    details.replaceChildren(...answer.details);
  };
  const field = pasteField({
    ...{ id: "metadata-input", label: "Metadata", rows: 14, maxBytes: MAX_BYTES, tooLarge: LARGER },
    help: "Paste SAML metadata, or drop an XML file.",
    onChange: (changed) => {
      paste = changed;
      read();
    },
  });
  profile.addEventListener("change", read);
  const example = (title: string, onclick: () => void): HTMLElement =>
    make("button", { type: "button", class: "example", onclick }, title);
  section.append(
    make(
      "div",
      { class: "input" },
      make("h2", {}, "Read metadata"),
      field.element,
      make("p", { class: "choice" }, make("label", { for: "profile" }, "Check against:"), profile),
      make(
        "p",
        { class: "examples" },
        "Examples: ",
        example("an identity provider", () => field.fill(before())),
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
  return { restore: ([text = ""]) => field.fill(text) };
}
