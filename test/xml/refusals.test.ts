import { describe, expect, it } from "vitest";
import { readXmlTree } from "../../src/xml/tree.ts";
import { canonicalFormOfStream } from "../metadata/support/canonical.ts";

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => Buffer.from(part as never)));

/** [code, line, column, document] */
const refusals: readonly (readonly [string, number, number, string | Uint8Array])[] = [
  ["xml.no_element", 1, 1, ""],
  ["xml.no_element", 2, 1, "<!-- x -->\n"],
  ["xml.text_outside_root", 1, 1, "x<a/>"],
  ["xml.text_outside_root", 2, 2, "<a/>\n x"],
  ["xml.text_outside_root", 1, 5, "<a/>&amp;"],
  ["xml.text_outside_root", 1, 5, "<a/><![CDATA[]]>"],
  ["xml.second_root", 1, 5, "<a/><b/>"],
  ["xml.second_root", 1, 8, "<a></a><b></b>"],
  ["xml.truncated", 1, 4, "<a>"],
  ["xml.truncated", 1, 8, "<a>text"],
  ["xml.truncated", 1, 3, "<a"],
  ["xml.truncated", 1, 2, "<"],
  ["xml.truncated", 1, 10, '<a b="x>y'],
  ["xml.truncated", 1, 9, "<a><!-- "],
  ["xml.truncated", 1, 15, "<a><![CDATA[ ]"],
  ["xml.end_tag", 2, 3, "<a>\n  </b>"],
  ["xml.end_tag", 1, 4, "<a></ab>"],
  ["xml.end_tag", 1, 4, "<a></a b>"],
  ["xml.end_tag", 1, 4, "<a></ a>"],
  ["xml.no_start_tag", 1, 5, "<a/></a>"],
  ["xml.end_tag", 1, 7, "<a><b></a></b>"],
  ["xml.end_tag", 1, 22, '<p:a xmlns:p="urn:p"></q:a>'],
  ["xml.name", 1, 2, "<1a/>"],
  ["xml.name", 1, 2, "< a/>"],
  ["xml.name", 1, 2, "<a:b:c/>"],
  ["xml.name", 1, 2, "<:a/>"],
  ["xml.name", 1, 2, "<a:/>"],
  ["xml.name", 1, 2, "<\u00d7/>"],
  ["xml.name", 1, 3, "<a$/>"],
  ["xml.markup", 1, 9, '<a b="1"c="2"/>'],
  ["xml.markup", 1, 5, "<a b/>"],
  ["xml.markup", 1, 4, "<a / >"],
  ["xml.markup", 1, 6, "<a> a<!-x--></a>"],
  ["xml.markup", 1, 11, "<a><!-- b -- c --></a>"],
  ["xml.markup", 1, 9, "<a><!--a--->"],
  ["xml.markup", 1, 1, "<!ELEMENT a ANY><a/>"],
  ["xml.attribute_quotes", 1, 6, "<a b=c/>"],
  ["xml.attribute_value", 1, 8, '<a b="x<y"/>'],
  ["xml.attribute_value", 1, 7, '<a b="<>"/>'],
  ["xml.duplicate_attribute", 1, 10, '<a b="1" b="2"/>'],
  ["xml.duplicate_attribute", 1, 44, '<a xmlns:p="urn:x" xmlns:q="urn:x" p:b="1" q:b="2"/>'],
  ["xml.duplicate_attribute", 1, 15, '<a xmlns="u:" xmlns="u:"/>'],
  ["xml.unbound_prefix", 1, 2, "<p:a/>"],
  ["xml.unbound_prefix", 1, 4, '<a p:b="1"/>'],
  ["xml.unbound_prefix", 1, 33, '<r><p:a xmlns:p="urn:p"/><b> x <p:c/></b></r>'],
  ["xml.unbound_prefix", 1, 2, "<xmlns:a/>"],
  ["xml.namespace", 1, 4, '<a xmlns:p=""/>'],
  ["xml.namespace", 1, 4, '<a xmlns:xmlns="urn:x"/>'],
  ["xml.namespace", 1, 4, '<a xmlns:xml="urn:x"/>'],
  ["xml.namespace", 1, 4, '<a xmlns="http://www.w3.org/XML/1998/namespace"/>'],
  ["xml.namespace", 1, 4, '<a xmlns:p="http://www.w3.org/2000/xmlns/"/>'],
  ["xml.namespace_relative", 1, 4, '<a xmlns="relative"/>'],
  ["xml.namespace_relative", 1, 4, '<a xmlns:unused="../relative"/>'],
  ["xml.namespace_relative", 1, 7, '<a><b xmlns:unused="//host/path"/></a>'],
  ["xml.reference", 1, 4, "<a>&b;</a>"],
  ["xml.reference", 1, 5, "<a>x&amp</a>"],
  ["xml.reference", 1, 4, "<a>&ampx</a>"],
  ["xml.reference", 1, 4, "<a>& </a>"],
  ["xml.reference", 1, 4, "<a>&#0;</a>"],
  ["xml.reference", 1, 4, "<a>&#x1F;</a>"],
  ["xml.reference", 1, 4, "<a>&#xD800;</a>"],
  ["xml.reference", 1, 4, "<a>&#x110000;</a>"],
  ["xml.reference", 1, 4, "<a>&#xFFFE;</a>"],
  ["xml.reference", 1, 4, "<a>&#;</a>"],
  ["xml.reference", 1, 4, "<a>&#X41;</a>"],
  ["xml.reference", 1, 4, "<a>&#99999999999999999999;</a>"],
  ["xml.reference", 1, 7, '<a b="&c;"/>'],
  ["xml.section_end_in_text", 1, 5, "<a>x]]></a>"],
  ["xml.section_end_in_text", 2, 2, "<a>>>>\n ]]>x</a>"],
  ["xml.doctype", 1, 1, "<!DOCTYPE a><a/>"],
  ["xml.doctype", 1, 1, "<!doctype a><a/>"],
  ["xml.doctype", 1, 4, "<a><!DOCTYPE a></a>"],
  ["xml.processing_instruction", 1, 4, "<a><?xml-stylesheet b?></a>"],
  ["xml.markup", 1, 1, "<?1?><a/>"],
  ["xml.markup", 1, 1, "<?a:b c?><a/>"],
  ["xml.markup", 1, 5, "<a/><? b?>"],
  ["xml.markup", 1, 5, "<a/><?b$?>"],
  ["xml.truncated", 1, 8, "<a/><?b"],
  ["xml.no_element", 1, 6, "<?a?>"],
  ["xml.declaration_place", 1, 2, ' <?xml version="1.0"?><a/>'],
  ["xml.declaration_place", 1, 5, '<a/><?xml version="1.0"?>'],
  ["xml.declaration_place", 1, 4, '<a><?xml version="1.0"?></a>'],
  ["xml.declaration", 1, 1, '<?XML version="1.0"?><a/>'],
  ["xml.declaration", 1, 1, '<?xml encoding="UTF-8"?><a/>'],
  ["xml.declaration", 1, 1, "<?xml version='1.0\"?><a/>"],
  ["xml.declaration", 1, 1, '<?xml version="1.0" standalone="maybe"?><a/>'],
  ["xml.version", 1, 1, '<?xml version="1.1"?><a/>'],
  ["xml.encoding", 2, 3, bytes("<a>\nxy", [0xff], "</a>")],
  ["xml.encoding", 1, 4, bytes("<a>", [0xc0, 0x80], "</a>")],
  ["xml.encoding", 1, 5, bytes("<a>", [0xe0, 0x9f, 0xbf], "</a>")],
  ["xml.encoding", 1, 5, bytes("<a>", [0xed, 0xa0, 0x80], "</a>")],
  ["xml.encoding", 1, 5, bytes("<a>", [0xf4, 0x90, 0x80, 0x80], "</a>")],
  ["xml.encoding", 1, 6, bytes("<a/>", [0xe2, 0x82])],
  ["xml.character", 1, 4, "<a>\u0000</a>"],
  ["xml.character", 1, 4, "<a>\u000b</a>"],
  ["xml.character", 1, 7, '<a b="\u001f"/>'],
  [
    "xml.limit.attributes",
    1,
    1942,
    `<a ${Array.from({ length: 300 }, (_, i) => `b${i}=""`).join(" ")}/>`,
  ],
];

