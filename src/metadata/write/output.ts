import { MetadataError } from "../../core/errors.ts";
import { namespaces, type Prefix } from "../../core/uris.ts";
import { isNcName } from "../../xml/names.ts";
import { escapeAttribute, forbiddenCharacterAt } from "../../xml/writer.ts";

/** Elements inside each other; what readers accept too. */
const MAX_DEPTH = 90;

/** What is known while a document is written. */
export interface Output {
  /** What was written so far, without the start of the root. */
  text: string;
  /** Prefixes of the table that were used, a bit each: the root declares them. */
  used: number;
  /** The elements around the one being written, for messages. */
  readonly path: string[];
  /** What begins a line, by depth; empty for compact output. */
  readonly indent: string;
}

/** Prefixes that are bound otherwise than the table says, for kept foreign elements. */
export type Bindings = ReadonlyMap<string, string>;

export const NO_BINDINGS: Bindings = /* @__PURE__ */ new Map();

export function newOutput(format: "indented" | "compact"): Output {
  return { text: "", used: 0, path: [], indent: format === "indented" ? "  " : "" };
}

const PREFIXES = Object.keys(namespaces) as readonly Prefix[];
const BITS: ReadonlyMap<Prefix, number> = /* @__PURE__ */ new Map(
  PREFIXES.map((prefix, place) => [prefix, 1 << place]),
);
const DECLARATIONS: readonly string[] = /* @__PURE__ */ PREFIXES.map((prefix) =>
  // `xml` is always bound (Namespaces in XML 1.0, 3).
  prefix === "xml" ? "" : ` xmlns:${prefix}="${namespaces[prefix]}"`,
);

/** Notes that a prefix of the table is used. */
export function use(output: Output, prefix: Prefix): void {
  output.used |= BITS.get(prefix) as number;
}

/** The declarations of all prefixes that were used, in the order of the table. */
export function declarationsOf({ used }: Output): string {
  let text = "";
  for (let place = 0; place < DECLARATIONS.length; place++) {
    if ((used & (1 << place)) !== 0) text += DECLARATIONS[place];
  }
  return text;
}

/** A line break and the indentation after it, by depth. */
const BREAKS: readonly string[] = /* @__PURE__ */ Array.from(
  { length: MAX_DEPTH + 2 },
  (_, depth) => `\n${"  ".repeat(depth)}`,
);

/** Where the next child element begins. */
export function lineBreak({ indent, path }: Output, deeper = 0): string {
  return indent === "" ? "" : (BREAKS[path.length + deeper] as string);
}

export function enter(output: Output, name: string): void {
  output.path.push(name);
  if (output.path.length > MAX_DEPTH) {
    throw fault(output, "depth", `Elements are nested deeper than ${MAX_DEPTH}.`);
  }
}

export function leave(output: Output): void {
  output.path.pop();
}

const HINTS = {
  missing: "Give the value that the standard requires there.",
  value: "Give a value of the type that the standard says.",
  character: "Remove control characters, U+FFFE, U+FFFF and lone surrogates.",
  name: "Use a name that XML allows.",
  depth: "Nest fewer elements.",
} as const;

/** The error for a model that no metadata can be written from. */
export function fault(
  output: Output,
  kind: keyof typeof HINTS,
  message: string,
  hint: string = HINTS[kind],
): MetadataError {
  const path = output.path.join("/");
  return new MetadataError(`metadata.build.${kind}`, message, { hint, at: { path } });
}

/** Refuses characters that XML cannot hold. */
export function checkCharacters(output: Output, text: string): string {
  const at = forbiddenCharacterAt(text);
  if (at < 0) return text;
  const code = (text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  throw fault(output, "character", `A value has the character U+${code}, which XML cannot hold.`);
}

/** A shown value: short, in quotes, without what a terminal would act on. */
export function shown(value: unknown): string {
  const text = typeof value === "string" ? value : jsonOf(value);
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text);
}

function jsonOf(value: unknown): string {
  try {
    return String(JSON.stringify(value));
  } catch {
    // A bigint, or what holds itself.
    return typeof value;
  }
}

/** A qualified name, and the declarations that it needs on its element. */
export interface Qualified {
  readonly name: string;
  readonly bindings: Bindings;
  readonly declarations: string;
}

const tablePrefixes: ReadonlyMap<string, Prefix> = /* @__PURE__ */ new Map(
  (Object.entries(namespaces) as [Prefix, string][]).map(([prefix, name]) => [name, prefix]),
);

/** The qualified name of a foreign element or attribute, with a prefix that means its namespace. */
export function qualify(
  output: Output,
  foreign: {
    readonly namespace?: string | undefined;
    readonly prefix?: string | undefined;
    readonly name: string;
  },
  bindings: Bindings,
): Qualified {
  const { namespace = "", name } = foreign;
  if (!isNcName(name)) throw fault(output, "name", `${shown(name)} is not an XML name.`);
  if (namespace === "") return { name, bindings, declarations: "" };
  const known = tablePrefixes.get(namespace);
  const prefix = known ?? freePrefix(foreign.prefix, namespace, bindings);
  const bound = bind(output, prefix, namespace, bindings);
  return { name: `${prefix}:${name}`, ...bound };
}

/** Makes a prefix mean a namespace from here on. */
export function bind(
  output: Output,
  prefix: string,
  namespace: string,
  bindings: Bindings,
): Omit<Qualified, "name"> {
  const isTable = (namespaces as Readonly<Record<string, string>>)[prefix] === namespace;
  if (isTable && !bindings.has(prefix)) {
    use(output, prefix as Prefix);
    return { bindings, declarations: "" };
  }
  if (bindings.get(prefix) === namespace) return { bindings, declarations: "" };
  if (!isNcName(prefix) || prefix === "xml" || prefix === "xmlns" || namespace === namespaces.xml) {
    throw fault(output, "name", `The prefix ${shown(prefix)} cannot be declared.`);
  }
  return {
    bindings: new Map(bindings).set(prefix, namespace),
    declarations: ` xmlns:${prefix}="${escapeNamespace(output, namespace)}"`,
  };
}

function escapeNamespace(output: Output, namespace: string): string {
  if (namespace === "" || namespace === "http://www.w3.org/2000/xmlns/") {
    throw fault(output, "name", `A prefix cannot be bound to ${shown(namespace)}.`);
  }
  return escapeAttribute(checkCharacters(output, namespace));
}

/** The prefix of the document where it is free, or the first that is. */
function freePrefix(wanted: string | undefined, namespace: string, bindings: Bindings): string {
  if (
    wanted !== undefined &&
    wanted !== "" &&
    isNcName(wanted) &&
    !(wanted in namespaces) &&
    wanted !== "xmlns"
  )
    return wanted;
  for (let i = 1; ; i++) {
    const bound = bindings.get(`ns${i}`);
    if (bound === undefined || bound === namespace) return `ns${i}`;
  }
}
