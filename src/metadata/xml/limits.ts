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
  /** Prefixes in scope at any place. */
  readonly namespaces: number;
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
  markupBytes: 1024 * 1024,
  textBytes: 4 * 1024 * 1024,
};
