import type { HashName, SignatureMethod } from "../algorithms.ts";

/** A signature, as data for cryptography. */
export interface Question {
  readonly method: SignatureMethod;
  readonly value: Uint8Array;
  /** The signed bytes, one character each. */
  readonly signed: string;
  /** The digest of the referenced content; absent if it must not be compared. */
  readonly digest?: {
    readonly hash: HashName;
    readonly value: Uint8Array;
    /** One character for each byte. */
    readonly content: string;
  };
}

/** The answers of cryptography; undefined for what the runtime cannot verify. */
export interface Proof {
  /** For each certificate: true if its key made the signature. */
  readonly made: readonly (boolean | undefined)[];
  /** True if the content has the digest. */
  readonly intact: boolean | undefined;
}
