import type { Command } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import { PASSWORD_OPTION } from "../input/keys.ts";
import { writeNew } from "./files.ts";
import { keyFrom } from "./key-file.ts";
import { FORCE_OPTION, KEY_OPTION, NAME_OPTIONS, nameOf, requireName } from "./options.ts";

/** `samlcert key request`: makes a certificate signing request for a key. */
export const keyRequestCommand: Command = {
  name: "key request",
  summary: "make a certificate signing request for a private key",
  description:
    "Only for identity providers that demand a certificate of an authority. SAML trusts keys, so a self-signed certificate is the usual one.",
  options: [
    KEY_OPTION,
    PASSWORD_OPTION,
    ...NAME_OPTIONS,
    { name: "output", short: "o", value: "FILE", summary: "the output file", default: "-" },
    FORCE_OPTION,
  ],
  examples: [
    {
      command: "samlcert key request --key sp.key --common-name sp.example.com -o sp.csr",
      does: "write a request",
    },
  ],
  async run(invocation, io) {
    requireName(invocation);
    const { createCertificateRequest } = await import("../../keys/index.ts");
    const privateKey = await keyFrom(invocation, io);
    const text = await createCertificateRequest({ privateKey, ...nameOf(invocation) });
    const path = invocation.value("output") ?? "-";
    await writeNew([{ path, text, isSecret: false }], { force: invocation.flag("force") }, io);
    return EXIT.ok;
  },
};
