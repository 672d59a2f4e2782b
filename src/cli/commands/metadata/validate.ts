import type { MetadataReport, Profile } from "../../../metadata/index.ts";
import { type Command, JSON_OPTION } from "../../command.ts";
import { EXIT } from "../../exit.ts";
import { inputName } from "../../files.ts";
import { eachFile } from "../../globs.ts";
import type { Io } from "../../io.ts";
import { findingsText } from "../../output/findings.ts";
import { styleFor } from "../../output/style.ts";
import { count, jsonOutput, printable } from "../../output/text.ts";
import { readDocument } from "./inputs.ts";

const PROFILES: readonly Profile[] = ["sp", "idp", "saml2int", "edugain", "ukf"];

interface Judged {
  readonly file: string;
  readonly report: MetadataReport;
}

/** The document could not be read at all: no rule has looked at it. */
function isUnreadable({ report }: Judged): boolean {
  return report.checks.every(({ status }) => status === "skipped");
}

function text({ file, report }: Judged, io: Io): string {
  const style = styleFor(io.stdout, io);
  const of = (severity: string): number =>
    report.findings.filter((finding) => finding.severity === severity).length;
  const verdict = report.ok ? style.good("no error") : style.bad(count(of("error"), "error"));
  const rest = `${count(of("warning"), "warning")}, ${count(of("notice"), "notice")}`;
  const width = Math.min(100, io.stdout.columns);
  return `${printable(file)}: ${verdict}, ${rest}\n${findingsText(report.findings, style, width)}`;
}

/** `samlcert metadata validate`: lints metadata. */
export const metadataValidateCommand: Command = {
  name: "metadata validate",
  summary: "tell what is wrong with SAML metadata",
  description:
    "Checks the schemas, the standard, and the profiles that are named. Whether a signature is right is for `samlcert metadata verify`.",
  arguments: [{ name: "FILE", summary: "metadata; - for standard input", many: true }],
  options: [
    {
      name: "profile",
      value: "NAME",
      summary: "what it is held to beyond the standard",
      choices: PROFILES,
      multiple: true,
    },
    JSON_OPTION,
  ],
  examples: [
    { command: "samlcert metadata validate sp.xml", does: "check a file" },
    {
      command: "samlcert metadata validate --profile idp --profile saml2int idp.xml",
      does: "hold an identity provider to the saml2int deployment profile",
    },
  ],
  formats: ["metadata-validate"],
  async run(invocation, io) {
    const { validateMetadata } = await import("../../../metadata/index.ts");
    const profile = invocation.values("profile") as readonly Profile[];
    const reports: Judged[] = [];
    for await (const path of eachFile(invocation.arguments, io)) {
      const report = validateMetadata(await readDocument(path, io), { now: io.now(), profile });
      reports.push({ file: inputName(path), report });
    }
    io.stdout.write(
      invocation.flag("json")
        ? jsonOutput({ format: "samlcert/metadata-validate/v1", reports })
        : reports.map((judged) => text(judged, io)).join("\n"),
    );
    if (reports.some(isUnreadable)) return EXIT.unreadable;
    return reports.every(({ report }) => report.ok) ? EXIT.ok : EXIT.findings;
  },
};
