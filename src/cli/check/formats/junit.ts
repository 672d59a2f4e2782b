import type { Finding } from "../../../core/finding.ts";
import { printable } from "../../output/text.ts";
import type { Outcome } from "../outcome.ts";
import { findingsOf } from "./findings.ts";

/** The outcomes as a JUnit report, one test case an input; `fails` says which findings fail it. */
export function junitText(
  outcomes: readonly Outcome[],
  now: Date,
  fails: (findings: readonly Finding[]) => boolean,
): string {
  const failed = ({ report }: Outcome): boolean => fails(report?.findings ?? []);
  const errors = outcomes.filter(({ error }) => error !== undefined).length;
  const counts = `tests="${outcomes.length}" failures="${outcomes.filter(failed).length}" errors="${errors}"`;
  const cases = outcomes.map((outcome) => testCase(outcome, failed(outcome))).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="samlcert check" ${counts}>
<testsuite name="samlcert check" ${counts} skipped="0" timestamp="${now.toISOString().slice(0, 19)}">
${cases}</testsuite>
</testsuites>
`;
}

function testCase(outcome: Outcome, isFailed: boolean): string {
  const { file, error } = outcome;
  const head = `<testcase classname="samlcert.check" name="${xml(file)}"`;
  const findings = findingsOf(outcome, false);
  const lines = findings.map(({ message, hint }) => xml(`${message} ${hint}`)).join("\n");
  const [first] = findings;
  if (first === undefined) return `${head}/>\n`;
  if (!isFailed && error === undefined) {
    return `${head}><system-out>${lines}</system-out></testcase>\n`;
  }
  const element = error === undefined ? "failure" : "error";
  const message = xml(first.message);
  return `${head}><${element} type="${first.code}" message="${message}">${lines}</${element}></testcase>\n`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Text for XML, without the characters that XML 1.0 forbids. */
function xml(text: string): string {
  return printable(text)
    .replaceAll(/[\uFFFE\uFFFF]/g, "\uFFFD")
    .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] as string);
}
