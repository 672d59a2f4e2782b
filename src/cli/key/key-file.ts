import type { KeyObject } from "node:crypto";
import type { Invocation } from "../framework/command.ts";
import type { Io } from "../framework/io.ts";
import { named } from "../input/files.ts";
import { keyBytes, passphraseOf } from "../input/keys.ts";

/** The private key in the file that the command names. */
export async function keyFrom(
  invocation: Invocation,
  io: Io,
  path: string = invocation.value("key") ?? "",
): Promise<KeyObject> {
  const { readPrivateKey } = await import("../../keys/index.ts");
  const bytes = await keyBytes(path, io);
  const passphrase = await passphraseOf(invocation, io);
  return named(path, () => readPrivateKey(bytes, { passphrase }));
}
