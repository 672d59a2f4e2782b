import { SECONDS_PER_DAY } from "../../core/time.ts";
import { invalidValue } from "../framework/arguments.ts";
import { type Command, JSON_OPTION } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import { trustedCertificates } from "../input/certificates.ts";
import { inputName } from "../input/files.ts";
import { URL_OPTION, withUrls } from "../input/urls.ts";
import { jsonDocument } from "../output/json.ts";
import { styleFor } from "../output/style.ts";
import { printable } from "../output/text.ts";
import { streamOf } from "./inputs.ts";

/** `samlcert metadata verify`: verifies the signature of metadata. */
export const metadataVerifyCommand: Command = {
  name: "metadata verify",
  summary: "verify that metadata is signed by a trusted key",
  description:
    "Only the keys given with --trust count, never a key in the document. While a signer changes its key, give the old and the new one, in one file or two. Of a chain, only the end entity's certificate counts. Reads aggregates of any size as a stream.",
  arguments: [
    { name: "FILE", summary: "metadata, also at a URL; - reads standard input", optional: true },
  ],
  options: [
    {
      name: "trust",
      value: "FILE",
      summary: "certificate of a trusted signer",
      multiple: true,
      required: true,
    },
    {
      name: "require-valid-until",
      summary: "refuse metadata without validUntil",
    },
    {
      name: "max-validity-days",
      value: "DAYS",
      summary: "refuse a validUntil further in the future",
    },
    URL_OPTION,
    JSON_OPTION,
  ],
  examples: [
    { command: "samlcert metadata verify --trust signer.pem idp.xml", does: "verify a file" },
    {
      command: "samlcert metadata verify --trust old.pem --trust new.pem - < aggregate.xml",
      does: "verify while the signer changes its key",
    },
  ],
  formats: ["metadata-verify"],
  async run(invocation, host) {
    const io = withUrls(invocation, host);
    const { verifyEntities } = await import("../../signature/index.ts");
    const [path = "-"] = invocation.arguments;
    const days = invocation.value("max-validity-days");
    const maxValiditySeconds = days === undefined ? undefined : wholeDays(days) * SECONDS_PER_DAY;
    await verifyEntities(streamOf(path, io), {
      trust: { certificates: await trustedCertificates(invocation.values("trust"), io) },
      now: io.now(),
      validity: { requireValidUntil: invocation.flag("require-valid-until"), maxValiditySeconds },
      // The signature covers every entity; none needs to be returned.
      select: { entityIds: [] },
    });
    const style = styleFor(io.stdout, io);
    io.stdout.write(
      invocation.flag("json")
        ? jsonDocument("metadata-verify", { file: inputName(path), verified: true })
        : `${printable(inputName(path))}: ${style.good("signed by a trusted key")}\n`,
    );
    return EXIT.ok;
  },
};

function wholeDays(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw invalidValue("max-validity-days", text, "Give a whole number of days, such as 28.");
}
