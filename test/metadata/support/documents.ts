import { fc } from "../../support/property.ts";

/**
 * Random documents: nested declarations that repeat and shadow each other, attributes in any order and
 * quotes, references, CDATA sections, comments, line ends of all kinds, characters of every length, and
 * processing instructions outside the root.
 */
const PREFIXES = ["", "a", "b", "ab", "é", "𐀀"];
const NAMESPACES = ["urn:x", "urn:y", "http://example.com/?a=b;c", "urn:&#x7a;"];
const TEXTS = [
  "text",
  " ",
  "\n\t",
  "\r\n",
  "a\rb",
  "&amp;&lt;&gt;",
  "&#13;&#x0A;&#9;",
  "> ]] >",
  "é",
  "漢字",
  "𐀀&#x1F600;",
  "&quot;&apos;\"'",
  "<![CDATA[<&>]]>",
  "<![CDATA[]]>",
  "<![CDATA[a\r\nb]]>",
  "<!---->",
  "<!-- c -->",
  "<!--\r-->",
];
const VALUES = [
  "",
  "v",
  "a b",
  "\n",
  "\r\n\t",
  "&#xA;&#13;&#9;",
  "&lt;&gt;>&amp;",
  "é",
  "漢",
  "&#x1F600;",
  "&quot;",
  "&apos;",
];
const SPACES = [" ", " ", "  ", "\n", "\t", " \r\n "];

interface Shape {
  readonly prefix: number;
  readonly declarations: readonly (readonly [number, number])[];
  readonly attributes: readonly (readonly [number, number, number, boolean, number])[];
  readonly content: readonly (Shape | number)[];
  readonly closing: number;
}

const shape = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.record({
    prefix: fc.nat(PREFIXES.length - 1),
    declarations: fc.array(fc.tuple(fc.nat(PREFIXES.length - 1), fc.nat(NAMESPACES.length)), {
      maxLength: 3,
    }),
    attributes: fc.array(
      fc.tuple(
        fc.nat(PREFIXES.length),
        fc.nat(3),
        fc.nat(VALUES.length - 1),
        fc.boolean(),
        fc.nat(SPACES.length - 1),
      ),
      { maxLength: 4 },
    ),
    content: fc.array(
      fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.nat(TEXTS.length - 1),
        tie("shape"),
      ),
      { maxLength: 5 },
    ),
    closing: fc.nat(3),
  }),
})).shape;

function write(node: Shape, bound: ReadonlySet<string>): string {
  const declared = new Map<string, string>();
  for (const [prefix, namespace] of node.declarations) {
    const name = PREFIXES[prefix] as string;
    // The last namespace undeclares, which only the default one may be.
    const value = NAMESPACES[namespace] ?? (name === "" ? "" : "urn:z");
    declared.set(name, value);
  }
  const inScope = new Set([...bound, ...declared.keys()]);
  const prefixOf = (index: number): string => {
    const name = PREFIXES[index] ?? "xml";
    return name === "xml" || inScope.has(name) ? name : "";
  };
  const attributes = new Map<string, string>();
  for (const [prefix, name, value, isSingle, space] of node.attributes) {
    const [used, local] = [prefixOf(prefix), ["id", "b", "a", "lang"][name] as string];
    // Two prefixes may be bound to one namespace; local names of their own keep attributes apart.
    const full = used === "" ? local : used === "xml" ? "xml:lang" : `${used}:${local}${prefix}`;
    const text = VALUES[value] as string;
    const quote = isSingle && !text.includes("'") ? "'" : '"';
    attributes.set(
      full,
      `${SPACES[space]}${full}${space === 0 ? "=" : " ="}${quote}${text}${quote}`,
    );
  }
  const prefix = prefixOf(node.prefix);
  const name = prefix === "" || prefix === "xml" ? "e" : `${prefix}:e`;
  const declarations = [...declared].map(([p, ns]) => ` xmlns${p === "" ? "" : `:${p}`}="${ns}"`);
  const all = [...attributes.values(), ...declarations];
  if (node.closing === 0) all.reverse();
  const content = node.content
    .map((part) => (typeof part === "number" ? TEXTS[part] : write(part, inScope)))
    .join("");
  if (content === "" && node.closing < 2)
    return `<${name}${all.join("")}${node.closing ? " " : ""}/>`;
  return `<${name}${all.join("")}>${content}</${name}${node.closing === 3 ? "\n" : ""}>`;
}

/** Well-formed documents with namespaces. */
export const xmlDocuments: fc.Arbitrary<string> = fc
  .tuple(
    shape,
    fc.constantFrom("", "<!-- before -->\n", "<?before\n a='1' ?>", "\n<?é?><!--b--><?b  ?>\n"),
    fc.constantFrom("", "\n<!--after-->\n", "<?after &x; <a>?>", "<!--a-->\n<?c\r\n1\r2?> "),
  )
  .map(([root, before, after]) => before + write(root, new Set()) + after);
