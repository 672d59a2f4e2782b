import type { Command } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import { certificateBytes } from "../input/certificates.ts";
import { PASSWORD_OPTION } from "../input/keys.ts";
import { jsonDocument } from "../output/json.ts";
import { keyFrom } from "./key-file.ts";
import { CERTIFICATE_OPTIONS, certificateOptions, KEY_OPTION } from "./options.ts";
import { KEY_OUTPUT_OPTIONS, writeResult } from "./result.ts";

/** `samlcert key renew`: makes a new certificate for a key that exists. */
export const keyRenewCommand: Command = {
  name: "key renew",
  summary: "make a new certificate for a private key that stays",
  description:
    "Takes the subject and the use from the old certificate, unless they are given. For a new key, make one with samlcert key create and roll over to it.",
  options: [
    KEY_OPTION,
    PASSWORD_OPTION,
    { name: "certificate", value: "FILE", summary: "the certificate to renew", required: true },
    ...CERTIFICATE_OPTIONS,
    ...KEY_OUTPUT_OPTIONS,
  ],
  examples: [
    {
      command: "samlcert key renew --key sp.key --certificate sp.crt -o sp-renewed.crt",
      does: "write a certificate for three more years",
    },
  ],
  formats: ["key-renew"],
  async run(invocation, io) {
    const { createCertificate } = await import("../../keys/index.ts");
    const options = certificateOptions(invocation, io);
    const privateKey = await keyFrom(invocation, io);
    const renews = await certificateBytes(invocation.value("certificate") ?? "", io);
    const certificate = await createCertificate({ ...options, privateKey, renews });
    await writeResult(
      { text: certificate.pem, json: jsonDocument("key-renew", { certificate }) },
      invocation,
      io,
    );
    return EXIT.ok;
  },
};
