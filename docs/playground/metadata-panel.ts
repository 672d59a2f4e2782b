import { isSamlCertError } from "../../src/core/errors.ts";
import {
  type MetadataReport,
  parseMetadata,
  type UntrustedMetadata,
  validateMetadata,
} from "../../src/metadata/index.ts";
import { block, emptyState, folded, make } from "./dom.ts";
import { checkList, countText, findingList, toneOf } from "./findings.ts";
import { changesBlock } from "./metadata-changes.ts";
import { entityList } from "./metadata-entities.ts";
import { after, before } from "./metadata-example.ts";
import { type Paste, pasteField } from "./paste.ts";
import { linesOf } from "./source.ts";

const MAX_BYTES = 8 * 1024 * 1024;
const MAX_OPEN_FINDINGS = 10;
const NOTHING: Paste = { input: "", text: "" };
const EMPTY = emptyState("Nothing to read yet.", [
  "the entities with their endpoints, and their keys on a timeline",
  "what is wrong with them, with the fault marked in the text",
  "what changed in meaning, when you add a second document",
]);

const PROFILES = [
  ["", "SAML 2.0 alone"],
  ["sp", "of a service provider"],
  ["idp", "of an identity provider"],
  ["saml2int", "the SAML V2.0 Deployment Profile"],
  ["edugain", "eduGAIN"],
] as const;

/** The document, or nothing where it cannot be read: the report says why. */
function read({ input }: Paste): UntrustedMetadata | undefined {
  try {
    return parseMetadata(input);
  } catch (error) {
    if (!isSamlCertError(error)) throw error;
    return undefined;
  }
}

function words(metadata: UntrustedMetadata | undefined, { findings }: MetadataReport): string {
  const why = findings.length === 0 ? "" : ` ${countText(findings)}.`;
  if (metadata === undefined) return `This cannot be read as SAML metadata:${why}`;
  const { entities, signed } = metadata;
  const count = `${entities.length} ${entities.length === 1 ? "entity" : "entities"}`;
  const trust = signed ? "signed; this page does not verify signatures" : "not signed";
  return `${count}, ${trust}.${why}`;
}

/** The worst findings open, the others behind a summary. */
function findingsBlock({ findings }: MetadataReport, { text }: Paste): HTMLElement[] {
  if (findings.length === 0) return [];
  const lines = linesOf(text);
  const open = findings.slice(0, MAX_OPEN_FINDINGS);
  const others = findings.slice(MAX_OPEN_FINDINGS);
  const element = block("Findings", findingList(open, lines));
  if (others.length > 0) {
    const more = `${others.length} more: ${countText(others)}`;
    element.append(folded(more, () => findingList(others, lines)));
  }
  return [element];
}

/** `fill` puts a text in, as if it had been pasted. */
export function showMetadataPanel(section: HTMLElement): { fill(text: string): void } {
  const spoken = make("div", { role: "status" });
  const details = make("div");
  const profile = make(
    "select",
    { id: "profile" },
    ...PROFILES.map(([value, label]) => make("option", { value }, label)),
  );
  let [paste, other] = [NOTHING, NOTHING];
  const show = (): void => {
    if (paste.input.length === 0) {
      spoken.replaceChildren(EMPTY.cloneNode(true));
      details.replaceChildren();
      return;
    }
    const now = Math.floor(Date.now() / 1000);
    const chosen = PROFILES.map(([value]) => value).find((value) => value === profile.value);
    const report = validateMetadata(paste.input, {
      now,
      ...(chosen === undefined || chosen === "" ? {} : { profile: chosen }),
    });
    const metadata = read(paste);
    const tone = metadata === undefined ? "bad" : toneOf(report.findings);
    spoken.replaceChildren(make("p", { class: `verdict ${tone}` }, words(metadata, report)));
    details.replaceChildren(
      ...(other.input.length === 0 ? [] : [changesBlock(paste.input, other.input, now)]),
      ...findingsBlock(report, paste),
      ...(metadata === undefined ? [] : entityList(metadata.entities, now)),
      checkList(report.checks),
    );
  };
  const field = pasteField({
    ...{ id: "metadata-input", label: "Metadata", rows: 14, maxBytes: MAX_BYTES },
    help: "Paste SAML metadata, or drop an XML file.",
    onChange: (changed) => {
      paste = changed;
      show();
    },
  });
  const second = pasteField({
    ...{ id: "metadata-after", label: "Second document", rows: 8, maxBytes: MAX_BYTES },
    help: "The newer version, or another copy.",
    onChange: (changed) => {
      other = changed;
      show();
    },
  });
  profile.addEventListener("change", show);
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
      make(
        "p",
        { class: "choice" },
        make("label", { for: "profile" }, "Judge as metadata"),
        profile,
      ),
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
      make("h2", { class: "narrow-only" }, "Answer"),
      spoken,
      details,
    ),
  );
  show();
  return field;
}
