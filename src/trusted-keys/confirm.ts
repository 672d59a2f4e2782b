import type { Certificate } from "../certificates/types.ts";
import { isText, need } from "../core/argument.ts";
import { checkOptions, INSTANT, OBJECT, type OptionKinds, TEXT } from "../core/options.ts";
import { type Instant, unixSeconds } from "../core/time.ts";
import { type StagedKey, summaryOf } from "./report.ts";
import { isConfirmable, settle } from "./settle.ts";
import { emit, type Followed, nowSeconds, type Settings } from "./state.ts";
import { save } from "./store.ts";

/** A sign-in, and the certificate that its signature was verified with. */
export interface KeyObservation {
  /** One of `certificate` and `fingerprint`. */
  readonly certificate?: Certificate | undefined;
  /** SHA-256 of the certificate's DER in hex, with or without colons. */
  readonly fingerprint?: string | undefined;
  /** Default: now. */
  readonly at?: Instant | undefined;
}

const OBSERVATION: OptionKinds<KeyObservation> = {
  certificate: OBJECT,
  fingerprint: TEXT,
  at: INSTANT,
};

function nameOf(fingerprint: string | undefined): string {
  const sha256 = isText(fingerprint) ? fingerprint.replaceAll(":", "").toLowerCase() : "";
  need(() => /^[0-9a-f]{64}$/.test(sha256), "fingerprint", "a SHA-256 in hex");
  return sha256;
}

/** Makes the staged change of a key, because a person says so. False if no change of it is staged. */
export async function approve(
  settings: Settings,
  followed: Followed,
  fingerprint: string,
): Promise<boolean> {
  const sha256 = nameOf(fingerprint);
  const staged = followed.staged.find((one) => one.sha256 === sha256);
  if (staged === undefined) return false;
  confirm(settings, followed, staged, "person");
  await save(settings, followed);
  return true;
}

/**
 * Takes note of a sign-in. True if it tells something: its key is trusted or staged.
 */
export function observe(
  settings: Settings,
  followed: Followed,
  observation: KeyObservation,
): boolean {
  need(
    () => typeof observation === "object" && observation !== null,
    "observation",
    "a sign-in: `certificate` or `fingerprint`",
  );
  checkOptions(observation, OBSERVATION, "observe");
  const { certificate, fingerprint, at } = observation;
  const sha256 = nameOf(certificate?.fingerprint?.sha256 ?? fingerprint);
  const seconds = at === undefined ? nowSeconds(settings) : unixSeconds(at, "at");
  if (followed.trusted?.keys.some((key) => key.sha256 === sha256) === true) {
    followed.signIns ??= new Map();
    followed.signIns.set(sha256, Math.max(seconds, followed.signIns.get(sha256) ?? 0));
  }
  const staged = followed.staged.find((one) => one.sha256 === sha256 && one.change === "add");
  if (staged === undefined) return followed.signIns?.has(sha256) === true;
  // A sign-in from before the document had the key says nothing about it.
  if (seconds < unixSeconds(staged.since)) return false;
  const counted = { ...staged, signIns: staged.signIns + 1 };
  followed.staged = followed.staged.map((one) => (one === staged ? counted : one));
  const { confirmAfterSignIns = Number.POSITIVE_INFINITY } = settings;
  if (isConfirmable(counted) && counted.signIns >= confirmAfterSignIns) {
    confirm(settings, followed, counted, "sign-ins");
  }
  void save(settings, followed);
  return true;
}

function confirm(
  settings: Settings,
  followed: Followed,
  staged: StagedKey,
  by: "person" | "sign-ins",
): void {
  followed.approved = new Set([...followed.approved, staged.sha256]);
  // Whoever confirms a key of a document that looked stale says that it is not.
  followed.earlier = [];
  followed.reference = undefined;
  emit(settings, followed, { type: "confirmed", by, ...summaryOf(staged) });
  const { undecided } = followed;
  // After a restart the document is not known yet: the next read makes the change.
  if (undecided === undefined) return;
  const document = undecided.document.filter((kind) => kind !== "returned");
  // The keys were judged before, and the approved one is trusted by name.
  const reasons = new Map(followed.staged.map((one) => [one.sha256, one.reasons]));
  const faultsOf = ({ sha256 }: { readonly sha256: string }) =>
    FAULTS.filter((fault) => reasons.get(sha256)?.includes(fault));
  settle(settings, followed, { ...undecided, document, faultsOf });
}

const FAULTS = ["exposed", "weak", "expired"] as const;
