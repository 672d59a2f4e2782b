import { isoTime } from "../../core/time.ts";
import type { PlannedCertificate, StoredSnapshot } from "../types.ts";
import { type Refusal, refusal } from "./guards.ts";
import { afterSeconds, type Sequence } from "./sequence.ts";
import type { Situation } from "./situation.ts";
import { maybeUsable, usable } from "./usable.ts";

type Guard = (situation: Situation, order: Sequence) => readonly Refusal[];

/** Every guard that can be judged before anything is done, in the order of the report. */
const rules: readonly Guard[] = [
  nothingDesired,
  expiredSuccessor,
  shortLife,
  sameKeyShorterLife,
  notSuperseded,
  disabledSuccessor,
  providerFull,
  lastUsable,
];

/** The guards that forbid this order. */
export function refusals(situation: Situation, order: Sequence): readonly Refusal[] {
  return rules.flatMap((rule) => rule(situation, order));
}

function nothingDesired({ wanted, skipped }: Situation): readonly Refusal[] {
  if (wanted.length + skipped.length > 0) return [];
  const detail = "the list is empty, so the plan would remove every stored one";
  return [refusal("guard.nothing_desired", { detail })];
}

function expiredSuccessor({ wanted, skipped, now, capabilities }: Situation): readonly Refusal[] {
  if (wanted.length + skipped.length === 0 || capabilities.honoursExpiry === "no") return [];
  if (wanted.some(({ notAfter }) => notAfter >= now)) return [];
  return [refusal("guard.expired_successor")];
}

function shortLife({ wanted, now, policy, capabilities }: Situation): readonly Refusal[] {
  const end = Math.max(...wanted.map(({ notAfter }) => notAfter));
  // Another guard refuses expired certificates.
  if (wanted.length === 0 || end < now || capabilities.honoursExpiry === "no") return [];
  if (end - now >= policy.minimumRemainingLifeSeconds) return [];
  return [refusal("guard.short_life", { time: isoTime(end) })];
}

function sameKeyShorterLife({ missing, superseded }: Situation): readonly Refusal[] {
  return missing.flatMap(({ sha256, spkiSha256, notAfter }) => {
    const longer = superseded.find(
      ({ certificate }) =>
        certificate?.spkiSha256 === spkiSha256 && certificate.notAfter > notAfter,
    );
    if (!longer) return [];
    const values = { certificate: short(sha256), other: short(longer.sha256) };
    return [refusal("guard.same_key_shorter_life", values, sha256)];
  });
}

function notSuperseded({ wanted, superseded, capabilities, now }: Situation): readonly Refusal[] {
  const newer = (a: PlannedCertificate, b: PlannedCertificate) =>
    a.notBefore > b.notBefore && a.notAfter > b.notAfter;
  return superseded.flatMap(({ certificate, sha256 }) => {
    if (!certificate || wanted.length === 0) return [];
    const dead = capabilities.honoursExpiry === "yes" && certificate.notAfter < now;
    if (dead || !wanted.every((other) => newer(certificate, other))) return [];
    return [refusal("guard.not_superseded", { certificate: short(sha256) }, sha256)];
  });
}

function disabledSuccessor(situation: Situation, order: Sequence): readonly Refusal[] {
  if (situation.superseded.length === 0) return [];
  return situation.matched
    .filter((item) => item.enabled === false && !order.enable.includes(item))
    .map(({ sha256 }) =>
      refusal("guard.disabled_successor", { certificate: short(sha256) }, sha256),
    );
}

function providerFull({ limit, before }: Situation, { overfull }: Sequence): readonly Refusal[] {
  return overfull ? [refusal("guard.provider_full", { count: before.length, limit })] : [];
}

/** Simulates the removals and checks the remaining certificates after each. */
function lastUsable(situation: Situation, order: Sequence): readonly Refusal[] {
  const { now, capabilities, policy, before } = situation;
  // An order that does not fit is refused already.
  if (order.overfull) return [];
  const honours = capabilities.honoursExpiry;
  const found: Refusal[] = [];
  let state: readonly StoredSnapshot[] = before.map((item) =>
    order.enable.includes(item) ? { ...item, enabled: true } : item,
  );
  const incoming = (certificate: PlannedCertificate): StoredSnapshot => ({
    id: "",
    sha256: certificate.sha256,
    certificate,
    enabled: policy.enabled ?? true,
  });
  const remove = (id: string, at: number, by: readonly StoredSnapshot[] = []) => {
    const item = state.find((other) => other.id === id);
    state = [...state.filter((other) => other !== item), ...by];
    if (!item || !maybeUsable(item, at, capabilities)) return;
    if (state.some((other) => usable(other, at, honours))) return;
    const values = { certificate: short(item.sha256), time: isoTime(at) };
    found.push(refusal("guard.last_usable_certificate", values, item.sha256));
  };

  for (const { id } of order.makeRoom) remove(id, now);
  for (const { old, by } of order.replace) remove(old.id, now, [incoming(by)]);
  state = [...state, ...order.add.map(incoming)];
  const wait = afterSeconds(policy.retire) ?? 0;
  const due = Math.max(now, order.wait?.notBefore ?? 0) + wait;
  for (const { id } of order.retire) remove(id, due);
  return found;
}

/** The start of a fingerprint, long enough for people to tell certificates apart. */
export function short(sha256: string): string {
  return sha256.slice(0, 16);
}
