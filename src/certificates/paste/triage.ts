import type { CodeEntry } from "../../core/finding.ts";
import { distinctReadings } from "../bundle.ts";
import { problemOf } from "../der/problem.ts";
import { inputEmpty, inputNotCertificate, inputTooLarge } from "../input-codes.ts";
import { MAX_CERTIFICATES, MAX_INPUT } from "../limits.ts";
import { readCanonicalPem } from "../pem/canonical.ts";
import {
  base64BadPadding,
  base64DataAfterPadding,
  base64IllegalChar,
  pemEmptyBody,
  secretPrivateKey,
} from "../pem/codes.ts";
import { locate } from "../pem/locate.ts";
import type { Problem } from "../problem.ts";
import type { CertificateReading } from "../x509/certificate.ts";
import { findMarkers } from "./armour.ts";
import { hasKeyAsText, isDerAsUtf8 } from "./binary-text.ts";
import { changesWithin, cleanText, originOf } from "./clean.ts";
import { REPAIRS, STYLES } from "./codes.ts";
import { type DerResult, readAllDer } from "./der-input.ts";
import { isBinary } from "./diagnose.ts";
import { decodeInput } from "./encoding.ts";
import { type InnerInput, innerInputs } from "./inner.ts";
import { inputBinaryAsText, inputNotText, inputTextDump } from "./kind-codes.ts";
import { hasReading, readTextBlocks, type TextResult } from "./read-text.ts";
import { findSecret, secretOfBytes } from "./secrets.ts";

/** What was found in an input. */
export interface Triage {
  /** The certificates in the order of the input; one that is there twice is here twice. */
  readonly readings: readonly CertificateReading[];
  /** What had to be mended to read them: entries of {@link REPAIRS}. */
  readonly repairs: readonly Problem[];
  /** What else there is to say, the reason why there is no certificate included. */
  readonly problems: readonly Problem[];
  /** The DER of certificate signing requests. */
  readonly requests: readonly Uint8Array[];
}

/** Looks through any input for certificates. Never throws. */
export function triage(input: string | Uint8Array): Triage {
  // From a form or a JSON body anything may come, whatever its type was declared to be.
  if (!isReadable(input))
    return failed({ entry: input == null ? inputEmpty : inputNotCertificate });
  if (input.length > MAX_INPUT) return failed({ entry: inputTooLarge });
  if (typeof input === "string") return triageText(input, [], 0);
  if (input.length === 0) return failed({ entry: inputEmpty });
  return triageBytes(input, [], 0);
}

/** Notes are of what led to the bytes; there are none of a file. */
function triageBytes(bytes: Uint8Array, notes: readonly Problem[], depth: number): Triage {
  const secret = secretOfBytes(bytes);
  if (secret !== undefined) return failed({ entry: secret });
  if (isDer(bytes)) {
    return merge(readAllDer(bytes), notes, depth === 0 ? [{ entry: STYLES.derFile }] : []);
  }
  const decoded = decodeInput(bytes);
  return triageText(decoded.text, [...notes, ...decoded.notes.map((entry) => ({ entry }))], depth);
}

/** By name, because `instanceof` is false for the bytes of another realm. */
function isReadable(input: unknown): input is string | Uint8Array {
  return (
    typeof input === "string" || Object.prototype.toString.call(input) === "[object Uint8Array]"
  );
}

/** A SEQUENCE of more than 127 bytes, or of as many as there are: no text begins so. */
function isDer(bytes: Uint8Array): boolean {
  const [tag, length = 0, next = 0] = bytes;
  // Two bytes of UTF-8, or three for a byte that was none: DER that was stored as text.
  const isUtf8 = (length === 0xc2 || length === 0xef) && next >= 0x80;
  return tag === 0x30 && !isUtf8 && (length >= 0x80 || length === bytes.length - 2);
}

function failed(problem: Problem): Triage {
  return { readings: [], repairs: [], problems: [problem], requests: [] };
}

/** Base64 of base64 of base64: deeper than this nobody goes. */
const MAX_DEPTH = 3;

function triageText(original: string, decoded: readonly Problem[], depth: number): Triage {
  const canonical = decoded.length === 0 ? readCanonicalPem(original) : undefined;
  if (canonical?.certificate.pem === original) {
    return { readings: [canonical], repairs: [], problems: [], requests: [] };
  }
  const clean = cleanText(original);
  const markers = findMarkers(clean.text);
  const secret = findSecret(clean.text, markers);
  if (secret !== undefined) return failed({ entry: secret });
  if (hasKeyAsText(original)) return failed({ entry: secretPrivateKey });
  const inner = depth === MAX_DEPTH ? [] : innerInputs(original, clean);
  const within = inner.map((one) => triageInner(one, decoded, depth + 1));
  const hidden = within.find(({ found }) => found.problems.some(isSecret));
  if (hidden !== undefined) return hidden.found;
  const result = readTextBlocks(clean.text, markers);
  const better = hasReading(result) ? undefined : bestInner(result, within, original);
  if (better !== undefined) return better;
  const locateIn = (problem: Problem, offset: number): Problem => ({
    ...problem,
    at: problem.at ?? locate(original, originOf(clean, offset)),
  });
  const changes = [...changesWithin(clean, result.from, result.to)];
  const repairs = [
    ...decoded,
    ...changes.map(([entry, offset]): Problem => ({ entry, at: locate(original, offset) })),
  ];
  for (const { entry, offset } of result.notes.filter(firstOfItsKind)) {
    repairs.push(locateIn({ entry }, offset));
  }
  // One finding of each kind is enough, however many blocks have it.
  const kinds = result.problems.filter(
    ({ problem }, i, all) => all.findIndex((one) => one.problem.entry === problem.entry) === i,
  );
  const problems = kinds.map(({ problem, offset }) =>
    isDerAsUtf8(original)
      ? { entry: inputBinaryAsText }
      : (problem.entry === inputNotCertificate || problem.entry === inputEmpty) &&
          isBinary(original)
        ? { entry: inputNotText }
        : locateIn(problem, offset),
  );
  return merge(result.results, repairs, problems);
}

