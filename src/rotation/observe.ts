import type { Certificate } from "../certificates/types.ts";
import { isObject, isText, need } from "../core/argument.ts";
import { AMOUNT, checkOptions, INSTANT, OBJECT, type OptionKinds, TEXT } from "../core/options.ts";
import { type Instant, unixSeconds } from "../core/time.ts";
import { rotationError } from "./error.ts";
import type { RotationJournal } from "./journal/types.ts";
import { type Progress, replay } from "./run/replay.ts";

/** A sign-in, and the certificate that its signature was verified with. */
export interface SignInObservation {
  /** One of `certificate` and `fingerprint`. */
  readonly certificate?: Certificate | undefined;
  /** SHA-256 of the certificate's DER in hex, with or without colons. */
  readonly fingerprint?: string | undefined;
  /** When the person signed in. Default: now. */
  readonly at?: Instant | undefined;
  /** The number of sign-ins that this stands for. Default: 1. */
  readonly count?: number | undefined;
}

const OBSERVATION: OptionKinds<SignInObservation> = {
  certificate: OBJECT,
  fingerprint: TEXT,
  at: INSTANT,
  count: AMOUNT,
};

const JOURNAL = "a journal, as fileJournal gives it";

function isFunction(value: unknown): boolean {
  return typeof value === "function";
}

/** Once enough is known, the journal takes one record a minute for each certificate. */
const SECONDS_BETWEEN_RECORDS = 60;

/**
 * Records in the journal of a rotation that a person has signed in, as evidence that the identity
 * provider has switched. Returns true if the sign-in was recorded, false if it tells nothing new: its
 * certificate is neither desired nor superseded, or enough is known already.
 *
 * For journals in a folder, `rotationJournals(folder).observe` finds the rotation of a connection.
 *
 * Throws a `RotationError`: `journal.empty`, `journal.locked` while a run has the journal.
 *
 * @example
 * ```ts
 * import { fileJournal, observeSignIn } from "samlcert/rotation";
 *
 * export async function signedIn(fingerprint: string): Promise<void> {
 *   const journal = fileJournal("rotation.journal");
 *   await observeSignIn(journal, { fingerprint });
 * }
 * ```
 */
export async function observeSignIn(
  journal: RotationJournal,
  observation: SignInObservation,
): Promise<boolean> {
  const { sha256, count, at } = checkObservation(observation);
  const calls = () => [journal.open, journal.append, journal.close];
  need(() => calls().every(isFunction), "journal", JOURNAL);
  const records = await journal.open();
  need(() => Array.isArray(records), "journal", JOURNAL);
  try {
    const progress = replay(records);
    if (!progress) throw rotationError("journal.empty");
    if (!isNews(progress, sha256, at)) return false;
    await journal.append({ type: "observed", at, sha256, count });
    return true;
  } finally {
    await journal.close();
  }
}

/** Throws a `TypeError` or a `RangeError` for an observation that is wrong. */
export function checkObservation(observation: SignInObservation): {
  readonly sha256: string;
  readonly count: number;
  readonly at: number;
} {
  need(() => isObject(observation), "observation", "a sign-in: `certificate` or `fingerprint`");
  checkOptions(observation, OBSERVATION, "observeSignIn");
  const { certificate, fingerprint, count = 1 } = Object(observation) as SignInObservation;
  const name = certificate?.fingerprint?.sha256 ?? fingerprint;
  const sha256 = isText(name) ? name.replaceAll(":", "").toLowerCase() : "";
  need(() => /^[0-9a-f]{64}$/.test(sha256), "fingerprint", "a SHA-256 in hex");
  need(() => Number.isSafeInteger(count) && count > 0, "count", "a whole number, 1 or greater");
  return { sha256, count, at: unixSeconds(observation.at ?? new Date(), "at") };
}

function isNews({ plan, evidence }: Progress, sha256: string, at: number): boolean {
  const isNew = plan.desired.some((one) => one.sha256 === sha256);
  const isOld = plan.before.some((one) => one.sha256 === sha256);
  if (!isNew && !isOld) return false;
  const seen = evidence.signIns.get(sha256);
  if (seen === undefined) return true;
  const { retire } = plan.policy;
  const enough = typeof retire === "object" && "signedWithNew" in retire ? retire.signedWithNew : 0;
  if (isNew && seen.count < enough) return true;
  const others = [...evidence.signIns].filter(([name]) => name !== sha256);
  const isTurn = others.some(([, other]) => other.last >= seen.last && other.last <= at);
  return at > seen.last && (isTurn || at >= seen.last + SECONDS_BETWEEN_RECORDS);
}
