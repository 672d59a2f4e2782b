import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseMetadata } from "../../../src/metadata/index.ts";
import { corpusFolder, requireCorpus } from "../../support/require.ts";
import { askLibxml2, libxml2 } from "../support/libxml2.ts";
import { type Pick, picker } from "../support/variants.ts";

const corpus = requireCorpus("saml", "documents");
const folder = join(corpusFolder, "saml/documents");

const real = (corpus.missing ? [] : readdirSync(folder))
  .filter((name) => name.endsWith(".xml"))
  .map((name) => readFileSync(join(folder, name)))
  .filter(({ length }) => length < 20_000);

/** Octets that are no text, or that end one thing and begin another. */
const SPLINTERS = [
  "00",
  "01",
  "7f",
  "85",
  "c285",
  "ff",
  "efbbbf",
  "eda080",
  "efbfbf",
  "f4908080",
  "c0af",
  "c3a9",
  "e280a8",
  ...[
    "<",
    ">",
    "&",
    ";",
    '"',
    "'",
    "=",
    "/",
    ":",
    "]]>",
    "<!--",
    "-->",
    "--",
    "<![CDATA[",
    "&#0;",
    "&#xD800;",
    "&#x110000;",
    "&foo;",
    ' xmlns:a=""',
    ' a="1" a="2"',
    "<a",
    "</a>",
    "\r",
    '<?xml version="1.1"?>',
    "<?a b?>",
    "<!DOCTYPE a>",
  ].map((text) => Buffer.from(text).toString("hex")),
].map((hex) => Buffer.from(hex, "hex"));

function damaged(document: Buffer, pick: Pick): Buffer {
  let octets = document;
  for (let left = 1 + pick(2); left > 0; left--) {
    const at = pick(octets.length);
    const from = pick(octets.length);
    const [removed, put] = [
      [1, Buffer.of(pick(256))],
      [1 + pick(5), Buffer.of()],
      [pick(3), SPLINTERS[pick(SPLINTERS.length)] as Buffer],
      [0, octets.subarray(from, from + 1 + pick(30))],
      [1, Buffer.of((octets[at] as number) ^ (1 << pick(8)))],
    ][pick(5)] as unknown as readonly [number, Buffer];
    octets = Buffer.concat([octets.subarray(0, at), put, octets.subarray(at + removed)]);
  }
  return octets;
}

/** Refused for what it has, though it is well-formed. */
const STRICTER =
  /^(?:xml\.(?:processing_instruction|doctype|encoding\w*|namespace\w*)|metadata\.root)$/;

describe.skipIf(corpus.missing || libxml2.missing)(
  `bytes of real documents${corpus.note}${libxml2.note}`,
  () => {
    it("are read if and only if libxml2 reads them", () => {
      const documents = Array.from({ length: 1500 }, (_, seed) => {
        const pick = picker(seed + 1);
        return damaged(real[pick(real.length)] as Buffer, pick);
      });
      const answers = askLibxml2(documents);
      let read = 0;
      for (const [i, { error }] of answers.entries()) {
        let code: string | undefined;
        try {
          parseMetadata(documents[i]!);
          read++;
        } catch (thrown) {
          code = (thrown as { code?: string }).code ?? String(thrown);
        }
        // libxml2 itself only warns of a namespace name that is no URI.
        if (error?.includes("is not a valid URI") === true) continue;
        if (error !== undefined && error !== "")
          expect(code, `${i + 1}: ${error}`).toMatch(/^xml\./);
        else expect(code ?? "xml.doctype", `${i + 1}: ${code}`).toMatch(STRICTER);
      }
      expect(read).toBeGreaterThan(300);
      expect(read).toBeLessThan(1200);
    }, 60_000);
  },
);
