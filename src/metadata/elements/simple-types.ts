import { isoTime, SECONDS_PER_DAY, utcSeconds } from "../../core/time.ts";
import type { MetadataTime } from "../model/types.ts";

/**
 * The simple types of the schemas, by the names that the schemas have for them, and three that are
 * narrower: `url` and `webImage` of `anyURI`, and `expiry` of `dateTime`.
 */
export type TypeName =
  | "string"
  | "anyURI"
  | "url"
  | "webImage"
  | "entityIDType"
  | "ID"
  | "language"
  | "base64Binary"
  | "QName"
  | "SourceID"
  | "boolean"
  | "unsignedByte"
  | "unsignedShort"
  | "positiveInteger"
  | "integer"
  | "ContactTypeType"
  | "KeyTypes"
  | "anyURIListType"
  | "listOfStrings"
  | "dateTime"
  | "expiry"
  | "duration";

/** The value of a text in the model; undefined if the text is invalid. */
type Read = (text: string) => unknown;

const BOOLEANS: ReadonlyMap<string, boolean> = /* @__PURE__ */ new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
]);

function integer(min: number, max: number): Read {
  return (text) => {
    const digits = text.trim();
    // A run of zeros may come first; more than 16 digits are past every maximum here.
    const value = /^[+-]?0*\d{1,16}$/.test(digits) ? Number(digits) + 0 : Number.NaN;
    return value >= min && value <= max ? value : undefined;
  };
}

function oneOf(...values: readonly string[]): Read {
  return (text) => (values.includes(text) ? text : undefined);
}

/** The parts of a list, which white space separates. */
export function listItems(text: string): string[] {
  return text.split(/[ \t\r\n]+/).filter((part) => part !== "");
}

function readTime(text: string): MetadataTime | undefined {
  const unixSeconds = dateTimeSeconds(text.trim());
  return unixSeconds === undefined ? undefined : { unixSeconds, iso: isoTime(unixSeconds) };
}

/** 0001-01-01T00:00:00Z */
const YEAR_ONE = -62_135_596_800;

/** An end of validity: an unreadable one must not count as "never". */
function readExpiry(text: string): MetadataTime {
  return readTime(text) ?? { unixSeconds: YEAR_ONE, iso: isoTime(YEAR_ONE), unreadable: text };
}

/** Types that are not listed are text and read unchanged. */
const READERS: Readonly<Partial<Record<TypeName, Read>>> = {
  boolean: (text) => BOOLEANS.get(text.trim()),
  unsignedByte: /* @__PURE__ */ integer(0, 255),
  unsignedShort: /* @__PURE__ */ integer(0, 65_535),
  positiveInteger: /* @__PURE__ */ integer(1, Number.MAX_SAFE_INTEGER),
  integer: /* @__PURE__ */ integer(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  ContactTypeType: /* @__PURE__ */ oneOf(
    "technical",
    "support",
    "administrative",
    "billing",
    "other",
  ),
  KeyTypes: /* @__PURE__ */ oneOf("encryption", "signing"),
  anyURIListType: listItems,
  listOfStrings: listItems,
  dateTime: readTime,
  expiry: readExpiry,
};

/** True if its values are text, so that an absent one can be empty text. */
export function isTextType(type: TypeName): boolean {
  return READERS[type] === undefined;
}

/** True for types derived from `string`, whose white space belongs to the value. */
export function isPreserved(type: TypeName): boolean {
  return type === "string" || type === "ContactTypeType" || type === "KeyTypes";
}

/** The reader of an attribute's value. */
export function attributeReader(type: TypeName): Read {
  return READERS[type] ?? ((text) => text);
}

/** The reader of an element's text. */
export function textReader(type: TypeName): Read {
  const read = attributeReader(type);
  return isPreserved(type) ? read : (text) => read(text.trim());
}

const DATE_TIME =
  /^(-?(?:[1-9]\d{3,}|0\d{3}))-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):(\d\d))?$/;

/** Integer unix seconds of an `xs:dateTime`; one without a zone is read as UTC (core 1.3.3). */
export function dateTimeSeconds(value: string): number | undefined {
  const match = DATE_TIME.exec(value);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second, , zoneHours, zoneMinutes] = match
    .slice(1)
    .map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const offset = zoneHours * 60 + zoneMinutes;
  if (offset > 14 * 60 || zoneMinutes > 59 || year === 0) return undefined;
  // 24:00:00 is the start of the next day.
  const isNextDay = hour === 24 && minute === 0 && second === 0;
  const time = utcSeconds(withinEra(year), month, day, isNextDay ? 0 : hour, minute, second);
  if (time === undefined) return undefined;
  return time + (isNextDay ? SECONDS_PER_DAY : 0) - (match[7] === "-" ? -offset : offset) * 60;
}

/**
 * Some publishers write the last year of their clock. Such a year counts as the last one of ISO 8601.
 */
function withinEra(year: number): number {
  return Math.abs(year) > 9999 ? Math.sign(year) * 9600 + (year % 400 || 0) : year;
}

const DURATION =
  /^(-)?P(?=[\dT])(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Seconds of an `xs:duration`, a year as 365 and a month as 30 days; `undefined` if it is not one. */
export function durationSeconds(value: string): number | undefined {
  const match = DURATION.exec(value);
  if (match === null) return undefined;
  const [years, months, days, hours, minutes, seconds] = match
    .slice(2)
    .map((part) => Number(part ?? 0)) as [number, number, number, number, number, number];
  const total =
    (years * 365 + months * 30 + days) * SECONDS_PER_DAY + hours * 3600 + minutes * 60 + seconds;
  return match[1] === "-" ? -total : total;
}
