import { derCodes } from "../core/codes/certificates/der.ts";
import type { encodingCodes } from "../core/codes/certificates/encoding.ts";
import { inputCodes } from "../core/codes/certificates/input.ts";
import type { kindCodes } from "../core/codes/certificates/kinds.ts";
import { pemCodes } from "../core/codes/certificates/pem.ts";
import type { remarkCodes, repairCodes } from "../core/codes/certificates/repairs.ts";
import { type CodeTable, words } from "../core/codes/code.ts";
import { CertificateError } from "../core/errors.ts";
import type { Issue } from "../core/issue.ts";

/** A code of reading: all but those of the rules. */
export type ReadingCode =
  | keyof typeof inputCodes
  | keyof typeof kindCodes
  | keyof typeof pemCodes
  | keyof typeof repairCodes
  | keyof typeof remarkCodes
  | keyof typeof derCodes
  | keyof typeof encodingCodes;

/** Something about an input, before it is known if it is thrown or reported. */
export interface ReadingIssue extends Issue<ReadingCode> {
  /** Sentences that follow the message, such as the place in the DER. */
  readonly detail?: string | undefined;
}

/** The codes that strict reading can throw. */
const strictCodes: CodeTable = /* @__PURE__ */ Object.assign({}, inputCodes, pemCodes, derCodes);

/** The error of an issue, in the words of `table`. */
export function readingError(
  issue: ReadingIssue,
  table: CodeTable = strictCodes,
): CertificateError {
  const { code, values, at, detail } = issue;
  const { message, hint } = words(table[code] as CodeTable[string], values);
  return new CertificateError(code, withDetail(message, detail), { hint, at });
}

export function withDetail(message: string, detail: string | undefined): string {
  return detail === undefined ? message : `${message} ${detail}`;
}
