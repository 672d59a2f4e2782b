import { type GivenCertificate, signingCertificatesGiven } from "../../certificates/given.ts";
import { isObject, isText, need } from "../../core/argument.ts";
import { ANY, checkOptions, INSTANT, LIST, OBJECT, type OptionKinds } from "../../core/options.ts";
import { type Instant, unixSeconds } from "../../core/time.ts";
import { keyError } from "../error.ts";
import type {
  RolloverEvent,
  RolloverIdentityProvider,
  RolloverKey,
  RolloverPolicy,
  RolloverState,
  RolloverUse,
} from "./types.ts";

export interface StartRolloverOptions {
  /** The certificate that the service signs with today. */
  readonly signing?: GivenCertificate | undefined;
  /** The certificate that assertions are encrypted to today. */
  readonly encryption?: GivenCertificate | undefined;
  /** Everybody who has the service's metadata. */
  readonly identityProviders: readonly RolloverIdentityProvider[];
  readonly policy?: Partial<RolloverPolicy> | undefined;
  /** Default: the current time. */
  readonly now?: Instant | undefined;
}

const KINDS: OptionKinds<StartRolloverOptions> = {
  signing: ANY,
  encryption: ANY,
  identityProviders: LIST,
  policy: OBJECT,
  now: INSTANT,
};

const DEFAULT_POLICY: RolloverPolicy = {
  encryption: "replace",
  cacheSeconds: 86_400,
  rolloverCacheSeconds: 3600,
  spreadSeconds: 60,
  inFlightSeconds: 3600,
};

const isAmount = {
  is: (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0,
  name: "whole seconds, 0 or greater",
};

const POLICY_KINDS: OptionKinds<RolloverPolicy> = {
  encryption: {
    is: (value) => value === "replace" || value === "both",
    name: 'one of "replace", "both"',
  },
  cacheSeconds: isAmount,
  rolloverCacheSeconds: isAmount,
  spreadSeconds: isAmount,
  inFlightSeconds: isAmount,
};

/**
 * The state of a service with the keys that it uses today. It contains certificates only: keep the private
 * keys where they are, and find them by the SHA-256 of their public key.
 *
 * @example
 * ```ts
 * import { readFileSync, writeFileSync } from "node:fs";
 * import { formatRollover, startRollover } from "samlcert/keys";
 *
 * const state = startRollover({
 *   signing: readFileSync("sp.crt"),
 *   identityProviders: [{ entityId: "https://idp.example.com/saml", metadata: "polls" }],
 * });
 * writeFileSync("rollover.json", formatRollover(state));
 * ```
 */
export function startRollover(options: StartRolloverOptions): RolloverState {
  need(() => isObject(options), "options", "an object with identityProviders");
  checkOptions(options, KINDS, "startRollover");
  const { identityProviders, policy = {}, now = new Date() } = options;
  checkOptions(policy, POLICY_KINDS, "policy");
  need(
    () => identityProviders.every(isIdentityProvider),
    "identityProviders",
    "a list of { entityId, metadata }",
  );
  const at = unixSeconds(now);
  const started = (["signing", "encryption"] as const).flatMap((use): RolloverEvent[] => {
    const given = options[use];
    return given === undefined ? [] : [{ type: "started", at, use, key: keyOf(given, use, use) }];
  });
  need(() => started.length > 0, "options", "given the certificate of signing or encryption");
  return {
    format: "samlcert.key-rollover",
    version: 1,
    policy: { ...DEFAULT_POLICY, ...policy },
    identityProviders: identityProviders.map(({ entityId, metadata }) => ({ entityId, metadata })),
    events: started,
  };
}

function isIdentityProvider(value: RolloverIdentityProvider): boolean {
  return isText(value.entityId) && ["polls", "by_hand"].includes(value.metadata);
}

/** The one certificate of a purpose, as the state keeps it. */
export function keyOf(given: GivenCertificate, use: RolloverUse, argument: string): RolloverKey {
  const [only, ...others] = signingCertificatesGiven(given, argument).map(
    ({ certificate }) => certificate,
  );
  if (only === undefined || others.length > 0) throw keyError("keys.rollover_certificate", { use });
  const { publicKey, pem } = only;
  if (use === "encryption" && publicKey.curve !== undefined) {
    throw keyError("keys.use", { curve: publicKey.curve });
  }
  return { spkiSha256: publicKey.spkiSha256, certificate: pem };
}
