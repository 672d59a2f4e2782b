import type { ProfileName } from "../../../../src/metadata/index.ts";

/** The change of a case to a document: a text or a pattern, and its replacement. */
export type Change = readonly [
  from: string | RegExp,
  to: string | ((text: string, ...groups: string[]) => string),
];

/** One rule: what breaks it, and what comes near to it and is right. */
export interface RuleCase {
  readonly code: string;
  /** Which of the documents is changed. */
  readonly of: "idp" | "sp" | "group";
  readonly bad: Change;
  /** Absent where the document as it is comes near enough. */
  readonly good?: Change;
  readonly profile?: ProfileName;
  /** Changes every occurrence, not the first alone. */
  readonly all?: true;
  /** Further rules that the bad document always breaks as well. */
  readonly also?: readonly string[];
  /** Lesser things that the good one breaks. */
  readonly goodAlso?: readonly string[];
}
