import { isSamlCertError } from "../../src/core/errors.ts";
import {
  type MetadataReport,
  parseMetadata,
  type UntrustedMetadata,
  validateMetadata,
} from "../../src/metadata/index.ts";
import { block, make } from "./dom.ts";
import { checkList, countText, findingList } from "./findings.ts";
import { changesBlock } from "./metadata-changes.ts";
import { entityBlock } from "./metadata-entity.ts";
import { type Paste, pasteField } from "./paste.ts";

const MAX_BYTES = 8 * 1024 * 1024;
const MAX_ENTITIES = 50;
const MAX_OPEN_FINDINGS = 10;
const NOTHING: Paste = { input: "", text: "" };

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
  const open = findings.slice(0, MAX_OPEN_FINDINGS);
  const others = findings.slice(MAX_OPEN_FINDINGS);
  const element = block("Findings", findingList(open, text));
  if (others.length > 0) {
    const more = make("summary", {}, `${others.length} more`);
    element.append(make("details", {}, more, findingList(others, text)));
  }
  return [element];
}

function entities(metadata: UntrustedMetadata | undefined, now: number): HTMLElement[] {
  const all = metadata?.entities ?? [];
  const shown = all.slice(0, MAX_ENTITIES).map((entity) => entityBlock(entity, now));
  if (all.length <= MAX_ENTITIES) return shown;
  return [
    ...shown,
    make("p", {}, `The first ${MAX_ENTITIES} of ${all.length} entities are shown.`),
  ];
}

export function showMetadataPanel(section: HTMLElement): void {
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
      spoken.replaceChildren(make("p", { class: "empty" }, "The answer appears here."));
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
    const tone = metadata !== undefined && report.ok ? "good" : "bad";
    spoken.replaceChildren(make("p", { class: `verdict ${tone}` }, words(metadata, report)));
    details.replaceChildren(
      ...(other.input.length === 0 ? [] : [changesBlock(paste.input, other.input)]),
      ...findingsBlock(report, paste),
      ...entities(metadata, now),
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
      make("details", {}, make("summary", {}, "Compare with a second document"), second.element),
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
}
