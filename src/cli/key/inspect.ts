import { createPublicKey, type KeyObject } from "node:crypto";
import { sha256Hex } from "../../core/digest.ts";
import type { Command } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import { PASSWORD_OPTION } from "../input/keys.ts";
import { factLine } from "../output/certificate.ts";
import { styleFor } from "../output/style.ts";
import { tableWidth } from "../output/table.ts";
import { keyFrom } from "./key-file.ts";

/** `samlcert key inspect`: shows the public facts of a private key. */
export const keyInspectCommand: Command = {
  name: "key inspect",
  summary: "show the kind and the fingerprint of a private key",
  description:
    "Reads PEM, DER and PKCS #12. Prints nothing secret: the SHA-256 is that of the public key, as samlcert inspect shows it for the certificate.",
  arguments: [{ name: "KEY", summary: "a file with a private key; - reads standard input" }],
  options: [PASSWORD_OPTION],
  examples: [{ command: "samlcert key inspect sp.key", does: "show a key" }],
  async run(invocation, io) {
    const key = await keyFrom(invocation, io, invocation.arguments[0]);
    const spki = createPublicKey(key).export({ type: "spki", format: "der" });
    const facts: readonly (readonly [string, string])[] = [
      ["private key", kindOf(key)],
      ["key SHA-256", sha256Hex(spki)],
    ];
    const style = styleFor(io.stdout, io);
    const lines = facts.flatMap((fact) => factLine(fact, style, tableWidth(io.stdout)));
    io.stdout.write(`${lines.join("\n")}\n`);
    return EXIT.ok;
  },
};

const NAMES: Readonly<Record<string, string>> = { prime256v1: "P-256", secp384r1: "P-384" };

function kindOf({ asymmetricKeyType, asymmetricKeyDetails = {} }: KeyObject): string {
  const { modulusLength, namedCurve } = asymmetricKeyDetails;
  if (namedCurve !== undefined) return `EC ${NAMES[namedCurve] ?? namedCurve}`;
  const name = String(asymmetricKeyType).toUpperCase();
  return modulusLength === undefined ? name : `${name} ${modulusLength} bits`;
}
