import { parseCertificate } from "../../certificates/index.ts";
import type { Certificate } from "../../certificates/types.ts";
import type { StoreWriteOptions } from "../../providers/store.ts";
import { short } from "../plan/refusals.ts";
import type { Run } from "./run.ts";

/** The desired certificate of a step. */
export function certificateOf(run: Run, sha256: string): Certificate {
  const { desired } = run.progress().plan;
  const planned = desired.find((item) => item.sha256 === sha256);
  // Cannot happen: a plan is checked to be intact before its first step.
  if (!planned) throw new RangeError(`The plan has no certificate ${short(sha256)}.`);
  return parseCertificate(planned.pem);
}

/** Options for a write: a certificate that is added is enabled, unless the policy says otherwise. */
export function writeOptions(run: Run, kind: "add" | "overwrite"): StoreWriteOptions {
  const { enabled: asked } = run.progress().plan.policy;
  const enabled = asked ?? (kind === "add" ? true : undefined);
  const { ledger, plan } = run.progress();
  const original = new Set(plan.before.map(({ id }) => id));
  // A reading from before a removal or a replacement still shows what is gone.
  const known = run.known()?.filter(({ id }) => ledger.has(id) || !original.has(id));
  return {
    ...(enabled !== undefined && { enabled }),
    ...(known && { known }),
    ...callOptions(run),
  };
}

export function callOptions({ signal }: Run): { readonly signal?: AbortSignal } {
  return signal ? { signal } : {};
}
