import type { Values } from "../../core/codes/code.ts";
import { metadataWriteCodes } from "../../core/codes/metadata/write.ts";
import { MetadataError } from "../../core/errors.ts";
import { errorOf } from "../../core/issue.ts";
import { quoted } from "../../core/quote.ts";
import { namespaces, type Prefix } from "../../core/uris.ts";
import { isNcName } from "../../xml/names.ts";
import { escapeAttribute, forbiddenCharacterAt } from "../../xml/writer.ts";

/** Bounds the nesting of elements, as readers do. */
const MAX_DEPTH = 90;

/** The state of a document that is being written. */
export interface Output {
  /** Everything so far, without the start tag of the root. */
  text: string;
  /** Prefixes of the table that were used, one bit each: the root declares them. */
  used: number;
  /** The elements around the one being written, for messages. */
  readonly path: string[];
  /** Indentation of one level; empty for compact output. */
  readonly indent: string;
}

/** Prefixes of kept foreign elements that the table does not bind. */
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

/** Marks a prefix of the table as used. */
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

/** The start of the next child element. */
export function lineBreak({ indent, path }: Output, deeper = 0): string {
  return indent === "" ? "" : (BREAKS[path.length + deeper] as string);
}

export function enter(output: Output, name: string): void {
  output.path.push(name);
  if (output.path.length > MAX_DEPTH) {
    throw fault(output, "metadata.build.depth", { max: MAX_DEPTH });
  }
}

export function leave(output: Output): void {
  output.path.pop();
}

/** The error for a model that no metadata can be written from. */
export function fault(
  output: Pick<Output, "path">,
  code: keyof typeof metadataWriteCodes,
  values: Values,
): MetadataError {
  const at = { path: output.path.join("/") };
  return errorOf(MetadataError, metadataWriteCodes, { code, values, at });
}

/** The error for a value of another kind than `form` says. */
export function wrongValue(
  output: Pick<Output, "path">,
  name: string,
  value: unknown,
  form: string,
  reason?: string,
): MetadataError {
  const why = reason === undefined ? "" : `, because ${reason}`;
  return fault(output, "metadata.build.value", { name, value: shown(value), form, why });
}

/** The error for a name that cannot be written where it is. */
export function wrongName(output: Output, name: string, reason: string): MetadataError {
  return fault(output, "metadata.build.name", { name, reason });
}

/** Refuses characters that XML does not allow. */
export function checkCharacters(output: Output, text: string): string {
  const at = forbiddenCharacterAt(text);
  if (at < 0) return text;
  const code = (text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  throw fault(output, "metadata.build.character", { character: `U+${code}` });
}

/** A value of any type for a message. */
export function shown(value: unknown): string {
  return quoted(typeof value === "string" ? value : jsonOf(value));
}

function jsonOf(value: unknown): string {
  try {
    return String(JSON.stringify(value));
  } catch {
    // A bigint, or an object that contains itself.
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
  if (!isNcName(name)) throw wrongName(output, shown(name), "it is not an XML name");
  if (namespace === "") return { name, bindings, declarations: "" };
  const known = tablePrefixes.get(namespace);
  const prefix = known ?? freePrefix(foreign.prefix, namespace, bindings);
  const bound = bind(output, prefix, namespace, bindings);
  return { name: `${prefix}:${name}`, ...bound };
}

/** Binds a prefix to a namespace for an element and its content. */
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
    throw wrongName(output, `The prefix ${shown(prefix)}`, "it cannot be declared");
  }
  return {
    bindings: new Map(bindings).set(prefix, namespace),
    declarations: ` xmlns:${prefix}="${escapeNamespace(output, namespace)}"`,
  };
}

function escapeNamespace(output: Output, namespace: string): string {
  if (namespace === "" || namespace === "http://www.w3.org/2000/xmlns/") {
    const reason = "no prefix can be bound to it";
    throw wrongName(output, `The namespace ${shown(namespace)}`, reason);
  }
  return escapeAttribute(checkCharacters(output, namespace));
}

/** The prefix of the document if it is free, or else the first free one of ns1, ns2 and so on. */
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
