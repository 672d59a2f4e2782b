import { XMLParser } from "fast-xml-parser";
import type { XmlElement } from "../../../src/xml/element.ts";

/** An element as both parsers can tell it: name as written, attributes, children, text. */
export interface Plain {
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

function theirsOf(list: readonly Ordered[]): readonly Plain[] {
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
    return [{ name, attributes, text: collapse(decode(text)), children: theirsOf(content) }];
  });
}

export function ours(element: XmlElement): Plain {
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

/** The reading of fast-xml-parser. */
export function theirs(xml: Uint8Array | string): readonly Plain[] {
  return theirsOf(parser.parse(xml) as readonly Ordered[]);
}
