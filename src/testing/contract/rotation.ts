import { isSamlCertError } from "../../core/errors.ts";
import {
  executeRotation,
  memoryJournal,
  planRotation,
  type RotationJournal,
  resumeRotation,
  retireSuperseded,
} from "../../rotation/index.ts";
import type { Fault } from "../faults.ts";
import { type Cast, must, mustStore, sha256 } from "./cast.ts";
import type { MakeBench, StoreBench } from "./types.ts";

/** The faults of the first attempt of a rotation. */
export interface Trouble {
  readonly where: string;
  readonly maxRetries?: number | undefined;
  /** The fault of a request; numbers count from the beginning of the rotation. */
  readonly strike?: (number: number, bench: StoreBench) => Fault | undefined;
  /** The process ends at this request, before or after its effect. */
  readonly kill?: { readonly at: number; readonly cut: "before" | "after" } | undefined;
  /** Called before a line of the journal is written: true ends the process. */
  readonly dies?: (line: number) => boolean;
}

/** A rotation that is resumed after each end is done within this many attempts. */
const ATTEMPTS = 12;

/** Watches the stored certificates at each request. */
function watched(bench: StoreBench, trouble: Trouble, life: { isDead: boolean }) {
  const start = bench.requests();
  const broken: string[] = [];
  const look = (where: string) => {
    const stored = bench.stored();
    if (stored.length === 0) broken.push(`${where}: no certificate is stored`);
    if (new Set(stored).size < stored.length) broken.push(`${where}: one is stored twice`);
  };
  bench.strike = (number) => {
    look(`before request ${number - start}`);
    if (life.isDead) return { cut: "before" };
    life.isDead = trouble.kill?.at === number - start;
    return life.isDead ? { cut: trouble.kill?.cut } : trouble.strike?.(number - start, bench);
  };
  return { broken, look, requests: () => bench.requests() - start };
}

/** Rotates from the old certificate to the next, resuming until it is done. Gives its requests. */
export async function rotate(
  make: MakeBench,
  cast: Cast,
  trouble: Trouble,
): Promise<{ readonly requests: number; readonly lines: number }> {
  const bench = await make([cast.old]);
  const life = { isDead: false };
  let lines = 0;
  const watch = watched(bench, trouble, life);
  const mortal = (inner: RotationJournal): RotationJournal => ({
    ...inner,
    async append(record) {
      lines += 1;
      life.isDead ||= trouble.dies?.(lines) ?? false;
      if (life.isDead) throw new Error("The process has ended.");
      await inner.append(record);
    },
  });

  async function plan(attempt: number) {
    const { strike } = bench;
    bench.strike = () => undefined;
    const store = bench.open({ maxRetries: 0 });
    const stored = await store.list();
    bench.strike = strike;
    if (attempt > 1) bench.take(sha256(cast.stranger));
    const left = stored.filter(({ certificate, sha256: name }) => {
      return (certificate?.fingerprint.sha256 ?? name) !== sha256(cast.stranger);
    });
    return planRotation({ desired: [cast.next], stored: left, target: store, now: new Date() });
  }

  try {
    let journal = memoryJournal();
    let planned = await plan(1);
    let next: "execute" | "resume" | "retire" = "execute";
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const { maxRetries = 0 } = trouble;
      const store = bench.open({ maxRetries: attempt === 1 ? maxRetries : 0 });
      const run = { store, journal: mortal(journal), rereadAfterMs: [0] };
      try {
        const work = {
          execute: () => executeRotation(planned, run),
          resume: () => resumeRotation(run),
          retire: () => retireSuperseded(run),
        };
        const { status } = await work[next]();
        if (status === "completed") break;
        bench.approve?.();
        next = status === "awaiting_switch" ? "retire" : "resume";
      } catch (error) {
        must(isSamlCertError(error), `${trouble.where}: not a typed error: ${String(error)}`);
        life.isDead = false;
        await journal.close();
        if (isSamlCertError(error, "guard.store_changed")) {
          planned = await plan(attempt + 1);
          journal = memoryJournal();
          next = "execute";
        }
      }
    }
    bench.strike = () => undefined;
    bench.take(sha256(cast.stranger));
    watch.look("at the end");
    must(watch.broken.length === 0, `${trouble.where}: ${watch.broken.join("; ")}.`);
    mustStore(bench.stored(), [cast.next], trouble.where);
    return { requests: watch.requests(), lines };
  } finally {
    await bench.close?.();
  }
}

/** Two runs of the same rotation at once, that know nothing of each other. */
export async function rotateTwice(make: MakeBench, cast: Cast): Promise<void> {
  const bench = await make([cast.old]);
  try {
    const store = bench.open({ maxRetries: 0 });
    const stored = await store.list();
    const input = { desired: [cast.next], stored, now: new Date() };
    const policy = { retire: { afterSeconds: 0 } } as const;
    const one = async () => {
      const own = bench.open({ maxRetries: 0 });
      const planned = planRotation({ ...input, policy, target: own });
      const run = { store: own, journal: memoryJournal(), rereadAfterMs: [0, 5] };
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        try {
          const { status } = await executeRotation(planned, run);
          if (status === "completed") return;
          bench.approve?.();
        } catch (error) {
          must(isSamlCertError(error), `two runs: not a typed error: ${String(error)}`);
          if (isSamlCertError(error, "guard.store_changed")) return;
        }
      }
    };
    await Promise.all([one(), one()]);
    const names = new Set(bench.stored());
    must(names.has(sha256(cast.next)), "two runs: the new certificate must be stored.");
  } finally {
    await bench.close?.();
  }
}
