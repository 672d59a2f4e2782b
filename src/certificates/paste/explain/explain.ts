import { repairCodes } from "../../../core/codes/certificates/repairs.ts";
import { distinctReadings } from "../../bundle.ts";
import { readingCodes } from "../../codes.ts";
import { explainedIssue } from "../../der/issue.ts";
import type { ReadingCode, ReadingIssue } from "../../issue.ts";
import { locate } from "../../pem/locate.ts";
import { type CleanText, changesWithin, originOf } from "../clean/clean.ts";
import type { DecodedInput } from "../decode.ts";
import type { Found } from "../find/find.ts";
import type { Inner } from "../inner.ts";
import type { PasteReading } from "../pipeline.ts";
import type { DerResult } from "../read/der.ts";
import { hasReading, type Placed, type Read } from "../read/read.ts";
import { diagnoseText, isBinary, isDerAsUtf8, isEbcdic } from "./diagnose.ts";
import { leftOut, usedSpans } from "./left-out.ts";

/** The results of the first four stages. */
export interface Stages {
  readonly decoded: DecodedInput;
  readonly clean: CleanText;
  readonly found: Found;
  readonly read: Read;
  /** The inputs within the input. */
  readonly within: readonly Inner[];
  /** The code of the outer input, if this one was inside another. */
  readonly notes: readonly ReadingIssue[];
}

/** The reading of an input without a certificate, for one reason. */
export function refused(code: ReadingCode): PasteReading {
  return { readings: [], repairs: [], issues: [{ code }], requests: [] };
}

/** The reading of a DER file, or of DER within a text. */
export function explainDer(
  results: readonly DerResult[],
  notes: readonly ReadingIssue[],
  isFile: boolean,
): PasteReading {
  return merged(results, isFile ? [...notes, { code: "kind.der_file" }] : notes, []);
}

/** Names the repairs and the text that was left out, or the kind of input that is no certificate. */
export function explain(stages: Stages): PasteReading {
  const { read, within } = stages;
  const secret = within.find(({ reading }) => reading.issues.some(isSecret));
  if (secret !== undefined) return secret.reading;
  const isOuter = hasReading([read]);
  const inner = within
    .filter(({ reading }) => reading.readings.length > 0)
    .filter(({ spans }) => !isOuter || !spans.some((span) => isRead(read, span.start)));
  if (!isOuter && inner.length === 0) return explainNothing(stages);
  const outer = isOuter ? explainRead(stages) : undefined;
  const parts = inner.map((one) => placed(one, stages));
  const left = leftOut(stages, isOuter, usedSpans(stages, isOuter, inner), outer?.repairs ?? []);
  const all = outer === undefined ? parts : [outer, ...parts];
  return {
    readings: [
      ...(outer?.readings ?? []),
      // The same bytes may have been found in two ways.
      ...distinctReadings(parts.flatMap(({ readings }) => readings)),
    ],
    repairs: [
      ...all.flatMap(({ repairs }) => repairs).filter(firstOfItsKind),
      ...left.filter(isRepair).map((one) => located(one, stages)),
    ],
    issues: [
      ...all.flatMap(({ issues }) => issues),
      ...left.filter((one) => !isRepair(one)).map((one) => located(one, stages)),
    ],
    requests: outer?.requests ?? [],
  };
}

function isRead({ spans }: Read, offset: number): boolean {
  return spans.some(({ start, end }) => offset >= start && offset < end);
}

/** The readings of the text itself, with their repairs. */
function explainRead(stages: Stages): PasteReading {
  const { decoded, clean, found, read, notes } = stages;
  const from = Math.min(...read.spans.map(({ start }) => start));
  const to = Math.max(...read.spans.map(({ end }) => end));
  const changes = [...changesWithin(clean, from, to)].map(([code, offset]) => ({
    code,
    at: locate(decoded.text, offset),
  }));
  const xml = found.xml?.blanked ?? [];
  const comments = xml.map((offset): Placed => ({ issue: { code: "pem.xml_comment" }, offset }));
  const done = [...read.notes, ...comments, ...xmlNotes(found)].map((one) => located(one, stages));
  return merged(read.results, [...notes, ...decoded.notes, ...changes, ...done], issuesOf(stages));
}

function xmlNotes({ xml }: Found): Placed[] {
  if (xml === undefined) return [];
  const count = xml.others.length;
  const offset = xml.elements[0]?.start ?? 0;
  const notes: Placed[] = xml.onlyEncryption
    ? [{ issue: { code: "kind.encryption_only" }, offset }]
    : [];
  if (count > 0) notes.push({ issue: { code: "kind.other_keys", values: { count } }, offset });
  return notes;
}

