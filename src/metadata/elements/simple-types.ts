import { isoTime } from "../../core/time.ts";
import type { MetadataTime } from "../types.ts";
import { isPlainUri, isPlainUrl, isUriReference, urlFault } from "./uri.ts";

/** One simple type of the schemas: how its text is checked, read and written. */
export interface SimpleType {
  /** As the schema calls it. */
  readonly name: string;
  /** The text, with outer white space taken off, is in the lexical space of the type. */
  readonly valid: (text: string) => boolean;
  /** The value in the model; `undefined` where the text has none. */
  readonly read: (text: string) => unknown;
  /** The text of a value; `undefined` where the value is not one of the type. */
  readonly write: (value: unknown) => string | undefined;
  /** True for most texts: right by every rule of the type, and never escaped. Only to be quick. */
  readonly plain?: (text: string) => boolean;
  /** Its values are text: an absent one can stand as empty text. */
  readonly isText?: true;
  /** White space belongs to the value. */
  readonly preserve?: true;
  /** Why a text that the schema allows is still not written: builders are stricter than schemas. */
  readonly refuse?: (text: string) => string | undefined;
}

const same = (text: string): string => text;
const text = (value: unknown): string | undefined =>
  typeof value === "string" ? value : undefined;
const textType = (name: string, valid: SimpleType["valid"]): SimpleType => ({
  name,
  valid,
  read: same,
  write: text,
  isText: true,
});

export const string: SimpleType = {
  ...textType("string", () => true),
  preserve: true,
  plain: (value) => /^[\w .~:/?#@!$'()*+,;=-]*$/.test(value),
};

export const anyUri: SimpleType = { ...textType("anyURI", isUriReference), plain: isPlainUri };

/** What a browser or a server is sent to: an absolute http(s) URL and nothing else. */
export const url: SimpleType = { ...anyUri, plain: isPlainUrl, refuse: urlFault };

/** The limit is from metadata 2.3.2; the schema has it too. */
export const entityId: SimpleType = {
  ...textType("entityIDType", (value) => isUriReference(value) && value.length <= 1024),
  plain: (value) => value.length <= 1024 && isPlainUri(value),
  refuse: (value) => (value.trim() === "" ? "it is empty" : undefined),
};

const NC_NAME = /^[\p{L}_][\p{L}\p{N}\p{M}._\-·]*$/u;
export const id: SimpleType = textType("ID", (value) => NC_NAME.test(value));

export const language: SimpleType = textType("language", (value) =>
  /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/.test(value),
);

export const base64: SimpleType = textType("base64Binary", (value) => {
  const dense = value.replace(/[ \t\r\n]+/g, "");
  return dense.length % 4 === 0 && /^[A-Za-z0-9+/]*(?:[AEIMQUYcgkosw048]=|[AQgw]==)?$/.test(dense);
});

export const qName: SimpleType = textType("QName", (value) => {
  const parts = value.split(":");
  return parts.length <= 2 && parts.every((part) => NC_NAME.test(part));
});

export const sourceId: SimpleType = textType("SourceID", (value) => /^[a-f0-9]{40}$/.test(value));

const BOOLEANS = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

export const boolean: SimpleType = {
  name: "boolean",
  valid: (value) => BOOLEANS.has(value),
  read: (value) => BOOLEANS.get(value.trim()),
  write: (value) => (typeof value === "boolean" ? String(value) : undefined),
  plain: () => true,
};

function integer(name: string, min: number, max: number): SimpleType {
  const valid = (value: string): boolean => {
    // A run of zeros may come first; more than 16 digits are past every maximum here.
    if (!/^[+-]?0*\d{1,16}$/.test(value)) return false;
    const number = Number(value);
    return number >= min && number <= max;
  };
  return {
    name,
    valid,
    read: (value) => (valid(value.trim()) ? Number(value) + 0 : undefined),
    write: (value) => (typeof value === "number" ? String(value) : undefined),
  };
}

export const unsignedByte: SimpleType = integer("unsignedByte", 0, 255);
export const unsignedShort: SimpleType = integer("unsignedShort", 0, 65_535);
export const positiveInteger: SimpleType = integer("positiveInteger", 1, Number.MAX_SAFE_INTEGER);
export const anyInteger: SimpleType = integer(
  "integer",
  -Number.MAX_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER,
);

export function oneOf(name: string, ...values: readonly string[]): SimpleType {
  const valid = (value: string): boolean => values.includes(value);
  // xs:string derived: the schema does not take white space off.
  return {
    name,
    valid,
    preserve: true,
    read: (value) => (valid(value) ? value : undefined),
    write: text,
  };
}

function listOf(name: string, item: SimpleType, separator: string): SimpleType {
  const split = (value: string): string[] =>
    value.split(/[ \t\r\n]+/).filter((part) => part !== "");
  return {
    name,
    valid: (value) => split(value).every((part) => item.valid(part)),
    read: split,
    // White space between plain ones is plain, too.
    ...(item.plain === undefined ? {} : { plain: item.plain }),
    write: (value) => (isListWithout(value, /[ \t\r\n]/) ? value.join(separator) : undefined),
  };
}

function isListWithout(value: unknown, forbidden: RegExp): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.every((part) => typeof part === "string" && part !== "" && !forbidden.test(part))
  );
}

