import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import type { XmlElement } from "../../../src/metadata/xml/element.ts";
import { readXmlTree } from "../../../src/metadata/xml/tree.ts";
import { corpusFolder, requireCorpus } from "../../support/require.ts";

const corpus = requireCorpus("saml");

/** An element as both parsers can tell it: name as written, attributes, children, text. */
interface Plain {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly Plain[];
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
});

type Ordered = Readonly<Record<string, unknown>>;

const collapse = (text: string): string => text.replace(/\s+/g, " ").trim();

/** The five entities and the numbers, which fast-xml-parser is told to leave alone. */
function decode(text: string): string {
  const named: Readonly<Record<string, string>> = {
    amp: "&",
    lt: "<",
    gt: ">",
    quot: '"',
    apos: "'",
  };
  return text.replace(/&(#x[0-9a-fA-F]+|#\d+|\w+);/g, (whole, name: string) => {
    if (!name.startsWith("#")) return named[name] ?? whole;
    const code = name[1] === "x" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return String.fromCodePoint(code);
  });
}

function theirs(list: readonly Ordered[]): readonly Plain[] {
  return list.flatMap((item) => {
    const name = Object.keys(item).find((key) => key !== ":@" && key !== "#text");
    if (name === undefined) return [];
    const content = item[name] as readonly Ordered[];
    const raw = (item[":@"] ?? {}) as Readonly<Record<string, string>>;
    const attributes = Object.fromEntries(
      Object.entries(raw)
        .filter(([key]) => !/^xmlns(?::|$)/.test(key))
        .map(([key, value]) => [key, collapse(decode(value))]),
    );
    const text = content
      .map((one) => (typeof one["#text"] === "string" ? one["#text"] : ""))
      .join("");
    return [{ name, attributes, text: collapse(decode(text)), children: theirs(content) }];
  });
}

function ours(element: XmlElement): Plain {
  const written = (prefix: string, localName: string): string =>
    prefix === "" ? localName : `${prefix}:${localName}`;
  return {
    name: written(element.prefix, element.localName),
    attributes: Object.fromEntries(
      element.attributes.map(({ prefix, localName, value }) => [
        written(prefix, localName),
        collapse(value),
      ]),
    ),
    text: collapse(element.text),
    children: element.children.map(ours),
  };
}

describe.skipIf(corpus.missing)(`fast-xml-parser gives a second opinion${corpus.note}`, () => {
  const folders = ["saml/documents", "saml/ukf-testbed"].map((name) => join(corpusFolder, name));
  const files = corpus.missing
    ? []
    : folders.flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: "utf8" })
          .filter((name) => name.endsWith(".xml"))
          .map((name) => join(folder, name)),
      );

  it("and reads the same tree on every benign document", { timeout: 120_000 }, () => {
    let compared = 0;
    for (const path of files) {
      const bytes = readFileSync(path);
      let tree: XmlElement;
      try {
        tree = readXmlTree(bytes).root;
      } catch {
        continue;
      }
      // A CDATA section is a node of its own there; no benign document has one in its metadata.
      expect([ours(tree)], path).toEqual(theirs(parser.parse(bytes) as readonly Ordered[]));
      compared++;
    }
    expect(compared).toBeGreaterThan(files.length * 0.95);
  });
});
