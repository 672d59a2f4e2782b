import { isoTime, SECONDS_PER_DAY } from "../../core/time.ts";
import { requireIntact } from "../run/replay.ts";
import type { PlannedCertificate, RotationPlan, RotationStep } from "../types.ts";
import { identityProviderSide } from "./identity-provider.ts";
import { short } from "./refusals.ts";

/**
 * A plan as a runbook: what is done at the provider, what at the identity provider, why, and what
 * each step risks.
 *
 * @example
 * ```ts
 * import { describePlan, type RotationPlan } from "samlcert/rotation";
 *
 * export function show(plan: RotationPlan): void {
 *   console.log(describePlan(plan));
 * }
 * ```
 */
export function describePlan(plan: RotationPlan): string {
  requireIntact(plan);
  const where =
    plan.provider === undefined ? "" : ` of ${plan.provider} integration ${plan.integrationId}`;
  const lines = [
    `Rotation plan ${short(plan.id)}${where}, made ${isoTime(plan.createdAt)}`,
    "",
    "Desired:",
    ...plan.desired.map((item) => `  ${line(item)}`),
    "Stored:",
    ...plan.before.map(({ id, sha256, certificate }) =>
      certificate ? `  ${id}: ${line(certificate)}` : `  ${id}: ${short(sha256)}, not readable`,
    ),
    ...(plan.before.length === 0 ? ["  nothing"] : []),
    "",
    ...untouched(plan),
    ...stepLines(plan),
  ];
  return `${lines.join("\n")}\n`;
}

function untouched({ kept, skipped }: RotationPlan): readonly string[] {
  const lines = [
    ...kept.map(({ id, sha256, reason }) => `  keep ${id} (${short(sha256)}): ${reason}`),
    ...skipped.map(({ sha256, reason }) => `  leave out ${short(sha256)}: ${reason}`),
  ];
  return lines.length > 0 ? ["Left alone:", ...lines, ""] : [];
}

function stepLines(plan: RotationPlan): readonly string[] {
  if (plan.refusals.length > 0) {
    return [
      "REFUSED:",
      ...plan.refusals.flatMap(({ code, message, hint, override }) => [
        `  ${code}: ${message}`,
        `    ${hint} To do it all the same: override "${override}".`,
      ]),
    ];
  }
  if (plan.steps.length === 0) return ["Nothing to do: what is desired is what is stored."];
  const beforehand = plan.steps.every(({ kind }) => kind !== "wait");
  const removes = plan.steps.some(({ kind }) => kind === "retire" || kind === "replace");
  return [
    `Steps (${plan.requests} requests when nothing fails):`,
    ...plan.steps.flatMap((step) => [
      `  ${step.index + 1}. ${headline(step, plan)}`,
      `     Why: ${step.reason}`,
      `     Risk: ${step.risk}`,
      ...(step.kind === "wait" ? identityProviderSide(plan).map((text) => `     ${text}`) : []),
    ]),
    ...(beforehand && removes
      ? [
          "",
          "There is no overlap. At the identity provider:",
          ...identityProviderSide(plan).map((text) => `  ${text}`),
        ]
      : []),
    ...(removes
      ? [
          "",
          "Before the last step, sign in once with the new certificate, and keep a way in that does not need SSO.",
        ]
      : []),
  ];
}

const headlines: {
  readonly [Kind in RotationStep["kind"]]: (
    step: Extract<RotationStep, { kind: Kind }>,
    plan: RotationPlan,
  ) => string;
} = {
  check: () => "CHECK what is stored",
  add: ({ sha256 }, plan) => `ADD ${named(sha256, plan)}`,
  enable: ({ id, sha256 }) => `ENABLE ${id} (${short(sha256)})`,
  replace: ({ id, replaces, sha256 }, plan) =>
    `REPLACE ${id} (${short(replaces)}) by ${named(sha256, plan)}`,
  verify: ({ sha256s }) => `VERIFY ${sha256s.map(short).join(", ")}`,
  wait: ({ seconds, notBefore }) =>
    `WAIT ${duration(seconds)}${notBefore === undefined ? "" : `, and at least until ${isoTime(notBefore)}`}`,
  retire: ({ id, sha256 }) => `RETIRE ${id} (${short(sha256)})`,
};

/** What a step does, in one line. */
function headline(step: RotationStep, plan: RotationPlan): string {
  const tell = headlines[step.kind] as (step: RotationStep, plan: RotationPlan) => string;
  return tell(step, plan);
}

function named(sha256: string, plan: RotationPlan): string {
  const certificate = plan.desired.find((item) => item.sha256 === sha256);
  return certificate ? line(certificate) : short(sha256);
}

function line({ sha256, subject, notBefore, notAfter }: PlannedCertificate): string {
  return `${short(sha256)} ${JSON.stringify(subject)}, ${isoTime(notBefore)} to ${isoTime(notAfter)}`;
}

function duration(seconds: number): string {
  if (seconds % SECONDS_PER_DAY === 0) return `${seconds / SECONDS_PER_DAY} days`;
  return seconds % 3600 === 0 ? `${seconds / 3600} hours` : `${seconds} seconds`;
}
