import { parseCertificate } from "../../certificates/index.ts";
import { need } from "../../core/argument.ts";
import { checkOptions } from "../../core/options.ts";
import {
  formatRollover,
  keysFor,
  planKeyRollover,
  type RolloverKey,
  type RolloverState,
  type RolloverStep,
} from "../../keys/index.ts";
import { certificateStatus } from "../assess.ts";
import { watchError } from "../error.ts";
import { lifeOf } from "../life.ts";
import {
  DETAILS,
  type LookContext,
  type Seen,
  type SourceDetails,
  type WatchSource,
} from "../source.ts";
import type { CertificateStatus, ConnectionState, NextStep, PlannedChange } from "../types.ts";

/** Options of `watchOwnKeys`. */
export type WatchOwnKeysOptions = SourceDetails;

/**
 * Our own keys and their rollover as a source of `watch`.
 *
 * @example
 * ```ts
 * import { rolloverFile } from "samlcert/keys";
 * import { watch, watchOwnKeys } from "samlcert/watch";
 *
 * const source = watchOwnKeys(rolloverFile("rollover.json"), { name: "our keys" });
 * for await (const { state, next } of watch([source], { now: new Date() })) {
 *   console.log(state, next?.step);
 * }
 * ```
 */
export function watchOwnKeys(
  file: { read(): Promise<RolloverState | undefined> },
  options: WatchOwnKeysOptions = {},
): WatchSource {
  need(() => typeof file.read === "function", "file", "a RolloverFile");
  checkOptions(options, DETAILS, "watchOwnKeys");
  const details = Object(options) as WatchOwnKeysOptions;
  const id = `own_keys:${details.name ?? "own"}`;
  return {
    ...details,
    kind: "own_keys",
    id,
    source: details.name ?? "own keys",
    async look(context) {
      const state = await file.read();
      if (state === undefined) throw watchError("watch.no_rollover");
      formatRollover(state);
      return [seenOwnKeys(id, state, context)];
    },
  };
}

/** The keys of a rollover as a connection. */
export function seenOwnKeys(id: string, rollover: RolloverState, context: LookContext): Seen {
  const { publish, decryptWith } = keysFor(rollover, context.now);
  const certificates = [
    ...publish.signing.map((key) => keyStatus(key, "signing", context)),
    ...decryptWith.map((key) => keyStatus(key, "encryption", context)),
  ];
  const steps = planKeyRollover(rollover, context.now)
    .flatMap((plan) => plan.steps)
    .filter(
      ({ kind, status }) => kind !== "announce" && (status === "due" || status === "waiting"),
    );
  const step = steps.find(({ status }) => status === "due") ?? steps[0];
  const life = lifeOf(certificates);
  const state = life === "active" && step ? STATES[step.kind](step) : life;
  const isStep = life === "active" && step !== undefined;
  return {
    id,
    kind: "own_keys",
    state,
    certificates,
    ...(isStep && { next: nextOf(step), planned: plannedBy(step) }),
  };
}

type Kind = "use_next" | "retire" | "announce";

const STATES: Readonly<Record<Kind, (step: RolloverStep) => ConnectionState>> = {
  announce: () => "active",
  use_next: () => "awaiting_switch",
  retire: ({ status }) => (status === "due" ? "retirement_due" : "awaiting_switch"),
};

function nextOf({ status, waitsFor }: RolloverStep): NextStep {
  if (status === "due")
    return { who: "you", step: "Do the next step: samlcert key rollover next." };
  if (waitsFor.length === 0) {
    return { who: "you", step: "Wait for messages in flight: samlcert key rollover plan." };
  }
  const names = waitsFor.length > 3 ? `${waitsFor.length} identity providers` : waitsFor.join(", ");
  return { who: names, step: "Read our metadata with the next key." };
}

function plannedBy({ kind, notBefore }: RolloverStep): PlannedChange {
  const change = kind === "retire" ? "retirement" : "switch";
  return { kind: change, ...(notBefore !== undefined && { at: notBefore }) };
}

function keyStatus(
  { certificate }: RolloverKey,
  use: "signing" | "encryption",
  { now, expiringDays }: LookContext,
): CertificateStatus {
  const parsed = parseCertificate(certificate);
  const { sha256 } = parsed.fingerprint;
  const id = `${use}:${sha256}`;
  return { ...certificateStatus(id, parsed, now, { expiringDays }), use };
}
