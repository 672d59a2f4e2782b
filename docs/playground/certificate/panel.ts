import pasted from "../../../fixtures/demo/pasted.txt";
import withPrivateKey from "../../../fixtures/demo/with-private-key.pem";
import { validateCertificate } from "../../../src/certificates/index.ts";
import { looksLikeMetadata } from "../metadata/reading.ts";
import { emptyState, make } from "../parts/dom.ts";
import { type NamedPaste, type Paste, pasteField } from "../parts/paste.ts";
import { linkButton } from "../parts/state.ts";
import type { Panel } from "../parts/tabs.ts";
import { manyFiles } from "./many.ts";
import { reportParts, verdictOf } from "./report.ts";

const MAX_BYTES = 256 * 1024;

const EMPTY = emptyState("Nothing to check yet.", [
  "until when the certificate is good",
  "what is wrong with it, marked in the text",
  "the PEM to upload, repaired if that is safe",
]);

/** `readMetadata` opens a text in the metadata panel. */
export function showCertificatePanel(
  section: HTMLElement,
  readMetadata: (text: string) => void,
): Panel {
  const spoken = make("div", { role: "status" });
  const list = make("div");
  const details = make("div");
  const empty = (): void => {
    spoken.replaceChildren(EMPTY.cloneNode(true));
    details.replaceChildren();
  };
  const show = (paste: Paste): void => {
    const now = Math.floor(Date.now() / 1000);
    const report = validateCertificate(paste.input, { now });
    const { certificate, repairs } = report;
    const buttons: HTMLElement[] = [];
    if (certificate !== undefined && repairs.length > 0) {
      const onclick = (): void => field.fill(certificate.pem);
      const words = "Put the repaired text back";
      buttons.push(make("button", { type: "button", class: "primary", onclick }, words));
    }
    if (looksLikeMetadata(paste.text)) {
      const onclick = (): void => readMetadata(paste.text);
      buttons.push(make("button", { type: "button", onclick }, "Read as metadata"));
    }
    const text = paste.text === "" ? certificate?.pem : paste.text;
    if (text !== undefined) buttons.push(linkButton("certificate", () => [text]));
    spoken.replaceChildren(verdictOf(report, now));
    details.replaceChildren(
      make("p", { class: "buttons" }, ...buttons),
      ...reportParts(report, paste, now),
    );
  };
  const onFiles = (files: readonly NamedPaste[]): void => {
    const now = Math.floor(Date.now() / 1000);
    spoken.replaceChildren(make("p", { class: "sum" }, `${files.length} files were checked.`));
    list.replaceChildren(manyFiles(files, now, show));
    details.replaceChildren();
  };
  const field = pasteField({
    id: "certificate-input",
    label: "Certificate",
    help: "Paste it in any form, or drop files.",
    rows: 14,
    maxBytes: MAX_BYTES,
    tooLarge: "check that it is the right file.",
    onChange: (paste) => {
      list.replaceChildren();
      if (paste.input.length === 0) empty();
      else show(paste);
    },
    onFiles,
  });
  const example = (title: string, text: string): HTMLElement =>
    make("button", { type: "button", class: "example", onclick: () => field.fill(text) }, title);
  section.append(
    make(
      "div",
      { class: "input" },
      make("h2", {}, "Check a certificate"),
      field.element,
      make(
        "p",
        { class: "examples" },
        "Examples: ",
        example("copied from an email", pasted),
        " ",
        example("with its private key", withPrivateKey),
      ),
    ),
    make(
      "div",
      { class: "output" },
      make("h2", { class: "narrow-only" }, "Result"),
      spoken,
      list,
      details,
    ),
  );
  empty();
  return { restore: ([text = ""]) => field.fill(text) };
}
