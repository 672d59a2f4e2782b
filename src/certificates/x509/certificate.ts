import { toBase64, toHex, toLatin1 } from "../../core/bytes.ts";
import { sha1Hex, sha256Hex } from "../../core/digest.ts";
import type { Checks, Span } from "../der/checks.ts";
import type { DerIssue } from "../der/fault.ts";
import {
  createReader,
  enter,
  follows,
  leave,
  note,
  type Reader,
  read,
  readAny,
  SEQUENCE,
} from "../der/reader.ts";
import { readTime } from "../der/time.ts";
import { readInteger, readOid, readSignature, readSmallInteger } from "../der/values.ts";
import { encodePem } from "../pem/encode.ts";
import type { Certificate } from "../types.ts";
import { signatureName } from "./algorithms.ts";
import { readExtensions } from "./extensions/read.ts";
import { readName } from "./name.ts";
import { type PublicKeyReading, readPublicKey } from "./public-key.ts";

/** A certificate, and what was noticed while reading it. */
export interface CertificateReading {
  readonly certificate: Certificate;
  /** Its exact bytes, without any that followed. */
  readonly der: Uint8Array;
  readonly key: PublicKeyReading;
  /** The bytes that the signature covers, and the signature. */
  readonly tbs: Span;
  readonly signature: Span;
  /** True if an issuerUniqueID or subjectUniqueID is there. */
  readonly uniqueIds: boolean;
  /** The faults that a strict parser would refuse. */
  readonly issues: readonly DerIssue[];
}

/** No expiration date (RFC 5280, 4.1.2.5). */
const NO_EXPIRY = "99991231235959Z";

/**
 * Reads one DER certificate (RFC 5280, 4.1). Throws a `DerFault` where a fact cannot be read; what can be
 * read past is in `issues`, as far as there are checks for it.
 */
export function readCertificate(bytes: Uint8Array, checks?: Partial<Checks>): CertificateReading {
  const reader = createReader(bytes, toLatin1(bytes), checks);
  read(reader, SEQUENCE, "certificate");
  const size = reader.end;
  reader.position = reader.start;
  reader.limit = size;

  const tbsAt = reader.position;
  const outer = enter(reader, SEQUENCE, "tbsCertificate");
  const version = readVersion(reader);
  readInteger(reader, "serialNumber");
  const serialNumber = toHex(bytes, reader.start, reader.end);
  const algorithmAt = reader.position;
  const oid = readAlgorithm(reader, "signature");
  const algorithmEnd = reader.position;
  const { length: issuesBefore } = reader.issues;
  const issuer = readName(reader, "issuer");
  const issuerEnd = reader.position;
  const sound = reader.issues.length === issuesBefore;
  const validity = enter(reader, SEQUENCE, "validity");
  const notBefore = readTime(reader, "notBefore");
  const notAfter = readTime(reader, "notAfter");
  leave(reader, validity);
  // Most are self-issued: reading the name once makes parsing 1.1x faster.
  const subject =
    sound && skipCopy(reader, algorithmEnd, issuerEnd) ? issuer : readName(reader, "subject");
  const key = readPublicKey(reader);
  const issuerId = readUniqueId(reader, 0x81, "issuerUniqueID");
  const uniqueIds = readUniqueId(reader, 0x82, "subjectUniqueID") || issuerId;
  const extensions = follows(reader, 0xa3) ? readExtensions(reader) : [];
  leave(reader, outer);
  const tbs = { start: tbsAt, end: reader.position };

  const outerAlgorithm = reader.position;
  if (!skipCopy(reader, algorithmAt, algorithmEnd)) {
    readAlgorithm(reader, "signatureAlgorithm");
    note(reader, "sigalg.mismatch_inner_outer", outerAlgorithm, "signatureAlgorithm");
  }
  readSignature(reader, "signatureValue");
  const signature = { start: reader.start, end: reader.end };
  leave(reader, bytes.length);
  checks?.rest?.(reader);

  const der = size === bytes.length ? bytes : bytes.subarray(0, size);
  const derBase64 = toBase64(der);
  const certificate = {
    version,
    serialNumber,
    subject,
    issuer,
    notBefore,
    notAfter,
    noExpiry: notAfter.raw === NO_EXPIRY,
    publicKey: key.publicKey,
    signatureAlgorithm: { name: signatureName(oid), oid },
    fingerprint: { sha256: sha256Hex(der), sha1: sha1Hex(der) },
    extensions,
    pem: encodePem(derBase64),
    derBase64,
  };
  return { certificate, der, key, tbs, signature, uniqueIds, issues: reader.issues };
}

/** Steps over a UniqueIdentifier, an implicit BIT STRING; true if it is there (RFC 5280, 4.1.2.8). */
function readUniqueId(reader: Reader, tag: number, name: string): boolean {
  if (!follows(reader, tag)) return false;
  read(reader, tag, name);
  reader.checks?.bits?.(reader, name);
  return true;
}

/** `[0] EXPLICIT INTEGER DEFAULT v1`: 1 for v1, which must then be left out. */
function readVersion(reader: Reader): number {
  if (!follows(reader, 0xa0)) return 1;
  const outer = enter(reader, 0xa0, "version");
  const version = readSmallInteger(reader, "version") + 1;
  if (version === 1) note(reader, "der.default_encoded", reader.start);
  leave(reader, outer);
  return version;
}

/** Reads an AlgorithmIdentifier; gives its identifier. */
function readAlgorithm(reader: Reader, name: string): string {
  const outer = enter(reader, SEQUENCE, name);
  const oid = readOid(reader, "algorithm");
  const at = reader.position;
  if (follows(reader)) {
    const tag = readAny(reader, "parameters");
    reader.checks?.parameters?.(reader, oid, tag, at);
  }
  leave(reader, outer);
  return oid;
}

/** Steps over what follows if it is the same bytes once more. */
function skipCopy(reader: Reader, start: number, end: number): boolean {
  const { bytes, position, limit } = reader;
  const next = position + end - start;
  if (next > limit) return false;
  for (let i = start; i < end; i++) if (bytes[i] !== bytes[position + i - start]) return false;
  reader.position = next;
  return true;
}
