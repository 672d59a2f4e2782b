import { isSamlCertError } from "../../core/errors.ts";
import type { CertificateStore } from "../../providers/store.ts";
import type { Fault } from "../faults.ts";
import { failureOf } from "./basics.ts";
import { type Cast, must, mustStore, sha256 } from "./cast.ts";
import { REPEATED, storeFaults } from "./faults.ts";
import type { MakeBench, StoreBench } from "./types.ts";

/** A change that is made under faults, and repeated without. */
export interface Change {
  readonly name: string;
  readonly stored: (cast: Cast) => readonly Cast[keyof Cast][];
  readonly after: (cast: Cast) => readonly Cast[keyof Cast][];
  run(store: CertificateStore, cast: Cast): Promise<unknown>;
}

export const changes: readonly Change[] = [
  {
    name: "add",
    stored: ({ old }) => [old],
    after: ({ old, next }) => [old, next],
    run: (store, { next }) => store.add(next),
  },
  {
    name: "remove",
    stored: ({ old, next }) => [old, next],
    after: ({ next }) => [next],
    async run(store, { old }) {
      const known = await store.list();
      const item = known.find(
        (one) => (one.certificate?.fingerprint.sha256 ?? one.sha256) === sha256(old),
      );
      if (item) await store.remove(item.id, { known });
    },
  },
];

/** The fault of each request in one attempt. */
type Plan = (number: number) => Fault | undefined;

/** Makes a change under faults, checks the error, and repeats the change as a new process does. */
async function play(
  make: MakeBench,
  cast: Cast,
  change: Change,
  { plan, maxRetries, where }: { plan: Plan; maxRetries: number; where: string },
): Promise<void> {
  const bench = await make(change.stored(cast));
  try {
    const start = bench.requests();
    bench.strike = (number) => plan(number - start);
    const store = bench.open({ maxRetries });
    const error = await failureOf(() => change.run(store, cast));
    bench.strike = () => undefined;
    mustBeTold(error, bench, where);
    mustKeep(bench, cast, change, where);
    if (error === undefined && change.name === "add") {
      bench.approve?.();
      mustStore(bench.stored(), change.after(cast), `${where}, after a success`);
    }
    await change.run(bench.open({ maxRetries }), cast);
    bench.approve?.();
    mustStore(bench.stored(), change.after(cast), `${where}, repeated`);
  } finally {
    await bench.close?.();
  }
}

function mustBeTold(error: unknown, { secrets = [] }: StoreBench, where: string): void {
  if (error === undefined) return;
  must(isSamlCertError(error), `${where}: the error must be a typed one, not ${String(error)}.`);
  const text = `${JSON.stringify(error)}${String((error as Error).stack)}`;
  must(
    secrets.every((secret) => !text.includes(secret)),
    `${where}: the error contains a secret.`,
  );
}

/** Nothing that must stay is gone, and nothing is stored twice. */
function mustKeep(bench: StoreBench, cast: Cast, change: Change, where: string): void {
  const stored = bench.stored();
  const stay = change.stored(cast).filter((one) => change.after(cast).includes(one));
  must(
    stay.every((one) => stored.includes(sha256(one))),
    `${where}: a certificate was lost.`,
  );
  must(new Set(stored).size === stored.length, `${where}: a certificate is stored twice.`);
}

/** The number of requests of a change without a fault. */
async function costOf(make: MakeBench, cast: Cast, change: Change): Promise<number> {
  const bench = await make(change.stored(cast));
  const start = bench.requests();
  await change.run(bench.open({ maxRetries: 0 }), cast);
  const cost = bench.requests() - start;
  await bench.close?.();
  return cost;
}

/** Plays one fault at every request of a change. */
export async function everyRequest(
  make: MakeBench,
  cast: Cast,
  change: Change,
  { fault: name, every }: { readonly fault: string; readonly every: number },
): Promise<void> {
  const fault = storeFaults[name];
  const cost = await costOf(make, cast, change);
  for (let at = 1; at <= cost; at += every) {
    for (const maxRetries of REPEATED.includes(name) ? [0, 3] : [0]) {
      const where = `${change.name}, ${name} at request ${at}, ${maxRetries} repeats`;
      const plan: Plan = (number) => (number === at ? fault : undefined);
      await play(make, cast, change, { plan, maxRetries, where });
    }
  }
}

/** Ends the process at every request of a change, before and after the effect. */
export async function everyKill(
  make: MakeBench,
  cast: Cast,
  change: Change,
  every: number,
): Promise<void> {
  const cost = await costOf(make, cast, change);
  for (const cut of ["before", "after"] as const) {
    for (let at = 1; at <= cost; at += every) {
      const where = `${change.name}, killed ${cut} the effect of request ${at}`;
      const plan: Plan = (number) =>
        number < at ? undefined : { cut: number === at ? cut : "before" };
      await play(make, cast, change, { plan, maxRetries: 0, where });
    }
  }
}
