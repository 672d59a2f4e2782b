import { createPublicKey, type KeyObject } from "node:crypto";
import { sha256Hex } from "../../core/digest.ts";
import type { InspectedKey } from "../../schemas/documents.ts";
import { type Command, JSON_OPTION } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import { inputName } from "../input/files.ts";
import { PASSWORD_OPTION } from "../input/keys.ts";
import { factLine } from "../output/certificate.ts";
import { jsonDocument } from "../output/json.ts";
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
  options: [PASSWORD_OPTION, JSON_OPTION],
  examples: [{ command: "samlcert key inspect sp.key", does: "show a key" }],
  formats: ["key-inspect"],
  async run(invocation, io) {
    const [path = "-"] = invocation.arguments;
    const privateKey = inspect(await keyFrom(invocation, io, path));
    if (invocation.flag("json")) {
      io.stdout.write(jsonDocument("key-inspect", { file: inputName(path), privateKey }));
      return EXIT.ok;
    }
    const facts: readonly (readonly [string, string])[] = [
      ["private key", kindOf(privateKey)],
      ["key SHA-256", privateKey.spkiSha256],
    ];
    const style = styleFor(io.stdout, io);
    const lines = facts.flatMap((fact) => factLine(fact, style, tableWidth(io.stdout)));
    io.stdout.write(`${lines.join("\n")}\n`);
    return EXIT.ok;
  },
};

const NAMES: Readonly<Record<string, string>> = { prime256v1: "P-256", secp384r1: "P-384" };

function inspect(key: KeyObject): InspectedKey {
  const { asymmetricKeyType, asymmetricKeyDetails = {} } = key;
  const { modulusLength, namedCurve } = asymmetricKeyDetails;
  const spki = createPublicKey(key).export({ type: "spki", format: "der" });
  return {
    algorithm: String(asymmetricKeyType).toUpperCase(),
    bits: modulusLength,
    curve: namedCurve === undefined ? undefined : (NAMES[namedCurve] ?? namedCurve),
    spkiSha256: sha256Hex(spki),
  };
}

function kindOf({ algorithm, bits, curve }: InspectedKey): string {
  return [algorithm, curve, bits === undefined ? undefined : `${bits} bits`]
    .filter((part) => part !== undefined)
    .join(" ");
}
