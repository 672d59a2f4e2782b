import type { Invocation, OptionSpec } from "../framework/command.ts";
import type { Io } from "../framework/io.ts";
import { readInput } from "./files.ts";

export const PASSWORD_OPTION: OptionSpec = {
  name: "key-password-file",
  value: "FILE",
  summary: "the passphrase of an encrypted key",
};

/** The bytes of a file with a private key. */
export async function keyBytes(path: string, io: Io): Promise<Uint8Array> {
  return await readInput(path, io, { maxBytes: 256 * 1024, what: "a private key" });
}

/** From the file, or from the environment: never from an argument, which other users can see. */
export async function passphraseOf(invocation: Invocation, io: Io): Promise<string | undefined> {
  const file = invocation.value("key-password-file");
  if (file === undefined) return io.env["SAMLCERT_KEY_PASSWORD"];
  const bytes = await readInput(file, io, { maxBytes: 4096, what: "a passphrase" });
  return new TextDecoder().decode(bytes).replace(/\r?\n$/, "");
}