/** One of each kind is enough, however many blocks have it. */
function issuesOf(stages: Stages): ReadingIssue[] {
  return stages.read.issues
    .filter(({ issue }, i, all) => all.findIndex((one) => one.issue.code === issue.code) === i)
    .map((one) => located(one, stages));
}

function located({ issue, offset }: Placed, { decoded, clean }: Stages): ReadingIssue {
  if (issue.at !== undefined) return issue;
  return { ...issue, at: locate(decoded.text, originOf(clean, offset)) };
}

/** Places in an inner input become places in the text around it. */
function placed({ spans, reading }: Inner, { decoded, clean }: Stages): PasteReading {
  const at = locate(decoded.text, originOf(clean, spans[0]?.start ?? 0));
  const place = (issue: ReadingIssue): ReadingIssue => ({ ...issue, at: { ...issue.at, ...at } });
  const inText = (issue: ReadingIssue): ReadingIssue =>
    issue.at?.path === undefined ? place(issue) : issue;
  return { ...reading, repairs: reading.repairs.map(place), issues: reading.issues.map(inText) };
}

/** Codes that only say that there is no certificate. */
const VAGUE: readonly ReadingCode[] = [
  ...(["input.not_certificate", "input.not_text", "input.empty", "input.text_dump"] as const),
  ...(["pem.empty_body", "base64.illegal_char", "base64.bad_padding"] as const),
  "base64.data_after_padding",
];

function isTelling(issues: readonly ReadingIssue[]): boolean {
  return issues.some(({ code }) => !VAGUE.includes(code));
}

/** The reason why there is no certificate: from the text, or from the first inner input with a better one. */
function explainNothing(stages: Stages): PasteReading {
  const { decoded, clean, read, within } = stages;
  const isSettled = read.results.length === 0 && isTelling(read.issues.map(({ issue }) => issue));
  const telling = isSettled ? undefined : within.find(({ reading }) => isTelling(reading.issues));
  if (telling !== undefined) return placed(telling, stages);
  const named = read.bodies.length === 0 ? diagnoseText(clean.text) : "input.not_certificate";
  const isNamed =
    read.results.length === 0 && (named !== "input.not_certificate" || read.issues.length === 0);
  const issues = isNamed
    ? [located({ issue: { code: named }, offset: 0 }, stages)]
    : issuesOf(stages);
  return merged(
    read.results,
    [],
    issues.map((issue) => {
      if (isEbcdic(decoded.text)) return { code: "input.ebcdic" };
      if (isDerAsUtf8(decoded.text)) return { code: "input.binary_as_text" };
      const isVague = issue.code === "input.not_certificate" || issue.code === "input.empty";
      return isVague && isBinary(decoded.text) ? { code: "input.not_text" } : issue;
    }),
  );
}

/** Merges the parts. Repairs count only if everything that they led to is valid. */
function merged(
  results: readonly DerResult[],
  notes: readonly ReadingIssue[],
  issues: readonly ReadingIssue[],
): PasteReading {
  const inDer = results.flatMap((result) => result.notes.map((code) => ({ code })));
  const all = [...notes, ...inDer].filter(firstOfItsKind);
  const repairs = all.filter(isRepairIssue);
  const readings = results.flatMap(({ reading }) => reading ?? []);
  const faults = results.flatMap(({ issue }) => issue ?? []);
  const unsound = readings
    .flatMap(({ issues }) => issues)
    .filter(({ code }) => readingCodes[code][0] === "error")
    .map((issue) => explainedIssue(issue, readingCodes));
  if (repairs.length > 0 && unsound.length > 0) {
    return { readings: [], repairs: [], issues: [...unsound, ...issues], requests: [] };
  }
  const remarks = readings.length === 0 ? [] : all.filter((note) => !isRepairIssue(note));
  return {
    readings,
    repairs: readings.length === 0 ? [] : repairs,
    issues: [...faults, ...issues, ...remarks],
    requests: results.flatMap(({ request }) => request ?? []),
  };
}

function firstOfItsKind({ code }: ReadingIssue, i: number, all: readonly ReadingIssue[]): boolean {
  return all.findIndex((one) => one.code === code) === i;
}

function isSecret({ code }: ReadingIssue): boolean {
  return code.startsWith("secret.");
}

function isRepair({ issue }: Placed): boolean {
  return isRepairIssue(issue);
}

function isRepairIssue({ code }: ReadingIssue): boolean {
  return Object.hasOwn(repairCodes, code);
}