function isSecret({ entry }: Problem): boolean {
  return entry.code.startsWith("secret.");
}

/** Reads an input within the input. */
function triageInner(
  { bytes, start, entry }: InnerInput,
  decoded: readonly Problem[],
  depth: number,
): Inner {
  return { start, found: triageBytes(bytes, [...decoded, { entry }], depth) };
}

/** What was found within the input, and where that begins. */
interface Inner {
  readonly start: number;
  readonly found: Triage;
}

/** Its lines are not those of the text around it. */
function placed({ start, found }: Inner, original: string): Triage {
  const at = locate(original, start);
  const place = (problem: Problem): Problem => ({ ...problem, at: { ...problem.at, ...at } });
  const inText = (problem: Problem): Problem =>
    problem.at?.path === undefined ? place(problem) : problem;
  return { ...found, repairs: found.repairs.map(place), problems: found.problems.map(inText) };
}

/** What says no more than that there is no certificate. */
const VAGUE: readonly CodeEntry[] = [
  ...[inputNotCertificate, inputNotText, inputEmpty, inputTextDump],
  ...[pemEmptyBody, base64IllegalChar, base64BadPadding, base64DataAfterPadding],
];

function isTelling({ problems }: Pick<Triage, "problems">): boolean {
  return problems.some(({ entry }) => !VAGUE.includes(entry));
}

/** The certificates of the inputs within an input, or the first telling reason why there is none. */
function bestInner(
  outer: TextResult,
  within: readonly Inner[],
  original: string,
): Triage | undefined {
  const read = within
    .filter(({ found }) => found.readings.length > 0)
    .slice(0, MAX_CERTIFICATES)
    .map((inner) => placed(inner, original));
  if (read.length > 0) {
    return {
      // The same bytes may have been found in two ways.
      readings: distinctReadings(read.flatMap(({ readings }) => readings)),
      repairs: read.flatMap(({ repairs }) => repairs).filter(firstOfItsKind),
      problems: read.flatMap(({ problems }) => problems),
      requests: [],
    };
  }
  const problems = outer.problems.map(({ problem }) => problem);
  const settled = outer.results.length === 0 && isTelling({ problems });
  const telling = settled ? undefined : within.find(({ found }) => isTelling(found));
  return telling && placed(telling, original);
}

function firstOfItsKind<T extends { readonly entry: CodeEntry }>(
  problem: T,
  i: number,
  all: readonly T[],
): boolean {
  return all.findIndex(({ entry }) => entry === problem.entry) === i;
}

/** Puts the parts together. Repairs count only where everything that they led to is sound. */
function merge(
  results: readonly DerResult[],
  notes: readonly Problem[],
  problems: readonly Problem[],
): Triage {
  const all = [...notes, ...results.flatMap((result) => result.notes)].filter(firstOfItsKind);
  const repairs = all.filter(({ entry }) => isRepair(entry.code));
  const remarks = all.filter(({ entry }) => !isRepair(entry.code));
  const readings: CertificateReading[] = [];
  const faults: Problem[] = [];
  for (const { reading, problem } of results) {
    if (problem !== undefined) faults.push(problem);
    if (reading !== undefined) readings.push(reading);
  }
  const secret = faults.find(isSecret);
  if (secret !== undefined) return failed({ entry: secret.entry });
  const unsound = readings
    .flatMap(({ defects }) => defects.map(problemOf))
    .filter(({ entry }) => entry.severity === "error");
  if (repairs.length > 0 && unsound.length > 0) {
    return { readings: [], repairs: [], problems: [...unsound, ...problems], requests: [] };
  }
  return {
    readings,
    repairs: readings.length === 0 ? [] : repairs,
    requests: results.flatMap(({ request }) => (request === undefined ? [] : [request])),
    problems: [...faults, ...problems, ...(readings.length === 0 ? [] : remarks)],
  };
}

const REPAIR_CODES: readonly string[] = /* @__PURE__ */ Object.values(REPAIRS).map(
  ({ code }) => code,
);

function isRepair(code: string): boolean {
  return REPAIR_CODES.includes(code);
}
