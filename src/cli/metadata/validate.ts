import type { MetadataReport, ProfileName } from "../../metadata/index.ts";
import { type Command, JSON_OPTION } from "../framework/command.ts";
import { EXIT } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { type FailedInput, isFailedInput, tellFailed } from "../input/failed.ts";
import { inputName } from "../input/files.ts";
import { eachFile } from "../input/globs.ts";
import { URL_OPTION, withUrls } from "../input/urls.ts";
import { findingsText, shownFindings } from "../output/findings.ts";
import { errorJson, jsonDocument } from "../output/json.ts";
import { styleFor } from "../output/style.ts";
import { count, printable } from "../output/text.ts";
import { readDocument } from "./inputs.ts";

const PROFILES: readonly ProfileName[] = ["sp", "idp", "saml2int", "edugain", "ukf"];

interface Judged {
  readonly file: string;
  readonly report?: MetadataReport;
  /** The reason why the file could not be read, instead of a report. */
  readonly error?: FailedInput;
}

/** True if no rule ran, because the file could not be read or is not a document. */
function isUnreadable({ report }: Judged): boolean {
  return report === undefined || report.checks.every(({ status }) => status === "skipped");
}

async function judge(path: string, profile: readonly ProfileName[], io: Io): Promise<Judged> {
  const { validateMetadata } = await import("../../metadata/index.ts");
  const file = inputName(path);
  try {
    const document = await readDocument(path, io);
    return { file, report: validateMetadata(document, { now: io.now(), profile }) };
  } catch (error) {
    if (!isFailedInput(error)) throw error;
    return { file, error };
  }
}

function text({ file, report }: Judged, io: Io, verbose: boolean): string {
  const style = styleFor(io.stdout, io);
  if (report === undefined) return `${printable(file)}: ${style.bad("cannot be read")}\n`;
  const of = (severity: string): number =>
    report.findings.filter((finding) => finding.severity === severity).length;
  const verdict = report.ok ? style.good("no error") : style.bad(count(of("error"), "error"));
  const rest = `${count(of("warning"), "warning")}, ${noticesText(of("notice"), verbose)}`;
  const width = Math.min(100, io.stdout.columns);
  return `${printable(file)}: ${verdict}, ${rest}\n${findingsText(shownFindings(report.findings, verbose), style, width)}`;
}

function noticesText(number: number, verbose: boolean): string {
  return `${count(number, "notice")}${number > 0 && !verbose ? " (-v shows them)" : ""}`;
}

function jsonText(judged: readonly Judged[]): string {
  const reports = judged.map(({ file, report, error }) =>
    error === undefined ? { file, report } : { file, error: errorJson(error) },
  );
  return jsonDocument("metadata-validate", { reports });
}

function humanText(judged: readonly Judged[], io: Io, verbose: boolean): string {
  for (const { file, error } of judged) {
    if (error !== undefined) tellFailed(file, error, io);
  }
  return judged.map((one) => text(one, io, verbose)).join("\n");
}

/** `samlcert metadata validate`: checks metadata. */
export const metadataValidateCommand: Command = {
  name: "metadata validate",
  summary: "check SAML metadata and name what is wrong with it",
  description:
    "Checks the schemas, the standard and the named profiles. With only the profile sp or idp, a fault in another role is a warning. To verify a signature, use samlcert metadata verify.",
  arguments: [
    { name: "FILE", summary: "metadata, also at a URL; - reads standard input", many: true },
  ],
  options: [
    {
      name: "profile",
      value: "NAME",
      summary: "also check against this profile",
      choices: PROFILES,
      multiple: true,
    },
    URL_OPTION,
    JSON_OPTION,
  ],
  examples: [
    { command: "samlcert metadata validate sp.xml", does: "check a file" },
    {
      command: "samlcert metadata validate --profile idp FederationMetadata.xml",
      does: "check only the identity provider role of AD FS metadata",
    },
    {
      command: "samlcert metadata validate --profile idp --profile saml2int idp.xml",
      does: "check an identity provider against the saml2int profile",
    },
  ],
  formats: ["metadata-validate"],
  async run(invocation, host) {
    const io = withUrls(invocation, host);
    const profile = invocation.values("profile") as readonly ProfileName[];
    const judged: Judged[] = [];
    for await (const path of eachFile(invocation.arguments, io)) {
      judged.push(await judge(path, profile, io));
    }
    const [only] = judged;
    if (judged.length === 1 && only?.error !== undefined) throw only.error;
    io.stdout.write(
      invocation.flag("json")
        ? jsonText(judged)
        : humanText(judged, io, invocation.flag("verbose")),
    );
    if (judged.some(isUnreadable)) return EXIT.unreadable;
    return judged.every(({ report }) => report?.ok) ? EXIT.ok : EXIT.findings;
  },
};
