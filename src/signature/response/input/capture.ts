import { isObject, isText } from "../../../core/argument.ts";
import { isInstant } from "../../../core/time.ts";
import type { MessageSource } from "../types.ts";
import { fieldsOfPairs, fieldsOfText, type MessageFields } from "./fields.ts";

/** A SAML message of a capture: its fields, or its XML. */
export interface CapturedMessage {
  readonly source: MessageSource;
  readonly fields?: MessageFields | undefined;
  readonly xml?: string | undefined;
  readonly hasArtifact?: boolean | undefined;
}

type Json = Readonly<Record<string, unknown>>;

function objectOf(value: unknown): Json {
  return isObject(value) && !Array.isArray(value) ? (value as Json) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return isText(value) ? value : "";
}

/** The SAML messages of a HAR, a SAML-tracer export, or an object with the field `SAMLResponse`. */
export function messagesOfCapture(json: unknown): readonly CapturedMessage[] {
  const root = objectOf(json);
  const { entries } = objectOf(root["log"]);
  if (Array.isArray(entries)) return entries.flatMap(ofHarEntry);
  const { requests } = root;
  if (Array.isArray(requests)) return requests.flatMap(ofTracedRequest);
  const fields = fieldsOfPairs(pairsOf(Object.entries(root)));
  return fields === undefined ? [] : [{ source: { form: "form" }, fields }];
}

function placeOf(url: string, index: number): Pick<MessageSource, "request" | "url"> {
  const [place = ""] = url.split(/[?#]/, 1);
  return { request: index + 1, ...(place === "" ? {} : { url: place.slice(0, 500) }) };
}

/** The query of a URL, as it was sent. */
function queryOf(url: string): string {
  const at = url.indexOf("?");
  return at < 0 ? "" : url.slice(at);
}

function hasArtifact(...texts: readonly string[]): true | undefined {
  return texts.some((text) => /(?:^|[?&])SAMLart=/.test(text)) || undefined;
}

function ofHarEntry(entry: unknown, index: number): readonly CapturedMessage[] {
  const { request: given, startedDateTime } = objectOf(entry);
  const request = objectOf(given);
  const url = textOf(request["url"]);
  const posted = objectOf(request["postData"]);
  const text = textOf(posted["text"]);
  const params = listOf(posted["params"]).map(objectOf);
  const pairs = params.map((one) => [textOf(one["name"]), textOf(one["value"])] as const);
  const fields = fieldsOfText(text) ?? fieldsOfPairs(pairs) ?? fieldsOfText(queryOf(url));
  const time = textOf(startedDateTime);
  const source: MessageSource = {
    form: "har",
    ...placeOf(url, index),
    ...(isInstant(time) ? { time } : {}),
  };
  return messageOf({ source, fields, hasArtifact: hasArtifact(text, queryOf(url)) });
}

/** SAML-tracer writes pairs of names and values, and the message as XML. */
function ofTracedRequest(given: unknown, index: number): readonly CapturedMessage[] {
  const request = objectOf(given);
  const url = textOf(request["url"]);
  const xml = textOf(request["saml"]);
  const fields = fieldsOfPairs(pairsOf(listOf(request["post"]))) ?? fieldsOfText(queryOf(url));
  const source: MessageSource = { form: "saml-tracer", ...placeOf(url, index) };
  return messageOf({
    source,
    fields,
    xml: xml.trimStart().startsWith("<") ? xml : undefined,
    hasArtifact: hasArtifact(queryOf(url)),
  });
}

function messageOf(message: CapturedMessage): readonly CapturedMessage[] {
  const { fields, xml, hasArtifact: artifact } = message;
  return fields === undefined && xml === undefined && artifact === undefined ? [] : [message];
}

function pairsOf(pairs: readonly unknown[]): readonly (readonly [string, string])[] {
  return pairs.map((pair) => {
    const [name, value] = listOf(pair);
    return [textOf(name), textOf(value)];
  });
}
