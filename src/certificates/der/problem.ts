import { derCodes } from "../../core/codes/certificate-der.ts";
import type { ReadingIssue } from "../issue.ts";
import type { Defect } from "./defect.ts";

/** The issue of a defect; its detail says why and where. */
export function issueOf(defect: Defect): ReadingIssue {
  const { code, offset, cause } = defect;
  const path = pathText(defect);
  const place = path === "" ? `(byte ${offset})` : `(${path}, byte ${offset})`;
  // A part that is malformed is in a certificate all the same.
  const why = cause === undefined || cause === "der.not_certificate" ? [] : [derCodes[cause][1]];
  return {
    code,
    detail: [...why, ...found(defect), place].join(" "),
    at: path === "" ? { offset } : { offset, path },
  };
}

function found({ tags, count }: Defect): readonly string[] {
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

function pathText({ path }: Defect): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else if (part !== "") text += text === "" ? part : `.${part}`;
  }
  return text;
}
