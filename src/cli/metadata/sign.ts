import { type Command, JSON_OPTION } from "../framework/command.ts";
import { certificateBytes } from "../input/certificates.ts";
import { named, readInput } from "../input/files.ts";
import { writeBuilt } from "./built.ts";
import { readDocument } from "./inputs.ts";

/** `samlcert metadata sign`: signs metadata. */
export const metadataSignCommand: Command = {
  name: "metadata sign",
  summary: "sign SAML metadata",
  description:
    "Checks first that the certificate belongs to the key. Signs the whole document by its ID, with SHA-256, or with SHA-384 for a key on P-384.",
  arguments: [{ name: "FILE", summary: "metadata; - reads standard input", optional: true }],
  options: [
    { name: "key", value: "FILE", summary: "the private key, as PEM", required: true },
    { name: "certificate", value: "FILE", summary: "the certificate of that key", required: true },
    {
      name: "hash",
      value: "NAME",
      summary: "use this digest instead",
      choices: ["sha256", "sha384", "sha512"],
    },
    { name: "output", short: "o", value: "FILE", summary: "the output file", default: "-" },
    JSON_OPTION,
  ],
  formats: ["metadata-sign"],
  examples: [
    {
      command:
        "samlcert metadata sign --key signer.key --certificate signer.pem sp.xml -o signed.xml",
      does: "sign a file",
    },
  ],
  async run(invocation, io) {
    const { signMetadata } = await import("../../signature/index.ts");
    const { parseCertificate } = await import("../../certificates/index.ts");
    const [path = "-"] = invocation.arguments;
    const [keyFile = "", file = ""] = [invocation.value("key"), invocation.value("certificate")];
    const key = await readInput(keyFile, io, { maxBytes: 256 * 1024, what: "a private key" });
    const privateKey = new TextDecoder().decode(key);
    const bytes = await certificateBytes(file, io);
    const certificate = named(file, () => parseCertificate(bytes));
    const hash = invocation.value("hash") as "sha256" | "sha384" | "sha512" | undefined;
    const document = await readDocument(path, io);
    const build = (): string => signMetadata(document, { privateKey, certificate, hash });
    return await writeBuilt({ format: "metadata-sign", findings: [], build }, invocation, io);
  },
};
