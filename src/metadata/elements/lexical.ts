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

/** How the texts of a simple type are checked and written. Reading needs none of it. */
export interface LexicalType {
  /** As the schema calls it. */
  readonly name: string;
  /** The text, with outer white space taken off, is in the lexical space of the type. */
  readonly valid: (text: string) => boolean;
  /** The text of a value; `undefined` where the value is not one of the type. */
  readonly write: (value: unknown) => string | undefined;
  /** True for most texts: right by every rule of the type, and never escaped. Only to be quick. */
  readonly plain?: (text: string) => boolean;
  /** Why a text that the schema allows is still not written: builders are stricter than schemas. */
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

/** An XML name without a colon, as far as an `ID` may have it. */
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

/** A type that has a value in the model for each text that is valid. */
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
    // White space between plain ones is plain, too.
    ...(plain === undefined ? {} : { plain }),
  };
}

function isListWithout(value: unknown, forbidden: RegExp): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.every((part) => typeof part === "string" && part !== "" && !forbidden.test(part))
  );
}

/** A text is in the lexical space of a type, once the white space is off that the schema takes off. */
export function isValid(type: TypeName, text: string): boolean {
  return lexicalTypes[type].valid(isPreserved(type) ? text : text.trim());
}

/** What the schema calls a type. */
export function schemaName(type: TypeName): string {
  return lexicalTypes[type].name;
}

export const lexicalTypes: Readonly<Record<TypeName, LexicalType>> = /* @__PURE__ */ lexical();

function lexical(): Record<TypeName, LexicalType> {
  return {
    string,
    anyURI: anyUri,
    // What a browser or a server is sent to: an absolute http(s) URL and nothing else.
    url: { ...anyUri, plain: isPlainUrl, refuse: urlFault },
    // A logo: at a URL, or in place (ui 2.1.5).
    webImage: {
      ...anyUri,
      plain: isPlainUrl,
      refuse: (value) =>
        /^data:image\/[a-z0-9.+-]+[;,]/i.test(value) ? undefined : urlFault(value),
    },
    // The limit is from metadata 2.3.2; the schema has it too.
    entityIDType: {
      ...textType("entityIDType", (value) => isUriReference(value) && value.length <= 1024),
      plain: (value) => value.length <= 1024 && isPlainUri(value),
      refuse: (value) => (value.trim() === "" ? "it is empty" : undefined),
    },
    ID: textType("ID", isId),
    language: textType("language", (value) => /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/.test(value)),
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
    // What was unreadable is written as it was.
    expiry: dateTime,
    duration: textType("duration", (value) => durationSeconds(value) !== undefined),
  };
}
