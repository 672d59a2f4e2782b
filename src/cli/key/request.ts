import type { Command } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import { PASSWORD_OPTION } from "../input/keys.ts";
import { jsonDocument } from "../output/json.ts";
import { keyFrom } from "./key-file.ts";
import { KEY_OPTION, NAME_OPTIONS, nameOf, requireName } from "./options.ts";
import { KEY_OUTPUT_OPTIONS, writeResult } from "./result.ts";

/** `samlcert key request`: makes a certificate signing request for a key. */
export const keyRequestCommand: Command = {
  name: "key request",
  summary: "make a certificate signing request for a private key",
  description:
    "Only for identity providers that demand a certificate of an authority. SAML trusts keys, so a self-signed certificate is the usual one.",
  options: [KEY_OPTION, PASSWORD_OPTION, ...NAME_OPTIONS, ...KEY_OUTPUT_OPTIONS],
  examples: [
    {
      command: "samlcert key request --key sp.key --common-name sp.example.com -o sp.csr",
      does: "write a request",
    },
  ],
  formats: ["key-request"],
  async run(invocation, io) {
    requireName(invocation);
    const { createCertificateRequest } = await import("../../keys/index.ts");
    const privateKey = await keyFrom(invocation, io);
    const text = await createCertificateRequest({ privateKey, ...nameOf(invocation) });
    const json = jsonDocument("key-request", { request: text });
    await writeResult({ text, json }, invocation, io);
    return EXIT.ok;
  },
};
