import type { derCodes } from "../../core/codes/certificates/der.ts";
import type { encodingCodes } from "../../core/codes/certificates/encoding.ts";

/** A code of the table of DER and X.509. */
export type DerCode = keyof typeof derCodes | keyof typeof encodingCodes;

/** The codes of a part of a certificate that can be malformed by itself. */
export type PartCode = Extract<DerCode, `${"sigalg" | "ext" | "key"}.${string}`>;

/**
 * A fault of DER and its place. Its words are elsewhere, because a caller that only reads does not need them.
 */
export interface DerIssue {
  readonly code: DerCode;
  /** Why a part is malformed. */
  readonly cause?: DerIssue["code"];
  readonly offset: number;
  /** The ASN.1 names on the way to it; a number is an index, and an empty name is left out. */
  readonly path: readonly (string | number)[];
  /** The tag that was expected, and the one that was found; none at the end of an element. */
  readonly tags?: readonly [expected: number, found: number | undefined];
  /** Bytes that follow the end of an element. */
  readonly count?: number;
}

/** Ends the reading. It never leaves this layer: the caller words it. */
export class DerFault extends Error {
  readonly issue: DerIssue;

  constructor(issue: DerIssue) {
    super(issue.code);
    this.issue = issue;
  }
}
