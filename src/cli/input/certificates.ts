import type { SigningCertificate } from "../../certificates/signing-certificate.ts";
import type { Certificate } from "../../certificates/types.ts";
import type { Io } from "../framework/io.ts";
import { printable } from "../output/text.ts";
import { inputName, named, readInput } from "./files.ts";

const MAX_BYTES = 256 * 1024;

/** The bytes of a file with certificates. */
export async function certificateBytes(path: string, io: Io): Promise<Uint8Array> {
  return await readInput(path, io, { maxBytes: MAX_BYTES, what: "a certificate" });
}

/** The certificates of one or more files. */
export async function certificatesOf(
  paths: readonly string[],
  io: Io,
): Promise<readonly Certificate[]> {
  return (await repaired(paths, io)).flatMap(({ certificates }) => certificates);
}

/** The chains of one or more files. A chain never spans two files: each was named by a person. */
export async function chainsOf(
  paths: readonly string[],
  io: Io,
): Promise<readonly SigningCertificate[]> {
  return (await repaired(paths, io)).flatMap(({ chains }) => chains);
}

async function repaired(paths: readonly string[], io: Io) {
  const { repairCertificates } = await import("../../certificates/repair.ts");
  const lists: ReturnType<typeof repairCertificates>[] = [];
  for (const path of paths) {
    const bytes = await certificateBytes(path, io);
    lists.push(named(path, () => repairCertificates(bytes)));
  }
  return lists;
}

/**
 * The certificates of trusted signers: the end entities of all files, without their issuers (XML
 * Signature 4.4.4), which a note names.
 */
export async function trustedCertificates(
  paths: readonly string[],
  io: Io,
): Promise<readonly Certificate[]> {
  const { parseCertificates, signingChains } = await import("../../certificates/index.ts");
  const { issuerFindings } = await import("../../certificates/signing-certificate.ts");
  const found: Certificate[] = [];
  for (const path of paths) {
    const bytes = await certificateBytes(path, io);
    const chains = named(path, () => signingChains(parseCertificates(bytes)));
    for (const { message } of issuerFindings(chains.flatMap(({ issuers }) => issuers))) {
      io.stderr.write(`note: ${printable(`${inputName(path)}: ${message}`)}\n`);
    }
    found.push(...chains.map(({ certificate }) => certificate));
  }
  return found;
}
