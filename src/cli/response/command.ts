import { hasErrors } from "../../core/finding.ts";
import { isInstant, unixSeconds } from "../../core/time.ts";
import type { ExplainOptions, Shown } from "../../signature/response/options.ts";
import { invalidValue } from "../framework/arguments.ts";
import { type Command, type Invocation, JSON_OPTION } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { chainsOf } from "../input/certificates.ts";
import { inputName, named, readInput } from "../input/files.ts";
import { jsonDocument } from "../output/json.ts";
import { reportText } from "./text.ts";

/** The limit of `explainResponse`, for captures. */
const MAX_BYTES = 32 * 1024 * 1024;

/** `samlcert explain-response`: says which certificate signed a Response. */
export const explainResponseCommand: Command = {
  name: "explain-response",
  summary: "say which certificate signed a SAML Response",
  description:
    "Reads the value of the form field SAMLResponse, base64, XML, a URL of a redirect, a HAR file or a SAML-tracer export. Answers in the first line, then lists what a service provider would refuse. It is not a login check: use it to find a fault. Exit codes: 0 if there is nothing that a service provider would refuse, 1 if there is, 2 for an invalid command line, 3 if a file cannot be read.",
  arguments: [{ name: "FILE", summary: "the Response; - reads standard input" }],
  options: [
    {
      name: "certificate",
      value: "FILE",
      summary: "certificate that the service provider trusts",
      multiple: true,
    },
    { name: "metadata", value: "FILE", summary: "the identity provider's metadata" },
    { name: "audience", value: "ID", summary: "the service provider's entity ID" },
    { name: "recipient", value: "URL", summary: "the service provider's ACS URL" },
    {
      name: "now",
      value: "TIME",
      summary: "judge as of this time; default: the capture's time, or the clock",
    },
    {
      name: "show",
      value: "DATA",
      summary: "also print personal data",
      multiple: true,
      choices: ["nameId", "attributes"],
    },
    JSON_OPTION,
  ],
  examples: [
    {
      command: "samlcert explain-response --certificate idp.pem response.txt",
      does: "check a Response against a certificate",
    },
    {
      command:
        "samlcert explain-response --metadata idp.xml --audience https://sp.example.com sign-in.har",
      does: "explain a captured sign-in",
    },
  ],
  formats: ["explain-response"],
  async run(invocation, io) {
    const { explainResponseAt } = await import("../../signature/response/explain.ts");
    const [path = "-"] = invocation.arguments;
    const what = "a SAML Response";
    const input = await readInput(path, io, { maxBytes: MAX_BYTES, what });
    const options = await optionsOf(invocation, io);
    const clock = unixSeconds(io.now());
    const report = named(invocation.value("metadata") ?? path, () =>
      explainResponseAt(input, options, clock),
    );
    io.stdout.write(
      invocation.flag("json")
        ? jsonDocument("explain-response", { file: inputName(path), report })
        : reportText(report, io, invocation.flag("verbose")),
    );
    return hasErrors(report.findings) ? EXIT.findings : EXIT.ok;
  },
};

async function optionsOf(invocation: Invocation, io: Io): Promise<ExplainOptions> {
  const metadata = invocation.value("metadata");
  const now = invocation.value("now");
  if (now !== undefined && !isInstant(now)) {
    throw invalidValue("now", now, "Give a date or a time, such as 2031-07-09T12:00:00Z.");
  }
  const chains = await chainsOf(invocation.values("certificate"), io);
  return {
    certificates: chains.map(({ certificate }) => certificate),
    ...(metadata !== undefined && {
      metadata: await readInput(metadata, io, { maxBytes: MAX_BYTES, what: "metadata" }),
    }),
    now,
    audience: invocation.value("audience"),
    recipient: invocation.value("recipient"),
    show: invocation.values("show") as readonly Shown[],
  };
}
