import { needCertificates } from "../../certificates/argument.ts";
import type { Certificate } from "../../certificates/types.ts";
import { isObject, need } from "../../core/argument.ts";
import { RotationError } from "../../core/errors.ts";
import { type Instant, unixSeconds } from "../../core/time.ts";
import type { StoredCertificate } from "../../providers/store.ts";
import type { PlannedCertificate, RotationPlan, RotationPolicy, RotationTarget } from "../types.ts";
import { canonicalJson, sha256Hex } from "./canonical.ts";
import { resolvePolicy, unknownCapabilities } from "./policy.ts";
import { refusals } from "./refusals.ts";
import { sequence } from "./sequence.ts";
import { assess } from "./situation.ts";
import { writeSteps } from "./steps.ts";
import { plannedCertificate, storedSnapshot } from "./usable.ts";

/** What a rotation is planned from. */
export interface PlanInput {
  /** What the identity provider signs with, now and next. */
  readonly desired: readonly Certificate[];
  /** What the provider holds, as `store.list()` gives it. */
  readonly stored: readonly StoredCertificate[];
  readonly policy?: RotationPolicy | undefined;
  readonly now: Instant;
  /** The connection that it is for: a `CertificateStore` will do. Only its data is read. */
  readonly target?: RotationTarget | undefined;
  /** Such as `okta`: whose side of the switch the runbook describes. */
  readonly identityProvider?: string | undefined;
}

/** Far above any provider's limit; keeps a broken answer from becoming a plan. */
const MAX_CERTIFICATES = 1000;

/**
 * Plans how the stored certificates become the desired ones: add, verify, wait, retire.
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
 *     policy: { overlapSeconds: 5 * 86_400 },
 *     now: new Date(),
 *   });
 *   return describePlan(plan);
 * }
 * ```
 */
export function planRotation(input: PlanInput): RotationPlan {
  const { desired, stored, target, identityProvider } = Object(input) as PlanInput;
  if (desired?.length > MAX_CERTIFICATES || stored?.length > MAX_CERTIFICATES) throw tooMany();
  needCertificates(desired, "desired");
  need(() => stored.every(isObject), "stored", "a list, as store.list() gives it");
  const now = unixSeconds(input.now);
  const policy = resolvePolicy(input.policy);
  const capabilities = target?.capabilities ?? unknownCapabilities;
  if (policy.replaceInPlace && !capabilities.replaceInPlace) throw cannotReplace();

  const wanted = distinct(desired.map(plannedCertificate));
  const before = stored.map(storedSnapshot);
  const situation = assess({ desired: wanted, before, policy, capabilities, now });
  const order = sequence(situation);
  const steps = writeSteps(order);
  const plan: Omit<RotationPlan, "id"> = {
    format: "samlcert.rotation-plan",
    version: 1,
    createdAt: now,
    ...(target && { provider: target.provider, integrationId: target.integrationId }),
    ...(identityProvider !== undefined && { identityProvider }),
    capabilities,
    policy,
    desired: wanted,
    before,
    steps,
    kept: situation.kept,
    skipped: situation.skipped,
    refusals: refusals(situation, order),
    requests: steps.reduce((sum, step) => sum + step.requests, 0),
  };
  return { ...plan, id: planId(plan) };
}

/** The name of a plan: SHA-256 over all of it but the name. */
export function planId(plan: Omit<RotationPlan, "id"> & { readonly id?: string }): string {
  const { id: _, ...content } = plan;
  return sha256Hex(canonicalJson(content));
}

function distinct(certificates: readonly PlannedCertificate[]): readonly PlannedCertificate[] {
  return [...new Map(certificates.map((item) => [item.sha256, item])).values()];
}

function tooMany(): RotationError {
  return new RotationError(
    "rotation.too_many_certificates",
    `There are more than ${MAX_CERTIFICATES} certificates to plan with.`,
    { hint: "Check the source of the certificates: no connection needs that many." },
  );
}

function cannotReplace(): RotationError {
  return new RotationError(
    "rotation.replace_in_place_unsupported",
    "The policy says `replaceInPlace`, which this provider cannot do.",
    { hint: "Plan without `replaceInPlace`." },
  );
}
