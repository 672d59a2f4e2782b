import type { Certificate } from "../../certificates/index.ts";
import { isText, need } from "../../core/argument.ts";
import { checkOptions, FUNCTION, LIST, type OptionKinds } from "../../core/options.ts";
import type { CertificateStore } from "../../providers/store.ts";
import type { RotationSummary } from "../../rotation/index.ts";
import { assessIntegration } from "../assess.ts";
import { DETAILS, type SourceDetails, type WatchSource } from "../source.ts";
import { attempting } from "../told.ts";

/** Options of `watchStore`. */
export interface WatchStoreOptions extends SourceDetails {
  /**
   * Reads the certificates that the identity provider of a connection publishes, such as from its
   * metadata; undefined if that is unknown. An error that it throws becomes an entry of `errors`.
   */
  readonly published?:
    | ((store: CertificateStore) => Promise<readonly Certificate[] | undefined>)
    | undefined;
  /** The rotations of these integrations, as `rotationJournals(folder).list()` gives them. */
  readonly rotations?: readonly RotationSummary[] | undefined;
}

const OPTIONS: OptionKinds<WatchStoreOptions> = {
  ...DETAILS,
  published: FUNCTION,
  rotations: LIST,
};

/**
 * The certificates that a provider stores for one connection, as a source of `watch`.
 *
 * @example
 * ```ts
 * import { createSendGridClient, sendGridCertificateStore } from "samlcert/sendgrid";
 * import { watch, watchStore } from "samlcert/watch";
 *
 * export async function report(apiKey: string, integrationIds: readonly string[]) {
 *   const client = createSendGridClient({ apiKey });
 *   const sources = integrationIds.map((id) => watchStore(sendGridCertificateStore(client, id)));
 *   for await (const { name, state, next } of watch(sources, { now: new Date() })) {
 *     if (next) console.log(name, state, next.step);
 *   }
 * }
 * ```
 */
export function watchStore(store: CertificateStore, options: WatchStoreOptions = {}): WatchSource {
  checkOptions(options, OPTIONS, "watchStore");
  need(() => isStore(store), "store", "a CertificateStore");
  const { published, rotations, ...details } = Object(options) as WatchStoreOptions;
  const { provider, integrationId } = store;
  const id = `${provider}:${integrationId}`;
  // The newest comes first.
  const rotation = rotations?.find(
    (one) => one.provider === provider && one.integrationId === integrationId,
  );
  return {
    ...details,
    kind: "store",
    id,
    source: `${provider} ${integrationId}`,
    async look({ now, expiringDays, signal }) {
      const { attempt, errors } = attempting(signal);
      const stored = await attempt(() => store.list(signal ? { signal } : {}));
      const keys = published && (await attempt(() => published(store)));
      const seen = assessIntegration({ stored, published: keys, rotation }, now, { expiringDays });
      return [{ id, ...seen, errors, isFailed: stored === undefined }];
    },
  };
}

function isStore({ list, provider, integrationId }: CertificateStore): boolean {
  return typeof list === "function" && isText(provider) && isText(integrationId);
}
