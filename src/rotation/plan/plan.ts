import { type GivenCertificates, signingCertificatesGiven } from "../../certificates/given.ts";
import { type SigningCertificate, signingChains } from "../../certificates/signing-certificate.ts";
import { isObject, need } from "../../core/argument.ts";
import {
  ANY,
  BOOLEAN,
  checkOptions,
  INSTANT,
  LIST,
  OBJECT,
  type OptionKinds,
  TEXT,
} from "../../core/options.ts";
import { type Instant, unixSeconds } from "../../core/time.ts";
import type { StoredCertificate } from "../../providers/store.ts";
import { rotationError } from "../error.ts";
import type {
  EvidenceSource,
  PlannedCertificate,
  RotationPlan,
  RotationPolicy,
  RotationTarget,
} from "../types.ts";
import { canonicalJson, sha256Hex } from "./canonical.ts";
import { type Refusal, refusal, standing } from "./guards.ts";
import { resolvePolicy, unknownCapabilities } from "./policy.ts";
import { refusals } from "./refusals.ts";
import { sequence } from "./sequence.ts";
import { assess } from "./situation.ts";
import { writeSteps } from "./steps.ts";
import { plannedCertificate, storedSnapshot } from "./usable.ts";

/** The input of `planRotation`. */
export interface PlanInput {
  /**
   * The certificates that the identity provider signs with, now and next: PEM, DER, or a list. Of a
   * chain only the end entity signs; `skipped` names the issuers that are left out. A chain is one
   * text, or the Certificates of the list together, as `parseCertificates` gives them: an authority
   * that signs itself is given as a text of its own.
   */
  readonly desired: GivenCertificates;
  /** The stored certificates, as `store.list()` gives them. */
  readonly stored: readonly StoredCertificate[];
  readonly policy?: RotationPolicy | undefined;
  readonly now: Instant;
  /** The connection to rotate, such as a `CertificateStore`. Only its data is read. */
  readonly target?: RotationTarget | undefined;
  /**
   * Where the identity provider publishes its certificates: read again before each removal. With it,
   * `desired` is taken as the identity provider's keys, each on its own, and not as a chain.
   */
  readonly source?: EvidenceSource | undefined;
  /**
   * The identity provider's entityID as the connection stores it, such as `entity_id` of SendGrid's
   * integration. A `source` of another identity provider is refused.
   */
  readonly entityId?: string | undefined;
  /** The identity provider whose steps the runbook describes, such as `okta`. */
  readonly identityProvider?: string | undefined;
}

const INPUT: OptionKinds<PlanInput> = {
  desired: ANY,
  stored: LIST,
  policy: ANY,
  now: INSTANT,
  target: OBJECT,
  source: OBJECT,
  entityId: TEXT,
  identityProvider: TEXT,
};

const SOURCE: OptionKinds<EvidenceSource> = {
  url: TEXT,
  file: TEXT,
  entityId: TEXT,
  trust: LIST,
  allowPrivateAddresses: BOOLEAN,
};

/** Far above any provider's limit; keeps a broken answer from becoming a plan. */
const MAX_CERTIFICATES = 1000;

/**
 * Plans how the stored certificates become the desired ones: add, verify, wait for evidence, retire.
 *
 * Pure and deterministic: equal input gives an equal plan, `id` included. A plan that a guard
 * forbids is returned with `refusals`, and `executeRotation` does not execute it.
 *
 * Throws a `RotationError`: `rotation.policy_invalid`, `rotation.too_many_certificates`,
 * `rotation.replace_in_place_unsupported`.
 *
 * @example
 * ```ts
 * import { parseCertificates } from "samlcert";
 * import { describePlan, planRotation } from "samlcert/rotation";
 * import { createSendGridClient, sendGridCertificateStore } from "samlcert/sendgrid";
 *
 * export async function preview(apiKey: string, integrationId: string, pem: string) {
 *   const store = sendGridCertificateStore(createSendGridClient({ apiKey }), integrationId);
 *   const plan = planRotation({
 *     desired: parseCertificates(pem),
 *     stored: await store.list(),
 *     target: store,
 *     now: new Date(),
 *   });
 *   return describePlan(plan);
 * }
 * ```
 */
