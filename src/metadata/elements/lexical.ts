import { isoTime } from "../../core/time.ts";
import type { MetadataTime } from "../model/types.ts";
import {
  attributeReader,
  durationSeconds,
  isPreserved,
  listItems,
  type TypeName,
} from "./simple-types.ts";
import { isPlainUri, isPlainUrl, isUriReference, urlFault } from "./uri.ts";

/** Checks and writes the texts of a simple type. Reading does not need it. */
export interface LexicalType {
  /** The name in the schema. */
  readonly name: string;
  /** True if a text without outer white space is in the lexical space of the type. */
  readonly valid: (text: string) => boolean;
  /** The text of a value; undefined if the value is not of the type. */
  readonly write: (value: unknown) => string | undefined;
  /** Fast path: true for most valid texts that need no escaping. Writing takes half the time. */
  readonly plain?: (text: string) => boolean;
  /** The reason not to write a text that the schema allows: builders are stricter than schemas. */
  readonly refuse?: (text: string) => string | undefined;
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;

const string: LexicalType = {
  name: "string",
  valid: () => true,
  write: text,
  plain: (value) => /^[\w .~:/?#@!$'()*+,;=-]*$/.test(value),
};

const anyUri: LexicalType = {
  name: "anyURI",
  valid: isUriReference,
  write: text,
  plain: isPlainUri,
};

const NC_NAME = /^[\p{L}_][\p{L}\p{N}\p{M}._\-·]*$/u;

/** True for an XML name without a colon. */
export const isId = (value: string): boolean => NC_NAME.test(value);

function isBase64(value: string): boolean {
  const dense = value.replace(/[ \t\r\n]+/g, "");
  return dense.length % 4 === 0 && /^[A-Za-z0-9+/]*(?:[AEIMQUYcgkosw048]=|[AQgw]==)?$/.test(dense);
}

function isQName(value: string): boolean {
  const parts = value.split(":");
  return parts.length <= 2 && parts.every(isId);
}

const textType = (name: TypeName, valid: LexicalType["valid"]): LexicalType => ({
  name,
  valid,
  write: text,
});

/** A type whose valid texts are those that can be read. */
function valueType(name: TypeName, write: LexicalType["write"]): LexicalType {
  const read = attributeReader(name);
  return { name, valid: (value) => read(value) !== undefined, write };
}

const number = (value: unknown): string | undefined =>
  typeof value === "number" ? String(value) : undefined;

function writeTime(value: unknown): string | undefined {
  const { unixSeconds, unreadable } = (value ?? {}) as Partial<MetadataTime>;
  if (unreadable !== undefined) return unreadable;
  return Number.isSafeInteger(unixSeconds) && Math.abs(unixSeconds as number) < 8.64e12
    ? isoTime(unixSeconds as number)
    : undefined;
}

const dateTime: LexicalType = /* @__PURE__ */ valueType("dateTime", writeTime);

function listOf(name: TypeName, { valid, plain }: LexicalType): LexicalType {
  return {
    name,
    valid: (value) => listItems(value).every(valid),
    write: (value) => (isListWithout(value, /[ \t\r\n]/) ? value.join(" ") : undefined),
    // The white space between plain items is plain too.
    ...(plain === undefined ? {} : { plain }),
  };
}

function isListWithout(value: unknown, forbidden: RegExp): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.every((part) => typeof part === "string" && part !== "" && !forbidden.test(part))
  );
}

/** True if a text is in the lexical space of a type, after the white space handling of the schema. */
export function isValid(type: TypeName, text: string): boolean {
  return lexicalTypes[type].valid(isPreserved(type) ? text : text.trim());
}

/** The name of a type in the schema. */
export function schemaName(type: TypeName): string {
  return lexicalTypes[type].name;
}

export const lexicalTypes: Readonly<Record<TypeName, LexicalType>> = /* @__PURE__ */ lexical();

function lexical(): Record<TypeName, LexicalType> {
  return {
    string,
    anyURI: anyUri,
    // Browsers and servers open it: only an absolute http(s) URL.
    url: { ...anyUri, plain: isPlainUrl, refuse: urlFault },
    // A logo: a URL, or the image itself (ui 2.1.5).
    webImage: {
      ...anyUri,
      plain: isPlainUrl,
      refuse: (value) =>
        /^data:image\/[a-z0-9.+-]+[;,]/i.test(value) ? undefined : urlFault(value),
    },
    // The limit is in metadata 2.3.2 and in the schema.
    entityIDType: {
      ...textType("entityIDType", (value) => isUriReference(value) && value.length <= 1024),
      plain: (value) => value.length <= 1024 && isPlainUri(value),
      refuse: (value) => (value.trim() === "" ? "it is empty" : undefined),
    },
    ID: textType("ID", isId),
    // xml.xsd: a language, or empty (XML 1.0, 2.12).
    language: {
      ...textType("language", (value) => /^(?:[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*)?$/.test(value)),
      refuse: (value) => (value.trim() === "" ? "it is empty" : undefined),
    },
    base64Binary: textType("base64Binary", isBase64),
    QName: textType("QName", isQName),
    SourceID: textType("SourceID", (value) => /^[a-f0-9]{40}$/.test(value)),
    boolean: {
      ...valueType("boolean", (value) => (typeof value === "boolean" ? String(value) : undefined)),
      plain: () => true,
    },
    unsignedByte: valueType("unsignedByte", number),
    unsignedShort: valueType("unsignedShort", number),
    positiveInteger: valueType("positiveInteger", number),
    integer: valueType("integer", number),
    ContactTypeType: valueType("ContactTypeType", text),
    KeyTypes: valueType("KeyTypes", text),
    anyURIListType: listOf("anyURIListType", anyUri),
    listOfStrings: listOf("listOfStrings", string),
    dateTime,
    // An unreadable time is written as it was.
    expiry: dateTime,
    duration: textType("duration", (value) => durationSeconds(value) !== undefined),
  };
}
