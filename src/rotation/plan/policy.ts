import { RotationError } from "../../core/errors.ts";
import { SECONDS_PER_DAY } from "../../core/time.ts";
import type { StoreCapabilities } from "../../providers/store.ts";
import type { ResolvedPolicy, RotationPolicy } from "../types.ts";
import { type GuardOverride, guards } from "./guards.ts";

/** AD FS promotes its next certificate 5 days after it publishes it; nobody is known to be slower. */
const OVERLAP_SECONDS = 5 * SECONDS_PER_DAY;
const MINIMUM_REMAINING_LIFE_SECONDS = 14 * SECONDS_PER_DAY;

/** For a plan that names no connection: the careful assumption in each case. */
export const unknownCapabilities: StoreCapabilities = {
  overlap: true,
  enabledObservable: false,
  replaceInPlace: false,
  honoursExpiry: "unknown",
};

/** Fills in the defaults. Throws a `RotationError` with code `rotation.policy_invalid`. */
export function resolvePolicy(given?: RotationPolicy): ResolvedPolicy {
  const policy = given ?? {};
  const resolved: ResolvedPolicy = {
    overlapSeconds: wholeSeconds(policy.overlapSeconds ?? OVERLAP_SECONDS, "overlapSeconds"),
    minimumRemainingLifeSeconds: wholeSeconds(
      policy.minimumRemainingLifeSeconds ?? MINIMUM_REMAINING_LIFE_SECONDS,
      "minimumRemainingLifeSeconds",
    ),
    replaceInPlace: policy.replaceInPlace ?? false,
    overrides: [...new Set(policy.overrides ?? [])].sort(),
    ...(policy.enabled !== undefined && { enabled: policy.enabled }),
    ...(policy.maxCertificates !== undefined && {
      maxCertificates: wholeSeconds(policy.maxCertificates, "maxCertificates"),
    }),
  };
  const known = new Set<string>(Object.values(guards).map(({ override }) => override));
  for (const override of resolved.overrides) {
    if (!known.has(override)) throw invalid(`There is no override named "${shown(override)}".`);
  }
  return resolved;
}

/** The most certificates that may be stored at once. */
export function storeLimit(policy: ResolvedPolicy, capabilities: StoreCapabilities): number {
  return Math.min(
    policy.maxCertificates ?? Number.POSITIVE_INFINITY,
    capabilities.maxCertificates ?? Number.POSITIVE_INFINITY,
    capabilities.overlap ? Number.POSITIVE_INFINITY : 1,
  );
}

function wholeSeconds(value: number, name: string): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw invalid(`The policy's \`${name}\` is not a whole number from 0 on.`);
}

function shown(override: GuardOverride): string {
  return String(override).slice(0, 64);
}

function invalid(message: string): RotationError {
  return new RotationError("rotation.policy_invalid", message, {
    hint: "Correct the policy and plan again.",
  });
}
