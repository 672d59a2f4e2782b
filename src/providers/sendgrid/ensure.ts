import { type Certificate, sameCertificate } from "../../certificates/index.ts";
import { callPart } from "../http/argument.ts";
import type { Timing } from "../http/clock.ts";
import { lookBack } from "../http/failure.ts";
import { readStored } from "../kit/entries.ts";
import type { EnsureOptions, SendGridCertificates } from "./certificates.ts";
import { inDoubt } from "./context.ts";
import { operations } from "./operations.ts";
import type { EnsuredCertificate, SendGridCertificate } from "./types.ts";
import { checkEcho, checkUpload } from "./upload.ts";

/** The stored entry with the same certificate, regardless of the form of its text. */
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

/** Waits before the checks after a write with an unknown outcome: it may still be in progress. */
const LOOKS_MS = [0, 1000];

/** Looks for a certificate whose upload has an unknown outcome. */
async function lookAgain(
  client: SendGridCertificates,
  clock: Timing,
  certificate: Certificate,
  { integrationId, options }: Wanted,
): Promise<SendGridCertificate | undefined> {
  for (const wait of LOOKS_MS) {
    await clock.sleep(wait, options.signal);
    try {
      const found = findSame(await client.list(integrationId, callPart(options)), certificate);
      if (found !== undefined) return found;
    } catch {
      // The first failure is reported: it says that the outcome is unknown, as does this one.
    }
    if (options.signal?.aborted === true) return undefined;
  }
  return undefined;
}

export async function ensureCertificate(
  client: SendGridCertificates,
  clock: Timing,
  wanted: Wanted,
): Promise<EnsuredCertificate> {
  const { integrationId, certificate: input, options } = wanted;
  const { enabled, known, ...rest } = options;
  const call = callPart(options);
  const operation = operations.createCertificate;
  const text = typeof input === "string" ? input : (Object(input) as Certificate).pem;
  // A stored certificate needs no permission to be uploaded; a private key is refused all the same.
  const readable = checkUpload(text, operation, { ...options, acceptFindings: "all" });
  const stored = findSame(known ?? (await client.list(integrationId, call)), readable);
  if (stored !== undefined) {
    if (enabled === undefined) return { certificate: stored, created: false };
    // SendGrid never returns `enabled`, so it is sent even if it may be so already.
    return { certificate: await client.update(stored.id, { enabled }, call), created: false };
  }
  const body = { public_certificate: text, integration_id: integrationId, enabled };
  try {
    return { certificate: await client.create(body, rest), created: true };
  } catch (error) {
    if (!inDoubt(error) || error.code === "provider.echo_mismatch") throw error;
    const found = await lookAgain(client, clock, readable, wanted);
    if (found === undefined) throw error;
    checkEcho(readable, found, operation);
    if (enabled === undefined) return { certificate: found, created: true };
    // Another writer may have created it first, with another value.
    return {
      certificate: await lookBack(client.update(found.id, { enabled }, call)),
      created: true,
    };
  }
}
