import { beforeAll, describe, expect, test } from "vitest";
import { isSamlCertError } from "../../../src/core/errors.ts";
import {
  announceKey,
  formatRollover,
  keysFor,
  parseRollover,
  planKeyRollover,
  type RolloverPolicy,
  type RolloverState,
  type RolloverUse,
  recordRead,
  retireKey,
  type SigningKey,
  startRollover,
  useNextKey,
} from "../../../src/keys/index.ts";
import { fc } from "../../support/property.ts";
import { leaksOf, quickKey } from "../support.ts";

const T = 1_800_000_000;
const OKTA = "https://okta.example";
const ADFS = "https://adfs.example";
const identityProviders = [
  { entityId: OKTA, metadata: "polls" },
  { entityId: ADFS, metadata: "by_hand" },
] as const;

let A: SigningKey;
let B: SigningKey;
let C: SigningKey;
let P: SigningKey;

beforeAll(async () => {
  const encryption = { algorithm: "rsa-2048", use: "encryption" } as const;
  [A, B, C] = [await quickKey(encryption), await quickKey(encryption), await quickKey(encryption)];
  P = await quickKey();
});

const idOf = ({ certificate }: SigningKey): string => certificate.publicKey.spkiSha256;

function start(use: RolloverUse, policy: Partial<RolloverPolicy> = {}): RolloverState {
  return startRollover({ [use]: A.certificate, identityProviders, policy, now: T });
}

function announced(use: RolloverUse, policy?: Partial<RolloverPolicy>): RolloverState {
  return announceKey(start(use, policy), { use, certificate: B.certificate, now: T + 100 });
}

/** Everybody reads the metadata of that moment. */
function readBy(state: RolloverState, entityIds: readonly string[], now: number): RolloverState {
  const { publish } = keysFor(state, now);
  const [signing, encryption] = [publish.signing, publish.encryption].map((keys) =>
    keys.map(({ spkiSha256 }) => spkiSha256),
  ) as [string[], string[]];
  return entityIds.reduce(
    (before, entityId) => recordRead(before, { entityId, signing, encryption, by: "request", now }),
    state,
  );
}

/** The keys of a moment by their letters: published, signed with, decrypted with. */
function shown(state: RolloverState, use: RolloverUse, now: number): string {
  const letters = new Map([A, B, C].map((key, i) => [idOf(key), "ABC"[i]]));
  const { publish, signWith, decryptWith, phase } = keysFor(state, now);
  const names = (keys: readonly { readonly spkiSha256: string }[]): string =>
    keys.map(({ spkiSha256 }) => letters.get(spkiSha256)).join("");
  const used =
    use === "signing" ? names(signWith === undefined ? [] : [signWith]) : names(decryptWith);
  return `${phase[use]}: publish ${names(publish[use])}, use ${used}`;
}

function codeOf(run: () => unknown): string {
  try {
    run();
    return "done";
  } catch (error) {
    return isSamlCertError(error) ? error.code : String(error);
  }
}

describe("a rollover of a signing key", () => {
  test("publishes the next key before it signs, and the former one after that", () => {
    let state = announced("signing");
    expect(shown(state, "signing", T + 99)).toBe("idle: publish A, use A");
    expect(shown(state, "signing", T + 100)).toBe("announced: publish AB, use A");
    state = readBy(state, [OKTA, ADFS], T + 200);
    expect(shown(state, "signing", T + 9_999_999)).toBe("announced: publish AB, use A");
    state = useNextKey(state, { use: "signing", now: T + 300 });
    expect(shown(state, "signing", T + 300)).toBe("switched: publish BA, use B");
    state = retireKey(state, { use: "signing", spkiSha256: idOf(A), now: T + 300 + 3600 });
    expect(shown(state, "signing", T + 300 + 3600)).toBe("idle: publish B, use B");
  });

  test("waits for every identity provider, by name: keys.rollover_evidence", () => {
    const state = readBy(announced("signing"), [OKTA], T + 200);
    const step = () => useNextKey(state, { use: "signing", now: T + 9_999_999 });
    expect(codeOf(step)).toBe("keys.rollover_evidence");
    expect(step).toThrow(ADFS);
    expect(step).not.toThrow(OKTA);
  });

  test("takes metadata that was read before the announcement for no evidence", () => {
    const early = readBy(start("signing"), [OKTA, ADFS], T + 50);
    const state = announceKey(early, { use: "signing", certificate: B.certificate, now: T + 100 });
    const step = () => useNextKey(state, { use: "signing", now: T + 200 });
    expect(codeOf(step)).toBe("keys.rollover_evidence");
  });

  test("gains nothing from reading the same keys again", () => {
    const once = readBy(announced("signing"), [OKTA], T + 200);
    expect(readBy(once, [OKTA], T + 300)).toBe(once);
    expect(readBy(once, [ADFS], T + 300).events).toHaveLength(once.events.length + 1);
  });

  test("takes a person's word, and records it", () => {
    const state = useNextKey(announced("signing"), {
      use: "signing",
      confirmed: true,
      now: T + 200,
    });
    expect(state.events.at(-1)).toMatchObject({ type: "switched", by: "person" });
  });

  test("keeps a former key while messages are in flight: keys.rollover_in_flight", () => {
    const read = readBy(announced("signing"), [OKTA, ADFS], T + 200);
    const state = useNextKey(read, { use: "signing", now: T + 300 });
    const options = { use: "signing", spkiSha256: idOf(A) } as const;
    expect(codeOf(() => retireKey(state, { ...options, now: T + 3899 }))).toBe(
      "keys.rollover_in_flight",
    );
    expect(codeOf(() => retireKey(state, { ...options, now: T + 3900 }))).toBe("done");
  });

  test("shortens the time of caches while it runs", () => {
    expect(keysFor(start("signing"), T).cacheSeconds).toBe(86_400);
    expect(keysFor(announced("signing"), T + 100).cacheSeconds).toBe(3600);
  });
});

