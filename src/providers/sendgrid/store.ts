import { needCertificate } from "../../certificates/argument.ts";
import { type Certificate, sameCertificate } from "../../certificates/index.ts";
import { need } from "../../core/argument.ts";
import { BOOLEAN, type OptionKinds } from "../../core/options.ts";
import { callOptions, SIGNAL } from "../http/argument.ts";
import { lookBack } from "../http/failure.ts";
import { readStored } from "../kit/entries.ts";
import type {
  CertificateStore,
  StoreCallOptions,
  StoredCertificate,
  StoreRemoveOptions,
  StoreWriteOptions,
} from "../store.ts";
import type { SendGridClient } from "./client.ts";
import { exists, inDoubt, isNotFound, WRITE_KINDS } from "./context.ts";
import { identity, operations } from "./operations.ts";
import type { SendGridCertificate } from "./types.ts";
import { checkEcho } from "./upload.ts";

function toStored({
  id,
  public_certificate,
  not_before,
  not_after,
}: SendGridCertificate): StoredCertificate {
  const certificate = readStored(public_certificate);
  return { id, public_certificate, certificate, not_before, not_after };
}

const LIST: OptionKinds<StoreCallOptions> = { signal: SIGNAL };
const REMOVE: OptionKinds<StoreRemoveOptions> = { ...LIST, known: WRITE_KINDS.known };
const WRITE: OptionKinds<StoreWriteOptions> = { ...REMOVE, enabled: BOOLEAN };

/**
 * The certificates of one SendGrid integration, for rotation. Findings do not stop an upload here:
 * the rotation's policy decides.
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

  /** Gives the failure of a removal whose outcome is unknown. */
  async function removeOnce(id: string, signal: AbortSignal | undefined) {
    try {
      await certificates.delete(id, { signal });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      if (!inDoubt(error) || signal?.aborted === true) throw error;
      return error;
    }
    return undefined;
  }

  return {
    provider: identity.name,
    integrationId,
    origin: client.origin,
    // No limit and no effect of expiry are documented, and the answers have no `enabled`.
    capabilities: {
      overlap: true,
      enabledObservable: false,
      replaceInPlace: true,
      honoursExpiry: "unknown",
    },
    async list(options) {
      const { signal } = callOptions(options, LIST, "store.list");
      return (await certificates.list(integrationId, { signal })).map(toStored);
    },
    async add(certificate, given) {
      const { signal, enabled, known } = callOptions(given, WRITE, "store.add");
      const options = { signal, enabled, acceptFindings: "all" as const };
      const list = known?.map(({ public_certificate = "", ...entry }) => ({
        ...entry,
        public_certificate,
        raw: undefined,
      }));
      const ensured = await certificates.ensure(integrationId, certificate, {
        ...options,
        known: list,
      });
      return toStored(ensured.certificate);
    },
    async replace(id, certificate, given) {
      needCertificate(certificate);
      const { signal, enabled, known } = callOptions(given, WRITE, "store.replace");
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
        const { public_certificate = "" } = stored;
        const echo = { ...stored, public_certificate, raw: undefined };
        checkEcho(certificate, echo, operations.updateCertificate);
        return stored;
      }
    },
    async remove(id, options) {
      const { signal } = callOptions(options, REMOVE, "store.remove");
      const failure = await removeOnce(id, signal);
      if (failure === undefined) return;
      if (await lookBack(exists(certificates.get(id, { signal })))) throw failure;
    },
  };
}
