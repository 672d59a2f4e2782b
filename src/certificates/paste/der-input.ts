import type { CodeEntry } from "../../core/finding.ts";
import { DerFault } from "../der/defect.ts";
import { problemOf } from "../der/problem.ts";
import { type DerKind, kindOfDer } from "../kind.ts";
import { MAX_CERTIFICATES } from "../limits.ts";
import { certificatesOfPkcs7 } from "../pkcs7.ts";
import type { Problem } from "../problem.ts";
import { CHECKS } from "../strict/checks.ts";
import { type CertificateReading, readCertificate } from "../x509/certificate.ts";
import { REPAIRS } from "./codes.ts";
import { kindCrl, kindCsr, kindPkcs7Empty, kindPublicKey } from "./kind-codes.ts";
import { secretOfBytes } from "./secrets.ts";

/** What some DER turned out to be. */
export interface DerResult {
  readonly reading?: CertificateReading | undefined;
  readonly problem?: Problem | undefined;
  readonly notes: readonly Problem[];
  /** The DER of a certificate signing request. */
  readonly request?: Uint8Array | undefined;
}

const WRONG_KINDS: Readonly<Partial<Record<DerKind, CodeEntry>>> = {
  csr: kindCsr,
  crl: kindCrl,
  public_key: kindPublicKey,
};

function readOne(bytes: Uint8Array): DerResult {
  const secret = secretOfBytes(bytes);
  if (secret !== undefined) return failed({ entry: secret });
  const kind = kindOfDer(bytes);
  const wrong = WRONG_KINDS[kind];
  if (wrong === kindCsr) return { ...failed({ entry: wrong }), request: bytes };
  if (wrong !== undefined) return failed({ entry: wrong });
  return readOrExplain(bytes);
}

/** The certificates of a PKCS #7 bundle, or the one of any other DER. */
export function readAllDer(bytes: Uint8Array): DerResult[] {
  if (kindOfDer(bytes) !== "pkcs7") return [readOne(bytes)];
  try {
    const certificates = certificatesOfPkcs7(bytes).slice(0, MAX_CERTIFICATES);
    if (certificates.length === 0) return [failed({ entry: kindPkcs7Empty })];
    return certificates.map((der) => ({
      ...readOrExplain(der),
      notes: [{ entry: REPAIRS.pkcs7 }],
    }));
  } catch (error) {
    return [failed(explained(error))];
  }
}

function failed(problem: Problem): DerResult {
  return { problem, notes: [] };
}

function readOrExplain(bytes: Uint8Array): DerResult {
  try {
    const reading = readCertificate(bytes, CHECKS);
    const rest = bytes.subarray(reading.der.length);
    // A key in the bytes behind the certificate is still a key.
    const secret = rest.length > 0 ? secretOfBytes(rest) : undefined;
    return secret === undefined ? { reading, notes: [] } : failed({ entry: secret });
  } catch (error) {
    return failed(explained(error));
  }
}

function explained(error: unknown): Problem {
  if (!(error instanceof DerFault)) throw error;
  return problemOf(error.defect);
}
