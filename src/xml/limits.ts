import { AMOUNT, checkOptions, type OptionKinds } from "../core/options.ts";

/** The limits of the reader. Every limit has its own error code. */
export interface XmlLimits {
  /** Bytes of a document that is read as a whole. */
  readonly maxBytes: number;
  /** Bytes of a document that is read as a stream. */
  readonly maxStreamBytes: number;
  /** Bytes of one entity in a stream. */
  readonly maxEntityBytes: number;
  /** Elements and attributes of one tree or entity together. */
  readonly maxNodes: number;
  /** Nested elements, including the root. */
  readonly maxDepth: number;
  /** Attributes of one element, including namespace declarations. */
  readonly maxAttributes: number;
  /** Namespace declarations in scope, including those that inner ones override. */
  readonly maxNamespaces: number;
  /** Different names of elements, attributes and prefixes as written, and of namespaces. */
  readonly maxNames: number;
  /** Bytes of one start tag, comment or CDATA section. */
  readonly maxMarkupBytes: number;
  /** Bytes of the character data of one element. */
  readonly maxTextBytes: number;
}

/** Ten times the largest entity and document of the known federations. */
export const DEFAULT_LIMITS: XmlLimits = {
  maxBytes: 32 * 1024 * 1024,
  maxStreamBytes: 4 * 1024 * 1024 * 1024,
  maxEntityBytes: 16 * 1024 * 1024,
  maxNodes: 500_000,
  maxDepth: 100,
  maxAttributes: 256,
  maxNamespaces: 128,
  maxNames: 5000,
  maxMarkupBytes: 1024 * 1024,
  maxTextBytes: 4 * 1024 * 1024,
};

const KINDS = /* @__PURE__ */ Object.fromEntries(
  /* @__PURE__ */ Object.keys(DEFAULT_LIMITS).map((name) => [name, AMOUNT]),
) as OptionKinds<XmlLimits>;

/**
 * The limits that apply. An undefined one keeps its default. Throws a `TypeError` for an unknown name,
 * and for a value that is not a number: nothing is greater than NaN, so it would be no limit.
 */
export function limitsOf(changed: Partial<XmlLimits> | undefined): XmlLimits {
  if (changed === undefined) return DEFAULT_LIMITS;
  checkOptions(changed, KINDS, "limits");
  const given = Object.entries(changed ?? {}).filter(([, limit]) => limit !== undefined);
  return { ...DEFAULT_LIMITS, ...Object.fromEntries(given) };
}
