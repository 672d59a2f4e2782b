import { describe, expect, it } from "vitest";
import type { XmlElement } from "../../src/xml/element.ts";
import { namespaceOf } from "../../src/xml/scope.ts";
import { readXmlTree } from "../../src/xml/tree.ts";
import { canonicalForm } from "../metadata/support/canonical.ts";
import { xmlDocuments } from "../metadata/support/documents.ts";
import { askLibxml2, libxml2 } from "../metadata/support/libxml2.ts";
import { fc } from "../support/property.ts";

const FORM = { isExclusive: false, withComments: false, inclusivePrefixes: [] };

/** Hostile and careless changes to a document. */
const SPLINTERS = [
  "<",
  ">",
  "&",
  ";",
  '"',
  "'",
  "=",
  "/",
  "]]>",
  "<!--",
  "-->",
  "--",
  "<![CDATA[",
  "</e>",
  "<e>",
  "<e/>",
  "xmlns:q=''",
  " xmlns=''",
  ' id="1"',
  "&#0;",
  "&#x41;",
  "&lt;",
  "&x;",
  "\u0001",
  "\u0085",
  "\u2028",
  "\ufeff",
  "é",
  ":",
  " ",
  "\n",
  "-",
  ".",
];

const mutants: fc.Arbitrary<string> = fc
  .tuple(
    xmlDocuments,
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), fc.nat(3)), {
      minLength: 1,
      maxLength: 2,
    }),
  )
  .map(([document, changes]) => {
    let text = document;
    for (const [place, splinter, removed] of changes) {
      const at = Math.floor(place * text.length);
      const piece = removed === 3 ? "" : (SPLINTERS[splinter % SPLINTERS.length] as string);
      text = text.slice(0, at) + piece + text.slice(at + removed);
    }
    return text;
  });

/** Why a document that libxml2 reads may be refused here. */
const STRICTER = new Set([
  "xml.processing_instruction",
  "xml.doctype",
  // libxml2 only warns where xml or xmlns is bound otherwise, or a prefix is undeclared.
  "xml.namespace",
  // libxml2 only warns; its canonical form is an error.
  "xml.namespace_relative",
]);

/** The canonical form; nothing where a namespace name leaves none, with which libxml2 is less strict. */
function formOf(document: Uint8Array): string | undefined {
  try {
    return canonicalForm(document, FORM).toString();
  } catch (error) {
    expect(error).toMatchObject({ code: "xml.namespace_form" });
    return undefined;
  }
}

describe.skipIf(libxml2.missing)(`the reader and libxml2${libxml2.note}`, () => {
  it("accept the same of random damaged documents, and read the same in them", () => {
    const documents = fc.sample(mutants, { numRuns: 6000, seed: 1_121 });
    const octets = documents.map((document) => Buffer.from(document));
    const answers = askLibxml2(octets, [FORM]);
    let accepted = 0;
    for (const [i, { error, forms }] of answers.entries()) {
      let code: string | undefined;
      try {
        readXmlTree(octets[i]!);
      } catch (thrown) {
        code = (thrown as { code: string }).code;
      }
      if (code !== undefined && STRICTER.has(code)) continue;
      // lxml refuses these; libxml2 itself only warns, and so does xmllint.
      if (error?.includes("is not a valid URI")) continue;
      expect({ document: documents[i], refused: code !== undefined, error, code }).toMatchObject({
        refused: error !== undefined && error !== "C14N failed",
      });
      if (code !== undefined) continue;
      accepted++;
      const form = formOf(octets[i]!);
      if (form !== undefined) expect(form).toBe(forms?.[0]?.toString());
    }
    expect(accepted).toBeGreaterThan(100);
    expect(accepted).toBeLessThan(5000);
  }, 60_000);
});

