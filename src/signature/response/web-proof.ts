import type { Certificate } from "../../certificates/types.ts";
import { readCertificate } from "../../certificates/x509/certificate.ts";
import { equalBytes, fromCleanBase64, fromLatin1 } from "../../core/bytes.ts";
import { digestLength, type HashName, type SignatureMethod } from "../algorithms.ts";
import type { Proof, Question } from "./proof.ts";

/** The names of the hashes in Web Cryptography, which has no SHA-224. */
const HASHES: Readonly<Partial<Record<HashName, string>>> = {
  sha1: "SHA-1",
  sha256: "SHA-256",
  sha384: "SHA-384",
  sha512: "SHA-512",
};

/** Verifies with Web Cryptography, for browsers; what they do not have is undefined. */
export async function proveWithWeb(
  question: Question,
  certificates: readonly Certificate[],
): Promise<Proof> {
  const made = await Promise.all(
    certificates.map((certificate) => isMadeBy(question, certificate).catch(() => undefined)),
  );
  return { made, intact: await isIntact(question).catch(() => undefined) };
}

async function isIntact({ digest }: Question): Promise<boolean | undefined> {
  const hash = digest && HASHES[digest.hash];
  if (digest === undefined || hash === undefined) return undefined;
  const found = await crypto.subtle.digest(hash, fromLatin1(digest.content));
  return equalBytes(new Uint8Array(found), digest.value);
}

const KEYS: Readonly<Record<SignatureMethod["kind"], readonly string[]>> = {
  rsa: ["RSA"],
  "rsa-pss": ["RSA", "RSA-PSS"],
  ec: ["EC"],
};

async function isMadeBy(
  { method, signed, value }: Question,
  { derBase64, publicKey }: Certificate,
): Promise<boolean | undefined> {
  const { algorithm, curve = "", exponent } = publicKey;
  if (!KEYS[method.kind].includes(algorithm) || exponent === "1") return false;
  const hash = HASHES[method.hash];
  if (hash === undefined) return undefined;
  const der = fromCleanBase64(derBase64) ?? new Uint8Array();
  const { spki } = readCertificate(der).key;
  const bytes = new Uint8Array(der.subarray(spki.start, spki.end));
  const names = { rsa: "RSASSA-PKCS1-v1_5", "rsa-pss": "RSA-PSS", ec: "ECDSA" } as const;
  const name = names[method.kind];
  const parameters = {
    name,
    hash,
    namedCurve: curve,
    saltLength: method.saltLength ?? digestLength(method.hash),
  };
  const key = await crypto.subtle.importKey("spki", bytes, parameters, false, ["verify"]);
  return await crypto.subtle.verify(parameters, key, new Uint8Array(value), fromLatin1(signed));
}
