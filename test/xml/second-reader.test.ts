import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import type { XmlElement } from "../../src/xml/element.ts";
import { readXmlTree } from "../../src/xml/tree.ts";
import { corpusFolder, requireCorpus } from "../support/require.ts";

const corpus = requireCorpus("saml", "documents");
const testbed = requireCorpus("saml", "ukf-testbed");

type Node = {
  readonly [name: string]: readonly Node[] | string | Readonly<Record<string, string>>;
};

/** fast-xml-parser's own tree, which knows no namespaces and resolves references as it is told. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: true,
  htmlEntities: true,
  attributeNamePrefix: "",
});

interface Plain {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly Plain[];
}

/** Blank text between elements is no text, and line ends are one kind, as in the tree of ours. */
function textOf(parts: readonly string[], hasChildren: boolean): string {
  const text = parts.join("").replace(/\r\n?/g, "\n");
  return hasChildren && text.trim() === "" ? "" : text;
}

function fromTheirs(node: Node): Plain {
  const name = Object.keys(node).find((key) => key !== ":@") as string;
  const content = node[name] as readonly Node[];
  const attributes = Object.entries((node[":@"] ?? {}) as Record<string, string>)
    .filter(([key]) => !/^xmlns(:|$)/.test(key))
    .map(([key, value]) => [key, value.replace(/[\t\r\n]/g, " ")]);
  const elements = content.filter((child) => child["#text"] === undefined);
  const texts = content.map((child) => (child["#text"] ?? "") as string);
  return {
    name,
    attributes: Object.fromEntries(attributes),
    text: textOf(texts, elements.length > 0),
    children: elements.map(fromTheirs),
  };
}

function fromOurs({ prefix, localName, attributes, text, children }: XmlElement): Plain {
  const qualified = (p: string, local: string): string => (p === "" ? local : `${p}:${local}`);
  return {
    name: qualified(prefix, localName),
    attributes: Object.fromEntries(
      attributes.map((a) => [qualified(a.prefix, a.localName), a.value]),
    ),
    text: textOf([text], children.length > 0),
    children: children.map(fromOurs),
  };
}

function xmlFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".xml"))
    .map((name) => join(folder, name));
}

describe.skipIf(corpus.missing || testbed.missing)(`fast-xml-parser${corpus.note}`, () => {
  it("reads the same tree in every real document", () => {
    const files = [
      ...xmlFiles(join(corpusFolder, "saml/documents")),
      ...xmlFiles(join(corpusFolder, "saml/ukf-testbed")),
    ];
    let compared = 0;
    for (const file of files) {
      const xml = readFileSync(file, "utf8");
      let root: XmlElement;
      try {
        ({ root } = readXmlTree(xml));
      } catch {
        continue;
      }
      const theirs = (parser.parse(xml) as readonly Node[]).find(
        (node) => node["?xml"] === undefined && node["#text"] === undefined,
      );
      expect(fromOurs(root), file).toEqual(fromTheirs(theirs as Node));
      compared++;
    }
    expect(compared).toBeGreaterThan(150);
  }, 120_000);
});
