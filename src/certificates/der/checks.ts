import type { DerCode } from "./fault.ts";
import type { Reader } from "./reader.ts";

/**
 * Checks beyond the facts: faults that a strict parser refuses and this one can skip. Each gets the element
 * that was read last and notes its faults. A caller that needs only the facts, such as the reader of
 * metadata, omits them and does not load their code.
 */
export interface Checks {
  /** A length in the long form. */
  readonly length: (reader: Reader, name: string | number, length: number) => void;
  /** The unread rest of an element. */
  readonly rest: (reader: Reader) => void;
  /** An element of any type, of which a NULL has no content. */
  readonly any: (reader: Reader, tag: number, name: string | number) => void;
  readonly integer: (reader: Reader, name: string | number) => void;
  /** A `BOOLEAN DEFAULT FALSE`. */
  readonly flag: (reader: Reader, name: string | number) => void;
  /** A BIT STRING, one of whole bytes, and one of named flags. */
  readonly bits: (reader: Reader, name: string | number) => void;
  readonly octetBits: (reader: Reader, name: string | number) => void;
  readonly namedBits: (reader: Reader, name: string | number) => void;
  /** The value of an attribute of a name. */
  readonly nameValue: (reader: Reader, tag: number) => void;
  /** An element of a SET OF, and where the one before it began; -1 for the first. */
  readonly order: (reader: Reader, previous: number, at: number) => void;
  /** The parameters of the algorithm of a signature, and where they begin. */
  readonly parameters: (reader: Reader, oid: string, tag: number, at: number) => void;
  /** A public key: its algorithm, the tag of its parameters or -1, and where they and it are. */
  readonly key: (
    reader: Reader,
    oid: string,
    tag: number,
    at: number,
    start: number,
    end: number,
  ) => void;
  /** The BIT STRING of a signature. */
  readonly signature: (reader: Reader, name: string) => void;
  /** Which of the usual mistakes a time is that should be so many digits and a Z. */
  readonly time: (raw: string, length: number) => DerCode;
}

/** Where the content of an element is in the bytes of the certificate. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
