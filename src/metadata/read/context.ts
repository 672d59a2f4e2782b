import type { Certificate } from "../../certificates/types.ts";
import { readCertificate } from "../../certificates/x509/certificate.ts";
import { octetsOfBase64 } from "../../xml/octets.ts";
import type { Inherited, Trust } from "../model/trust.ts";

/** Certificates by their text: in an aggregate one occurs many times. */
export interface CertificateCache {
  /** The certificate of a text, or `undefined` where it is not a readable one. */
  readonly read: (text: string) => Certificate | undefined;
}

/** What is known while entities are read. */
export interface ReadContext<T extends Trust> {
  readonly trust: T;
  readonly certificates: CertificateCache;
  /** What the groups around say. */
  readonly inherited?: Inherited | undefined;
}

/** The most texts that a cache holds: more than any federation has keys, and 25 MB at the most. */
const CAPACITY = 10_000;

/** A cache for one document or stream; forgets what is oldest when it is full. */
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

/** The lines around PEM, which some wrongly put there too. */
const ARMOUR = /-----(?:BEGIN|END) CERTIFICATE-----/g;

/** The content of `<ds:X509Certificate>`: base64 of DER. */
function readCertificateText(text: string): Certificate | undefined {
  const der = octetsOfBase64(text.includes("-----") ? text.replace(ARMOUR, "") : text);
  try {
    return der && readCertificate(der).certificate;
  } catch {
    // A certificate that is not readable is a fact about the document, not a failure to read it.
    return undefined;
  }
}
