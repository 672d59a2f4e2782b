import type { Certificate, CertificateExtension } from "../../types.ts";

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

/** True if its basic constraints say that it is a certificate authority. */
export function isAuthority(certificate: Certificate): boolean {
  return fieldOf(certificate, "basicConstraints", "cA") === true;
}
