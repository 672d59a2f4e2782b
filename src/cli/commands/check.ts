import { decodeInput } from "../../certificates/paste/encoding.ts";
import { POLICIES, type PolicyName, resolvePolicy } from "../../certificates/policy/policy.ts";
import type { CertificateState } from "../../certificates/state.ts";
import type { CertificateReport } from "../../certificates/types.ts";
import { type CodeEntry, type Finding, hasErrors } from "../../core/finding.ts";
import { SECONDS_PER_DAY, unixSeconds } from "../../core/time.ts";
import { type Command, type Invocation, JSON_OPTION } from "../command.ts";
import { EXIT, type ExitCode, InputError, UsageError } from "../exit.ts";
import { inputName, readInput } from "../files.ts";
import { eachFile } from "../globs.ts";
import type { Io } from "../io.ts";
import { caretLines } from "../output/caret.ts";
import { factLines } from "../output/certificate.ts";
import { findingsText } from "../output/findings.ts";
import { type Style, styleFor } from "../output/style.ts";
import { count, jsonOutput, printable, wrap } from "../output/text.ts";
import { closest } from "../suggest.ts";

const MAX_BYTES = 256 * 1024;

/** What became of one file. */
interface Outcome {
  readonly file: string;
  readonly text: string;
  readonly report?: CertificateReport;
  readonly state?: CertificateState;
  readonly daysLeft?: number;
  readonly error?: InputError;
}

/** `samlcert check`: says whether a paste or file can be used as a SAML signing certificate. */
export const checkCommand: Command = {
  name: "check",
  summary: "tell whether a certificate can be used, and what is wrong with it",
  description:
    "Takes PEM, DER, PKCS#7, base64, hex, SAML metadata, and what mail, word processors and source code make of them. Ends with 0 if every certificate can be used, 1 if one has findings of the --fail-on severity, 2 for a wrong command line, 3 if a file cannot be read.",
  arguments: [
    {
      name: "FILE",
      summary: "certificates in any form, or patterns such as '*.pem'; - for standard input",
      many: true,
      optional: true,
    },
  ],
  options: [
    {
      name: "policy",
      value: "NAME",
      summary: "what to judge by",
      default: "upload",
      choices: Object.keys(POLICIES),
    },
    {
      name: "fail-on",
      value: "SEVERITY",
      summary: "end with 1 for findings of this severity or worse",
      default: "error",
      choices: ["error", "warning"],
    },
    { name: "explain", value: "CODE", summary: "say what a code means and what to do, and stop" },
    JSON_OPTION,
  ],
  examples: [
    { command: "samlcert check idp.pem", does: "check a file before it is uploaded" },
    { command: "samlcert check - < pasted.txt", does: "check what somebody pasted" },
    {
      command: "samlcert check --policy installed --fail-on warning '*.pem'",
      does: "watch what is stored",
    },
    { command: "samlcert check --explain key.rsa_lt_2048", does: "look a code up" },
  ],
  formats: ["check"],
  async run(invocation, io) {
    const code = invocation.value("explain");
    if (code !== undefined) return await explain(code, io);
    if (invocation.arguments.length === 0) {
      throw new UsageError("samlcert check needs FILE.", "Name a file, or - for standard input.");
    }
    const outcomes = await checkAll(invocation, io);
    const [only] = outcomes;
    if (outcomes.length === 1 && only?.error !== undefined) throw only.error;
    const policy = invocation.value("policy") ?? "upload";
    io.stdout.write(invocation.flag("json") ? jsonText(outcomes, policy) : humanText(outcomes, io));
    return exitCode(outcomes, invocation.value("fail-on") === "warning");
  },
};

async function checkAll(invocation: Invocation, io: Io): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for await (const file of eachFile(invocation.arguments, io)) {
    outcomes.push(await checkOne(file, invocation.value("policy") as PolicyName, io));
  }
  return outcomes;
}