/** A tree written again, from nothing but what the tree says. */
function write({ prefix, localName, namespace, attributes, children, text }: XmlElement): string {
  const escaped = (value: string): string =>
    value.replace(/[&<>"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
  const name = prefix === "" ? localName : `${prefix}:${localName}`;
  const bound = new Map([[prefix, namespace]]);
  for (const attribute of attributes) {
    if (attribute.prefix !== "" && attribute.prefix !== "xml") {
      bound.set(attribute.prefix, attribute.namespace);
    }
  }
  const declarations = [...bound].map(
    ([p, ns]) => ` xmlns${p === "" ? "" : `:${p}`}="${escaped(ns)}"`,
  );
  const written = attributes.map(
    (a) => ` ${a.prefix === "" ? "" : `${a.prefix}:`}${a.localName}="${escaped(a.value)}"`,
  );
  return `<${name}${declarations.join("")}${written.join("")}>${escaped(text)}${children.map(write).join("")}</${name}>`;
}

function content({ namespace, localName, attributes, children, text }: XmlElement): unknown {
  const named = attributes.map((a) => [a.namespace, a.localName, a.value]);
  return { namespace, localName, attributes: named, children: children.map(content), text };
}

describe("the tree", () => {
  it("says all that is in the document: written again, it reads the same", () => {
    fc.assert(
      fc.property(xmlDocuments, (document) => {
        const { root } = readXmlTree(document);
        expect(content(readXmlTree(write(root)).root)).toEqual(content(root));
        expect(content(readXmlTree(Buffer.from(document)).root)).toEqual(content(root));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["a letter beyond ASCII", "\u00e9"],
    ["a surrogate pair", "\ud83d\ude00"],
    ["a lone surrogate", "\ud83d"],
    ["a control character", "\u0001"],
  ])("is the same of text and of bytes, wherever in it is %s", (_, character) => {
    for (const length of [1, 8191, 8192, 16_380, 16_381, 16_382, 16_383, 16_384, 40_000]) {
      const text = `<a>${"x".repeat(length)}${character}y</a>`;
      const read = (xml: string | Uint8Array): string => {
        try {
          return readXmlTree(xml).root.text;
        } catch (error) {
          return (error as { code: string }).code;
        }
      };
      const isChar = character > "\u001f" && character !== "\ud83d";
      expect(read(text)).toBe(isChar ? text.slice(3, -4) : "xml.character");
      // Encoding makes U+FFFD of a lone surrogate.
      if (character !== "\ud83d") expect(read(new TextEncoder().encode(text))).toBe(read(text));
    }
  });

  it("joins text around comments and sections, and says that there was a comment", () => {
    const { root } = readXmlTree("<a>one <!-- x -->t<![CDATA[w&]]>o<b> </b><c>\n <d/>\n</c></a>");
    expect(root).toMatchObject({ text: "one tw&o", commented: true });
    expect(root.children).toMatchObject([
      { text: " ", commented: false },
      { text: "", children: [{ localName: "d" }] },
    ]);
  });

  it("knows namespaces, and which prefixes are bound where", () => {
    const { root } = readXmlTree(
      '<a xmlns="urn:1" xmlns:p="urn:2" p:x="1" x="2"><p:b xmlns:p="urn:3" xml:lang="en"/><c xmlns=""/></a>',
    );
    expect(root).toMatchObject({
      namespace: "urn:1",
      attributes: [
        { namespace: "urn:2", localName: "x", value: "1" },
        { namespace: "", localName: "x", value: "2" },
      ],
      children: [
        {
          namespace: "urn:3",
          attributes: [{ namespace: "http://www.w3.org/XML/1998/namespace", localName: "lang" }],
        },
        { namespace: "", localName: "c" },
      ],
    });
    expect(namespaceOf(root.children[0]!.scope, "p")).toBe("urn:3");
    expect(namespaceOf(root.scope, "p")).toBe("urn:2");
  });

  it("locates an element", () => {
    const document = readXmlTree("\ufeff<!-- é -->\n<a>\n  <é/></a>");
    expect(document.locate(document.root.at)).toMatchObject({ line: 2, column: 1 });
    expect(document.locate(document.root.children[0]!.at)).toMatchObject({ line: 3, column: 3 });
  });
});
