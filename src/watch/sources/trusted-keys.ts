import { isText, need } from "../../core/argument.ts";
import { checkOptions, type OptionKinds } from "../../core/options.ts";
import type { TrustReport } from "../../trusted-keys/index.ts";
import { download } from "../../trusted-keys/source/download.ts";
import { watchError } from "../error.ts";
import { DETAILS, type SourceDetails, type WatchSource } from "../source.ts";
import { seenInJson } from "./json.ts";
import { REQUEST_KINDS, type RequestOptions, requestOf, shownUrl } from "./metadata.ts";
import { seenTrustReport } from "./trust-report.ts";

/** Options of `watchTrustedKeys`. */
export interface WatchTrustedKeysOptions extends SourceDetails, RequestOptions {}

const OPTIONS: OptionKinds<WatchTrustedKeysOptions> = { ...DETAILS, ...REQUEST_KINDS };

/** The reports of many tenants are longer than that of one; each is under 10 KiB. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The keys that a running service trusts, as a source of `watch`: those in this process, or a report as
 * JSON at a URL that the service answers.
 *
 * @example
 * ```ts
 * import { createMetadataSource, createTrustedKeys } from "samlcert/trusted-keys";
 * import { watch, watchTrustedKeys } from "samlcert/watch";
 *
 * const source = createMetadataSource({ url: "https://idp.example.com/metadata" });
 * const keys = createTrustedKeys({ source, entityId: "https://idp.example.com" });
 * async function show() {
 *   for await (const { state } of watch([watchTrustedKeys(keys)], { now: new Date() })) {
 *     console.log(state);
 *   }
 * }
 * console.log(typeof show);
 * ```
 */
export function watchTrustedKeys(
  keys: string | { report(): TrustReport },
  options: WatchTrustedKeysOptions = {},
): WatchSource {
  const isUrl = isText(keys);
  need(() => isUrl || typeof keys.report === "function", "keys", "TrustedKeys, or a URL");
  checkOptions(options, OPTIONS, "watchTrustedKeys");
  const { name, owner, labels, expiringDays, ...request } = Object(
    options,
  ) as WatchTrustedKeysOptions;
  const source = isUrl ? shownUrl(keys) : keys.report().entityId;
  const id = `trusted_keys:${source}`;
  return {
    ...{ name, owner, labels, expiringDays },
    ...{ kind: "trusted_keys", id, source },
    async look(context) {
      if (!isUrl) return [seenTrustReport(id, keys.report(), context)];
      if (!URL.canParse(keys)) throw watchError("watch.url", { url: source });
      const limits = requestOf({ maxBytes: MAX_BYTES, ...request }, context.signal);
      const { bytes } = await download(new URL(keys), undefined, limits);
      const seen = seenInJson(id, new TextDecoder().decode(bytes), context);
      if (seen === undefined) throw watchError("watch.not_a_report", { url: source });
      return seen;
    },
  };
}
