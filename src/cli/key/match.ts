import { type Command, JSON_OPTION } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import { certificateBytes } from "../input/certificates.ts";
import { inputName, named } from "../input/files.ts";
import { PASSWORD_OPTION } from "../input/keys.ts";
import { jsonDocument } from "../output/json.ts";
import { keyFrom } from "./key-file.ts";

/** `samlcert key match`: tells if a certificate belongs to a private key. */
export const keyMatchCommand: Command = {
  name: "key match",
  summary: "tell if a certificate belongs to a private key",
  description: "Ends with 0 if it does, and with 1 if it does not.",
  arguments: [
    { name: "CERTIFICATE", summary: "a file with a certificate" },
    { name: "KEY", summary: "a file with a private key" },
  ],
  options: [PASSWORD_OPTION, JSON_OPTION],
  examples: [{ command: "samlcert key match sp.crt sp.key", does: "compare two files" }],
  formats: ["key-match"],
  async run(invocation, io) {
    const { keyMatches } = await import("../../keys/index.ts");
    const [file = "", keyFile = ""] = invocation.arguments;
    const bytes = await certificateBytes(file, io);
    const key = await keyFrom(invocation, io, keyFile);
    const matches = named(file, () => keyMatches(bytes, key));
    const [certificate, keyName] = [inputName(file), inputName(keyFile)];
    const verb = matches ? "belongs" : "does not belong";
    io.stdout.write(
      invocation.flag("json")
        ? jsonDocument("key-match", { certificate, key: keyName, matches })
        : `${certificate} ${verb} to the private key in ${keyName}.\n`,
    );
    return matches ? EXIT.ok : EXIT.findings;
  },
};
