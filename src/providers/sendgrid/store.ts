import { needCertificate } from "../../certificates/argument.ts";
import { type Certificate, sameCertificate } from "../../certificates/index.ts";
import { need } from "../../core/argument.ts";
import { lookBack } from "../http/failure.ts";
import type {
  CertificateStore,
  StoreCallOptions,
  StoredCertificate,
  StoreWriteOptions,
} from "../store.ts";
import type { SendGridClient } from "./client.ts";
import { clientError, inDoubt, isProviderError, writeOptions } from "./context.ts";
import { identity, operations } from "./operations.ts";
import type { SendGridCertificate } from "./types.ts";
import { checkEcho, readStored } from "./upload.ts";

function toStored({
  id,
  public_certificate,
  not_before,
  not_after,
}: SendGridCertificate): StoredCertificate {
  const certificate = readStored(public_certificate);
  return { id, public_certificate, certificate, not_before, not_after };
}

function isGone(error: unknown): boolean {
  return isProviderError(error) && error.code === "provider.not_found";
}

/**
 * The certificates of one SendGrid integration, for rotation. What may be uploaded is for the
 * rotation's policy to say: findings do not stop an upload here.
 *
 * @example
 * ```ts
 * import { createSendGridClient, sendGridCertificateStore } from "samlcert/sendgrid";
 *
 * const client = createSendGridClient({ apiKey: process.env["SENDGRID_API_KEY"] ?? "" });
 * const store = sendGridCertificateStore(client, "b0b98502-9408-4b24-9e3d-31ed7cb15312");
 * for (const { id, certificate } of await store.list()) console.log(id, certificate?.notAfter.iso);
 * ```
 */
export function sendGridCertificateStore(
  client: SendGridClient,
  integrationId: string,
): CertificateStore {
  const { certificates } = Object(client) as SendGridClient;
  need(() => typeof certificates.list === "function", "client", "a client of createSendGridClient");

  async function isThere(id: string, signal: AbortSignal | undefined): Promise<boolean> {
    try {
      await certificates.get(id, { signal });
      return true;
    } catch (error) {
      if (isGone(error)) return false;
      throw error;
    }
  }

  /** The stored certificate of that id, if it is this one. */
  async function holds(
    id: string,
    certificate: Certificate,
    { signal, known }: StoreWriteOptions,
  ): Promise<StoredCertificate | undefined> {
    const listed = known?.find((entry) => entry.id === id);
    const stored = listed ?? toStored(await certificates.get(id, { signal }));
    const same = stored.certificate && sameCertificate(stored.certificate, certificate);
    return same === true ? stored : undefined;
  }

  /** What to throw if the certificate is still there; undefined if it is surely gone. */
  async function removeOnce(id: string, signal: AbortSignal | undefined) {
    try {
      // Documented is an answer with the certificate in it; an empty one is no proof.
      const removed = await certificates.delete(id, { signal });
      return removed === undefined ? notRemoved(id) : undefined;
    } catch (error) {
      if (isGone(error)) return undefined;
      if (!inDoubt(error) || signal?.aborted === true) throw error;
      return error;
    }
  }

  return {
    provider: identity.name,
    integrationId,
    // No limit is documented, the answers have no `enabled`, and nobody says what expiry does.
    capabilities: {
      overlap: true,
      enabledObservable: false,
      replaceInPlace: true,
      honoursExpiry: "unknown",
    },
    async list(options) {
      const { signal } = Object(options) as StoreCallOptions;
      return (await certificates.list(integrationId, { signal })).map(toStored);
    },
    async add(certificate, given) {
      const { signal, enabled, known } = writeOptions(given, operations.createCertificate);
      const options = { signal, enabled, acceptFindings: "all" as const };
      const list = known?.map((entry) => ({ ...entry, raw: undefined }));
      const ensured = await certificates.ensure(integrationId, certificate, {
        ...options,
        known: list,
      });
      return toStored(ensured.certificate);
    },
    async replace(id, certificate, given) {
      needCertificate(certificate);
      const { signal, enabled, known } = writeOptions(given, operations.updateCertificate);
      const same = await holds(id, certificate, { signal, known });
      if (same !== undefined && enabled === undefined) return same;
      const body =
        same === undefined ? { public_certificate: certificate.pem, enabled } : { enabled };
      try {
        const options = { signal, acceptFindings: "all" as const };
        return toStored(await certificates.update(id, body, options));
      } catch (error) {
        if (!inDoubt(error) || enabled !== undefined || signal?.aborted === true) throw error;
        const stored = await holds(id, certificate, { signal });
        if (stored === undefined) throw error;
        checkEcho(certificate, { ...stored, raw: undefined }, operations.updateCertificate);
        return stored;
      }
    },
    async remove(id, options) {
      const { signal } = Object(options) as StoreCallOptions;
      const doubt = await removeOnce(id, signal);
      if (doubt !== undefined && (await lookBack(isThere(id, signal)))) throw doubt;
    },
  };
}

function notRemoved(id: string) {
  const message = `SendGrid said that it deleted the certificate ${id}, and still has it.`;
  return clientError("provider.unreadable", message, operations.deleteCertificate, {
    outcome: "unknown",
    resourceId: id,
  });
}
