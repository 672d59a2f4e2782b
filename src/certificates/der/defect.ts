/** What can be wrong with DER. */
export type DerCode =
  | "der.truncated"
  | "der.not_certificate"
  | "der.ber_indefinite"
  | "der.non_minimal_length"
  | "der.trailing_data"
  | "der.non_minimal_integer"
  | "der.boolean_not_canonical"
  | "der.default_encoded"
  | "der.null_content"
  | "der.unused_bits"
  | "der.string_charset"
  | "der.string_type"
  | "der.set_order"
  | "time.malformed"
  | "time.calendar"
  | "time.not_zulu"
  | "time.no_seconds"
  | "time.fraction";

/** What can be wrong with a part of a certificate. */
export type PartCode =
  | "sigalg.mismatch_inner_outer"
  | "sigalg.parameters"
  | "ext.malformed"
  | "key.malformed";

/**
 * What is wrong with some DER, and where. The words for it are in `problem.ts`: who only wants to know
 * whether something can be read has no use for them.
 */
export interface Defect {
  readonly code: DerCode | PartCode;
  /** Why a part is malformed. */
  readonly cause?: Defect["code"];
  readonly offset: number;
  /** The ASN.1 names on the way to it; a number is an index, and an empty name is left out. */
  readonly path: readonly (string | number)[];
  /** The tag that was expected, and the one that was found; none at the end of an element. */
  readonly tags?: readonly [expected: number, found: number | undefined];
  /** Bytes that follow the end of an element. */
  readonly count?: number;
}

/** Ends the reading. It never leaves this layer: whoever reports it puts it into words. */
export class DerFault extends Error {
  readonly defect: Defect;

  constructor(defect: Defect) {
    super(defect.code);
    this.defect = defect;
  }
}
