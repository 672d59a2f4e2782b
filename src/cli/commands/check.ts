import type { CertificateReport } from "../../certificates/types.ts";
import { hasErrors } from "../../core/finding.ts";
import { unixSeconds } from "../../core/time.ts";
import { type Command, JSON_OPTION } from "../command.ts";
import { EXIT } from "../exit.ts";
import { inputName, readInput } from "../files.ts";
import type { Io } from "../io.ts";
import { factLines } from "../output/certificate.ts";
import { findingsText } from "../output/findings.ts";
import { styleFor } from "../output/style.ts";
import { printable } from "../output/text.ts";

const MAX_BYTES = 256 * 1024;

function reportText(name: string, report: CertificateReport, now: number, io: Io): string {
  const style = styleFor(io.stdout, io);
  const verdict = report.ok ? style.good("can be used") : style.bad("cannot be used");
  const facts = report.certificate === undefined ? [] : factLines(report.certificate, now, style);
  const repairs = report.repairs.map(
    ({ message }) => `  ${style.dim("mended".padEnd(12))}${message}`,
  );
  return [
    `${printable(name)}: ${verdict}`,
    ...facts,
    ...repairs,
    findingsText(report.findings, style, Math.min(100, io.stdout.columns)),
  ].join("\n");
}

/** `samlcert check`: says whether a paste or file can be used as a SAML signing certificate. */
export const checkCommand: Command = {
  name: "check",
  summary: "tell whether a certificate can be used, and what is wrong with it",
  arguments: [
    { name: "FILE", summary: "a certificate in any form; - for standard input", many: true },
  ],
  options: [JSON_OPTION],
  examples: [
    { command: "samlcert check idp.pem", does: "check a file before it is uploaded" },
    { command: "samlcert check - < pasted.txt", does: "check what somebody pasted" },
  ],
  async run(invocation, io) {
    const { validateCertificate } = await import("../../certificates/index.ts");
    const now = unixSeconds(io.now());
    const reports: { file: string; report: CertificateReport }[] = [];
    for (const file of invocation.arguments) {
      const bytes = await readInput(file, io, { maxBytes: MAX_BYTES, what: "a certificate" });
      reports.push({ file: inputName(file), report: validateCertificate(bytes, { now }) });
    }
    io.stdout.write(
      invocation.flag("json")
        ? `${JSON.stringify({ format: "samlcert/check/v1", reports }, null, 2)}\n`
        : reports.map(({ file, report }) => reportText(file, report, now, io)).join("\n"),
    );
    return reports.some(({ report }) => hasErrors(report.findings)) ? EXIT.findings : EXIT.ok;
  },
};
