import { isObject, isText } from "../../core/argument.ts";
import {
  ANY,
  BOOLEAN,
  type Kind,
  LIST,
  type OptionKinds,
  unknownName,
} from "../../core/options.ts";
import { SECONDS_PER_DAY } from "../../core/time.ts";
import type { StoreCapabilities } from "../../providers/store.ts";
import { rotationError } from "../error.ts";
import type { ResolvedPolicy, RotationPolicy } from "../types.ts";
import { guardOverrides } from "./guards.ts";

const WHOLE: Kind = {
  is: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  name: "a whole number, 0 or greater",
};

const NAMES: Kind = {
  is: (value) => Array.isArray(value) && value.every(isText),
  name: "a list of ids or SHA-256 fingerprints",
};

const POLICY: OptionKinds<RotationPolicy> = {
  retire: ANY,
  cacheSeconds: WHOLE,
  minimumRemainingLifeSeconds: WHOLE,
  enabled: BOOLEAN,
  replaceInPlace: BOOLEAN,
  maxCertificates: WHOLE,
  removeFirst: NAMES,
  overrides: LIST,
};

/** The longest interval at which hosted service providers are known to reload their settings. */
const CACHE_SECONDS = 15 * 60;
const MINIMUM_REMAINING_LIFE_SECONDS = 14 * SECONDS_PER_DAY;

/** For a plan that names no connection: the careful assumption in each case. */
export const unknownCapabilities: StoreCapabilities = {
  overlap: true,
  enabledObservable: false,
  replaceInPlace: false,
  honoursExpiry: "unknown",
};

/** Fills in the defaults. Throws a `RotationError` with code `rotation.policy_invalid`. */
export function resolvePolicy(policy: RotationPolicy = {}): ResolvedPolicy {
  checkPolicy(policy);
  return {
    retire: policy.retire ?? "confirmed",
    cacheSeconds: policy.cacheSeconds ?? CACHE_SECONDS,
    minimumRemainingLifeSeconds:
      policy.minimumRemainingLifeSeconds ?? MINIMUM_REMAINING_LIFE_SECONDS,
    replaceInPlace: policy.replaceInPlace ?? false,
    overrides: [...new Set(policy.overrides ?? [])].sort(),
    ...(policy.enabled !== undefined && { enabled: policy.enabled }),
    ...(policy.maxCertificates !== undefined && { maxCertificates: policy.maxCertificates }),
    ...(policy.removeFirst !== undefined && {
      removeFirst: [...new Set(policy.removeFirst.map(plainName))].sort(),
    }),
  };
}

/** Fingerprints are compared in lower case and without colons; ids stay as they are. */
function plainName(name: string): string {
  const hex = name.replaceAll(":", "").toLowerCase();
  return /^[0-9a-f]{64}$/.test(hex) ? hex : name;
}

function checkPolicy(policy: RotationPolicy): void {
  if (!isObject(policy)) throw invalid("It must be an object.");
  for (const [name, value] of Object.entries(policy)) {
    if (value === undefined) continue;
    const kind = Object.hasOwn(POLICY, name) ? POLICY[name as keyof RotationPolicy] : undefined;
    if (!kind) throw invalid(unknownName("option", name, POLICY, "A policy"));
    if (!kind.is(value)) throw invalid(`\`${name}\` must be ${kind.name}.`);
  }
  checkRetire(policy.retire);
  const known = Object.fromEntries(Object.values(guardOverrides).map((name) => [name, true]));
  for (const override of policy.overrides ?? []) {
    if (Object.hasOwn(known, override)) continue;
    throw invalid(unknownName("override", String(override), known, "A policy"));
  }
}

/** The kinds of evidence that have a number, and the option that each can have as well. */
const EVIDENCE: Readonly<Record<string, readonly string[]>> = {
  unpublishedFor: [],
  signedWithNew: ["oldUnusedFor"],
  afterSeconds: [],
};

function checkRetire(retire: RotationPolicy["retire"]): void {
  if (retire === undefined || retire === "confirmed" || retire === "never") return;
  const names = isObject(retire) ? Object.keys(retire) : [];
  const [kind] = names.filter((name) => Object.hasOwn(EVIDENCE, name));
  const known = [kind, ...(EVIDENCE[kind ?? ""] ?? [])];
  if (kind === undefined || names.some((name) => !known.includes(name))) {
    const list = Object.keys(EVIDENCE).map((name) => `{ ${name} }`);
    throw invalid(`\`retire\` must be "confirmed", "never", ${list.join(", ")}.`);
  }
  for (const [name, value] of Object.entries(retire)) {
    if (value !== undefined && !WHOLE.is(value)) {
      throw invalid(`\`retire.${name}\` must be ${WHOLE.name}.`);
    }
  }
}

/** The most certificates that may be stored at once. */
export function storeLimit(policy: ResolvedPolicy, capabilities: StoreCapabilities): number {
  return Math.min(
    policy.maxCertificates ?? Number.POSITIVE_INFINITY,
    capabilities.maxCertificates ?? Number.POSITIVE_INFINITY,
    capabilities.overlap ? Number.POSITIVE_INFINITY : 1,
  );
}

function invalid(detail: string) {
  return rotationError("rotation.policy_invalid", { detail });
}
