import type { CodeEntry, Severity } from "../../core/finding.ts";
import type { CertificatePolicy } from "../policy/policy.ts";
import type { Certificate, CertificateExtension } from "../types.ts";
import type { CertificateReading } from "../x509/certificate.ts";
import type { RsaNumbers } from "./rsa.ts";

/** What a rule judges by. */
export interface RuleFacts {
  readonly reading: CertificateReading;
  readonly certificate: Certificate;
  /** Of an RSA key that could be read. */
  readonly rsa: RsaNumbers | undefined;
  /** Integer unix seconds. */
  readonly now: number;
  readonly policy: CertificatePolicy;
  /** What the provider holds already; empty where nothing was given. */
  readonly existing: readonly Certificate[];
}

/** What a rule may say beyond its summary. */
export interface Violation {
  readonly message?: string | undefined;
  /** ASN.1 path. */
  readonly path?: string | undefined;
}

/** One thing that is checked about a certificate. */
export interface Rule extends CodeEntry {
  /** Its severity where no policy says otherwise. */
  readonly severity: Severity;
  /** True where a policy has to ask for it. */
  readonly optIn?: boolean | undefined;
  /** True if it is broken, or what to say beyond the summary. */
  check(facts: RuleFacts): Violation | boolean;
}

/** The extension of the given name. */
export function extensionNamed(
  certificate: Certificate,
  name: string,
): CertificateExtension | undefined {
  return certificate.extensions.find((extension) => extension.name === name);
}

/** The decoded value of an extension that is a list of names. */
export function listOf(certificate: Certificate, name: string): readonly string[] | undefined {
  const value = extensionNamed(certificate, name)?.value;
  return Array.isArray(value) ? value : undefined;
}

/** One field of the decoded value of an extension that has fields. */
export function fieldOf(certificate: Certificate, name: string, field: string): unknown {
  const value = extensionNamed(certificate, name)?.value;
  return typeof value === "object" && value !== null ? Reflect.get(value, field) : undefined;
}
