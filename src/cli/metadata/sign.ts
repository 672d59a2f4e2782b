import type { SignOptions } from "../../signature/index.ts";
import { type Command, JSON_OPTION } from "../framework/command.ts";
import { certificateBytes } from "../input/certificates.ts";
import { named } from "../input/files.ts";
import { keyBytes, PASSWORD_OPTION, passphraseOf } from "../input/keys.ts";
import { OUTPUT_OPTIONS } from "../output/save.ts";
import { writeBuilt } from "./built.ts";
import { readDocument } from "./inputs.ts";

/** `samlcert metadata sign`: signs metadata. */
export const metadataSignCommand: Command = {
  name: "metadata sign",
  summary: "sign SAML metadata",
  description:
    "Checks first that the certificate belongs to the key. Signs the whole document by its ID, with SHA-256, or with SHA-384 for a key on P-384. The key can be PEM, DER or PKCS #12; an encrypted one needs --key-password-file or SAMLCERT_KEY_PASSWORD in the environment.",
  arguments: [{ name: "FILE", summary: "metadata; - reads standard input", optional: true }],
  options: [
    { name: "key", value: "FILE", summary: "the private key", required: true },
    PASSWORD_OPTION,
    { name: "certificate", value: "FILE", summary: "the certificate of that key", required: true },
    {
      name: "hash",
      value: "NAME",
      summary: "use this digest instead",
      choices: ["sha256", "sha384", "sha512"],
    },
    {
      name: "padding",
      value: "NAME",
      summary: "the padding of an RSA signature",
      choices: ["pkcs1", "pss"],
    },
    ...OUTPUT_OPTIONS,
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
    const { readPrivateKey } = await import("../../keys/index.ts");
    const { signMetadata } = await import("../../signature/index.ts");
    const { parseCertificates, signingCertificate } = await import("../../certificates/index.ts");
    const [path = "-"] = invocation.arguments;
    const [keyFile = "", file = ""] = [invocation.value("key"), invocation.value("certificate")];
    const key = await keyBytes(keyFile, io);
    const passphrase = await passphraseOf(invocation, io);
    const privateKey = named(keyFile, () => readPrivateKey(key, { passphrase }));
    const bytes = await certificateBytes(file, io);
    const { certificate } = named(file, () => signingCertificate(parseCertificates(bytes)));
    const hash = invocation.value("hash") as SignOptions["hash"];
    const padding = invocation.value("padding") as SignOptions["padding"];
    const document = await readDocument(path, io);
    const build = (): string => signMetadata(document, { privateKey, certificate, hash, padding });
    return await writeBuilt({ format: "metadata-sign", findings: [], build }, invocation, io);
  },
};
