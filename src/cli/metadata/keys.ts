import type { Certificate } from "../../certificates/types.ts";
import type { Finding } from "../../core/finding.ts";
import type { KeyUse } from "../../metadata/index.ts";
import type { Io } from "../framework/io.ts";
import { certificateBytes } from "../input/certificates.ts";
import { inputName, named } from "../input/files.ts";

/** The certificates of keys that are written into metadata, and what is wrong with them. */
export interface GivenKeys {
  readonly certificates: readonly Certificate[];
  readonly findings: readonly Finding[];
}

/**
 * Reads the certificates of keys from files. Of a chain, only the end entity is a key. What an upload
 * would be refused for is a warning here, because the metadata can be written.
 */
export async function keysFrom(paths: readonly string[], use: KeyUse, io: Io): Promise<GivenKeys> {
  const { parseCertificates, signingChains } = await import("../../certificates/index.ts");
  const certificates: Certificate[] = [];
  const findings: Finding[] = [];
  for (const path of paths) {
    const bytes = await certificateBytes(path, io);
    for (const { certificate, issuers } of named(path, () =>
      signingChains(parseCertificates(bytes)),
    )) {
      certificates.push(certificate);
      findings.push(...(await findingsOf(certificate, issuers, use, io)).map(inFile(path)));
    }
  }
  return { certificates, findings };
}

async function findingsOf(
  certificate: Certificate,
  issuers: readonly Certificate[],
  use: KeyUse,
  io: Io,
): Promise<readonly Finding[]> {
  const { validateCertificate } = await import("../../certificates/index.ts");
  const { issuerFindings } = await import("../../certificates/signing-certificate.ts");
  const { findings } = validateCertificate(certificate.pem, { now: io.now() });
  return [...issuerFindings(issuers), ...findings.filter(({ severity }) => severity !== "notice")]
    .filter(({ code }) => use === "signing" || !code.startsWith("use."))
    .map((finding) => ({ ...finding, severity: "warning" }));
}

const inFile =
  (path: string) =>
  (finding: Finding): Finding => ({
    ...finding,
    message: `${inputName(path)}: ${finding.message}`,
  });
