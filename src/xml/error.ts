import type { Values } from "../core/codes/code.ts";
import { xmlCodes } from "../core/codes/xml.ts";
import { MetadataError } from "../core/errors.ts";
import type { Location } from "../core/finding.ts";
import { errorOf } from "../core/issue.ts";

export type XmlCode = keyof typeof xmlCodes;

/** The error of a code of this layer. */
export function xmlError(code: XmlCode, values?: Values, at?: Location): MetadataError {
  return errorOf(MetadataError, xmlCodes, { code, values, at });
}

/** Text of a document for a message: in quotes, short, and without control characters. */
export function quoted(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return `"${short.replace(/[^\x20-\x7e\xa0-\uffff]/g, "?")}"`;
}