describe("a rollover of an encryption key", () => {
  test("decrypts with the next key before it is published alone, and with the former one after", () => {
    let state = announced("encryption");
    expect(shown(state, "encryption", T + 100)).toBe("announced: publish A, use BA");
    expect(shown(state, "encryption", T + 159)).toBe("announced: publish A, use BA");
    expect(shown(state, "encryption", T + 160)).toBe("announced: publish B, use BA");
    state = useNextKey(state, { use: "encryption", now: T + 200 });
    expect(shown(state, "encryption", T + 200)).toBe("switched: publish B, use BA");
    state = readBy(state, [OKTA, ADFS], T + 300);
    state = retireKey(state, { use: "encryption", spkiSha256: idOf(A), now: T + 4000 });
    expect(shown(state, "encryption", T + 4000)).toBe("idle: publish B, use BA");
    expect(shown(state, "encryption", T + 4000 + 3600)).toBe("idle: publish B, use B");
  });

  test("publishes both by policy", () => {
    let state = announced("encryption", { encryption: "both", spreadSeconds: 0 });
    expect(shown(state, "encryption", T + 100)).toBe("announced: publish BA, use BA");
    state = useNextKey(state, { use: "encryption", now: T + 200 });
    expect(shown(state, "encryption", T + 200)).toBe("switched: publish B, use BA");
  });

  test("counts only metadata without the former key as evidence to retire it", () => {
    const both = announced("encryption", { encryption: "both", spreadSeconds: 0 });
    const read = readBy(both, [OKTA, ADFS], T + 150);
    const state = useNextKey(read, { use: "encryption", now: T + 200 });
    const retire = (before: RolloverState) => () =>
      retireKey(before, { use: "encryption", spkiSha256: idOf(A), now: T + 90_000 });
    expect(codeOf(retire(state))).toBe("keys.rollover_evidence");
    expect(codeOf(retire(readBy(state, [OKTA, ADFS], T + 300)))).toBe("done");
  });

  test("refuses an EC key, which nobody encrypts to: keys.use", () => {
    const certificate = P.certificate;
    const call = () => announceKey(start("encryption"), { use: "encryption", certificate });
    expect(codeOf(call)).toBe("keys.use");
  });
});

describe("a leaked key", () => {
  test("is used for nothing from the second it is retired", () => {
    for (const use of ["signing", "encryption"] as const) {
      const switched = useNextKey(announced(use), { use, confirmed: true, now: T + 101 });
      const options = { use, spkiSha256: idOf(A), compromised: true, now: T + 102 };
      expect(shown(retireKey(switched, options), use, T + 102)).toBe("idle: publish B, use B");
    }
  });
});