export const uriList: SimpleType = listOf("anyURIListType", anyUri, " ");
export const stringList: SimpleType = listOf("listOfStrings", string, " ");

const DATE_TIME =
  /^(-?(?:[1-9]\d{3,}|0\d{3}))-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/;

/** Integer unix seconds of an `xs:dateTime`; one without a zone is read as UTC (core 1.3.3). */
export function dateTimeSeconds(value: string): number | undefined {
  const match = DATE_TIME.exec(value);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, , zone = "Z"] = match;
  const fields = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const offset = zoneMinutes(zone);
  if (offset === undefined || fields[0] === 0) return undefined;
  fields[0] = withinEra(fields[0]);
  return secondsOf(fields, offset);
}

/** Some write the last year that their clock knows: it only has to be as far away as ISO 8601 goes. */
function withinEra(year: number): number {
  return Math.abs(year) > 9999 ? Math.sign(year) * 9600 + (year % 400) : year;
}

function zoneMinutes(zone: string): number | undefined {
  if (zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  if (minutes > 14 * 60 || Number(zone.slice(4)) > 59) return undefined;
  return zone.startsWith("-") ? -minutes : minutes;
}

function secondsOf(
  [year, month, day, hour, minute, second]: readonly [
    number,
    number,
    number,
    number,
    number,
    number,
  ],
  offset: number,
): number | undefined {
  const midnight = hour === 24 && minute === 0 && second === 0;
  if ((hour > 23 && !midnight) || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // A day or month that does not exist rolls over.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.getTime() / 1000 + hour * 3600 + (minute - offset) * 60 + second;
}

export const dateTime: SimpleType = {
  name: "dateTime",
  valid: (value) => dateTimeSeconds(value) !== undefined,
  read: (value) => {
    const unixSeconds = dateTimeSeconds(value.trim());
    return unixSeconds === undefined ? undefined : { unixSeconds, iso: isoTime(unixSeconds) };
  },
  write: (value) => {
    const { unixSeconds, unreadable } = (value ?? {}) as Partial<MetadataTime>;
    if (unreadable !== undefined) return unreadable;
    return Number.isSafeInteger(unixSeconds) && Math.abs(unixSeconds as number) < 8.64e12
      ? isoTime(unixSeconds as number)
      : undefined;
  },
};

/** 0001-01-01T00:00:00Z */
const YEAR_ONE = -62_135_596_800;

/** When something ends: what cannot be read must not be taken for "never". */
export const expiry: SimpleType = {
  ...dateTime,
  read: (value): MetadataTime =>
    (dateTime.read(value) as MetadataTime | undefined) ?? {
      unixSeconds: YEAR_ONE,
      iso: isoTime(YEAR_ONE),
      unreadable: value,
    },
};

const DURATION =
  /^(-)?P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Seconds of an `xs:duration`, a year as 365 and a month as 30 days; `undefined` if it is not one. */
export function durationSeconds(value: string): number | undefined {
  const match = DURATION.exec(value);
  if (match === null) return undefined;
  const [years, months, days, hours, minutes, seconds] = match
    .slice(2)
    .map((part) => Number(part ?? 0)) as [number, number, number, number, number, number];
  const total = (years * 365 + months * 30 + days) * 86_400 + hours * 3600 + minutes * 60 + seconds;
  return match[1] === "-" ? -total : total;
}

export const duration: SimpleType = textType(
  "duration",
  (value) => durationSeconds(value) !== undefined,
);

/** A logo: at a URL, or in place (ui 2.1.5). */
export const webImage: SimpleType = {
  ...anyUri,
  plain: isPlainUrl,
  refuse: (value) => (/^data:image\/[a-z0-9.+-]+[;,]/i.test(value) ? undefined : urlFault(value)),
};
