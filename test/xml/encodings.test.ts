import { describe, expect, it } from "vitest";
import { readEntities, summarizeEntities } from "../../src/metadata/index.ts";
import { readXmlTree } from "../../src/xml/tree.ts";
import { canonicalForm, canonicalFormOfStream } from "../metadata/support/canonical.ts";
import { xmlDocuments } from "../metadata/support/documents.ts";
import { askLibxml2, libxml2 } from "../metadata/support/libxml2.ts";
import { fc } from "../support/property.ts";

type Encode = (text: string) => Uint8Array;

const unread = (name: string, hex: string): [string, string, Uint8Array] => [
  name,
  "xml.encoding_unsupported",
  Buffer.from(hex, "hex"),
];
const utf32 = (hex: string): [string, string, Uint8Array] => unread("UTF-32", hex);

const declared = (encoding: string, text: string): string =>
  `<?xml version="1.0" encoding="${encoding}"?>${text}`;
const le: Encode = (text) => Buffer.from(text, "utf16le");
const be: Encode = (text) => Buffer.from(text, "utf16le").swap16();
const latin1: Encode = (text) => Buffer.from(text, "latin1");

/** Every way to write a document that is read, with the characters that it can contain. */
const encodings: Readonly<Record<string, Encode>> = {
  "UTF-8 with a byte order mark": (text) => Buffer.from(`\ufeff${text}`),
  "UTF-8, declared": (text) => Buffer.from(declared("utf-8", text)),
  "UTF-16LE with a byte order mark": (text) => le(`\ufeff${text}`),
  "UTF-16BE with a byte order mark": (text) => be(`\ufeff${text}`),
  "UTF-16LE, declared": (text) => le(`\ufeff${declared("UTF-16", text)}`),
  "UTF-16BE, declared": (text) => be(`\ufeff${declared("utf-16", text)}`),
  "UTF-16LE, declared by its own name": (text) => le(declared("UTF-16LE", text)),
  "UTF-16BE, declared by its own name": (text) => be(declared("UTF-16BE", text)),
  "ISO-8859-1": (text) => latin1(declared("ISO-8859-1", text.replace(/[^\0-\xff]+/gu, "þ"))),
};

const FORM = { isExclusive: false, withComments: true, inclusivePrefixes: [] };

