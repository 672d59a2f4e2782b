import type { Invocation, OptionSpec } from "../framework/command.ts";
import type { Io } from "../framework/io.ts";
import { shown } from "./secrets.ts";

/** The option of every command that reads a URL. */
export const URL_OPTION: OptionSpec = {
  name: "allow-private-addresses",
  summary: "let a URL lead to this machine or a private network",
};

export function isUrl(path: string): boolean {
  return /^https?:\/\//i.test(path);
}

/** The input and output of a command that reads URLs, with the permission of its option. */
export function withUrls(invocation: Invocation, io: Io): Io {
  return { ...io, allowPrivateAddresses: invocation.flag("allow-private-addresses") };
}

/** The bytes at a URL. Throws a `ProviderError`. */
export async function urlBytes(url: string, io: Io, maxBytes: number): Promise<Uint8Array> {
  const { readUrl } = await import("../../trusted-keys/source/read-url.ts");
  io.progress.doing(`reading ${shown(url)}`);
  const { allowPrivateAddresses = false, signal } = io;
  const { bytes } = await readUrl(url, { allowPrivateAddresses, signal, maxBytes });
  io.progress.clear();
  return bytes;
}
