import { spawnSync } from "node:child_process";
import { createPrivateKey, createPublicKey } from "node:crypto";
import { createSigningKey, type SigningKey, type SigningKeyOptions } from "../../src/keys/index.ts";

/**
 * The parts of a private key in PEM that must not appear anywhere else: the beginnings of its lines,
 * without those of the public key, and its private value in hex and base64url.
 */
function secretsOf(privateKey: string): readonly string[] {
  const lines = privateKey
    .split("\n")
    .filter((line) => line.length >= 24 && !line.startsWith("-----"))
    .map((line) => line.slice(0, 24));
  if (privateKey.includes("ENCRYPTED")) return lines;
  const spki = createPublicKey(privateKey).export({ type: "spki", format: "der" });
  const { d = "" } = createPrivateKey(privateKey).export({ format: "jwk" });
  const hex = Buffer.from(d, "base64url").toString("hex");
  const secret = lines.filter((line) => !spki.includes(Buffer.from(line, "base64")));
  return [...secret, d.slice(0, 24), hex.slice(0, 24)];
}

/** The lines of private keys, or a heading of one, that a text contains. */
export function leaksOf(text: string, privateKeys: readonly string[]): readonly string[] {
  const heading = text.includes("PRIVATE KEY-----") ? ["a heading of a private key"] : [];
  return [...heading, ...privateKeys.flatMap(secretsOf).filter((secret) => text.includes(secret))];
}

/** The output of a program; throws what it says if it fails. */
export function outputOf(
  program: string,
  args: readonly string[],
  input?: string | Uint8Array,
): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", input });
  if (status !== 0) throw new Error(`${program} ${args[0]} ended with ${status}: ${stderr}`);
  return stdout + stderr;
}

/** A key on P-256, which takes a millisecond to make, unless the options say otherwise. */
export async function quickKey(options: Partial<SigningKeyOptions> = {}): Promise<SigningKey> {
  return await createSigningKey({ subject: "CN=sp.example.com", algorithm: "p256", ...options });
}