describe.skipIf(libxml2.missing)(`documents in other encodings${libxml2.note}`, () => {
  it.each(Object.entries(encodings))("are read as libxml2 reads them: %s", async (_, encode) => {
    const documents = [...fc.sample(xmlDocuments, 300), "<a>\x80\x85\x9f\xa0</a>"].map(encode);
    const answers = askLibxml2(documents, [FORM]);
    let compared = 0;
    for (const [i, { error, forms }] of answers.entries()) {
      const document = documents[i] as Uint8Array;
      // Two replaced names may be the same.
      if (error?.includes("redefined") || error?.includes("Attribute")) continue;
      expect(error, String(document)).toBeUndefined();
      const form = forms?.[0]?.toString();
      expect(canonicalForm(document, FORM).toString()).toBe(form);
      const streamed = await canonicalFormOfStream(document, FORM, 8 + (i % 40));
      expect(streamed.toString()).toBe(form);
      compared++;
    }
    expect(compared).toBeGreaterThan(100);
  });

  it.each([
    ["UTF-16LE that declares UTF-8", le(`\ufeff${declared("UTF-8", "<a/>")}`)],
    ["UTF-16BE that declares UTF-16LE", be(`\ufeff${declared("UTF-16LE", "<a/>")}`)],
    ["UTF-16LE that declares ISO-8859-1", le(`\ufeff${declared("ISO-8859-1", "<a/>")}`)],
    ["UTF-16LE that declares US-ASCII", le(`\ufeff${declared("US-ASCII", "<a/>")}`)],
    ["UTF-8 that declares UTF-16", Buffer.from(declared("UTF-16", "<a/>"))],
    ["a UTF-8 mark before ISO-8859-1", Buffer.from(`\ufeff${declared("ISO-8859-1", "<a/>")}`)],
    ["UTF-8 that declares US-ASCII", Buffer.from(declared("US-ASCII", "<a>é</a>"))],
  ])("are refused if their declaration is wrong: %s", async (_, document) => {
    const wanted = { code: "xml.encoding_mismatch", at: { line: 1 } };
    expect(() => readXmlTree(document)).toThrow(expect.objectContaining({ code: wanted.code }));
    await expect(canonicalFormOfStream(document, FORM, 64)).rejects.toMatchObject(wanted);
  });

  it.each<[string, string, Uint8Array]>([
    ["a lone surrogate", "xml.encoding", le("\ufeff<a>\ud800x</a>")],
    ["a lone low surrogate", "xml.encoding", be("\ufeff<a>\udc00</a>")],
    ["half a character at the end", "xml.encoding", le("\ufeff<a/>").subarray(0, -1)],
    ["U+FFFE in UTF-16", "xml.character", le("\ufeff<a>\ufffe</a>")],
    ["NUL in UTF-16", "xml.character", le("\ufeff<a>\0</a>")],
    ["two byte order marks", "xml.text_outside_root", le("\ufeff\ufeff<a/>")],
    ["marks of both orders", "xml.character", Buffer.concat([le("\ufeff"), be("\ufeff<a/>")])],
    ...["fffe00003c000000610000002f0000003e000000", "3c000000610000002f0000003e000000"].map(utf32),
    ...["0000feff0000003c000000610000002f0000003e", "0000003c000000610000002f0000003e"].map(utf32),
    [
      "a control character in ISO-8859-1",
      "xml.character",
      latin1(declared("latin1", "<a>\x01</a>")),
    ],
    ["overlong UTF-8", "xml.encoding", Buffer.from("3c613ec0bc2f613e", "hex")],
    ["windows-1252", "xml.encoding_unsupported", latin1(declared("windows-1252", "<a>\x80</a>"))],
    ["windows-1252 in ASCII", "xml.encoding_unsupported", latin1(declared("windows-1252", "<a/>"))],
    ["UTF-7", "xml.encoding_unsupported", latin1(declared("UTF-7", "<a>+ADw-</a>"))],
    ...["4c6fa794934085", "4c94847ac595a389"].map((hex) => unread("EBCDIC", hex)),
  ])("are refused with %s: %s", async (_, code, document) => {
    expect(() => readXmlTree(document)).toThrow(expect.objectContaining({ code }));
    await expect(canonicalFormOfStream(document, FORM, 64)).rejects.toMatchObject({ code });
  });

  it("are strings whatever they declare", () => {
    for (const encoding of ["ISO-8859-1", "UTF-16", "US-ASCII", "windows-1252"]) {
      expect(readXmlTree(declared(encoding, "<a>é漢</a>")).root.text).toBe("é漢");
    }
  });

  it("give lines, columns and offsets in bytes of the document", () => {
    for (const [encode, offset] of [
      [(text: string) => le(`\ufeff${text}`), 20],
      [(text: string) => latin1(declared("ISO-8859-1", text)), 52],
      [(text: string) => Buffer.from(text), 12],
    ] as const) {
      const document = readXmlTree(encode("<a>é\n é é<b/></a>"));
      const { at } = document.root.children[0] as { at: number };
      const place = document.locate(at);
      expect(place).toMatchObject({ line: 2, column: 5, offset });
    }
  });

  it("are streamed in pieces of any size", async () => {
    const xml =
      '<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata"><EntityDescriptor entityID="urn:é😀"/></EntitiesDescriptor>';
    const latin = xml.replace("😀", "");
    for (const [document, entityId] of [
      [le(`\ufeff${xml}`), "urn:é😀"],
      [be(`\ufeff${xml}`), "urn:é😀"],
      [latin1(declared("ISO-8859-1", latin)), "urn:é"],
    ] as const) {
      for (const size of [1, 2, 3, 7, 300, 10_000]) {
        async function* pieces(): AsyncGenerator<Uint8Array> {
          for (let i = 0; i < document.length; i += size) yield document.subarray(i, i + size);
        }
        const found: string[] = [];
        for await (const entity of readEntities(pieces())) found.push(entity.entityId);
        for await (const entity of summarizeEntities(pieces())) found.push(entity.entityId);
        expect(found).toEqual([entityId, entityId]);
      }
    }
  });
});
