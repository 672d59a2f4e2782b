import type { Checks } from "../der/checks.ts";
import { BIT_STRING, NULL, note, type Reader, SEQUENCE } from "../der/reader.ts";
import { VISIBLE_STRING } from "../der/text.ts";
import { RSA_KEYS, SIGNATURES, signatureName } from "../x509/algorithms.ts";
import { derChecks } from "./der.ts";
import { hasItsCharacters } from "./text.ts";

/**
 * The strings of DirectoryString and the others that standard attributes have (RFC 5280, appendix A);
 * a UniqueIdentifier is a BIT STRING (X.520, 6.2.7), and a few old attributes are SEQUENCEs.
 */
function nameValue(reader: Reader, tag: number): void {
  const { start } = reader;
  const sound = hasItsCharacters(tag, reader);
  if (sound === false) note(reader, "der.string_charset", start, "value");
  const isOfNames =
    sound === undefined ? tag === BIT_STRING || tag === SEQUENCE : tag !== VISIBLE_STRING;
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
  if (!takesParameters(oid, tag)) note(reader, "sigalg.parameters", at, "parameters");
}

/** Octets of a public key that signs (RFC 8032, 5.1.5 and 5.2.5; FIPS 204, table 2). */
const SIZES: ReadonlyMap<string, number> = /* @__PURE__ */ new Map([
  // Ed25519, Ed448
  ["1.3.101.112", 32],
  ["1.3.101.113", 57],
  // ML-DSA-44, ML-DSA-65, ML-DSA-87
  ["2.16.840.1.101.3.4.3.17", 1312],
  ["2.16.840.1.101.3.4.3.18", 1952],
  ["2.16.840.1.101.3.4.3.19", 2592],
]);

const key: Checks["key"] = (reader, oid, tag, at, start, end) => {
  // The identifier of RSASSA-PSS is that of the signatures too.
  if (tag >= 0 && RSA_KEYS.has(oid) && !takesParameters(oid, tag)) {
    note(reader, "key.malformed", at, "algorithm");
  }
  const octets = SIZES.get(oid) ?? end - start;
  if (octets !== end - start) note(reader, "key.malformed", start, "subjectPublicKey");
};

/** All of them. */
export const CHECKS: Checks = { ...derChecks, nameValue, parameters, key };
