import { expect, test } from "vitest";
import type { Certificate } from "../../../src/certificates/index.ts";
import type { CertificateStore, StoredCertificate } from "../../../src/providers/store.ts";
import {
  memoryStore,
  type StoreBench,
  type StoreShape,
  testCertificateStore,
} from "../../../src/testing/index.ts";

/** A store that is wrong in one way, over one that is right. */
type Wrong = (right: CertificateStore, bench: StoreBench) => CertificateStore;

const sha256 = ({ certificate }: StoredCertificate) => certificate?.fingerprint.sha256;

/** The mistake, the shape that it is made in, and the first case that must find it. */
const MISTAKES: Readonly<Record<string, readonly [StoreShape, Wrong, string]>> = {
  "adds without a look": [
    "items",
    (right) => ({ ...right, add: (one, options) => right.add(one, { ...options, known: [] }) }),
    "add stores nothing twice",
  ],
  "repeats an addition whose answer was lost": [
    "items",
    (right) => ({
      ...right,
      async add(one, options) {
        try {
          return await right.add(one, { ...options, known: [] });
        } catch {
          return await right.add(one, { ...options, known: [] });
        }
      },
    }),
    "add stores nothing twice",
  ],
  "writes back the list that it was given": [
    "list",
    (right, bench) => ({
      ...right,
      async add(one, options = {}) {
        const added = await right.add(one, options);
        const { known = await right.list() } = options;
        const keep = new Set([...known.map(sha256), one.fingerprint.sha256]);
        for (const name of bench.stored()) if (!keep.has(name)) bench.take(name);
        return added;
      },
    }),
    "add keeps what another writer has stored since the last reading",
  ],
  "removes the first certificate of the list": [
    "list",
    (right) => ({
      ...right,
      async remove(_, options) {
        const [first] = await right.list();
        if (first) await right.remove(first.id, options);
      },
    }),
    "remove takes this certificate and no other",
  ],
  "fails if the certificate to remove is gone": [
    "items",
    (right) => ({
      ...right,
      async remove(id, options) {
        if ((await right.list()).every((one) => one.id !== id)) throw new Error("not found");
        await right.remove(id, options);
      },
    }),
    "remove of what is gone succeeds",
  ],
  "hides a part of the list": [
    "list",
    (right) => ({ ...right, list: async (options) => (await right.list(options)).slice(0, 1) }),
    "list shows each stored certificate once, with an id of its own",
  ],
  "gives another id than the list shows": [
    "items",
    (right) => ({
      ...right,
      add: async (one, options) => ({ ...(await right.add(one, options)), id: "new" }),
    }),
    "add stores a certificate beside the others, and gives its entry",
  ],
  "ignores its signal": [
    "list",
    (right) => ({
      ...right,
      list: () => right.list(),
      add: (one, { known } = {}) => right.add(one, { known }),
    }),
    "a call whose signal is aborted ends, and changes nothing",
  ],
  "takes a lost answer for a success": [
    "items",
    (right) => ({
      ...right,
      add: (one, options) => right.add(one, options).catch(() => entry("lost", one)),
    }),
    "a call whose signal is aborted ends, and changes nothing",
  ],
  "throws what is not a typed error": [
    "items",
    (right) => ({
      ...right,
      add: (one, options) =>
        right.add(one, options).catch(() => {
          throw new Error("it did not work");
        }),
    }),
    "add survives a connection that breaks before the effect at every request",
  ],
  "drops the others when it adds": [
    "list",
    (right, bench) => ({
      ...right,
      async add(one, options) {
        const added = await right.add(one, options);
        for (const name of bench.stored()) if (name !== one.fingerprint.sha256) bench.take(name);
        return added;
      },
    }),
    "add stores a certificate beside the others, and gives its entry",
  ],
  "stores more than its capabilities say": [
    "list",
    (right) => ({ ...right, capabilities: { ...right.capabilities, maxCertificates: 3 } }),
    "add refuses more than the provider stores, and changes nothing",
  ],
};

function entry(id: string, certificate: Certificate): StoredCertificate {
  return { id, public_certificate: certificate.pem, certificate };
}

test.each(Object.entries(MISTAKES))("the contract finds a store that %s", async (_, mistake) => {
  const [shape, wrong, finder] = mistake;
  const cases = testCertificateStore(
    (stored) => {
      const bench = memoryStore(shape, stored);
      const open: StoreBench["open"] = (options) => wrong(bench.open(options), bench);
      return Object.defineProperty({ ...bench, open }, "strike", live(bench));
    },
    { every: 20 },
  );
  for (const { name, run } of cases) {
    const error = await run().then(
      () => undefined,
      (cause: unknown) => cause,
    );
    if (error === undefined) continue;
    expect(name).toBe(finder);
    return;
  }
  expect.unreachable("no case has found it");
});

/** The suite sets `strike`, and the bench reads it. */
function live(bench: StoreBench): PropertyDescriptor {
  return {
    get: () => bench.strike,
    set(strike: StoreBench["strike"]) {
      bench.strike = strike;
    },
  };
}

test("testCertificateStore refuses a fault that it does not have", () => {
  expect(() => testCertificateStore(() => memoryStore("list"), { faults: ["rain"] })).toThrow(
    'The fault "rain" must be one of the suite.',
  );
});
