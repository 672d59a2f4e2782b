import type { CodeTable, Values } from "../../core/codes/code.ts";
import { responseCodes } from "../../core/codes/response/message.ts";
import { responseSignatureCodes } from "../../core/codes/response/signatures.ts";
import type { Finding, Location } from "../../core/finding.ts";
import { findingOf } from "../../core/issue.ts";
import type { XmlElement } from "../../xml/element.ts";
import { pathOf, type ReadDocument } from "./document.ts";

export type ResponseCode = keyof typeof responseCodes | keyof typeof responseSignatureCodes;

const codes: CodeTable<ResponseCode> = /* @__PURE__ */ Object.assign(
  {},
  responseCodes,
  responseSignatureCodes,
);

/** A finding of this layer. */
export function found(code: ResponseCode, values: Values = {}, at?: Location): Finding {
  return findingOf(codes, { code, values, at });
}

/** Line, column and path of an element. */
export function placeOf(document: ReadDocument, element: XmlElement): Location {
  return { ...document.locate(element.at), path: pathOf(document, element) };
}
