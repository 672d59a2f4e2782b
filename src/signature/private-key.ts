import { createPrivateKey, type KeyObject } from "node:crypto";
import { isText, isUint8Array, need } from "../core/argument.ts";
import { toHex, toLatin1 } from "../core/bytes.ts";
import { checkOptions, type OptionKinds, TEXT } from "../core/options.ts";
import { signingError } from "./error.ts";

export interface PrivateKeyOptions {
  /** The passphrase of an encrypted key. */
  readonly passphrase?: string | undefined;
}

const KINDS: OptionKinds<PrivateKeyOptions> = { passphrase: TEXT };

/**
 * Reads a private key: PEM (PKCS #8, PKCS #1, SEC 1; also in one line, or with `\n` written out), DER,
 * base64 of DER, or PKCS #12. Throws a `SignatureError` that says which other format it is.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { readPrivateKey } from "samlcert/signature";
 *
 * function signingKey(file: string, passphrase: string) {
 *   return readPrivateKey(readFileSync(file), { passphrase });
 * }
 * console.log(typeof signingKey);
 * ```
 */
export function readPrivateKey(
  input: string | Uint8Array,
  options: PrivateKeyOptions = {},
): KeyObject {
  need(() => isText(input) || isUint8Array(input), "privateKey", "a string or a Uint8Array");
  checkOptions(options, KINDS, "readPrivateKey");
  const passphrase = options?.passphrase;
  const text = isText(input) ? input : toLatin1(input);
  const der = isText(input) || text.includes("-----") ? derOf(text) : input;
  const key = keyOfPem(text, passphrase) ?? keyOfDer(der, passphrase);
  if (key !== undefined) return key;
  throw refusalOf(text, der, passphrase !== undefined);
}

/** The key in a PEM block with any line breaks. */
function keyOfPem(text: string, passphrase: string | undefined): KeyObject | undefined {
  const plain = text.replaceAll(/\\r|\\n/g, "\n");
  const [block, label = "", body = ""] =
    /-----BEGIN ([A-Z ]*PRIVATE KEY)-----(.*?)-----END \1-----/s.exec(plain) ?? [];
  if (block === undefined) return undefined;
  const isTraditional = body.includes("DEK-Info");
  const lines = (body.replaceAll(/\s+/g, "").match(/.{1,64}/g) ?? []).join("\n");
  const key = isTraditional
    ? block
    : `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
  return attempt({ key, format: "pem", passphrase });
}

function keyOfDer(der: Uint8Array, passphrase: string | undefined): KeyObject | undefined {
  const pkcs8 = shroudedKeyOf(der) ?? der;
  for (const type of ["pkcs8", "pkcs1", "sec1"] as const) {
    const key = attempt({ key: Buffer.from(pkcs8), format: "der", type, passphrase });
    if (key !== undefined) return key;
  }
  return undefined;
}

/** The reason of a failure may quote the key, so it is not passed on. */
function attempt(input: Parameters<typeof createPrivateKey>[0]): KeyObject | undefined {
  try {
    return createPrivateKey(input);
  } catch {
    return undefined;
  }
}

function derOf(base64: string): Uint8Array {
  return Buffer.from(base64.replaceAll(/\s+/g, ""), "base64");
}

/** The OID of keyBag or pkcs8ShroudedKeyBag (RFC 7292, appendix D), before a [0] EXPLICIT. */
const KEY_BAG = /060b2a864886f70d010c0a010[12]a0/;

/** The PKCS #8 key of a PKCS #12 file that does not encrypt its key bags as a whole. */
function shroudedKeyOf(der: Uint8Array): Uint8Array | undefined {
  const found = KEY_BAG.exec(toHex(der));
  // The last byte of the match is the tag.
  return found === null
    ? undefined
    : der.subarray(contentOf(der, (found.index + found[0].length) / 2 - 1));
}

/** The offset after the tag and the length of an element. */
function contentOf(der: Uint8Array, at: number): number {
  const length = der[at + 1] ?? 0;
  return at + 2 + (length > 0x80 ? length - 0x80 : 0);
}

/** Other formats, by text or by the hex of bytes. */
const OTHERS: readonly (readonly [contains: RegExp, format: string, advice: string])[] = [
  [
    /BEGIN OPENSSH PRIVATE KEY/,
    "an OpenSSH key",
    "Convert a copy of it with ssh-keygen -p -m PKCS8 -f FILE.",
  ],
  [/BEGIN (?:RSA |EC )?PUBLIC KEY/, "a public key", "Pass the private key that belongs to it."],
  [/BEGIN [A-Z ]*CERTIFICATE/, "a certificate", "Pass the private key that belongs to it."],
  [/BEGIN [A-Z ]*PRIVATE KEY/, "damaged or of an unknown type", "Pass the whole file as it is."],
  [/^feedfeed/, "a Java keystore", "Convert it to PKCS #12 with keytool -importkeystore."],
  [/^\s*[{[]/, "JSON", "Pass the key as PEM."],
  [
    /^30.*2a864886f70d010701/,
    "PKCS #12 of a kind that is not supported",
    "Convert it with openssl pkcs12 -in FILE -nocerts -nodes -out key.pem.",
  ],
  [/^/, "not a private key", "Pass PEM, DER or PKCS #12."],
];

/** PBES2, and the encryptions of PKCS #5 and #12 before it, in DER. */
const ENCRYPTED = /^30.*2a864886f70d01(?:050[0-9a-f]|0c01)/;

function refusalOf(text: string, der: Uint8Array, hasPassphrase: boolean): Error {
  const hex = toHex(der);
  const isEncrypted = /BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED/.test(text);
  if (isEncrypted || ENCRYPTED.test(hex)) {
    return signingError(hasPassphrase ? "signature.key_passphrase" : "signature.key_encrypted");
  }
  const [, format, advice] = OTHERS.find(
    ([contains]) => contains.test(text) || contains.test(hex),
  ) as (typeof OTHERS)[0];
  return signingError("signature.key_unreadable", { format, advice });
}
