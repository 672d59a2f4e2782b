import type { CodeEntry } from "../../core/finding.ts";
import { inputNotCertificate } from "../input-codes.ts";
import { MAX_CERTIFICATES } from "../limits.ts";
import {
  base64BadPadding,
  base64NonzeroPadBits,
  pemMissingEnd,
  pemWrongLabel,
} from "../pem/codes.ts";
import type { Problem } from "../problem.ts";
import type { Marker } from "./armour.ts";
import { isDerAsUtf8 } from "./binary-text.ts";
import { readBody } from "./body.ts";
import { type Candidate, candidatesOfMarkers, LABELS, nextRun } from "./candidates.ts";
import { pemUnevenLines, REPAIRS } from "./codes.ts";
import { type DerResult, readAllDer } from "./der-input.ts";
import { diagnoseLabel, diagnoseText, isAbbreviated } from "./diagnose.ts";
import {
  inputBinaryAsText,
  inputPlaceholder,
  kindEncryptionOnly,
  kindPublicKey,
} from "./kind-codes.ts";
import { oddLine, styleOf, surroundings } from "./style.ts";
import { findXmlCertificates, type XmlCertificate } from "./xml.ts";

/** Something about the text, and where: an offset into the clean text. */
interface Placed<T> {
  readonly offset: number;
  readonly entry: T;
}

export interface TextResult {
  readonly results: readonly DerResult[];
  readonly notes: readonly Placed<CodeEntry>[];
  readonly problems: readonly { readonly problem: Problem; readonly offset: number }[];
  /** The part of the clean text that was read. */
  readonly from: number;
  readonly to: number;
}

/** Finds certificates in clean text: in XML, between BEGIN and END, as bare base64, as hex. */
export function readTextBlocks(text: string, markers: readonly Marker[]): TextResult {
  const elements = preferSigning(findXmlCertificates(text));
  if (elements.length > 0) {
    const inXml = readCandidates(
      text,
      elements.flatMap((element) => candidatesOfElement(text, markers, element)),
    );
    const onlyEncryption = elements.every(({ use }) => use === "encryption");
    if (hasReading(inXml)) return onlyEncryption ? withProblem(inXml, kindEncryptionOnly) : inXml;
  }
  if (markers.length > 0) {
    const armoured = readCandidates(text, candidatesOfMarkers(text, markers, 0, text.length));
    return armoured.results.length === 1 ? withStyle(text, markers, armoured) : armoured;
  }
  return readBare(text);
}

function withProblem(result: TextResult, entry: CodeEntry): TextResult {
  const problems = [...result.problems, { problem: { entry }, offset: result.from }];
  return { ...result, problems };
}

export function hasReading(result: TextResult): boolean {
  return result.results.some(({ reading }) => reading !== undefined);
}

/** Of metadata, the keys that sign; a document's own signature is not what is asked for. */
function preferSigning(elements: readonly XmlCertificate[]): readonly XmlCertificate[] {
  const described = elements.filter(({ inKeyDescriptor }) => inKeyDescriptor);
  const signing = described.filter(({ use }) => use !== "encryption");
  if (signing.length > 0) return signing;
  return described.length > 0 ? described : elements;
}

function candidatesOfElement(
  text: string,
  markers: readonly Marker[],
  { start, end }: XmlCertificate,
): Candidate[] {
  const inside = markers.filter((marker) => marker.start >= start && marker.end <= end);
  const found =
    inside.length > 0
      ? candidatesOfMarkers(text, inside, start, end)
      : [{ from: start, start, end, to: end, label: "", open: false, notes: [] }];
  return found.map((candidate) => ({
    ...candidate,
    notes: [...candidate.notes, REPAIRS.xmlElement],
  }));
}

function readBare(text: string): TextResult {
  const bare = readRuns(text);
  // Beside a certificate, JSON often has its key once more.
  if (hasReading(bare)) {
    const results = bare.results.filter(({ problem }) => problem?.entry !== kindPublicKey);
    return { ...bare, results };
  }
  if (bare.results.length > 0) return bare;
  const named = diagnoseText(text);
  const known = named !== inputNotCertificate || bare.problems.length === 0;
  const problems = known ? [{ problem: { entry: named }, offset: 0 }] : bare.problems.slice(0, 1);
  return { ...bare, problems };
}

function readCandidates(text: string, candidates: readonly Candidate[]): TextResult {
  return combine(
    candidates.slice(0, MAX_CERTIFICATES).map((candidate) => readCandidate(text, candidate)),
  );
}