describe("the order of steps", () => {
  test.each([
    [
      "keys.rollover_running",
      () => announceKey(announced("signing"), { use: "signing", certificate: C.certificate }),
    ],
    [
      "keys.rollover_known",
      () => announceKey(start("signing"), { use: "signing", certificate: A.certificate }),
    ],
    [
      "keys.rollover_none",
      (): unknown => useNextKey(start("signing"), { use: "signing", confirmed: true }),
    ],
    [
      "keys.rollover_current",
      () =>
        retireKey(start("signing"), {
          use: "signing",
          spkiSha256: idOf(A),
          confirmed: true,
          compromised: true,
        }),
    ],
    [
      "keys.rollover_unknown",
      () => retireKey(start("signing"), { use: "signing", spkiSha256: idOf(C), confirmed: true }),
    ],
    [
      "keys.rollover_stranger",
      () =>
        recordRead(start("signing"), {
          entityId: "https://x.example",
          signing: [],
          encryption: [],
        }),
    ],
    [
      "keys.rollover_certificate",
      () => startRollover({ signing: P.certificate.pem + A.certificate.pem, identityProviders }),
    ],
  ] as const)("is enforced: %s", (code, run) => {
    expect(codeOf(run)).toBe(code);
  });

  test("is shown by the plan, with what each step waits for", () => {
    const stages = (state: RolloverState, now: number) =>
      planKeyRollover(state, now).flatMap(({ steps }) => steps.map(({ status }) => status));
    expect(stages(start("signing"), T)).toEqual(["due", "later", "later"]);
    let state = announced("signing");
    expect(stages(state, T + 100)).toEqual(["done", "waiting", "later"]);
    expect(planKeyRollover(state, T + 100)[0]?.steps[1]?.waitsFor).toEqual([OKTA, ADFS]);
    state = readBy(state, [OKTA, ADFS], T + 200);
    expect(stages(state, T + 200)).toEqual(["done", "due", "later"]);
    state = useNextKey(state, { use: "signing", now: T + 300 });
    expect(stages(state, T + 300)).toEqual(["done", "done", "waiting"]);
    expect(stages(state, T + 300 + 3600)).toEqual(["done", "done", "due"]);
  });

  test("leaves no moment without a key, nor one that nobody has read, under any steps", () => {
    const action = fc.constantFrom("announce", "read", "use", "retire", "wait");
    const keys = () => [A, B, C];
    fc.assert(
      fc.property(
        fc.array(action, { maxLength: 25 }),
        fc.constantFrom("signing", "encryption"),
        (actions, use) => {
          let state = start(use as RolloverUse);
          let now = T;
          const cached = new Map(
            identityProviders.map(({ entityId }) => [entityId, keysFor(state, T).publish[use]]),
          );
          for (const one of actions) {
            now += one === "wait" ? 10_000 : 1;
            try {
              state = act(state, { use: use as RolloverUse, one, now, keys: keys(), cached });
            } catch (error) {
              if (!isSamlCertError(error)) throw error;
            }
            const { publish, signWith, decryptWith } = keysFor(state, now);
            expect(publish[use].length).toBeGreaterThan(0);
            const known = (key: string, list: readonly { spkiSha256: string }[]) =>
              list.some(({ spkiSha256 }) => spkiSha256 === key);
            for (const held of cached.values()) {
              if (use === "signing") expect(known(signWith?.spkiSha256 ?? "", held)).toBe(true);
              else for (const key of held) expect(known(key.spkiSha256, decryptWith)).toBe(true);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

interface Action {
  readonly use: RolloverUse;
  readonly one: string;
  readonly now: number;
  readonly keys: readonly SigningKey[];
  readonly cached: Map<string, readonly { readonly spkiSha256: string }[]>;
}

/** One action of the model: identity providers hold what they have read last. */
function act(state: RolloverState, { use, one, now, keys, cached }: Action): RolloverState {
  const { steps } = planKeyRollover(state, now)[0] ?? { steps: [] };
  if (one === "announce") {
    const fresh = keys.find(
      (key) =>
        codeOf(() => announceKey(state, { use, certificate: key.certificate, now })) === "done",
    );
    return fresh === undefined
      ? state
      : announceKey(state, { use, certificate: fresh.certificate, now });
  }
  if (one === "use") return useNextKey(state, { use, now });
  if (one === "retire") {
    return retireKey(state, { use, spkiSha256: steps[2]?.spkiSha256 ?? "", now });
  }
  if (one !== "read") return state;
  const [entityId = ""] = [...cached.keys()].slice(now % 2);
  cached.set(entityId, keysFor(state, now).publish[use]);
  return readBy(state, [entityId], now);
}

describe("the state document", () => {
  test("is read as it was written, and holds no private key", () => {
    const state = readBy(announced("signing"), [OKTA], T + 200);
    const text = formatRollover(state);
    expect(parseRollover(text)).toEqual(state);
    expect(leaksOf(text, [A.privateKey, B.privateKey])).toEqual([]);
  });

  test.each([
    ["keys.rollover_unreadable", (): string => "not JSON"],
    ["keys.rollover_unreadable", (): string => "null"],
    ["keys.rollover_unreadable", (): string => '{"format":"samlcert.rotation-plan","version":1}'],
    [
      "keys.rollover_unreadable",
      (): string => '{"format":"samlcert.key-rollover","version":1,"events":[{}]}',
    ],
    ["keys.rollover_version", (): string => '{"format":"samlcert.key-rollover","version":2}'],
    [
      "keys.rollover_changed",
      (): string => formatRollover(start("signing")).replace("86400", "86401"),
    ],
  ] as const)("throws %s for anything else", (code, damaged) => {
    expect(codeOf(() => parseRollover(damaged()))).toBe(code);
  });

  test("throws typed errors for damaged text", () => {
    const text = formatRollover(announced("signing"));
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ maxLength: 3 }), (at, piece) => {
        const damaged = text.slice(0, at) + piece + text.slice(at + 1);
        expect(codeOf(() => parseRollover(damaged))).toMatch(/^(?:done|keys\.rollover_\w+)$/);
      }),
      { numRuns: 200 },
    );
  });
});