export function planRotation(input: PlanInput): RotationPlan {
  checkOptions(input, INPUT, "planRotation");
  const { desired, stored, target, identityProvider, entityId } = Object(input) as PlanInput;
  const { source: given } = Object(input) as PlanInput;
  checkOptions(given, SOURCE, "source");
  if (given !== undefined) {
    const { url, file } = given;
    need(() => (url === undefined) !== (file === undefined), "source", "a url or a file");
  }
  // Without a name of its own, the metadata must be that of the connection's identity provider.
  const named = given?.entityId ?? entityId;
  const source = given && { ...given, ...(named !== undefined && { entityId: named }) };
  need(() => desired !== undefined, "desired", "a list of Certificates, or PEM");
  if (
    (Array.isArray(desired) && desired.length > MAX_CERTIFICATES) ||
    stored?.length > MAX_CERTIFICATES
  ) {
    throw rotationError("rotation.too_many_certificates", { limit: MAX_CERTIFICATES });
  }
  const { signing, issuers } = signingAmong(desired, source !== undefined);
  need(() => stored.every(isObject), "stored", "a list, as store.list() gives it");
  const now = unixSeconds(input.now);
  const policy = resolvePolicy(input.policy);
  const capabilities = target?.capabilities ?? unknownCapabilities;
  if (policy.replaceInPlace && !capabilities.replaceInPlace) {
    throw rotationError("rotation.replace_in_place_unsupported");
  }

  const wanted = distinct(signing.map(plannedCertificate));
  const before = stored.map((item) => storedSnapshot(item, wanted));
  const situation = assess({
    desired: wanted,
    issuers: new Set(issuers.map(({ fingerprint }) => fingerprint.sha256)),
    before,
    policy,
    capabilities,
    now,
  });
  const order = sequence(situation);
  const steps = writeSteps(order);
  const plan: Omit<RotationPlan, "id"> = {
    format: "samlcert.rotation-plan",
    version: 2,
    createdAt: now,
    ...(target && { provider: target.provider, integrationId: target.integrationId }),
    ...(identityProvider !== undefined && { identityProvider }),
    ...(source && { source }),
    capabilities,
    policy,
    desired: wanted,
    before,
    steps,
    kept: situation.kept.filter(({ id }) => !order.makeRoom.some((item) => item.id === id)),
    skipped: situation.skipped,
    refusals: standing(
      [...otherEntity(source, entityId), ...refusals(situation, order)],
      policy.overrides,
    ),
    // A plan without steps reads the store once, to see that nothing has changed.
    requests: steps.length === 0 ? 1 : steps.reduce((sum, step) => sum + step.requests, 0),
  };
  return { ...plan, id: planId(plan) };
}

/** The id of a plan: the SHA-256 of its other fields. */
export function planId(plan: Omit<RotationPlan, "id"> & { readonly id?: string }): string {
  const { id: _, ...content } = plan;
  return sha256Hex(canonicalJson(content));
}

/**
 * The signing certificates among the desired ones, and the issuers that came with them. Each text is
 * read on its own; the Certificates of a list are one bundle, as `parseCertificates` gives it.
 */
function signingAmong(desired: PlanInput["desired"], published: boolean) {
  const given = signingCertificatesGiven(desired, "desired");
  const isParsed = ({ certificate }: SigningCertificate) =>
    Array.isArray(desired) && desired.includes(certificate);
  const parsed = given.filter(isParsed).map(({ certificate }) => certificate);
  const chains = published
    ? given
    : [...given.filter((chain) => !isParsed(chain)), ...signingChains(parsed)];
  const signing = chains.map(({ certificate }) => certificate);
  const names = new Set(signing.map(({ fingerprint }) => fingerprint.sha256));
  const issuers = chains.flatMap((chain) => chain.issuers);
  return { signing, issuers: issuers.filter(({ fingerprint }) => !names.has(fingerprint.sha256)) };
}

function otherEntity(
  source: EvidenceSource | undefined,
  expected: string | undefined,
): readonly Refusal[] {
  const named = source?.entityId;
  if (named === undefined || expected === undefined || named === expected) return [];
  return [refusal("guard.other_entity", { found: `"${named}"`, expected })];
}

function distinct(certificates: readonly PlannedCertificate[]): readonly PlannedCertificate[] {
  return [...new Map(certificates.map((item) => [item.sha256, item])).values()];
}
