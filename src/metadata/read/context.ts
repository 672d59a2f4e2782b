import type { Certificate } from "../../certificates/types.ts";
import { readCertificate } from "../../certificates/x509/certificate.ts";
import { bytesOfBase64 } from "../../xml/utf8.ts";
import type { Inherited, Trust } from "../model/trust.ts";

/** Certificates by their text: in an aggregate, the same one occurs many times. */
export interface CertificateCache {
  /** The certificate of a text; undefined unless the text is the base64 of exactly one. */
  readonly read: (text: string) => Certificate | undefined;
}

/** The context for reading entities. */
export interface ReadContext<T extends Trust> {
  readonly trust: T;
  readonly certificates: CertificateCache;
  /** The values that the entity inherits from its groups. */
  readonly inherited?: Inherited | undefined;
}

/** Bounds the cache at about 25 MB: more texts than any federation has keys. */
const CAPACITY = 10_000;

/** A cache for one document or stream. When it is full, the oldest entry goes. */
export function newCertificateCache(): CertificateCache {
  const known = new Map<string, Certificate | undefined>();
  return {
    read: (text) => {
      if (known.has(text)) return known.get(text);
      const certificate = readCertificateText(text);
      if (known.size >= CAPACITY) known.delete(known.keys().next().value as string);
      known.set(text, certificate);
      return certificate;
    },
  };
}

/** PEM header lines, which some publishers leave in. */
const ARMOUR = /-----(?:BEGIN|END) CERTIFICATE-----/g;

/** Reads the content of `<ds:X509Certificate>`: the base64 of one DER certificate, and no more. */
function readCertificateText(text: string): Certificate | undefined {
  const der = bytesOfBase64(text.includes("-----") ? text.replace(ARMOUR, "") : text);
  if (der === undefined) return undefined;
  try {
    const reading = readCertificate(der);
    return reading.der.length === der.length ? reading.certificate : undefined;
  } catch {
    // An unreadable certificate is a fact about the document, not a failure to read it.
    return undefined;
  }
}
