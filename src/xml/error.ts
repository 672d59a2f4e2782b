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
