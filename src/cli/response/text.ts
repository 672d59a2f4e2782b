import { certificateName, labelOf } from "../../signature/response/signing.ts";
import type {
  AssertionFacts,
  MessageReport,
  ResponseReport,
  SignatureExplanation,
} from "../../signature/response/types.ts";
import type { Io } from "../framework/io.ts";
import { factLine } from "../output/certificate.ts";
import { findingsText, shownFindings } from "../output/findings.ts";
import { type Style, styleFor } from "../output/style.ts";
import { tableWidth } from "../output/table.ts";
import { count, printable, wrap } from "../output/text.ts";

type Fact = readonly [name: string, value: string | undefined];

/** The explanation for people: the answer, the facts, then the findings. */
export function reportText(report: ResponseReport, io: Io, verbose: boolean): string {
  const style = styleFor(io.stdout, io);
  const width = tableWidth(io.stdout);
  const others = report.others.map((one) => `  ${sourceText(one)}: ${one.summary}`);
  return [
    messageText(report, style, width, verbose),
    ...(others.length === 0 ? [] : ["", style.bold("Other messages in the capture:")]),
    ...others.flatMap((line) => wrap(printable(line), width)),
    "",
  ].join("\n");
}

function messageText(report: MessageReport, style: Style, width: number, verbose: boolean): string {
  const { summary, findings, signatures, assertions } = report;
  const shown = shownFindings(findings, verbose);
  const hidden = findings.length - shown.length;
  const facts = [
    ...messageFacts(report),
    ...signatures.flatMap(signatureFacts),
    ...assertions.flatMap(assertionFacts),
    ...shownFacts(report),
  ];
  return [
    ...wrap(printable(summary), Math.min(width, 100)).map(style.bold),
    "",
    ...facts.flatMap(([name, value]) =>
      value === undefined || value === "" ? [] : factLine([name, printable(value)], style, width),
    ),
    ...(shown.length === 0 ? [] : ["", findingsText(shown, style, Math.min(100, width)).trimEnd()]),
    ...(hidden === 0 ? [] : [style.dim(`  ${count(hidden, "notice")} not shown; -v shows them`)]),
  ].join("\n");
}

function sourceText({ source }: MessageReport): string {
  if (source === undefined) return "input";
  const { form, request, url } = source;
  if (request === undefined) return form;
  return `${form}, request ${request}${url === undefined ? "" : ` to ${url}`}`;
}

function messageFacts(report: MessageReport): readonly Fact[] {
  const { message } = report;
  if (message === undefined) return [];
  return [
    ["message", `${message.type}, found as ${sourceText(report)}`],
    ["issuer", message.issuer],
    ["issued", message.issueInstant],
    ["destination", message.destination],
    ["judged at", report.judgedAt],
  ];
}

const CONTENT = {
  intact: "content as it was signed",
  changed: "content changed after it was signed",
  unchecked: "content not compared",
};

function makerText({ by, position, signedBy, embedded }: SignatureExplanation): string {
  if (by === "given") {
    const name = signedBy === undefined ? "" : `: ${certificateName(signedBy.certificate)}`;
    return `your certificate ${position}${name}`;
  }
  const maker = embedded.find(({ made }) => made === true);
  if (maker !== undefined) return `the certificate in it: ${certificateName(maker.certificate)}`;
  return by === "unknown" ? "none of these certificates" : "not checked";
}

function signatureFacts(signature: SignatureExplanation): readonly Fact[] {
  const { of, path, covers, algorithm, content, signedBy, embedded } = signature;
  const maker = signedBy ?? embedded.find(({ made }) => made === true);
  const other = covers === undefined || covers === path ? "" : `; it covers ${covers}`;
  return [
    ["signature", `of the ${labelOf(of)} (${path})${other}`],
    ["  made by", makerText(signature)],
    ["  SHA-256", maker?.fingerprint],
    ["  algorithm", algorithm?.replace(/^.*#/, "")],
    ["  content", CONTENT[content]],
  ];
}

function assertionFacts(assertion: AssertionFacts): readonly Fact[] {
  const { path, encrypted, covered, issuer, audiences, confirmations } = assertion;
  const state = encrypted
    ? "encrypted"
    : covered
      ? "covered by a signature of your certificates"
      : "not covered by a signature of your certificates";
  const recipients = [...new Set(confirmations.flatMap(({ recipient }) => recipient ?? []))];
  const { notBefore, notOnOrAfter } = assertion;
  const times = notBefore ?? notOnOrAfter;
  return [
    ["assertion", `${path}, ${state}`],
    ["  issuer", issuer],
    [
      "  valid",
      times === undefined ? undefined : `${notBefore ?? "..."} to ${notOnOrAfter ?? "..."}`,
    ],
    ["  audience", audiences.join(", ")],
    ["  recipient", recipients.join(", ")],
  ];
}

function shownFacts({ shown }: MessageReport): readonly Fact[] {
  const attributes = shown?.attributes ?? [];
  return [
    ["NameID", shown?.nameIds?.join(", ")],
    ...attributes.map(({ name, values }): Fact => ["attribute", `${name}: ${values.join(", ")}`]),
  ];
}
