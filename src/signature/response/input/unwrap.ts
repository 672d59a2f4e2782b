import { isText, isUint8Array } from "../../../core/argument.ts";
import type { responseCodes } from "../../../core/codes/response/message.ts";
import type { Issue } from "../../../core/issue.ts";
import type { ResponseLimits } from "../options.ts";
import type { MessageSource } from "../types.ts";
import { type CapturedMessage, messagesOfCapture } from "./capture.ts";
import { type Decoded, type DecodeIssue, decodeField, isXml } from "./decode.ts";
import { fieldsOfHtml, fieldsOfText, isSignedQuery, type MessageFields } from "./fields.ts";

type ResponseIssue = Issue<keyof typeof responseCodes>;

/** A message of the input: its document, or the reason why there is none. */
export interface FoundMessage {
  readonly source: MessageSource;
  readonly xml?: string | Uint8Array | undefined;
  /** The fields of a signed query. */
  readonly query?: MessageFields | undefined;
  readonly isResponse: boolean;
  readonly issue?: ResponseIssue | undefined;
}

/** The messages of an input, and what is to be said of the input itself. */
export interface Unwrapped {
  readonly messages: readonly FoundMessage[];
  readonly issues: readonly ResponseIssue[];
}

function refused(code: keyof typeof responseCodes, values = {}): Unwrapped {
  return { messages: [], issues: [{ code, values }] };
}

/** Finds the SAML messages in any form of an input. */
export function unwrap(input: string | Uint8Array, limits: ResponseLimits): Unwrapped {
  if (!isText(input) && !isUint8Array(input)) return refused("response.input");
  if (input.length > limits.maxBytes) {
    return refused("response.limit.bytes", { limit: limits.maxBytes });
  }
  if (!isText(input) && !isHtml(headOf(input)) && isXml(input)) return ofXml(input, limits);
  const text = (isText(input) ? input : new TextDecoder().decode(input)).replace(/^\ufeff/, "");
  const start = text.trimStart();
  if (start === "") return refused("response.empty");
  if (isHtml(start)) return ofFields(fieldsOfHtml(text), "html", limits);
  if (start.startsWith("<")) return ofXml(isText(input) ? start : input, limits);
  if (start.startsWith("{")) return ofCapture(text, limits);
  const fields = fieldsOfText(text);
  if (fields !== undefined) return ofFields(fields, "form", limits);
  if (/(?:^|[?&\s])SAMLart=/.test(text)) return refused("response.artifact");
  return ofDecoded(decodeField(text, limits.maxMessageBytes));
}

function headOf(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes.subarray(0, 200)).replace(/^\xef\xbb\xbf|^ï»¿/, "");
}

function isHtml(text: string): boolean {
  return /^\s*<(?:!doctype html|html|head|body|form|input)\b/i.test(text.slice(0, 400));
}

function ofXml(xml: string | Uint8Array, { maxMessageBytes: limit }: ResponseLimits): Unwrapped {
  if (xml.length > limit) return refused("response.limit.message", { limit });
  return { messages: [{ source: { form: "xml" }, xml, isResponse: true }], issues: [] };
}

function ofDecoded(decoded: Decoded | DecodeIssue): Unwrapped {
  if ("code" in decoded) return { messages: [], issues: [decoded] };
  const source: MessageSource = { form: decoded.compressed ? "redirect" : "base64" };
  return { messages: [{ source, xml: decoded.xml, isResponse: true }], issues: [] };
}

function ofFields(
  fields: MessageFields | undefined,
  form: "form" | "html",
  limits: ResponseLimits,
): Unwrapped {
  if (fields === undefined) return refused("response.not_found");
  const found = messageOf({ source: { form }, fields }, limits);
  return found.issue === undefined
    ? { messages: [found], issues: [] }
    : { messages: [], issues: [found.issue] };
}

function messageOf(message: CapturedMessage, limits: ResponseLimits): FoundMessage {
  const { source, fields, xml } = message;
  const isResponse = fields?.name !== "SAMLRequest";
  if (fields === undefined) {
    if (xml === undefined) return { source, isResponse, issue: { code: "response.artifact" } };
    const { maxMessageBytes: limit } = limits;
    if (xml.length <= limit) return { source, xml, isResponse };
    return { source, isResponse, issue: { code: "response.limit.message", values: { limit } } };
  }
  const decoded = decodeField(fields.value, limits.maxMessageBytes);
  // SAML-tracer can replace the fields by hashes and keep the message.
  if ("code" in decoded) {
    return xml === undefined
      ? { source, isResponse, issue: decoded }
      : messageOf({ source, xml }, limits);
  }
  const form = source.form === "form" && decoded.compressed ? "redirect" : source.form;
  return {
    source: { ...source, form },
    xml: decoded.xml,
    query: decoded.compressed && isSignedQuery(fields) ? fields : undefined,
    isResponse,
  };
}

function ofCapture(text: string, limits: ResponseLimits): Unwrapped {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refused("response.json");
  }
  const captured = messagesOfCapture(json);
  const { maxMessages: limit } = limits;
  const real = captured.filter(({ hasArtifact }) => hasArtifact !== true);
  const all = real.length > 0 ? real : captured;
  if (all.length === 0) return refused("response.not_found");
  const messages = all.slice(-limit).map((message) => messageOf(message, limits));
  if (all.length <= limit) return { messages, issues: [] };
  const values = { count: all.length, limit };
  return { messages, issues: [{ code: "response.limit.messages", values }] };
}
