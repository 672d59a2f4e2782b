import type { Certificate } from "../certificates/index.ts";
import { need } from "../core/argument.ts";
import { words } from "../core/codes/code.ts";
import { rotationCodes } from "../core/codes/rotation.ts";
import { isSamlCertError } from "../core/errors.ts";
import {
  AMOUNT,
  ANY,
  checkOptions,
  FUNCTION,
  INSTANT,
  LIST,
  OBJECT,
  type OptionKinds,
} from "../core/options.ts";
import { type Instant, unixSeconds } from "../core/time.ts";
import type { CertificateStore } from "../providers/store.ts";
import type { RotationSummary } from "../rotation/index.ts";
import { assessIntegration, POLICY, type StatusPolicy } from "./assess.ts";
import { inOrder } from "./in-order.ts";
import type { IntegrationStatus } from "./types.ts";

/** Options of `certificateStatus`. */
export interface StatusOptions {
  readonly now: Instant;
  readonly policy?: StatusPolicy | undefined;
  /**
   * Reads the certificates that the identity provider of a connection publishes, such as from its
   * metadata; undefined if that is unknown. An error that it throws becomes an entry of `errors`.
   */
  readonly published?:
    | ((store: CertificateStore) => Promise<readonly Certificate[] | undefined>)
    | undefined;
  /** The rotations of these integrations, as `rotationJournals(folder).list()` gives them. */
  readonly rotations?: readonly RotationSummary[] | undefined;
  /** The number of integrations that are read at once, 1 to 256. Default: 8. */
  readonly concurrency?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

const OPTIONS: OptionKinds<StatusOptions> = {
  now: INSTANT,
  policy: OBJECT,
  published: FUNCTION,
  rotations: LIST,
  concurrency: AMOUNT,
  signal: ANY,
};

type Stores = Iterable<CertificateStore> | AsyncIterable<CertificateStore>;

/**
 * The status of every integration of one or more accounts, in the order of the stores, in bounded
 * memory. An integration that cannot be reached is `unreachable` and does not stop the others; only
 * the signal does.
 *
 * @example
 * ```ts
 * import { certificateStatus } from "samlcert/watch";
 * import { createSendGridClient, sendGridCertificateStore } from "samlcert/sendgrid";
 *
 * export async function report(apiKey: string, integrationIds: readonly string[]) {
 *   const client = createSendGridClient({ apiKey });
 *   const stores = integrationIds.map((id) => sendGridCertificateStore(client, id));
 *   for await (const status of certificateStatus(stores, { now: new Date() })) {
 *     if (status.actionNeeded) console.log(status.integrationId, status.state, status.daysLeft);
 *   }
 * }
 * ```
 */
export async function* certificateStatus(
  stores: Stores,
  options: StatusOptions,
): AsyncIterable<IntegrationStatus> {
  checkOptions(options, OPTIONS, "certificateStatus");
  checkOptions(options?.policy, POLICY, "policy");
  const now = unixSeconds(options?.now);
  const concurrency = Math.max(1, Math.min(256, Math.floor(options.concurrency ?? 8)));
  needStores(() => (stores as Both)[Symbol.asyncIterator] || (stores as Both)[Symbol.iterator]);
  yield* inOrder(stores, concurrency, (store) => observe(store, now, options));
}

type Both = Iterable<CertificateStore> & AsyncIterable<CertificateStore>;

function needStores(holds: () => unknown): void {
  need(holds, "stores", "an iterable of CertificateStores");
}

async function observe(
  store: CertificateStore,
  now: number,
  { policy, published, rotations, signal }: StatusOptions,
): Promise<IntegrationStatus> {
  needStores(() => typeof store.list === "function");
  signal?.throwIfAborted();
  const errors: { code: string; message: string }[] = [];
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      errors.push(told(error));
      return undefined;
    }
  };
  const stored = await attempt(() => store.list(signal ? { signal } : {}));
  const keys = published && (await attempt(() => published(store)));
  const { provider, integrationId } = store;
  // The newest comes first.
  const rotation = rotations?.find(
    (one) => one.provider === provider && one.integrationId === integrationId,
  );
  return assessIntegration(
    { provider, integrationId, stored, published: keys, rotation, errors },
    now,
    policy,
  );
}

/** Only errors of this package are known to contain no secret. */
function told(error: unknown): { code: string; message: string } {
  if (isSamlCertError(error)) return { code: error.code, message: error.message };
  const code = "rotation.status_failed";
  return { code, message: words(rotationCodes[code]).message };
}
