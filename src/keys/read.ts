import { createPrivateKey, createPublicKey, KeyObject } from "node:crypto";
import { derSize } from "../certificates/der/size.ts";
import type { DerKind } from "../certificates/kind.ts";
import { encodePem } from "../certificates/pem/encode.ts";
import { isText, isUint8Array, need } from "../core/argument.ts";
import { toBase64, toHex } from "../core/bytes.ts";
import { checkOptions } from "../core/options.ts";
import { keyError } from "./error.ts";
import { type KeyFile, type KeyForm, openKeyFile } from "./key-file.ts";
import { PASSPHRASE_KINDS, type PassphraseOptions } from "./passphrase.ts";
import { isSamePublicKey } from "./same-key.ts";

/**
 * Reads a private key: PEM (PKCS #8, PKCS #1, SEC 1; also in one line, with `\n` written out, in UTF-16 or
 * in base64), DER, base64 of DER, or PKCS #12. Throws a `KeyError` that says which other format it
 * is, or that it contains several keys.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { readPrivateKey } from "samlcert/keys";
 *
 * function signingKey(file: string, passphrase: string) {
 *   return readPrivateKey(readFileSync(file), { passphrase });
 * }
 * console.log(typeof signingKey);
 * ```
 */
export function readPrivateKey(
  input: string | Uint8Array,
  options: PassphraseOptions = {},
): KeyObject {
  need(() => isText(input) || isUint8Array(input), "privateKey", "a string or a Uint8Array");
  checkOptions(options, PASSPHRASE_KINDS, "readPrivateKey");
  const passphrase = options?.passphrase;
  const file = openKeyFile(input);
  const [first, ...others] = file.forms.map((form) => keyOf(form, passphrase));
  if (first instanceof KeyObject && others.every((other) => isSameKey(first, other))) return first;
  if (others.length > 0) throw keyError("keys.several", { count: file.forms.length });
  throw refusalOf(file, first, passphrase !== undefined);
}

/** A key; "unsupported" if this runtime cannot decrypt its cipher. */
type Outcome = KeyObject | "unsupported" | undefined;

function isSameKey(key: KeyObject, other: Outcome): boolean {
  return (
    other instanceof KeyObject && isSamePublicKey(createPublicKey(other), createPublicKey(key))
  );
}

const LABELS: Readonly<Partial<Record<DerKind, string>>> = {
  pkcs8: "PRIVATE KEY",
  encrypted_pkcs8: "ENCRYPTED PRIVATE KEY",
  pkcs1_private: "RSA PRIVATE KEY",
  sec1_private: "EC PRIVATE KEY",
};

function keyOf({ kind, der, pem }: KeyForm, passphrase: string | undefined): Outcome {
  // OpenSSL ignores bytes after the key.
  if (der !== undefined && derSize(der) !== der.length) return undefined;
  const label = LABELS[kind];
  const key = pem ?? (der && label && encodePem(toBase64(der), label));
  if (key === undefined) return undefined;
  try {
    return createPrivateKey({ key, format: "pem", passphrase });
  } catch (error) {
    // The message may quote the key, so it is not passed on.
    const isRefused = /unsupported|unknown_algorithm/i.test(String(error));
    return isRefused || (der !== undefined && isPbes1(der)) ? "unsupported" : undefined;
  }
}

/**
 * True for DES and RC2 with a key from MD2, MD5 or SHA-1 (RFC 8018, A.3). No supported runtime decrypts
 * them by default, and Deno reports a bad passphrase instead.
 */
function isPbes1(der: Uint8Array): boolean {
  return /06092a864886f70d0105(?:0[1346ab])/.test(toHex(der.subarray(0, 24)));
}

type Format = readonly [format: string, advice: string];

const DAMAGED: Format = [
  "damaged or of an unknown type",
  "Pass the whole file as it is, with nothing after the key.",
];
const CERTIFICATE: Format = ["a certificate", "Pass the private key that belongs to it."];
const PUBLIC_KEY: Format = ["a public key", "Pass the private key that belongs to it."];

/** Other formats, by their text. */
const TEXTS: readonly (readonly [contains: RegExp, format: Format])[] = [
  [
    /BEGIN OPENSSH PRIVATE KEY/,
    ["an OpenSSH key", "Convert a copy of it with ssh-keygen -p -m PKCS8 -f FILE."],
  ],
  [/BEGIN (?:RSA |EC )?PUBLIC KEY/, PUBLIC_KEY],
  [/BEGIN [A-Z ]*CERTIFICATE/, CERTIFICATE],
  [/BEGIN [A-Z0-9 ]*PRIVATE KEY/, DAMAGED],
  [
    /^(?:\xfe\xed\xfe\xed|\xce{4})/,
    ["a Java keystore", "Convert it to PKCS #12 with keytool -importkeystore."],
  ],
  [/^\s*[{[]/, ["JSON", "Pass the key as PEM."]],
];

/** Other formats, by the kind of their DER. */
const DERS: Readonly<Partial<Record<DerKind, Format>>> = {
  certificate: CERTIFICATE,
  public_key: PUBLIC_KEY,
  pkcs8: DAMAGED,
  pkcs1_private: DAMAGED,
  sec1_private: DAMAGED,
  pkcs12: [
    "PKCS #12 of a kind that is not supported",
    "Convert it with openssl pkcs12 -in FILE -nocerts -nodes -out key.pem.",
  ],
};

const NOT_A_KEY: Format = ["not a private key", "Pass PEM, DER or PKCS #12."];

function refusalOf({ text, forms }: KeyFile, outcome: Outcome, hasPassphrase: boolean): Error {
  const kind = forms[0]?.kind ?? "unknown";
  if (kind === "encrypted_pkcs8" || text.includes("BEGIN ENCRYPTED PRIVATE KEY")) {
    if (!hasPassphrase) return keyError("keys.encrypted");
    const isUnsupported = outcome === "unsupported";
    return keyError(isUnsupported ? "keys.cipher" : "keys.passphrase");
  }
  const named = TEXTS.find(([contains]) => contains.test(text))?.[1];
  const [format, advice] = named ?? DERS[kind] ?? NOT_A_KEY;
  return keyError("keys.unreadable", { format, advice });
}
