import { inputEmpty, inputNotCertificate, inputTooLarge } from "../input-codes.ts";
import { MAX_INPUT } from "../limits.ts";
import { readCanonicalPem } from "../pem/canonical.ts";
import { locate } from "../pem/locate.ts";
import type { Problem } from "../problem.ts";
import type { CertificateReading } from "../x509/certificate.ts";
import { findMarkers } from "./armour.ts";
import { type CleanText, cleanText, originOf } from "./clean.ts";
import { REPAIRS, STYLES } from "./codes.ts";
import { type DerResult, readAllDer } from "./der-input.ts";
import { isBinary } from "./diagnose.ts";
import { decodeInput } from "./encoding.ts";
import { decodeHex } from "./hex.ts";
import { inputNotText } from "./kind-codes.ts";
import { readTextBlocks, type TextResult } from "./read-text.ts";
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
  if (typeof input === "string") return triageText(input, []);
  if (input.length === 0) return failed({ entry: inputEmpty });
  const secret = secretOfBytes(input);
  if (secret !== undefined) return failed({ entry: secret });
  if (isDer(input)) {
    return merge(readAllDer(input), [], [{ entry: STYLES.derFile }]);
  }
  const { text, notes } = decodeInput(input);
  return triageText(
    text,
    notes.map((entry) => ({ entry })),
  );
}

/** By name, because `instanceof` is false for the bytes of another realm. */
function isReadable(input: unknown): input is string | Uint8Array {
  return (
    typeof input === "string" || Object.prototype.toString.call(input) === "[object Uint8Array]"
  );
}

/** A SEQUENCE of more than 127 bytes, or of as many as there are: no text begins so. */
function isDer(bytes: Uint8Array): boolean {
  const [tag, length = 0] = bytes;
  return tag === 0x30 && (length >= 0x80 || length === bytes.length - 2);
}

function failed(problem: Problem): Triage {
  return { readings: [], repairs: [], problems: [problem], requests: [] };
}

/** Shortest hex that is tried as DER; a fingerprint is shorter. */
const SHORTEST_DER = 80;

function triageText(original: string, decoded: readonly Problem[]): Triage {
  const canonical = decoded.length === 0 ? readCanonicalPem(original) : undefined;
  if (canonical?.certificate.pem === original) {
    return { readings: [canonical], repairs: [], problems: [], requests: [] };
  }
  const hex = decodeHex(original);
  if (hex !== undefined && hex.length >= SHORTEST_DER && hex[0] === 0x30) {
    return merge(readAllDer(hex), [...decoded, { entry: REPAIRS.hex }], []);
  }
  const clean = cleanText(original);
  const markers = findMarkers(clean.text);
  const secret = findSecret(clean.text, markers);
  if (secret !== undefined) return failed({ entry: secret });
  const result = readTextBlocks(clean.text, markers);
  const locateIn = (problem: Problem, offset: number): Problem => ({
    ...problem,
    at: problem.at ?? locate(original, originOf(clean, offset)),
  });
  const repairs = [...decoded, ...changesWithin(original, clean, result)];
  for (const { entry, offset } of result.notes) repairs.push(locateIn({ entry }, offset));
  const problems = result.problems.map(({ problem, offset }) =>
    (problem.entry === inputNotCertificate || problem.entry === inputEmpty) && isBinary(original)
      ? { entry: inputNotText }
      : locateIn(problem, offset),
  );
  return merge(result.results, repairs, problems);
}

/** The changes of characters that are part of what was read. */
function changesWithin(original: string, clean: CleanText, result: TextResult): Problem[] {
  const from = originOf(clean, result.from);
  const to = originOf(clean, result.to);
  return [...clean.changes].flatMap(([entry, offsets]) => {
    const first = offsets.find(
      (offset) => entry === REPAIRS.bom || (offset >= from && offset < to),
    );
    return first === undefined ? [] : [{ entry, at: locate(original, first) }];
  });
}

function firstOfItsKind<T extends Problem>(problem: T, i: number, all: readonly T[]): boolean {
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
  const secret = faults.find(({ entry }) => entry.code.startsWith("secret."));
  if (secret !== undefined) return failed({ entry: secret.entry });
  const unsound = readings.flatMap(({ defects }) =>
    defects.filter(({ entry }) => entry.severity === "error"),
  );
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