describe("the reader", () => {
  it.each(refusals)("refuses with %s at line %i, column %i: %s", (code, line, column, document) => {
    let thrown: unknown;
    try {
      readXmlTree(document);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ name: "MetadataError", code, at: { line, column } });
  });

  it.each(["\ufffe", "\uffff"])("refuses the character %j", (character) => {
    expect(() => readXmlTree(`<a>${character}</a>`)).toThrow(
      expect.objectContaining({ code: "xml.character" }),
    );
  });

  it("refuses bytes beyond ASCII in a document that declares US-ASCII, wherever a stream is cut", async () => {
    for (const length of [1, 100, 300]) {
      const xml = Buffer.from(
        `<?xml version="1.0" encoding="ASCII"?><a>${"x".repeat(length)}\u00e9</a>`,
      );
      expect(() => readXmlTree(xml)).toThrow(
        expect.objectContaining({ code: "xml.encoding_mismatch" }),
      );
      const method = { isExclusive: true, withComments: false, inclusivePrefixes: [] };
      await expect(canonicalFormOfStream(xml, method, 64)).rejects.toMatchObject({
        code: "xml.encoding_mismatch",
      });
    }
    // The declaration that lxml writes by default.
    const { root } = readXmlTree("<?xml version='1.0' encoding='ASCII'?>\n<a>&#233;</a>");
    expect(root.text).toBe("\u00e9");
  });

  it("refuses a lone surrogate in a string", () => {
    expect(() => readXmlTree("<a>\ud800</a>")).toThrow(
      expect.objectContaining({ code: "xml.character", at: { offset: 3 } }),
    );
  });

  it("gives offsets of strings in UTF-16 units, and of bytes in bytes", () => {
    const document = "<a>\u00e9\ud83d\ude00<b></a>";
    const fault = (xml: string | Uint8Array): unknown => {
      try {
        readXmlTree(xml);
      } catch (error) {
        return (error as { at: unknown }).at;
      }
      return undefined;
    };
    expect(fault(document)).toEqual({ line: 1, column: 10, offset: 9 });
    expect(fault(new TextEncoder().encode(document))).toEqual({ line: 1, column: 10, offset: 12 });
  });

  it.each([
    ["maxBytes", 10, "xml.limit.document", "<a>0123456789</a>"],
    ["maxNodes", 3, "xml.limit.nodes", '<a b=""><c/><d/></a>'],
    ["maxDepth", 3, "xml.limit.depth", "<a><a><a><a/></a></a></a>"],
    ["maxAttributes", 1, "xml.limit.attributes", '<a b="" c=""/>'],
    ["maxNamespaces", 3, "xml.limit.namespaces", '<a xmlns:b="urn:b" xmlns:c="urn:c"/>'],
    [
      "maxNamespaces",
      4,
      "xml.limit.namespaces",
      '<a xmlns="urn:1"><a xmlns="urn:2"><a xmlns="urn:3"/></a></a>',
    ],
    ["maxNames", 3, "xml.limit.names", '<a b="" c=""><d/></a>'],
    ["maxNames", 3, "xml.limit.names", '<a xmlns:b="urn:b"><b:a/><b:c/></a>'],
    ["maxNames", 4, "xml.limit.names", '<a xmlns="urn:1"><a xmlns="urn:2"/><a xmlns="urn:3"/></a>'],
    ["maxMarkupBytes", 10, "xml.limit.markup", '<a b="0123456789"/>'],
    ["maxMarkupBytes", 10, "xml.limit.markup", "<a><!-- 0123456789 --></a>"],
    ["maxMarkupBytes", 10, "xml.limit.markup", "<a><![CDATA[0123456789]]></a>"],
    ["maxTextBytes", 5, "xml.limit.text", "<a>0123456789</a>"],
    ["maxTextBytes", 5, "xml.limit.text", "<a>0123<!-- -->456789</a>"],
  ] as const)("refuses more than the limit %s of %i: %s", (limit, value, code, document) => {
    expect(() => readXmlTree(document, { [limit]: value })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
