import { isoTime } from "../../core/time.ts";
import type { PlannedCertificate, StoredSnapshot } from "../types.ts";
import { type Refusal, refusal, standing } from "./guards.ts";
import type { Sequence } from "./sequence.ts";
import type { Situation } from "./situation.ts";
import { maybeUsable, usable } from "./usable.ts";

type Guard = (situation: Situation, order: Sequence) => readonly Refusal[];

/** Every guard that can be judged before anything is done, in the order in which they are told. */
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

/** The guards that forbid this order, without those that the policy sets aside. */
export function refusals(situation: Situation, order: Sequence): readonly Refusal[] {
  const all = rules.flatMap((rule) => rule(situation, order));
  return standing(all, situation.policy.overrides);
}

function nothingDesired({ wanted, skipped }: Situation): readonly Refusal[] {
  if (wanted.length + skipped.length > 0) return [];
  return [refusal("guard.nothing_desired", "No certificate is desired.")];
}

function expiredSuccessor({ wanted, skipped, now, capabilities }: Situation): readonly Refusal[] {
  if (wanted.length + skipped.length === 0 || capabilities.honoursExpiry === "no") return [];
  if (wanted.some(({ notAfter }) => notAfter >= now)) return [];
  return [refusal("guard.expired_successor", "Every desired certificate has expired.")];
}

function shortLife({ wanted, now, policy, capabilities }: Situation): readonly Refusal[] {
  const end = Math.max(...wanted.map(({ notAfter }) => notAfter));
  // The expired are the business of another guard.
  if (wanted.length === 0 || end < now || capabilities.honoursExpiry === "no") return [];
  if (end - now >= policy.minimumRemainingLifeSeconds) return [];
  return [
    refusal("guard.short_life", `The last of the desired certificates ends on ${isoTime(end)}.`),
  ];
}

function sameKeyShorterLife({ missing, superseded }: Situation): readonly Refusal[] {
  return missing.flatMap(({ sha256, spkiSha256, notAfter }) => {
    const longer = superseded.find(
      ({ certificate }) =>
        certificate?.spkiSha256 === spkiSha256 && certificate.notAfter > notAfter,
    );
    if (!longer) return [];
    const message = `Certificate ${short(sha256)} has the key of stored ${short(longer.sha256)}, but ends before it.`;
    return [refusal("guard.same_key_shorter_life", message, sha256)];
  });
}

function notSuperseded({ wanted, superseded, capabilities, now }: Situation): readonly Refusal[] {
  const newer = (a: PlannedCertificate, b: PlannedCertificate) =>
    a.notBefore > b.notBefore && a.notAfter > b.notAfter;
  return superseded.flatMap((item) => {
    const { certificate, sha256 } = item;
    if (!certificate || wanted.length === 0) return [];
    const dead = capabilities.honoursExpiry !== "no" && certificate.notAfter < now;
    if (dead || !wanted.every((other) => newer(certificate, other))) return [];
    const message = `Stored certificate ${short(sha256)} began later and lasts longer than every desired one.`;
    return [refusal("guard.not_superseded", message, sha256)];
  });
}

function disabledSuccessor(situation: Situation, order: Sequence): readonly Refusal[] {
  if (situation.superseded.length === 0) return [];
  return situation.matched
    .filter((item) => item.enabled === false && !order.enable.includes(item))
    .map(({ sha256 }) =>
      refusal(
        "guard.disabled_successor",
        `The provider holds desired certificate ${short(sha256)} disabled.`,
        sha256,
      ),
    );
}

function providerFull({ limit, before }: Situation, { overfull }: Sequence): readonly Refusal[] {
  if (!overfull) return [];
  const message = `The provider holds ${before.length} of at most ${limit} certificates.`;
  return [refusal("guard.provider_full", message)];
}

/** Plays the removals through and looks at what is left each time. */
function lastUsable(situation: Situation, order: Sequence): readonly Refusal[] {
  const { now, capabilities, policy, before } = situation;
  // An order that does not fit is refused for that already.
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
    ...(policy.enabled !== undefined && { enabled: policy.enabled }),
  });
  const remove = (id: string, at: number, by: readonly StoredSnapshot[] = []) => {
    const item = state.find((other) => other.id === id);
    state = [...state.filter((other) => other !== item), ...by];
    if (!item || !maybeUsable(item, at, honours)) return;
    if (state.some((other) => usable(other, at, honours))) return;
    const message = `Without ${short(item.sha256)} no certificate would be valid on ${isoTime(at)}.`;
    found.push(refusal("guard.last_usable_certificate", message, item.sha256));
  };

  for (const { id } of order.makeRoom) remove(id, now);
  for (const { old, by } of order.replace) remove(old.id, now, [incoming(by)]);
  state = [...state, ...order.add.map(incoming)];
  const due = Math.max(now + (order.wait?.seconds ?? 0), order.wait?.notBefore ?? 0);
  for (const { id } of order.retire) remove(id, due);
  return found;
}

/** The start of a fingerprint: enough for people to tell certificates apart. */
export function short(sha256: string): string {
  return sha256.slice(0, 16);
}
