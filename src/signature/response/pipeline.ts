import { bySeverity } from "../../core/finding.ts";
import { givenOf } from "./given.ts";
import { unwrap } from "./input/unwrap.ts";
import { found } from "./issue.ts";
import { checkExplainOptions, type ExplainOptions, responseLimits } from "./options.ts";
import { type Asked, type PreparedMessage, prepareMessage, unreadable } from "./prepare.ts";
import type { Proof } from "./proof.ts";
import { reportOf } from "./report.ts";
import type { MessageReport, ResponseReport } from "./types.ts";

/** An input that was read, and the questions that cryptography must answer. */
export interface Explanation {
  readonly questions: readonly Asked[];
  /** The report, given the answers in the order of the questions. */
  readonly report: (proofs: readonly (Proof | undefined)[]) => ResponseReport;
}

/**
 * Everything except cryptography, which is synchronous in Node and asynchronous in browsers.
 *
 * @param clock unix seconds; used unless the options or the capture have a time
 */
export function explanationOf(
  input: string | Uint8Array,
  options: ExplainOptions,
  clock: number,
): Explanation {
  checkExplainOptions(options);
  const limits = responseLimits(options.limits);
  const givenFor = givenOf(options);
  const { messages, issues } = unwrap(input, limits);
  const findings = issues.map(({ code, values, at }) => found(code, values, at));
  const prepared = messages.map((message) => prepareMessage(message, givenFor, limits));
  const all = prepared.length > 0 ? prepared : [unreadable(findings, givenFor(undefined))];
  const main = Math.max(
    0,
    messages.findLastIndex(({ isResponse }) => isResponse),
  );
  return {
    questions: all.flatMap(({ questions }) => questions),
    report: (proofs) => {
      const answers = splitAnswers(all, proofs);
      const reports = all.map((one, place) =>
        reportOf(one, answers[place] ?? [], { options, clock }),
      );
      const chosen = reports[main] as MessageReport;
      const others = reports.filter((_, place) => place !== main);
      const about = prepared.length > 0 ? findings : [];
      return {
        kind: "explanation",
        ...chosen,
        findings: [...chosen.findings, ...about].sort(bySeverity),
        others,
      };
    },
  };
}

function splitAnswers(
  messages: readonly PreparedMessage[],
  proofs: readonly (Proof | undefined)[],
): readonly (readonly (Proof | undefined)[])[] {
  let at = 0;
  return messages.map(({ questions }) => {
    at += questions.length;
    return proofs.slice(at - questions.length, at);
  });
}