/** Certificates without BEGIN lines: each ends where its own length says, and the next may follow. */
function readRuns(text: string): TextResult {
  const read: TextResult[] = [];
  for (let from = 0; read.length < MAX_CERTIFICATES; ) {
    const candidate = nextRun(text, from);
    if (candidate === undefined) break;
    const result = readCandidate(text, candidate);
    read.push(result);
    from = Math.max(result.to, candidate.start + 1);
  }
  return combine(read);
}

function combine(read: readonly TextResult[]): TextResult {
  const spans = read.filter(({ results }) => results.length > 0);
  const to = Math.max(0, ...spans.map((result) => result.to));
  return {
    results: read.flatMap(({ results }) => results),
    notes: read.flatMap(({ notes }) => notes),
    problems: read.flatMap(({ problems }) => problems),
    from: Math.min(to, ...spans.map((result) => result.from)),
    to,
  };
}

function readCandidate(text: string, candidate: Candidate): TextResult {
  const { from, to } = candidate;
  const failed = (entry: CodeEntry, offset: number): TextResult => ({
    ...{ results: [], notes: [], from, to },
    problems: [{ problem: { entry }, offset }],
  });
  const other = diagnoseLabel(candidate.label);
  if (other !== undefined) return failed(other, from);
  const body = readBody(text, candidate);
  if (body.bytes === undefined) return failed(...undecodable(text, candidate, body));
  const results = readAllDer(body.bytes).map((result) => trimmed(candidate, result));
  const entries = new Set([...candidate.notes, ...body.notes]);
  if (body.padBits) entries.add(base64NonzeroPadBits);
  const span = { results, from, to: candidate.open ? body.end : to };
  if (results.some(({ reading }) => reading !== undefined)) {
    return { ...span, notes: [...entries].map((entry) => ({ entry, offset: from })), problems: [] };
  }
  // A lost end explains a cut.
  if (entries.has(REPAIRS.missingEnd)) return { ...failed(pemMissingEnd, from), results };
  // A block that is something else, such as a request, has its right label.
  const damaged = results.every(({ problem }) => problem?.entry.code.startsWith("der."));
  const fault = damaged ? faultOf(text, candidate) : undefined;
  return fault === undefined ? { ...span, notes: [], problems: [] } : failed(...fault);
}

/** What occurs more often is no slip. */
const MOST_ODD = 4;

/** What a person would say of a body that is no base64, and where. */
function undecodable(
  text: string,
  candidate: Candidate,
  { fault, offset }: { readonly fault: CodeEntry; readonly offset: number },
): [CodeEntry, number] {
  const given = text.slice(candidate.start, candidate.end);
  if (isDerAsUtf8(given.trimStart())) return [inputBinaryAsText, candidate.from];
  if (isAbbreviated(given)) return [inputPlaceholder, offset];
  // Padding that does not fit is the trace of what is missing further up.
  // So is what stands in most lines, where the rest of them do not fit together.
  const isTrace = fault === base64BadPadding || given.split(text.charAt(offset)).length > MOST_ODD;
  const isCut = isTrace && LABELS.includes(candidate.label);
  const odd = isCut ? oddLine(text, candidate) : undefined;
  return odd === undefined ? [fault, offset] : [pemUnevenLines, odd];
}

/** What a person would say of a body that is no DER, and where. */
function faultOf(text: string, candidate: Candidate): [CodeEntry, number] | undefined {
  const { label, from, start, end } = candidate;
  if (isAbbreviated(text.slice(start, end))) return [inputPlaceholder, from];
  if (label === "") return undefined;
  if (!LABELS.includes(label)) return [pemWrongLabel, from];
  const odd = oddLine(text, candidate);
  return odd === undefined ? undefined : [pemUnevenLines, odd];
}

/** OpenSSL's TRUSTED CERTIFICATE goes on behind the certificate with its own settings. */
function trimmed(candidate: Candidate, result: DerResult): DerResult {
  const { reading } = result;
  if (candidate.label !== "TRUSTED CERTIFICATE" || reading === undefined) return result;
  const defects = reading.defects.filter(({ code }) => code !== "der.trailing_data");
  return { reading: { ...reading, defects }, notes: [...result.notes, { entry: REPAIRS.trusted }] };
}

const LAYOUTS: readonly CodeEntry[] = [REPAIRS.quotes, REPAIRS.linePrefix];

function withStyle(text: string, markers: readonly Marker[], result: TextResult): TextResult {
  const [candidate] = candidatesOfMarkers(text, markers, 0, text.length);
  if (candidate === undefined || !hasReading(result)) return result;
  // Source code has its own layout, and so has what a program printed.
  if (result.notes.some(({ entry }) => LAYOUTS.includes(entry))) return result;
  const entries = [...styleOf(text, candidate), ...surroundings(text, result.from, result.to)];
  const notes = entries.map((entry) => ({ entry, offset: candidate.from }));
  return { ...result, notes: [...result.notes, ...notes] };
}
