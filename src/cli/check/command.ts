import { decodeInput } from "../../certificates/paste/decode.ts";
import { POLICIES, type PolicyName, resolvePolicy } from "../../certificates/policy/policy.ts";
import type { CertificateReport } from "../../certificates/types.ts";
import { hintOn } from "../../core/codes/all.ts";
import { type Finding, hasErrors } from "../../core/finding.ts";
import { SECONDS_PER_DAY, unixSeconds } from "../../core/time.ts";
import { explainCommand } from "../explain/command.ts";
import { type Command, type Invocation, JSON_OPTION } from "../framework/command.ts";
import { EXIT, type ExitCode, UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { isFailedInput, tellFailed } from "../input/failed.ts";
import { inputName, readInput } from "../input/files.ts";
import { eachFile } from "../input/globs.ts";
import { isUrl, URL_OPTION, urlBytes, withUrls } from "../input/urls.ts";
import { errorJson, jsonDocument } from "../output/json.ts";
import { type Outcome, summaryOf } from "./outcome.ts";
import { outcomesText } from "./text.ts";

const MAX_BYTES = 256 * 1024;

const FORMATS = ["text", "json", "github", "sarif", "junit"] as const;

type Format = (typeof FORMATS)[number];

/** `samlcert check`: checks if a paste or file can be used as a SAML signing certificate. */
export const checkCommand: Command = {
  name: "check",
  summary: "check a certificate and name what is wrong with it",
  description:
    "Reads PEM, DER, PKCS#7, base64, hex and SAML metadata, also if mail, a word processor or source code has damaged the text. Exit codes: 0 if every certificate can be used, 1 if one has findings of the --fail-on severity, 2 for an invalid command line, 3 if a file cannot be read.",
  arguments: [
    {
      name: "FILE",
      summary:
        "certificates in any form, also metadata at a URL, or patterns such as '*.pem'; - reads standard input",
      many: true,
      optional: true,
    },
  ],
  options: [
    {
      name: "policy",
      value: "NAME",
      summary: "the rules to apply",
      default: "upload",
      choices: Object.keys(POLICIES),
    },
    {
      name: "fail-on",
      value: "SEVERITY",
      summary: "exit with 1 for findings of this severity or worse",
      default: "error",
      choices: ["error", "warning"],
    },
    {
      name: "format",
      value: "NAME",
      summary:
        "text for people, or a report for a pipeline: annotations of GitHub Actions, or a log",
      default: "text",
      choices: FORMATS,
    },
    { name: "explain", value: "CODE", summary: "the same as samlcert explain CODE" },
    URL_OPTION,
    JSON_OPTION,
  ],
  examples: [
    { command: "samlcert check idp.pem", does: "check a file before it is uploaded" },
    { command: "samlcert check - < pasted.txt", does: "check pasted text" },
    {
      command: "samlcert check --format github '**/*.pem'",
      does: "annotate the lines of a pull request",
    },
    {
      command: "samlcert check --policy installed --fail-on warning '*.pem'",
      does: "check certificates that are in use",
    },
  ],
  formats: ["check"],
  async run(invocation, io) {
    const code = invocation.value("explain");
    if (code !== undefined) {
      return await explainCommand.run({ ...invocation, arguments: [code] }, io);
    }
    if (invocation.arguments.length === 0) {
      throw new UsageError(
        "samlcert check needs FILE.",
        "Name a file, or - to read standard input.",
      );
    }
    const format = formatOf(invocation);
    const outcomes = await checkAll(invocation, withUrls(invocation, io));
    const [only] = outcomes;
    const isLog = format !== "text" && format !== "json";
    if (outcomes.length === 1 && only?.error !== undefined && !isLog) throw only.error;
    io.stdout.write(await reportText(outcomes, format, invocation, io));
    return exitCode(outcomes, failing(invocation));
  },
};

function formatOf(invocation: Invocation): Format {
  const format = invocation.value("format") as Format;
  if (!invocation.flag("json")) return format;
  if (format === "text" || format === "json") return "json";
  throw new UsageError("--json and --format contradict each other.", "Give one of them.");
}

async function reportText(
  outcomes: readonly Outcome[],
  format: Format,
  invocation: Invocation,
  io: Io,
): Promise<string> {
  const verbose = invocation.flag("verbose");
  switch (format) {
    case "text":
      return humanText(outcomes, io, verbose);
    case "json":
      return jsonText(outcomes, invocation.value("policy") ?? "upload");
    case "github":
      return (await import("./formats/github.ts")).githubText(outcomes, verbose);
    case "sarif":
      return (await import("./formats/sarif.ts")).sarifText(outcomes, verbose);
    case "junit": {
      const { junitText } = await import("./formats/junit.ts");
      return junitText(outcomes, io.now(), failing(invocation));
    }
  }
}

/** Tells if findings make a certificate fail, by the --fail-on severity. */
function failing(invocation: Invocation): (findings: readonly Finding[]) => boolean {
  const onWarning = invocation.value("fail-on") === "warning";
  return (findings) =>
    hasErrors(findings) || (onWarning && findings.some(({ severity }) => severity === "warning"));
}

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
    const bytes = isUrl(path)
      ? await urlBytes(path, io, MAX_BYTES)
      : await readInput(path, io, { maxBytes: MAX_BYTES, what: "a certificate" });
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
    if (!isFailedInput(error)) throw error;
    return { file, text: "", error };
  }
}

function exitCode(outcomes: readonly Outcome[], bad: ReturnType<typeof failing>): ExitCode {
  if (outcomes.some(({ error }) => error !== undefined)) return EXIT.unreadable;
  return outcomes.some(({ report }) => report && bad(report.findings)) ? EXIT.findings : EXIT.ok;
}

function jsonText(outcomes: readonly Outcome[], policy: string): string {
  const reports = outcomes.map(({ text: _text, error, report, ...outcome }) => ({
    ...outcome,
    ...(report === undefined ? {} : { report: atTerminal(report) }),
    ...(error === undefined ? {} : { error: errorJson(error) }),
  }));
  return jsonDocument("check", { policy, reports, summary: summaryOf(outcomes) });
}

/** The report with the hints of this surface: a file on a disk is not an upload. */
function atTerminal(report: CertificateReport): CertificateReport {
  const findings = report.findings.map((finding) => ({
    ...finding,
    hint: hintOn("terminal", finding),
  }));
  return { ...report, findings };
}

function humanText(outcomes: readonly Outcome[], io: Io, verbose: boolean): string {
  for (const { file, error } of outcomes) {
    if (error !== undefined) tellFailed(file, error, io);
  }
  return outcomesText(outcomes, io, verbose);
}
