import { attempt } from "../der/attempt.ts";
import { conformanceOf } from "../der/charset.ts";
import type { Checks } from "../der/checks.ts";
import { derChecks } from "../der/conformance.ts";
import { BIT_STRING, NULL, note, type Reader, SEQUENCE } from "../der/reader.ts";
import { VISIBLE_STRING } from "../der/text.ts";
import { walk } from "../der/walk.ts";
import { RSA_KEYS, SIGNATURES, signatureName } from "./algorithms.ts";

/**
 * The strings of DirectoryString and the others that standard attributes have (RFC 5280, appendix A);
 * a UniqueIdentifier is a BIT STRING (X.520, 6.2.7), and a few old attributes are SEQUENCEs.
 */
function nameValue(reader: Reader, tag: number): void {
  const { start } = reader;
  const conformance = conformanceOf(tag, reader);
  if (conformance === "wrong character") note(reader, "der.string_charset", start, "value");
  if (conformance === "wrong encoding") note(reader, "der.string_encoding", start, "value");
  const isOfNames =
    conformance === "no string" ? tag === BIT_STRING || tag === SEQUENCE : tag !== VISIBLE_STRING;
  if (!isOfNames) note(reader, "der.string_type", start, "value");
  if (tag === BIT_STRING) derChecks.bits(reader, "value");
}

/**
 * True if the parameters of a signature algorithm may be of this type: NULL for the older ones (RFC
 * 3279, 2.2), a SEQUENCE for RSASSA-PSS (RFC 4055, 3.1), none for the others that are known.
 */
function takesParameters(oid: string, tag: number): boolean {
  const name = signatureName(oid);
  if (name === oid || name === "composite") return true;
  if (name === "RSASSA-PSS") return tag === SEQUENCE;
  return tag === NULL && SIGNATURES.has(oid) && !name.startsWith("Ed");
}

function parameters(reader: Reader, oid: string, tag: number, at: number): void {
  const { position } = reader;
  if (!takesParameters(oid, tag)) note(reader, "sigalg.parameters", at, "parameters");
  else attempt(reader, "sigalg.parameters", at, position, (part) => walk(part), "parameters");
}

/** The bytes of a signature. All mainstream parsers read over unused bits there, which are an error elsewhere. */
function signature(reader: Reader, name: string): void {
  const { bytes, start } = reader;
  if (bytes[start] !== 0) note(reader, "sig.unused_bits", start, name);
}

/** Bytes of a public key that signs (RFC 8032, 5.1.5 and 5.2.5; FIPS 204, table 2). */
const SIZES: ReadonlyMap<string, number> = /* @__PURE__ */ new Map([
  // Ed25519, Ed448
  ["1.3.101.112", 32],
  ["1.3.101.113", 57],
  // ML-DSA-44, ML-DSA-65, ML-DSA-87
  ["2.16.840.1.101.3.4.3.17", 1312],
  ["2.16.840.1.101.3.4.3.18", 1952],
  ["2.16.840.1.101.3.4.3.19", 2592],
]);

/** rsaEncryption, whose parameters are judged by a rule of their own. */
const RSA = "1.2.840.113549.1.1.1";

const key: Checks["key"] = (reader, oid, tag, at, start, end) => {
  if (tag >= 0 && RSA_KEYS.has(oid)) {
    // RSASSA-PSS and RSAES-OAEP take a SEQUENCE (RFC 4055, 1.2 and 4.1).
    if (oid !== RSA && tag !== SEQUENCE) note(reader, "key.malformed", at, "algorithm");
    else attempt(reader, "key.malformed", at, start, walkFirst, "algorithm");
  }
  const bytes = SIZES.get(oid) ?? end - start;
  if (bytes !== end - start) note(reader, "key.malformed", start, "subjectPublicKey");
};

/** The parameters of an algorithm; what follows them is not looked at. */
function walkFirst(reader: Reader): void {
  walk(reader);
  reader.position = reader.limit;
}

/** All of them. */
export const strictChecks: Checks = /* @__PURE__ */ Object.assign({}, derChecks, {
  nameValue,
  parameters,
  key,
  signature,
});
