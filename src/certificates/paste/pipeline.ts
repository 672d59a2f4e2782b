import { isText, isUint8Array } from "../../core/argument.ts";
import { isDer } from "../der/size.ts";
import type { ReadingIssue } from "../issue.ts";
import { MAX_INPUT } from "../limits.ts";
import { findPrivateKey } from "../private-key.ts";
import { cleanText } from "./clean/clean.ts";
import { decodeInput } from "./decode.ts";
import { explain, explainDer, refused } from "./explain/explain.ts";
import { findCandidates } from "./find/find.ts";
import { type Inner, innerInputs } from "./inner.ts";
import { type PasteCertificate, readDer } from "./read/der.ts";
import { readCandidates } from "./read/read.ts";

/** The contents of a paste. */
export interface PasteReading {
  /** The certificates in the order of the paste; one that occurs twice is here twice. */
  readonly readings: readonly PasteCertificate[];
  /** The repairs. */
  readonly repairs: readonly ReadingIssue[];
  /** Further issues: text that was left out, or the reason why there is no certificate. */
  readonly issues: readonly ReadingIssue[];
  /** The DER of certificate signing requests. */
  readonly requests: readonly Uint8Array[];
}

/**
 * Reads any paste or upload in five stages: decode, clean, find, read, explain. Never
 * throws because of the input.
 */
export function readPaste(input: string | Uint8Array): PasteReading {
  // A form or a JSON body can deliver any value, despite the declared type.
  if (input === undefined || input === null) return refused("input.empty");
  if (!isText(input) && !isUint8Array(input)) return refused("input.not_certificate");
  if (input.length === 0) return refused("input.empty");
  return input.length > MAX_INPUT ? refused("input.too_large") : readLayer(input, [], 0);
}

/** Base64 of base64 of base64: real input is never nested deeper. */
const MAX_DEPTH = 3;

/** A paste, or text or bytes that a paste contains in another encoding: read in the same way. */
function readLayer(
  input: string | Uint8Array,
  notes: readonly ReadingIssue[],
  depth: number,
): PasteReading {
  // The door: an input with a private key is not processed further.
  const secret = findPrivateKey(input);
  if (secret !== undefined) return refused(secret);

  // 1. Decode: bytes to text. DER has nothing to clean or find.
  if (!isText(input) && isDer(input)) return explainDer(readDer(input), notes, depth === 0);
  const decoded = isText(input) ? { text: input, notes: [] } : decodeInput(input);

  // 2. Clean: undo what encodings and typesetting did to single characters.
  const clean = cleanText(decoded.text);
  const hidden = clean.before === undefined ? undefined : findPrivateKey(clean.text);
  if (hidden !== undefined) return refused(hidden);

  // 3. Find: the places where a certificate can be, and inputs within the input.
  const found = findCandidates(clean.text);
  const inner = depth === MAX_DEPTH ? [] : innerInputs(decoded.text, clean);

  // 4. Read: the base64 and the DER of each place.
  const read = readCandidates(found);
  const within = inner.map(({ bytes, code, spans }): Inner => {
    return { spans, reading: readLayer(bytes, [...notes, ...decoded.notes, { code }], depth + 1) };
  });

  // 5. Explain: name the repairs and the text that was left out, or the kind of input that is no certificate.
  return explain({ decoded, clean, found, read, within, notes });
}
