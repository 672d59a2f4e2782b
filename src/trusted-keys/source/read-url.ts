import { type Downloaded, type DownloadLimits, download } from "./download.ts";
import { sourceError } from "./failures.ts";
import type { TargetRules } from "./target.ts";

/** The permissions and limits of `readUrl`; the defaults are those of `createMetadataSource`. */
export interface ReadUrlOptions extends TargetRules, Partial<DownloadLimits> {
  readonly signal?: AbortSignal | undefined;
}

/** The bytes at a URL, unread, for a command that says itself what is wrong with them. */
export async function readUrl(
  url: string,
  { maxBytes = 32 * 1024 * 1024, timeoutMs = 30_000, maxRedirects = 3, ...rest }: ReadUrlOptions,
): Promise<Downloaded & { readonly bytes: Uint8Array }> {
  if (!URL.canParse(url)) throw sourceError("provider.metadata_url", { problem: "is not a URL" });
  const limits = { maxBytes, timeoutMs, maxRedirects };
  const read = await download(new URL(url), undefined, { ...limits, ...rest });
  return { ...read, bytes: read.bytes ?? new Uint8Array() };
}
