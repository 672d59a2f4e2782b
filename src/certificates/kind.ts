import { DerFault } from "./der/fault.ts";
import {
  BIT_STRING,
  createReader,
  follows,
  INTEGER,
  OCTET_STRING,
  OID,
  type Reader,
  read,
  readAny,
  SEQUENCE,
  SET,
} from "./der/reader.ts";
import { derSize } from "./der/size.ts";
import { readOid } from "./der/values.ts";

/** The kind of some DER, by its structure, because labels and file names can be wrong. */
export type DerKind =
  | "certificate"
  | "pkcs8"
  | "encrypted_pkcs8"
  | "pkcs1_private"
  | "sec1_private"
  | "pkcs12"
  | "pkcs7"
  | "csr"
  | "crl"
  | "public_key"
  | "unknown";

const PKCS7_SIGNED = "1.2.840.113549.1.7.2";
/** PKCS #5 and PKCS #12 password-based encryption. */
const PASSWORD_BASED = ["1.2.840.113549.1.5.", "1.2.840.113549.1.12."];

/** Tells what the DER is from its first few elements; the end of it may be missing. */
export function kindOfDer(bytes: Uint8Array): DerKind {
  if (bytes[0] !== SEQUENCE) return "unknown";
  const reader = createReader(bytes);
  try {
    openPart(reader);
    return kindOfContent(reader);
  } catch (error) {
    if (!(error instanceof DerFault)) throw error;
    return "unknown";
  }
}

/** Steps into a SEQUENCE of which the end may be missing. */
function openPart(reader: Reader): void {
  const { bytes, limit } = reader;
  const long = (bytes[reader.position + 1] as number) & 0x80;
  const count = long === 0 ? 0 : (bytes[reader.position + 1] as number) & 0x7f;
  reader.position += 2 + count;
  reader.limit = limit;
}

function kindOfContent(reader: Reader): DerKind {
  if (follows(reader, INTEGER)) return kindAfterInteger(reader);
  if (follows(reader, OID)) {
    return readOid(reader, "contentType") === PKCS7_SIGNED ? "pkcs7" : "unknown";
  }
  if (!follows(reader, SEQUENCE)) return "unknown";
  const { position } = reader;
  openPart(reader);
  if (follows(reader, OID)) {
    reader.position = position;
    return kindAfterAlgorithm(reader);
  }
  return kindOfSigned(reader);
}

/** `version INTEGER` first: a private key or PKCS #12. */
function kindAfterInteger(reader: Reader): DerKind {
  read(reader, INTEGER, "version");
  const short = reader.end - reader.start === 1;
  const version = reader.bytes[reader.start] as number;
  // A modulus is no version: RSAPublicKey (RFC 8017, A.1.1).
  if (!short || version > 3) return follows(reader, INTEGER) ? "public_key" : "unknown";
  if (follows(reader, OCTET_STRING)) return version === 1 ? "sec1_private" : "unknown";
  if (follows(reader, SEQUENCE))
    return version === 3 ? kindOfPfx(reader) : kindAfterVersion(reader);
  // RFC 8017 A.1.2, and what OpenSSL writes for DSA: version, then numbers of many bytes.
  const isKey = follows(reader, INTEGER) && version < 2;
  return isKey && (reader.bytes[reader.position + 1] as number) >= 32 ? "pkcs1_private" : "unknown";
}

/** RFC 7292, 4: the content of a PFX is data of PKCS #7. */
function kindOfPfx(reader: Reader): DerKind {
  openPart(reader);
  return readOid(reader, "contentType").startsWith("1.2.840.113549.1.7.") ? "pkcs12" : "unknown";
}

/** RFC 5958, 2: an algorithm, and an OCTET STRING after it if it is not cut. */
function kindAfterVersion(reader: Reader): DerKind {
  const { bytes, position, limit } = reader;
  openPart(reader);
  const end = position + derSize(bytes.subarray(position));
  const isKey = follows(reader, OID) && (end >= limit || bytes[end] === OCTET_STRING);
  return isKey ? "pkcs8" : "unknown";
}

/** `AlgorithmIdentifier` first. Its object identifier is enough to know an encrypted key by. */
function kindAfterAlgorithm(reader: Reader): DerKind {
  const { position } = reader;
  openPart(reader);
  const oid = readOid(reader, "algorithm");
  if (PASSWORD_BASED.some((prefix) => oid.startsWith(prefix))) return "encrypted_pkcs8";
  reader.position = position;
  read(reader, SEQUENCE, "algorithm");
  return follows(reader, BIT_STRING) ? "public_key" : "unknown";
}

/** Within the first SEQUENCE of something signed: a certificate, request or revocation list. */
function kindOfSigned(reader: Reader): DerKind {
  if (follows(reader, 0xa0)) return "certificate";
  if (follows(reader, SEQUENCE)) return "crl";
  if (!follows(reader, INTEGER)) return "unknown";
  read(reader, INTEGER, "version");
  if (!follows(reader, SEQUENCE)) return "unknown";
  const { position } = reader;
  openPart(reader);
  // A Name is a SEQUENCE of SET; a request has one here, the others an AlgorithmIdentifier.
  if (follows(reader, SET)) return "csr";
  if (!follows(reader, OID)) return "csr";
  reader.position = position;
  readAny(reader, "signature");
  readAny(reader, "issuer");
  return follows(reader, SEQUENCE) ? "certificate" : "crl";
}
