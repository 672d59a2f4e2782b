import type { Certificate } from "../../../src/certificates/index.ts";
import {
  planRotation,
  type RotationPlan,
  type RotationPolicy,
  type RotationStoppedError,
} from "../../../src/rotation/index.ts";
import { day } from "./certificates.ts";
import type { MemoryStore } from "./memory-store.ts";

/** A clock that stands at a day. */
export const at = (number: number) => (): Date => new Date(day(number) * 1000);

export async function planFor(
  store: MemoryStore,
  desired: readonly Certificate[],
  policy: RotationPolicy = { retire: { afterSeconds: 0 } },
): Promise<RotationPlan> {
  return planRotation({ desired, stored: [...store.entries], policy, target: store, now: day(0) });
}

/** The policy that waits for time alone. */
export const afterFiveDays: RotationPolicy = { retire: { afterSeconds: 5 * 86_400 } };

/** The subjects of the stored certificates. */
export const held = (store: MemoryStore): (string | undefined)[] =>
  store.entries.map(({ certificate }) => certificate?.subject.text);

/** The error of a promise that must be rejected. */
export async function failure(work: Promise<unknown>): Promise<RotationStoppedError> {
  return await work.then(
    () => Promise.reject(new Error("It did not fail.")),
    (error: unknown) => error as RotationStoppedError,
  );
}
