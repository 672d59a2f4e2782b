import { needCertificate } from "../../certificates/argument.ts";
import {
  type Certificate,
  parseCertificate,
  validateCertificate,
} from "../../certificates/index.ts";
import { isText, need } from "../../core/argument.ts";
import { sha256Hex } from "../../core/digest.ts";
import type { StoredCertificate } from "../store.ts";
import type { StoreEntry } from "./types.ts";

/** The certificate in a stored text, in any form; undefined if unreadable. */
export function readStored(text: string): Certificate | undefined {
  try {
    return parseCertificate(text);
  } catch {
    // Not in the form of RFC 7468: in one line, without its armour, or encoded loosely.
    return validateCertificate(text).certificate;
  }
}

/** A fingerprint as rotation compares it: lower case, without colons. */
function plainSha256(text: string | undefined): string | undefined {
  const hex = text?.replaceAll(":", "").toLowerCase();
  return hex !== undefined && /^[0-9a-f]{64}$/.test(hex) ? hex : undefined;
}

/** The entry of a provider as a stored certificate. Without an id of its own, the SHA-256 names it. */
export function storedFrom(entry: StoreEntry): StoredCertificate {
  const { id, text, not_before, not_after, enabled, pending_approval } = entry;
  const certificate = text === undefined ? undefined : readStored(text);
  const sha256 = certificate?.fingerprint.sha256 ?? plainSha256(entry.sha256);
  const name = id ?? sha256 ?? sha256Hex(new TextEncoder().encode(text ?? ""));
  return {
    id: name,
    ...(text !== undefined && { public_certificate: text }),
    ...(certificate && { certificate }),
    ...(sha256 !== undefined && { sha256 }),
    ...(not_before !== undefined && { not_before }),
    ...(not_after !== undefined && { not_after }),
    ...(enabled !== undefined && { enabled }),
    ...(pending_approval === true && { pending_approval }),
  };
}

/** SHA-256 of a stored certificate's DER; undefined if it is unknown. */
export function sha256Of({ certificate, sha256 }: StoredCertificate): string | undefined {
  return certificate?.fingerprint.sha256 ?? sha256;
}

/** The stored copy of a certificate, regardless of the form of its text. */
export function findSame(
  stored: readonly StoredCertificate[],
  certificate: Certificate,
): StoredCertificate | undefined {
  return stored.find((item) => sha256Of(item) === certificate.fingerprint.sha256);
}

function needStored({ certificate, public_certificate }: StoredCertificate): void {
  if (certificate === undefined) need(() => isText(public_certificate), "stored", KIND);
  else needCertificate(certificate, "stored.certificate");
}

const KIND = "a certificate, as store.list() gives it";

/** A certificate of a list that is about to be written, as PEM; unreadable text stays as it is. */
export function pemOf(stored: StoredCertificate): string {
  needStored(Object(stored));
  const { certificate, public_certificate = "" } = stored;
  return certificate?.pem ?? public_certificate;
}

/** A certificate of a list that is about to be written, as base64 of its DER, without armour. */
export function base64Of(stored: StoredCertificate): string {
  needStored(Object(stored));
  const { certificate, public_certificate = "" } = stored;
  return certificate === undefined ? public_certificate : certificate.derBase64;
}
