import current from "../../../fixtures/demo/current.pem";
import next from "../../../fixtures/demo/next.pem";
import { validateCertificate } from "../../../src/certificates/index.ts";
import { after, before } from "../metadata/example.ts";
import { looksLikeMetadata, readDocument } from "../metadata/reading.ts";
import { emptyState, make } from "../parts/dom.ts";
import { equivalent } from "../parts/equivalent.ts";
import { type NamedPaste, type Paste, type PasteField, pasteField } from "../parts/paste.ts";
import { linkButton } from "../parts/state.ts";
import type { Panel } from "../parts/tabs.ts";
import { verdict } from "../parts/verdict.ts";
import { type Comparison, compare } from "./changes.ts";
import { compareCertificates } from "./keys.ts";

const MAX_BYTES = 8 * 1024 * 1024;
const LARGER = "extract the entity first, or ask the publisher for a file of one entity.";
const NOTHING: Paste = { input: "", text: "" };

const EMPTY = emptyState("Nothing to compare yet.", [
  "the changes in meaning, not in letters",
  "a key rotation, named as such, with its keys on a timeline",
  "for two certificates: if they have the same key",
]);

const CODE = `import { readFileSync } from "node:fs";
import { diffMetadata } from "samlcert/metadata";

const [before, after] = ["before.xml", "after.xml"].map((file) => readFileSync(file));
console.log(diffMetadata(before, after));
`;

/** The comparison of two pastes: of metadata if the first is, otherwise of certificates. */
function comparisonOf(first: Paste, second: Paste): Comparison {
  const now = Math.floor(Date.now() / 1000);
  const document = readDocument(first);
  if (document !== undefined) return compare(first, document, second, now);
  const [old, fresh] = [first, second].map(({ input }) => validateCertificate(input, { now }));
  const both = old?.certificate !== undefined && fresh?.certificate !== undefined;
  if (both && !looksLikeMetadata(first.text)) {
    return compareCertificates(old.certificate, fresh.certificate, now);
  }
  const words = "The first document is not readable SAML metadata.";
  return { tone: "bad", title: "Cannot be compared", words, details: [] };
}

/** Two panes, and the changes from the first to the second. */
export function showComparePanel(section: HTMLElement): Panel {
  const spoken = make("div", { role: "status" });
  const details = make("div");
  let [first, second] = [NOTHING, NOTHING];
  const show = (): void => {
    if (first.input.length === 0 || second.input.length === 0) {
      spoken.replaceChildren(EMPTY.cloneNode(true));
      details.replaceChildren();
      return;
    }
    const { tone, title, words, details: parts } = comparisonOf(first, second);
    spoken.replaceChildren(verdict(tone, title, words));
    const texts = [first.text, second.text];
    details.replaceChildren(
      make(
        "p",
        { class: "buttons" },
        linkButton("compare", () => texts),
      ),
      ...parts,
      equivalent("samlcert metadata diff before.xml after.xml", CODE),
    );
  };
  const onFiles = ([one, other]: readonly NamedPaste[]): void => {
    fields[0]?.fill(one?.paste?.text ?? "");
    fields[1]?.fill(other?.paste?.text ?? "");
  };
  const pane = (id: string, label: string, help: string, set: (paste: Paste) => void): PasteField =>
    pasteField({
      ...{ id, label, help, rows: 10, maxBytes: MAX_BYTES, tooLarge: LARGER, onFiles },
      onChange: (paste) => {
        set(paste);
        show();
      },
    });
  const fields = [
    pane("compare-before", "Before", "Metadata or a certificate; two files fill both.", (paste) => {
      first = paste;
    }),
    pane("compare-after", "After", "The newer version, or another copy.", (paste) => {
      second = paste;
    }),
  ];
  const restore = (texts: readonly string[]): void => {
    for (const [place, field] of fields.entries()) field.fill(texts[place] ?? "");
  };
  const example = (title: string, texts: () => readonly string[]): HTMLElement => {
    const onclick = (): void => restore(texts());
    return make("button", { type: "button", class: "example", onclick }, title);
  };
  section.append(
    make(
      "div",
      { class: "input" },
      make("h2", {}, "Compare two documents"),
      make("div", { class: "panes" }, ...fields.map(({ element }) => element)),
      make(
        "p",
        { class: "examples" },
        "Examples: ",
        example("a key rotation", () => [before(), after()]),
        " ",
        example("two certificates", () => [current, next]),
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
  show();
  return { restore };
}
