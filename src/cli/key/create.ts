import { unixSeconds } from "../../core/time.ts";
import { KEY_ALGORITHMS, type KeyAlgorithm } from "../../keys/algorithms.ts";
import { type Command, type Invocation, JSON_OPTION } from "../framework/command.ts";
import { EXIT, UsageError } from "../framework/exit.ts";
import { PASSWORD_OPTION, passphraseOf } from "../input/keys.ts";
import { factLines } from "../output/certificate.ts";
import { jsonDocument } from "../output/json.ts";
import { FORCE_OPTION } from "../output/save.ts";
import { styleFor } from "../output/style.ts";
import { tableWidth } from "../output/table.ts";
import { writeNew } from "./files.ts";
import { CERTIFICATE_OPTIONS, certificateOptions, requireName } from "./options.ts";

/** `samlcert key create`: makes a key pair and its certificate. */
export const keyCreateCommand: Command = {
  name: "key create",
  summary: "make a private key and its certificate",
  description:
    "Writes the private key as PKCS #8, which only you can read (mode 0600), and a self-signed certificate. The key is encrypted if a passphrase is given with --key-password-file or in SAMLCERT_KEY_PASSWORD. Nothing is printed but the certificate's facts; --key - writes the key to standard output.",
  options: [
    ...CERTIFICATE_OPTIONS,
    {
      name: "algorithm",
      value: "NAME",
      summary: "the kind of key",
      choices: KEY_ALGORITHMS,
      default: "rsa-3072",
    },
    { name: "key", value: "FILE", summary: "the file of the private key", default: "sp.key" },
    {
      name: "certificate",
      value: "FILE",
      summary: "the file of the certificate",
      default: "sp.crt",
    },
    { ...PASSWORD_OPTION, summary: "encrypt the key with this passphrase" },
    FORCE_OPTION,
    JSON_OPTION,
  ],
  examples: [
    { command: "samlcert key create --common-name sp.example.com", does: "sp.key and sp.crt" },
    {
      command:
        "samlcert key create --common-name sp.example.com --use encryption --key enc.key --certificate enc.crt",
      does: "a key that assertions are encrypted to",
    },
  ],
  formats: ["key-create"],
  async run(invocation, io) {
    requireName(invocation);
    refuseMixedOutput(invocation);
    const { createSigningKey } = await import("../../keys/index.ts");
    const passphrase = await passphraseOf(invocation, io);
    const algorithm = invocation.value("algorithm") as KeyAlgorithm;
    const options = { ...certificateOptions(invocation, io), algorithm, passphrase };
    io.progress.doing("making the key");
    const { privateKey, certificate } = await createSigningKey(options);
    const [key = "", file = ""] = [invocation.value("key"), invocation.value("certificate")];
    const files = [
      { path: key, text: privateKey, isSecret: true },
      { path: file, text: certificate.pem, isSecret: false },
    ];
    await writeNew(files, { force: invocation.flag("force") }, io);
    if (invocation.flag("json")) {
      io.stdout.write(
        jsonDocument("key-create", { certificate, files: { key, certificate: file } }),
      );
      return EXIT.ok;
    }
    const facts = factLines(
      certificate,
      unixSeconds(io.now()),
      styleFor(io.stderr, io),
      tableWidth(io.stderr),
    );
    const places = [
      ...(key === "-" ? [] : [`The private key is in ${key}: keep it secret, and keep a copy.`]),
      ...(file === "-" ? [] : [`The certificate is in ${file}: give it to identity providers.`]),
    ];
    io.stderr.write(`${[...facts, ...places].join("\n")}\n`);
    return EXIT.ok;
  },
};

/** Standard output has room for one document. */
function refuseMixedOutput(invocation: Invocation): void {
  const mixed = ["key", "certificate"].find((option) => invocation.value(option) === "-");
  if (mixed === undefined || !invocation.flag("json")) return;
  throw new UsageError(
    `--json and --${mixed} - both write to standard output.`,
    `Give --${mixed} a file.`,
  );
}
