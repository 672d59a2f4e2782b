import type { ReadingCode, ReadingIssue } from "../../issue.ts";
import { MAX_CERTIFICATES } from "../../limits.ts";
import { diagnoseLabel, isAbbreviated, isDerAsUtf8 } from "../explain/diagnose.ts";
import { nextRun } from "../find/bare.ts";
import { type Candidate, LABELS } from "../find/blocks.ts";
import type { Found } from "../find/find.ts";
import type { Span } from "../inner.ts";
import { type BodyResult, readBody, startsDer } from "./body.ts";
import { type DerResult, readDer } from "./der.ts";
import { oddLine, styleOf } from "./style.ts";

/** An issue, and where in the clean text. */
export interface Placed {
  readonly issue: ReadingIssue;
  readonly offset: number;
}

/** The results of reading all candidates of a text. */
export interface Read {
  readonly text: string;
  readonly results: readonly DerResult[];
  /** The repairs. */
  readonly notes: readonly Placed[];
  /** Why something could not be read. */
  readonly issues: readonly Placed[];
  /** The parts of the text that were read: everything else was left out. */
  readonly spans: readonly Span[];
  /** The parts between BEGIN and END lines. */
  readonly bodies: readonly Span[];
  /** The BEGIN and END lines, and the part between them. */
  readonly markers: readonly (Span & { readonly body: Span })[];
}

type OneRead = Omit<Read, "text" | "bodies" | "markers">;

/** Reads every candidate, and the base64 outside them. */
export function readCandidates({ text, candidates, xml }: Found): Read {
  const tooManyBlocks = candidates.length > MAX_CERTIFICATES;
  const parts = tooManyBlocks ? [tooMany] : candidates.map((one) => readCandidate(text, one));
  const [only] = candidates;
  if (candidates.length === 1 && only !== undefined && xml === undefined) {
    parts.push(...styleNotes(text, only, parts[0] as OneRead));
  }
  const taken = candidates.map(({ from, to }) => ({ start: from, end: to }));
  if (xml !== undefined) taken.push({ start: xml.from, end: xml.to });
  const bare = readBare(text, taken);
  if (hasReading(bare) || candidates.length === 0) parts.push(...withoutKeys(bare));
  return {
    text,
    results: parts.flatMap(({ results }) => results),
    notes: parts.flatMap(({ notes }) => notes),
    issues: parts.flatMap(({ issues }) => issues),
    spans: parts.flatMap(({ spans }) => spans),
    bodies: candidates.map(({ start, end }) => ({ start, end })),
    markers: candidates.flatMap(({ from, start, end, to }) => [
      { start: from, end: start, body: { start, end } },
      { start: end, end: to, body: { start, end } },
    ]),
  };
}

/** JSON often repeats the key of a certificate in another field. */
function withoutKeys(bare: readonly OneRead[]): readonly OneRead[] {
  if (!hasReading(bare)) return bare;
  return bare.filter(({ results }) => results.some(({ reading }) => reading !== undefined));
}

const tooMany: OneRead = {
  results: [],
  notes: [],
  issues: [{ issue: { code: "input.too_many" }, offset: 0 }],
  spans: [],
};

export function hasReading(parts: readonly Pick<Read, "results">[]): boolean {
  return parts.some(({ results }) => results.some(({ reading }) => reading !== undefined));
}

/** Certificates without BEGIN lines: each ends by the length in its DER, and the next may follow. */
function readBare(text: string, outside: readonly Span[]): OneRead[] {
  const read: OneRead[] = [];
  for (let from = 0; read.length <= MAX_CERTIFICATES; ) {
    const run = nextRun(text, from);
    if (run === undefined) return read;
    const taken = outside.find(({ start, end }) => run.start >= start && run.start < end);
    if (taken === undefined) read.push(readCandidate(text, run));
    const end = taken?.end ?? read.at(-1)?.spans.at(-1)?.end ?? 0;
    from = Math.max(end, run.start + 1);
  }
  return [tooMany];
}

