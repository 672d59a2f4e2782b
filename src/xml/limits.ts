/** What the reader refuses to go beyond. Every limit has its own error code. */
export interface XmlLimits {
  /** Octets of one document that is read as a whole. */
  readonly documentBytes: number;
  /** Octets of one document that is read as a stream. */
  readonly streamBytes: number;
  /** Octets of one entity in a stream. */
  readonly entityBytes: number;
  /** Elements and attributes of one tree or entity together. */
  readonly nodes: number;
  /** Elements inside each other, the root counted. */
  readonly depth: number;
  /** Attributes of one element, namespace declarations counted. */
  readonly attributes: number;
  /** Namespace declarations around any place, those that inner ones replace counted. */
  readonly namespaces: number;
  /** Different names of elements, attributes and prefixes, as they are written, and of namespaces. */
  readonly names: number;
  /** Octets of one start tag or comment. */
  readonly markupBytes: number;
  /** Octets of the character data of one element. */
  readonly textBytes: number;
}

/** Ten times what the largest known federations publish in one entity, and no more. */
export const DEFAULT_LIMITS: XmlLimits = {
  documentBytes: 32 * 1024 * 1024,
  streamBytes: 4 * 1024 * 1024 * 1024,
  entityBytes: 16 * 1024 * 1024,
  nodes: 500_000,
  depth: 100,
  attributes: 256,
  namespaces: 128,
  names: 5000,
  markupBytes: 1024 * 1024,
  textBytes: 4 * 1024 * 1024,
};

/**
 * The limits that apply. What is undefined stays as it is by default; what is no number is a fault of
 * the program, a `RangeError`: nothing is greater than it, so that it would be no limit at all.
 */
export function limitsOf(changed: Partial<XmlLimits> | undefined): XmlLimits {
  if (changed === undefined || changed === null) return DEFAULT_LIMITS;
  const limits: Record<string, number> = { ...DEFAULT_LIMITS };
  for (const [name, limit] of Object.entries(changed)) {
    if (limit === undefined) continue;
    if (typeof limit !== "number" || !(limit >= 0)) {
      throw new RangeError(`The limit ${name} is a number, 0 or more.`);
    }
    limits[name] = limit;
  }
  return limits as unknown as XmlLimits;
}
