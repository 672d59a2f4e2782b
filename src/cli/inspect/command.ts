import type { SelfSignature } from "../../certificates/self-signature.ts";
import type { Certificate } from "../../certificates/types.ts";
import { unixSeconds } from "../../core/time.ts";
import type { InspectedCertificate } from "../../schemas/documents.ts";
import { type Command, JSON_OPTION } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { certificatesOf } from "../input/certificates.ts";
import { inputName } from "../input/files.ts";
import { factLine, factLines } from "../output/certificate.ts";
import { jsonDocument } from "../output/json.ts";
import { type Style, styleFor } from "../output/style.ts";
import { tableWidth } from "../output/table.ts";
import { printable, wrap } from "../output/text.ts";

/** `samlcert inspect`: shows every field of the certificates in a file, in the order of their chain. */
export const inspectCommand: Command = {
  name: "inspect",
  summary: "show every field of the certificates in a file",
  description:
    "Reads everything that `samlcert check` reads, without checking rules. The certificates of a bundle are listed from the leaf to the root.",
  arguments: [{ name: "FILE", summary: "certificates in any form; - reads standard input" }],
  options: [{ name: "pem", summary: "print only the certificates, as strict PEM" }, JSON_OPTION],
  examples: [
    { command: "samlcert inspect idp.pem", does: "show a certificate" },
    { command: "samlcert inspect --pem pasted.txt > idp.pem", does: "repair pasted text" },
    { command: "samlcert inspect --json chain.p7b", does: "print JSON for a program" },
  ],
  formats: ["inspect"],
  async run(invocation, io) {
    const [path = "-"] = invocation.arguments;
    const inspected = await inspect(await certificatesOf([path], io), unixSeconds(io.now()));
    if (invocation.flag("pem")) {
      io.stdout.write(inspected.map(({ certificate }) => certificate.pem).join(""));
    } else if (invocation.flag("json")) {
      io.stdout.write(jsonDocument("inspect", { file: inputName(path), certificates: inspected }));
    } else {
      io.stdout.write(inspected.map((one) => certificateText(one, io)).join("\n"));
    }
    return EXIT.ok;
  },
};

async function inspect(
  certificates: readonly Certificate[],
  now: number,
): Promise<InspectedCertificate[]> {
  const { certificateState, orderBundle } = await import("../../certificates/index.ts");
  const { selfSignature } = await import("../../certificates/self-signature.ts");
  const entries = orderBundle(certificates);
  return await Promise.all(
    entries.map(async ({ role, certificate }) => {
      const verdict = await selfSignature(certificate);
      const state = certificateState(certificate, now);
      return { role, state, selfSigned: verdict === "valid", selfSignature: verdict, certificate };
    }),
  );
}

const SIGNED: Readonly<Record<SelfSignature, string>> = {
  valid: "by its own key",
  invalid: "invalid: not made by its own key",
  other_key: "by another key",
  unverifiable: "not verified: this runtime lacks the algorithm",
};

function certificateText(
  { role, state, selfSignature, certificate }: InspectedCertificate,
  io: Io,
): string {
  const style = styleFor(io.stdout, io);
  const width = Math.min(100, io.stdout.columns);
  const { issuer, serialNumber, version, signatureAlgorithm, fingerprint, publicKey } = certificate;
  const facts: readonly (readonly [string, string])[] = [
    ["SHA-1", fingerprint.sha1],
    ["key SHA-256", publicKey.spkiSha256],
    ["issuer", printable(issuer.text)],
    ["serial", serialNumber],
    ["version", String(version)],
    ["signature", `${signatureAlgorithm.name}, ${SIGNED[selfSignature]}`],
  ];
  return `${[
    `${style.bold(role)}, ${state}`,
    ...factLines(certificate, unixSeconds(io.now()), style, tableWidth(io.stdout)),
    ...facts.flatMap((fact) => factLine(fact, style, tableWidth(io.stdout))),
    ...certificate.extensions.flatMap((extension) => extensionLines(extension, style, width)),
  ].join("\n")}\n`;
}

function extensionLines(
  { name, critical, value, valueHex }: Certificate["extensions"][number],
  style: Style,
  width: number,
): string[] {
  const text = printable(value === undefined ? valueHex : plainText(value));
  const body = wrap(text.replaceAll(",", ", "), width - 6);
  return [
    `  ${style.dim(name)}${critical ? " (critical)" : ""}`,
    ...body.map((line) => `    ${line}`),
  ];
}

/** A list of names separated by commas; everything else as JSON without its quotes. */
function plainText(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((item) => typeof item === "string"))
    return value.join(",");
  return JSON.stringify(value).replaceAll('"', "");
}
