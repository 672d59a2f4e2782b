import type { CodeTable } from "../../core/codes/code.ts";
import type { ReadingIssue } from "../issue.ts";
import type { DerIssue } from "./fault.ts";

/** The issue of a issue; its detail says where. */
export function issueOf(issue: DerIssue): ReadingIssue {
  const { code, offset } = issue;
  const path = pathText(issue);
  const place = path === "" ? `(byte ${offset})` : `(${path}, byte ${offset})`;
  return {
    code,
    detail: [...found(issue), place].join(" "),
    at: path === "" ? { offset } : { offset, path },
  };
}

/** As {@link issueOf}; the detail of a malformed part says why, in the words of `table`. */
export function explainedIssue(fault: DerIssue, table: CodeTable<DerIssue["code"]>): ReadingIssue {
  const issue = issueOf(fault);
  const { cause } = fault;
  // A part that is malformed is in a certificate all the same.
  if (cause === undefined || cause === "der.not_certificate") return issue;
  return { ...issue, detail: `${table[cause][1]} ${issue.detail}` };
}

function found({ tags, count }: DerIssue): readonly string[] {
  if (count !== undefined) {
    return [`${count} ${count === 1 ? "byte follows" : "bytes follow"} the end of an element.`];
  }
  if (tags === undefined) return [];
  const [expected, tag] = tags;
  const actual = tag === undefined ? "the end" : `tag ${hex(tag)}`;
  return [`Expected tag ${hex(expected)}, found ${actual}.`];
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}

function pathText({ path }: DerIssue): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else if (part !== "") text += text === "" ? part : `.${part}`;
  }
  return text;
}
