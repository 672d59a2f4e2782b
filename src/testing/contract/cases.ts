import { isText, need } from "../../core/argument.ts";
import { AMOUNT, checkOptions, FUNCTION, LIST, type OptionKinds } from "../../core/options.ts";
import { promises } from "./basics.ts";
import { type Cast, createCast, sha256 } from "./cast.ts";
import { REPEATED, storeFaults } from "./faults.ts";
import { changes, everyKill, everyRequest } from "./requests.ts";
import { rotate, rotateTwice, type Trouble } from "./rotation.ts";
import type { ContractOptions, MakeBench, StoreCase } from "./types.ts";

const KINDS: OptionKinds<ContractOptions> = { test: FUNCTION, faults: LIST, every: AMOUNT };

/**
 * The contract of a `CertificateStore`, as cases for any test runner: its promises without a fault,
 * every fault at every request, a process that ends at every request and at every line of the journal,
 * two writers, late lists and limits; for single changes and for whole rotations.
 *
 * Gives the cases, and registers each if it gets the runner's `test`. A case that fails says in its
 * error what the store must do.
 *
 * @example
 * ```ts
 * import { memoryStore, testCertificateStore } from "samlcert/testing";
 *
 * for (const { name, run } of testCertificateStore((stored) => memoryStore("list", stored))) {
 *   console.log(name);
 *   await run();
 * }
 * ```
 */
export function testCertificateStore(
  make: MakeBench,
  options: ContractOptions = {},
): readonly StoreCase[] {
  need(() => typeof make === "function", "make", "a function that gives a StoreBench");
  checkOptions(options, KINDS, "testCertificateStore");
  const { test, faults = Object.keys(storeFaults), every = 1 } = Object(options) as ContractOptions;
  const step = Math.max(1, Math.floor(every));
  need(() => [...faults].every(isText), "faults", "a list of names");
  const unknown = faults.find((name) => !Object.hasOwn(storeFaults, name));
  need(() => unknown === undefined, `The fault "${unknown}"`, "one of the suite");
  let made: Promise<Cast> | undefined;
  const cast = () => {
    made ??= createCast();
    return made;
  };
  const cases = [
    ...basicCases(make, cast),
    ...requestCases(make, cast, faults, step),
    ...rotationCases(make, cast, faults, step),
  ];
  for (const { name, run } of cases) test?.(name, run);
  return cases;
}

function basicCases(make: MakeBench, cast: () => Promise<Cast>): readonly StoreCase[] {
  return promises.map(({ name, stored = ({ old }) => [old], applies = () => true, run }) => ({
    name,
    async run() {
      const all = await cast();
      const empty = await make([]);
      const isFit = applies(empty.open({ maxRetries: 0 }));
      await empty.close?.();
      if (!isFit) return;
      const bench = await make(stored(all));
      try {
        await run(bench.open({ maxRetries: 0 }), all, bench);
      } finally {
        await bench.close?.();
      }
    },
  }));
}

function requestCases(
  make: MakeBench,
  cast: () => Promise<Cast>,
  faults: readonly string[],
  every: number,
): readonly StoreCase[] {
  return changes.flatMap((change) => [
    ...faults.map((fault) => ({
      name: `${change.name} survives ${fault} at every request`,
      run: async () => await everyRequest(make, await cast(), change, { fault, every }),
    })),
    {
      name: `${change.name} survives a process that ends at every request`,
      run: async () => await everyKill(make, await cast(), change, every),
    },
  ]);
}

function rotationCases(
  make: MakeBench,
  cast: () => Promise<Cast>,
  faults: readonly string[],
  every: number,
): readonly StoreCase[] {
  /** Plays a trouble at every place of a rotation. */
  const everywhere = async (
    places: "requests" | "lines",
    troubles: (at: number, all: Cast) => readonly Trouble[],
  ) => {
    const all = await cast();
    const cost = await rotate(make, all, { where: "without a fault" });
    for (let at = 1; at <= cost[places]; at += every) {
      for (const trouble of troubles(at, all)) await rotate(make, all, trouble);
    }
  };
  return [
    ...faults.map((name) => ({
      name: `a rotation survives ${name} at every request`,
      run: () =>
        everywhere("requests", (at) =>
          (REPEATED.includes(name) ? [0, 3] : [0]).map((maxRetries) => ({
            where: `rotation, ${name} at request ${at}, ${maxRetries} repeats`,
            maxRetries,
            strike: (number) => (number === at ? storeFaults[name] : undefined),
          })),
        ),
    })),
    {
      name: "a rotation survives a process that ends at every request",
      run: () =>
        everywhere("requests", (at) =>
          (["before", "after"] as const).map((cut) => ({
            where: `rotation, killed ${cut} the effect of request ${at}`,
            kill: { at, cut },
          })),
        ),
    },
    {
      name: "a rotation survives a process that ends at every line of its journal",
      run: () =>
        everywhere("lines", (at) => [
          { where: `rotation, killed at line ${at} of the journal`, dies: (line) => line === at },
        ]),
    },
    {
      name: "a rotation notices another writer at every request",
      run: async () => {
        // Where nothing is shown, another writer's certificate cannot be told from one's own.
        if (await showsNothing(make)) return;
        await everywhere("requests", (at, { stranger }) => [
          {
            where: `rotation, another writer at request ${at}`,
            strike(number, bench) {
              if (number === at && !bench.stored().includes(sha256(stranger))) bench.put(stranger);
              return undefined;
            },
          },
        ]);
      },
    },
    {
      name: "two rotations at once keep a certificate stored at every moment",
      run: async () => await rotateTwice(make, await cast()),
    },
  ];
}

async function showsNothing(make: MakeBench): Promise<boolean> {
  const bench = await make([]);
  const { capabilities } = bench.open({ maxRetries: 0 });
  await bench.close?.();
  return capabilities.observes === "nothing";
}
