import type { Certificate } from "../../certificates/index.ts";
import { isSamlCertError } from "../../core/errors.ts";
import type { CertificateStore } from "../../providers/store.ts";
import { type Cast, must, mustStore, sha256 } from "./cast.ts";
import type { StoreBench } from "./types.ts";

/** One promise of a store that needs no fault. */
export interface Promised {
  readonly name: string;
  /** Stored before it begins. Default: the old certificate. */
  readonly stored?: (cast: Cast) => readonly Certificate[];
  /** False if the provider cannot show it, such as a limit that it does not have. */
  readonly applies?: (store: CertificateStore) => boolean;
  run(store: CertificateStore, cast: Cast, bench: StoreBench): Promise<void>;
}

/** The error of a call; undefined if it succeeds. */
export async function failureOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error;
  }
}

async function idOf(store: CertificateStore, certificate: Certificate): Promise<string> {
  const found = (await store.list()).find((item) => shown(item) === sha256(certificate));
  must(found !== undefined, "list must show what is stored.");
  return found?.id ?? "";
}

type Item = Awaited<ReturnType<CertificateStore["list"]>>[number];

function shown({ certificate, sha256: fingerprint }: Item): string | undefined {
  return certificate?.fingerprint.sha256 ?? fingerprint;
}

const room = (count: number) => (store: CertificateStore) =>
  (store.capabilities.maxCertificates ?? Number.POSITIVE_INFINITY) >= count;

export const promises: readonly Promised[] = [
  {
    name: "list shows each stored certificate once, with an id of its own",
    stored: ({ old, next }) => [old, next],
    applies: room(2),
    async run(store, { old, next }) {
      const list = await store.list();
      mustStore(
        list.flatMap((item) => shown(item) ?? []),
        [old, next],
        "list",
      );
      must(
        new Set(list.map(({ id }) => id)).size === 2,
        "list must give each certificate its own id.",
      );
      must(
        list.every(({ id }) => id !== ""),
        "list must give no empty id.",
      );
    },
  },
  {
    name: "add stores a certificate beside the others, and gives its entry",
    applies: room(2),
    async run(store, { old, next }, bench) {
      const added = await store.add(next);
      bench.approve?.();
      must(shown(added) === sha256(next), "add must give the entry of the certificate.");
      mustStore(bench.stored(), [old, next], "after add");
      const pending = added.pending_approval === true;
      must(
        pending || (await idOf(store, next)) === added.id,
        "add must give the id that list shows.",
      );
    },
  },
  {
    name: "add stores nothing twice",
    applies: room(2),
    async run(store, { old, next }, bench) {
      await store.add(next);
      bench.approve?.();
      await store.add(next);
      await store.add(old);
      mustStore(bench.stored(), [old, next], "after the second add");
    },
  },
  {
    name: "add keeps what another writer has stored since the last reading",
    applies: room(3),
    async run(store, { old, next, stranger }, bench) {
      const known = await store.list();
      bench.put(stranger);
      await store.add(next, { known });
      bench.approve?.();
      mustStore(bench.stored(), [old, next, stranger], "after add");
    },
  },
  {
    name: "remove keeps what another writer has stored since the last reading",
    stored: ({ old, next }) => [old, next],
    applies: room(3),
    async run(store, { old, next, stranger }, bench) {
      const known = await store.list();
      const id = await idOf(store, old);
      bench.put(stranger);
      await store.remove(id, { known });
      mustStore(bench.stored(), [next, stranger], "after remove");
    },
  },
  {
    name: "remove takes this certificate and no other",
    stored: ({ old, next }) => [old, next],
    applies: room(2),
    async run(store, { old, next }, bench) {
      await store.remove(await idOf(store, next));
      mustStore(bench.stored(), [old], "after remove");
    },
  },
  {
    name: "remove of what is gone succeeds",
    stored: ({ old, next }) => [old, next],
    applies: room(2),
    async run(store, { old, next }, bench) {
      const id = await idOf(store, next);
      bench.take(sha256(next));
      await store.remove(id);
      mustStore(bench.stored(), [old], "after remove");
    },
  },
  {
    name: "replace overwrites this certificate and no other",
    stored: ({ old, stranger }) => [old, stranger],
    applies: (store) => store.capabilities.replaceInPlace && room(2)(store),
    async run(store, { old, next, stranger }, bench) {
      const replaced = await store.replace(await idOf(store, old), next);
      must(shown(replaced) === sha256(next), "replace must give the entry of the certificate.");
      mustStore(bench.stored(), [next, stranger], "after replace");
    },
  },
  {
    name: "add refuses more than the provider stores, and changes nothing",
    stored: ({ old, third, stranger }) => [old, third, stranger],
    applies: (store) => store.capabilities.maxCertificates !== undefined,
    async run(store, { next }, bench) {
      const limit = store.capabilities.maxCertificates ?? 0;
      while (bench.stored().length > limit) bench.take(bench.stored().at(-1) ?? "");
      // A provider with more places is filled with certificates of others.
      if (bench.stored().length < limit) return;
      const before = [...bench.stored()];
      const error = await failureOf(() => store.add(next));
      must(isSamlCertError(error), "add must throw a typed error if no place is free.");
      must(bench.stored().join() === before.join(), "add must change nothing if no place is free.");
    },
  },
  {
    name: "a call whose signal is aborted ends, and changes nothing",
    async run(store, { old, next }, bench) {
      const options = { signal: AbortSignal.abort() };
      const error = await failureOf(() => store.add(next, options));
      must(error !== undefined, "add must reject if its signal is aborted.");
      must((await failureOf(() => store.list(options))) !== undefined, "list must reject, too.");
      mustStore(bench.stored(), [old], "after the aborted add");
    },
  },
  {
    name: "two writers that add the same at once lose nothing",
    applies: room(3),
    async run(store, { old, next }, bench) {
      const other = bench.open({ maxRetries: 0 });
      await Promise.allSettled([store.add(next), other.add(next)]);
      bench.approve?.();
      const stored = new Set(bench.stored());
      must(stored.has(sha256(old)) && stored.has(sha256(next)), "Both must stay stored.");
    },
  },
  {
    name: "a list that shows a write late is not written back",
    applies: room(3),
    async run(store, { old, next, third }, bench) {
      if (bench.stale === undefined) return;
      await store.add(next);
      bench.approve?.();
      const known = await store.list();
      bench.stale(1);
      await failureOf(() => store.add(third, { known }));
      bench.approve?.();
      const stored = bench.stored();
      must(stored.includes(sha256(next)), "add must not drop what a late list does not show.");
      must(stored.includes(sha256(old)), "add must keep the old certificate.");
      must(new Set(stored).size === stored.length, "add must store nothing twice.");
    },
  },
];
