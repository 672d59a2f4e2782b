import { isSamlCertError } from "../../core/errors.ts";
import type { Claim, Outcome } from "./claim.ts";
import { jittered } from "./jitter.ts";
import type { Settings } from "./options.ts";

/** Codes that a person must look at; a repeat would end in the same way. */
const FOR_PEOPLE = [
  "rotation.no_evidence",
  "rotation.policy_invalid",
  "rotation.plan_altered",
  "rotation.wrong_store",
  "rotation.replace_in_place_unsupported",
];

/** Guards that say that the evidence is not complete yet. */
const NOT_YET = ["guard.still_published", "guard.old_key_still_used"];

const LOCKED = ["rotation.locked", "journal.locked"];

/** The outcome of a look that failed; undefined if nothing is to be written: the tenant is not at fault. */
export function failureOutcome(
  claim: Claim,
  error: unknown,
  settings: Settings,
): Outcome | undefined {
  const { lookSeconds, evidenceSeconds, leaseSeconds } = settings;
  const { code, message } = told(error);
  if (isOfWorker(error)) return undefined;
  const same = { attempts: claim.attempts, code, message, cause: error };
  if (LOCKED.includes(code)) {
    return { ...same, state: claim.state, dueSeconds: leaseSeconds };
  }
  if (NOT_YET.includes(code)) {
    const event = claim.state === "awaiting_switch" ? undefined : "awaiting_switch";
    return { ...same, state: "awaiting_switch", event, dueSeconds: jittered(evidenceSeconds) };
  }
  const isRefusal = code.startsWith("guard.") && code !== "guard.store_changed";
  if (isRefusal || FOR_PEOPLE.includes(code)) {
    const event = claim.state === "refused" && claim.code === code ? undefined : "refused";
    return { ...same, attempts: 0, state: "refused", event, dueSeconds: jittered(lookSeconds) };
  }
  return failed(claim, { code, message, cause: error }, settings);
}

function failed(
  claim: Claim,
  failure: Pick<Outcome, "code" | "message" | "cause">,
  { lookSeconds, retrySeconds, maxAttempts }: Settings,
): Outcome {
  const attempts = claim.attempts + 1;
  if (attempts >= maxAttempts) {
    const event = claim.state === "dead" ? undefined : "dead_letter";
    return { ...failure, state: "dead", attempts, event, dueSeconds: jittered(lookSeconds) };
  }
  const backoff = Math.min(lookSeconds, retrySeconds * 2 ** (attempts - 1));
  const event = claim.state === "failing" && claim.code === failure.code ? undefined : "failed";
  return { ...failure, state: "failing", attempts, event, dueSeconds: jittered(backoff) };
}

/** Code and message. Only errors of this package are known to contain no secret. */
function told(error: unknown): { readonly code: string; readonly message: string } {
  if (isSamlCertError(error)) return { code: error.code, message: error.message };
  const name = error instanceof Error ? error.name : "a non-Error value";
  return { code: "fleet.callback_failed", message: `The look threw ${name}.` };
}

/** True if the database is away, or the tenant was lost: another look begins where this one ended. */
function isOfWorker(error: unknown): boolean {
  for (let one = error, depth = 0; isSamlCertError(one) && depth < 5; depth += 1) {
    const { code } = one;
    if (code.startsWith("postgres.") || code === "fleet.lease_lost") return true;
    if (code === "journal.lock_lost") return true;
    one = one.cause;
  }
  return false;
}