/** Reads the certificates of one place: usually one, but several may have been joined. */
function readCandidate(text: string, candidate: Candidate): OneRead {
  const { from, to, open, notes, label, group } = candidate;
  const other = diagnoseLabel(label);
  if (other !== undefined) return failed(candidate, { code: other }, from);
  const first = readBody(text, candidate);
  if (first.bytes === undefined) return failed(candidate, ...undecodable(text, candidate, first));
  const bodies = [first, ...(open ? [] : joinedBodies(text, candidate, first.end))];
  const results = bodies
    .flatMap(({ bytes }) => readDer(bytes))
    .map((one) => grouped(group, trimmed(label, one)));
  const entries = new Set([...notes, ...bodies.flatMap((body) => [...body.notes])]);
  const spans = [
    { start: from, end: candidate.start },
    ...bodies.map(({ start, end }) => ({ start, end })),
    ...(open ? [] : [{ start: candidate.end, end: to }]),
  ];
  if (hasReading([{ results }])) {
    return {
      results,
      notes: [...entries].map((code) => ({ issue: { code }, offset: from })),
      issues: [],
      spans,
    };
  }
  // A missing end explains a cut.
  if (entries.has("pem.end_added")) {
    return { ...failed(candidate, { code: "pem.missing_end" }, from), results };
  }
  // A block of another kind, such as a request, has its right label.
  const damaged = results.every(({ issue }) => issue?.code.startsWith("der."));
  const fault = damaged ? faultOf(text, candidate) : undefined;
  return fault === undefined
    ? { results, notes: [], issues: [], spans }
    : failed(candidate, ...fault);
}

type SoundBody = Extract<BodyResult, { readonly bytes: Uint8Array }>;

/** The certificates after the first one in a block. */
function joinedBodies(text: string, candidate: Candidate, from: number): SoundBody[] {
  const bodies: SoundBody[] = [];
  for (let start = from; startsDer(text, start, candidate.end); ) {
    const body = readBody(text, { ...candidate, start });
    if (body.bytes === undefined) break;
    bodies.push(body);
    start = body.end;
  }
  return bodies;
}

function failed({ from, to }: Candidate, issue: ReadingIssue, offset: number): OneRead {
  return { results: [], notes: [], issues: [{ issue, offset }], spans: [{ start: from, end: to }] };
}

/** A character that occurs more often is no typing mistake. */
const MOST_ODD = 4;

/** The issue of a body that is not base64, and where. */
function undecodable(
  text: string,
  candidate: Candidate,
  { fault, offset }: { readonly fault: ReadingCode; readonly offset: number },
): [ReadingIssue, number] {
  const given = text.slice(candidate.start, candidate.end);
  if (isDerAsUtf8(given.trimStart())) return [{ code: "input.binary_as_text" }, candidate.from];
  if (isAbbreviated(given)) return [{ code: "input.placeholder" }, offset];
  // Wrong padding is the trace of characters that are missing further up. So is a wrong character on most
  // lines.
  const isTrace =
    fault === "base64.bad_padding" || given.split(text.charAt(offset)).length > MOST_ODD;
  const isCut = isTrace && LABELS.includes(candidate.label);
  const odd = isCut ? oddLine(text, candidate) : undefined;
  return odd === undefined ? [{ code: fault }, offset] : [{ code: "pem.uneven_lines" }, odd];
}

/** The issue of a body that is not DER, and where. */
function faultOf(text: string, candidate: Candidate): [ReadingIssue, number] | undefined {
  const { label, from, start, end } = candidate;
  if (isAbbreviated(text.slice(start, end))) return [{ code: "input.placeholder" }, from];
  if (label === "") return undefined;
  if (!LABELS.includes(label)) return [{ code: "pem.wrong_label", values: { label } }, from];
  const odd = oddLine(text, candidate);
  return odd === undefined ? undefined : [{ code: "pem.uneven_lines" }, odd];
}

/** OpenSSL's TRUSTED CERTIFICATE has its own settings after the certificate. */
function trimmed(label: string, result: DerResult): DerResult {
  const { reading } = result;
  if (label !== "TRUSTED CERTIFICATE" || reading === undefined) return result;
  const issues = reading.issues.filter(({ code }) => code !== "der.trailing_data");
  return {
    reading: { ...reading, issues },
    notes: [...result.notes, "kind.trusted_certificate"],
  };
}

function grouped(group: number | undefined, result: DerResult): DerResult {
  const { reading } = result;
  return reading === undefined ? result : { ...result, reading: { ...reading, group } };
}

const LAYOUTS: readonly ReadingCode[] = ["pem.json_string", "pem.quoted_lines"];

/** The differences of the block from RFC 7468's strict form. */
function styleNotes(text: string, candidate: Candidate, read: OneRead): OneRead[] {
  if (!hasReading([read])) return [];
  // Source code has its own layout, and so has the output of a program.
  if (read.notes.some(({ issue }) => LAYOUTS.includes(issue.code))) return [];
  const notes = [...styleOf(text, candidate)].map((code) => ({
    issue: { code },
    offset: candidate.from,
  }));
  return [{ results: [], notes, issues: [], spans: [] }];
}
