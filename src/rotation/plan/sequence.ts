import type {
  PlannedCertificate,
  ResolvedPolicy,
  RetirePolicy,
  StoredSnapshot,
  WaitStep,
} from "../types.ts";
import { outOfUse, type Situation } from "./situation.ts";
import { usable } from "./usable.ts";

/** The order of a rotation, before its steps are written out. */
export interface Sequence {
  /** Stored copies whose `enabled` is written, because others are removed in reliance on them. */
  readonly enable: readonly StoredSnapshot[];
  /** Removed before anything is added, to make room. */
  readonly makeRoom: readonly StoredSnapshot[];
  readonly replace: readonly { readonly old: StoredSnapshot; readonly by: PlannedCertificate }[];
  readonly add: readonly PlannedCertificate[];
  /** Absent if nothing that could be in use is retired. */
  readonly wait?: Pick<WaitStep, "retire" | "notBefore"> | undefined;
  readonly retire: readonly StoredSnapshot[];
  /** Added when the retirement has made room. */
  readonly addLater: readonly PlannedCertificate[];
  /** True if there is no order in which everything fits. */
  readonly overfull: boolean;
}

/** Orders a rotation: nothing is removed before its successor is stored. */
export function sequence(situation: Situation): Sequence {
  const { duplicates, policy, limit, before } = situation;
  const replaces = policy.replaceInPlace && policy.retire !== "never";
  const replace = replaces ? replacements(situation) : [];
  const replaced = new Set<StoredSnapshot>(replace.map(({ old }) => old));
  const incoming = situation.missing.slice(replace.length);
  const outgoing =
    policy.retire === "never"
      ? []
      : [...duplicates, ...situation.superseded.filter((item) => !replaced.has(item))];

  const lacking = incoming.length - (limit - before.length);
  const early = policy.overrides.includes("remove_before_adding");
  const free = (item: StoredSnapshot) => duplicates.includes(item) || outOfUse(item, situation);
  const named = [...situation.unidentified, ...outgoing].filter((item) => isNamed(item, policy));
  const candidates = [...outgoing.filter(free), ...named, ...(early ? outgoing : [])];
  const makeRoom = [...new Set(candidates)].slice(0, Math.max(0, lacking));
  const retire = outgoing.filter((item) => !makeRoom.includes(item));
  const fits = Math.max(0, limit - before.length + makeRoom.length);
  const add = incoming.slice(0, fits);
  const addLater = incoming.slice(fits);
  const after = before.length - makeRoom.length - retire.length + incoming.length;

  const successors = situation.matched.length + add.length + replace.length;

  return {
    enable: reliedUpon(situation, outgoing.length + replace.length > 0),
    makeRoom,
    replace,
    add,
    wait: overlap(situation, retire),
    retire,
    addLater,
    // What is retired to make room needs a successor that is stored by then.
    overfull: addLater.length > 0 && (after > limit || successors === 0),
  };
}

/** A person said that this very certificate may go first. */
function isNamed({ id, sha256 }: StoredSnapshot, { removeFirst = [] }: ResolvedPolicy): boolean {
  return removeFirst.includes(id) || removeFirst.includes(sha256);
}

function replacements({ missing, superseded }: Situation): Sequence["replace"] {
  return missing.flatMap((by, index) => {
    const old = superseded[index];
    return old ? [{ old, by }] : [];
  });
}

function reliedUpon(situation: Situation, somethingGoes: boolean): readonly StoredSnapshot[] {
  const { policy, capabilities, matched } = situation;
  if (policy.enabled !== true || !capabilities.replaceInPlace) return [];
  return matched.filter(({ enabled }) =>
    capabilities.enabledObservable ? enabled === false : somethingGoes,
  );
}

function overlap(situation: Situation, retire: readonly StoredSnapshot[]): Sequence["wait"] {
  const { policy, now, wanted, capabilities, duplicates } = situation;
  const honours = capabilities.honoursExpiry;
  const dead = (item: StoredSnapshot) => honours === "yes" && outOfUse(item, situation);
  if (policy.retire === "never") return undefined;
  if (retire.every((item) => dead(item) || duplicates.includes(item))) return undefined;
  const after = afterSeconds(policy.retire);
  const due = now + (after ?? 0);
  const ready = wanted.some((certificate) =>
    usable({ id: "", sha256: certificate.sha256, certificate }, due, honours),
  );
  const starts = wanted.map(({ notBefore }) => notBefore).filter((start) => start > now);
  // The identity provider cannot sign with a certificate before it begins.
  if (!ready && starts.length > 0) return { retire: policy.retire, notBefore: Math.min(...starts) };
  return after === 0 ? undefined : { retire: policy.retire };
}

/** The time to wait, if time is what the policy waits for. */
export function afterSeconds(retire: RetirePolicy): number | undefined {
  return typeof retire === "object" && "afterSeconds" in retire ? retire.afterSeconds : undefined;
}