async function checkOne(path: string, policy: PolicyName, io: Io): Promise<Outcome> {
  const { certificateState, checkSelfSignature, validateCertificate } = await import(
    "../../certificates/index.ts"
  );
  const file = inputName(path);
  try {
    const bytes = await readInput(path, io, { maxBytes: MAX_BYTES, what: "a certificate" });
    const now = unixSeconds(io.now());
    const report = await checkSelfSignature(validateCertificate(bytes, { now, policy }), policy);
    const { text } = decodeInput(bytes);
    if (report.certificate === undefined) return { file, text, report };
    const { notAfter, noExpiry } = report.certificate;
    const state = certificateState(report.certificate, now, resolvePolicy(policy));
    const outcome = { file, text, report, state };
    if (noExpiry) return outcome;
    return { ...outcome, daysLeft: Math.floor((notAfter.unixSeconds - now) / SECONDS_PER_DAY) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { file, text: "", error };
  }
}

function exitCode(outcomes: readonly Outcome[], onWarning: boolean): ExitCode {
  if (outcomes.some(({ error }) => error !== undefined)) return EXIT.unreadable;
  const bad = (findings: readonly Finding[]): boolean =>
    hasErrors(findings) || (onWarning && findings.some(({ severity }) => severity === "warning"));
  return outcomes.some(({ report }) => report && bad(report.findings)) ? EXIT.findings : EXIT.ok;
}

interface Summary {
  readonly usable: number;
  readonly unusable: number;
  readonly unreadable: number;
}

function summaryOf(outcomes: readonly Outcome[]): Summary {
  const unreadable = outcomes.filter(({ error }) => error !== undefined).length;
  const usable = outcomes.filter(({ report }) => report?.ok === true).length;
  return { usable, unusable: outcomes.length - usable - unreadable, unreadable };
}

function jsonText(outcomes: readonly Outcome[], policy: string): string {
  const reports = outcomes.map(({ text: _text, error, ...outcome }) =>
    error === undefined ? outcome : { ...outcome, error: error.toJSON() },
  );
  const document = { format: "samlcert/check/v1", policy, reports, summary: summaryOf(outcomes) };
  return jsonOutput(document);
}

function humanText(outcomes: readonly Outcome[], io: Io): string {
  const style = styleFor(io.stdout, io);
  for (const { error } of outcomes) {
    if (error !== undefined) io.stderr.write(`${printable(`${error.message} ${error.hint}`)}\n`);
  }
  const texts = outcomes.map((outcome) => outcomeText(outcome, style, io));
  if (outcomes.length > 1) {
    const { usable, unusable, unreadable } = summaryOf(outcomes);
    const parts = [`${usable} can be used`, `${unusable} cannot be used`];
    if (unreadable > 0) parts.push(`${unreadable} cannot be read`);
    texts.push(`${style.bold(count(outcomes.length, "file"))}: ${parts.join(", ")}\n`);
  }
  return texts.join("\n");
}

const STATES: Readonly<Record<CertificateState, "good" | "warn" | "bad">> = {
  pending: "warn",
  active: "good",
  expiring: "warn",
  expired: "bad",
};

function outcomeText(outcome: Outcome, style: Style, io: Io): string {
  const { file, report, state } = outcome;
  if (report === undefined) return `${printable(file)}: ${style.bad("cannot be read")}\n`;
  const verdict = report.ok ? style.good("can be used") : style.bad("cannot be used");
  const width = Math.min(100, io.stdout.columns);
  const lines = [
    `${printable(file)}: ${verdict}${state === undefined ? "" : `, ${style[STATES[state]](state)}`}`,
  ];
  if (report.certificate !== undefined) {
    lines.push(...factLines(report.certificate, unixSeconds(io.now()), style));
  }
  for (const { message } of report.repairs) {
    lines.push(`  ${style.dim("mended".padEnd(12))}${message}`);
  }
  for (const finding of report.findings) {
    lines.push(findingsText([finding], style, width).trimEnd());
    if (finding.severity !== "notice")
      lines.push(...caretLines(outcome.text, finding.at, style, width));
  }
  return `${lines.join("\n")}\n`;
}

/** `--explain`: the entry of one code. */
async function explain(code: string, io: Io): Promise<ExitCode> {
  const { certificateCodes } = await import("../../certificates/index.ts");
  const entry = certificateCodes.find((candidate) => candidate.code === code);
  if (entry === undefined) {
    const codes = certificateCodes.map((known) => known.code);
    const near = closest(code, codes);
    const group = codes.filter((known) => known.split(".")[0] === code.split(".")[0]);
    const hint =
      near !== undefined
        ? `Did you mean ${near}?`
        : group.length > 0
          ? `Codes of that group: ${group.join(", ")}.`
          : "docs/errors.md lists every code.";
    throw new UsageError(`There is no code ${printable(code)} of a certificate.`, hint);
  }
  io.stdout.write(explanation(entry, io));
  return EXIT.ok;
}

function explanation({ code, severity, summary, hint, source }: CodeEntry, io: Io): string {
  const style = styleFor(io.stdout, io);
  const body = wrap(`${summary} ${hint}`, Math.min(100, io.stdout.columns) - 2);
  const lines = [`${style.bold(code)}  ${severity}`, ...body.map((line) => `  ${line}`)];
  if (source !== undefined) lines.push(`  ${style.dim(`Source: ${source}`)}`);
  return `${lines.join("\n")}\n`;
}
