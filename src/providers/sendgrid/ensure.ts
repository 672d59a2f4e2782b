import { type Certificate, sameCertificate } from "../../certificates/index.ts";
import type { Clock } from "../http/clock.ts";
import { lookBack } from "../http/failure.ts";
import type { EnsureOptions, SendGridCertificates } from "./certificates.ts";
import { inDoubt } from "./context.ts";
import { operations } from "./operations.ts";
import type { EnsuredCertificate, SendGridCertificate } from "./types.ts";
import { checkEcho, checkUpload, readStored } from "./upload.ts";

/** The stored certificate that is the same, however its text is written. */
export function findSame(
  stored: readonly SendGridCertificate[],
  certificate: Certificate,
): SendGridCertificate | undefined {
  return stored.find((entry) => {
    const read = readStored(entry.public_certificate);
    return read !== undefined && sameCertificate(read, certificate);
  });
}

interface Wanted {
  readonly integrationId: string;
  readonly certificate: Certificate | string;
  readonly options: EnsureOptions;
}

/** Waits before the looks after a write in doubt: the provider may still be busy with it. */
const LOOKS_MS = [0, 1000];

/** Looks for a certificate whose upload is in doubt; undefined if it is not there, or unknown. */
async function lookAgain(
  client: SendGridCertificates,
  clock: Clock,
  certificate: Certificate,
  { integrationId, options }: Wanted,
): Promise<SendGridCertificate | undefined> {
  for (const wait of LOOKS_MS) {
    await clock.sleep(wait, options.signal);
    try {
      const found = findSame(await client.list(integrationId, options), certificate);
      if (found !== undefined) return found;
    } catch {
      // The first failure is the one to report: it leaves the outcome unknown, as does this.
    }
    if (options.signal?.aborted === true) return undefined;
  }
  return undefined;
}

export async function ensureCertificate(
  client: SendGridCertificates,
  clock: Clock,
  wanted: Wanted,
): Promise<EnsuredCertificate> {
  const { integrationId, certificate: input, options } = wanted;
  const { enabled, known } = options;
  const operation = operations.createCertificate;
  const text = typeof input === "string" ? input : (Object(input) as Certificate).pem;
  // What is stored already needs no permission to be uploaded; a private key is refused even so.
  const readable = checkUpload(text, operation, { ...options, acceptFindings: "all" });
  const stored = findSame(known ?? (await client.list(integrationId, options)), readable);
  if (stored !== undefined) {
    // Whether it is enabled cannot be read back, so that only saying it again makes it sure.
    if (enabled === undefined) return { certificate: stored, created: false };
    return { certificate: await client.update(stored.id, { enabled }, options), created: false };
  }
  const body = { public_certificate: text, integration_id: integrationId, enabled };
  try {
    return { certificate: await client.create(body, options), created: true };
  } catch (error) {
    if (!inDoubt(error) || error.code === "provider.echo_mismatch") throw error;
    const found = await lookAgain(client, clock, readable, wanted);
    if (found === undefined) throw error;
    checkEcho(readable, found, operation);
    if (enabled === undefined) return { certificate: found, created: true };
    // It may be another writer's, who was faster and left it disabled.
    const certificate = await lookBack(client.update(found.id, { enabled }, options));
    return { certificate, created: true };
  }
}
