import { derCodes } from "../../core/codes/certificate-der.ts";
import type { SamlCertCode } from "../../core/codes/index.ts";
import type { CodeEntry } from "../../core/finding.ts";
import type { Problem } from "../problem.ts";
import type { Defect } from "./defect.ts";

const ENTRIES: ReadonlyMap<string, CodeEntry> = /* @__PURE__ */ new Map(
  Object.entries(derCodes).map(([code, [severity, summary, hint, source]]) => [
    code,
    { code: code as SamlCertCode, severity, summary, hint, source },
  ]),
);

/** Puts a defect into words. */
export function problemOf(defect: Defect): Problem {
  const { code, cause, offset } = defect;
  const entry = ENTRIES.get(code) as CodeEntry;
  const path = pathText(defect);
  const place = path === "" ? `byte ${offset}` : `${path}, byte ${offset}`;
  const { summary } = ENTRIES.get(cause ?? code) as CodeEntry;
  // A part that is malformed is in a certificate all the same.
  const why = cause === "der.not_certificate" ? "" : summary;
  const words = [cause === undefined ? "" : entry.summary, ...detail(defect, why), `(${place})`];
  return {
    entry,
    message: words.filter((part) => part !== "").join(" "),
    at: path === "" ? { offset } : { offset, path },
  };
}

function detail({ tags, count }: Defect, summary: string): readonly string[] {
  if (count !== undefined) {
    return [`${count} ${count === 1 ? "byte follows" : "bytes follow"} the end of an element.`];
  }
  if (tags === undefined) return [summary];
  const [expected, found] = tags;
  const what = found === undefined ? "its end" : `tag ${hex(found)}`;
  return [summary, `Tag ${hex(expected)} was expected, ${what} was found.`];
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
