import { BOOLEAN, checkOptions, type OptionKinds } from "../../core/options.ts";
import { quoted } from "../../core/quote.ts";
import { isoTime, SECONDS_PER_DAY } from "../../core/time.ts";
import { requireIntact } from "../run/replay.ts";
import type {
  PlannedCertificate,
  RetirePolicy,
  RotationPlan,
  RotationStep,
  WaitStep,
} from "../types.ts";
import { identityProviderSide } from "./identity-provider.ts";
import { short } from "./refusals.ts";

/** Options of `describePlan`. */
export interface DescribeOptions {
  /** Also the reason, the risk and the requests of each step. Default: false. */
  readonly explain?: boolean | undefined;
}

const OPTIONS: OptionKinds<DescribeOptions> = { explain: BOOLEAN };

/**
 * A plan for people, in about ten lines: what changes at the provider, what to do at the identity
 * provider, and what comes next.
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
export function describePlan(plan: RotationPlan, options: DescribeOptions = {}): string {
  checkOptions(options, OPTIONS, "describePlan");
  requireIntact(plan);
  const place =
    plan.provider === undefined ? "" : ` of ${plan.provider} integration ${plan.integrationId}`;
  const lines = [
    `Rotation plan ${short(plan.id)}${place}, made ${isoTime(plan.createdAt)}`,
    ...changes(plan),
    ...(plan.refusals.length > 0 ? refused(plan) : nextSteps(plan)),
    ...(options?.explain === true && plan.refusals.length === 0 ? ["", ...explained(plan)] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** The certificates that are added, removed and kept, one a line. */
function changes(plan: RotationPlan): readonly string[] {
  const { steps, before, kept, skipped } = plan;
  const lines = steps.flatMap((step): string[] => {
    if (step.kind === "add") return [`  add      ${named(step.sha256, plan)}`];
    if (step.kind === "enable") return [`  enable   ${step.id}: ${named(step.sha256, plan)}`];
    if (step.kind === "replace") {
      return [
        `  replace  ${step.id}: ${named(step.replaces, plan)} with ${named(step.sha256, plan)}`,
      ];
    }
    return step.kind === "retire" ? [`  retire   ${step.id}: ${named(step.sha256, plan)}`] : [];
  });
  const names = new Map(before.map(({ id, certificate, sha256 }) => [id, certificate ?? sha256]));
  return [
    ...lines,
    ...kept.map(({ id = "", sha256, reason }) => {
      const known = names.get(id);
      return `  keep     ${id}: ${typeof known === "object" ? line(known) : short(sha256)} (${reason})`;
    }),
    ...skipped.map(({ sha256, reason }) => `  skip     ${short(sha256)} (${reason})`),
  ];
}

function refused({ refusals }: RotationPlan): readonly string[] {
  return [
    "REFUSED:",
    ...refusals.flatMap(({ code, message, hint }) => [`  ${code}: ${message}`, `    ${hint}`]),
  ];
}

/** The steps after the plan, and the work at the identity provider. */
function nextSteps(plan: RotationPlan): readonly string[] {
  const { steps, policy } = plan;
  if (steps.length === 0) return ["Already up to date: nothing to do."];
  const removes = steps.some(({ kind }) => kind === "retire" || kind === "replace");
  const wait = steps.find((step): step is WaitStep => step.kind === "wait");
  if (!removes) return ["Nothing is removed."];
  if (wait === undefined) {
    return [
      "There is NO OVERLAP: sign-in fails unless the identity provider switches at the same moment.",
      ...identityProviderSide(plan),
      "Keep a way in that does not need SSO.",
    ];
  }
  const start = wait.notBefore === undefined ? "" : `, not before ${isoTime(wait.notBefore)}`;
  return [
    `Then wait ${duration(policy.cacheSeconds)} for the service provider's caches, and switch${start}.`,
    ...identityProviderSide(plan),
    `Nothing is retired until ${evidence(wait.retire)}.`,
    "Before you confirm, sign in once with the new certificate, and keep a way in that does not need SSO.",
  ];
}

/** The evidence of a policy, as the end of a sentence. */
function evidence(retire: RetirePolicy): string {
  if (retire === "confirmed") return "you confirm that the identity provider has switched";
  if (retire === "never") return "another plan says so";
  if ("afterSeconds" in retire) {
    return `${duration(retire.afterSeconds)} have passed: whether it has switched is not checked`;
  }
  if ("unpublishedFor" in retire) {
    return `its metadata has not contained the old certificate for ${duration(retire.unpublishedFor)}`;
  }
  const { signedWithNew, oldUnusedFor = 0 } = retire;
  const quiet =
    oldUnusedFor === 0 ? "" : ` and none with the old one for ${duration(oldUnusedFor)}`;
  return `${signedWithNew} sign-ins with the new certificate were observed${quiet}`;
}

function explained(plan: RotationPlan): readonly string[] {
  return [
    `Steps (${plan.requests} requests if nothing fails):`,
    ...plan.steps.flatMap((step) => [
      `  ${step.index + 1}. ${headline(step, plan)}`,
      `     Why: ${step.reason}`,
      `     Risk: ${step.risk}`,
    ]),
  ];
}

const headlines: {
  readonly [Kind in RotationStep["kind"]]: (
    step: Extract<RotationStep, { kind: Kind }>,
    plan: RotationPlan,
  ) => string;
} = {
  check: () => "CHECK the stored certificates",
  add: ({ sha256 }, plan) => `ADD ${named(sha256, plan)}`,
  enable: ({ id, sha256 }) => `ENABLE ${id} (${short(sha256)})`,
  replace: ({ id, replaces, sha256 }, plan) =>
    `REPLACE ${id} (${short(replaces)}) with ${named(sha256, plan)}`,
  verify: ({ sha256s }) => `VERIFY ${sha256s.map(short).join(", ")}`,
  wait: ({ retire }) => `WAIT until ${evidence(retire)}`,
  retire: ({ id, sha256 }) => `RETIRE ${id} (${short(sha256)})`,
};

/** One line about a step. */
function headline(step: RotationStep, plan: RotationPlan): string {
  const tell = headlines[step.kind] as (step: RotationStep, plan: RotationPlan) => string;
  return tell(step, plan);
}

function named(sha256: string, { desired, before }: RotationPlan): string {
  const certificates = [...desired, ...before.flatMap(({ certificate }) => certificate ?? [])];
  const certificate = certificates.find((item) => item.sha256 === sha256);
  return certificate ? line(certificate) : short(sha256);
}

function line({ sha256, subject, notAfter }: PlannedCertificate): string {
  return `${short(sha256)} ${quoted(subject)}, until ${isoTime(notAfter).slice(0, 10)}`;
}

/** Units of time, the longest first. */
const UNITS = [
  ["day", SECONDS_PER_DAY],
  ["hour", 3600],
  ["minute", 60],
] as const;

function duration(seconds: number): string {
  const [unit, size] = UNITS.find(([, one]) => seconds > 0 && seconds % one === 0) ?? ["second", 1];
  const count = seconds / size;
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
