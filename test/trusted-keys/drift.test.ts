import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { toBase64 } from "../../src/core/bytes.ts";
import { createTestCertificate, type TestCertificate } from "../../src/testing/index.ts";
import { DRIFT_DEFAULTS, type DriftKind, decide } from "../../src/trusted-keys/drift.ts";
import { fileCache, type TrustedKeysEvent } from "../../src/trusted-keys/index.ts";
import { build, MODULUS, rsa } from "../certificates/support/parts.ts";
import { rejection } from "../providers/support.ts";
import { fc } from "../support/property.ts";
import { fingerprints, sha256, signedMetadata, start, temporaryFolder } from "./following.ts";
import { idpMetadata, serviceProvider } from "./sign-in.ts";

let a: TestCertificate;
let b: TestCertificate;
let c: TestCertificate;
let signer: TestCertificate;
let weak: TestCertificate;
beforeAll(async () => {
  const make = () => createTestCertificate({ keyAlgorithm: "RSA-2048" });
  [a, b, c, signer] = [await make(), await make(), await make(), await make()];
  weak = await createTestCertificate({ keyAlgorithm: "RSA-1024" });
});

type DriftEvent = Extract<TrustedKeysEvent, { type: "drift" }>;

function drifts(events: readonly TrustedKeysEvent[]): readonly string[] {
  return events
    .filter((event): event is DriftEvent => event.type === "drift")
    .map(({ kind, action, keys }) => `${kind} ${action} ${keys.length}`);
}

describe("a new key in an unsigned document", () => {
  it("next to the old one is trusted, and told", async () => {
    const { keys, server, events } = await start(idpMetadata([a]));
    await keys.refresh();
    server.answer = idpMetadata([a, b]);
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(a), sha256(b)]);
    expect(drifts(events)).toEqual(["unverified accept 1"]);
  });

  it("instead of the old one is trusted, and the withdrawn one is not", async () => {
    const { keys, server, events } = await start(idpMetadata([a]));
    await keys.refresh();
    server.answer = idpMetadata([b]);
    await keys.refresh();
    const signIn = serviceProvider(keys.idpCert);
    expect(await signIn(b)).toBe("ada@example.com");
    await expect(signIn(a)).rejects.toThrow();
    expect(drifts(events)).toEqual(["replaced accept 2", "unverified accept 1"]);
  });

  it("in a renewed certificate of the same key is no drift", async () => {
    const { renewedCertificate } = await renewal();
    const { keys, server, events } = await start(idpMetadata([renewedCertificate.before]), {
      drift: { replaced: "stage", unverified: "stage" },
    });
    await keys.refresh();
    server.answer = idpMetadata([renewedCertificate.after]);
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(renewedCertificate.after)]);
    expect(drifts(events)).toEqual([]);
  });
});

/** Two certificates of one key. */
async function renewal() {
  const before = await createTestCertificate({ keyAlgorithm: "RSA-2048" });
  const after = await createTestCertificate({
    keyAlgorithm: "RSA-2048",
    privateKeyPem: before.privateKeyPem,
  });
  return { renewedCertificate: { before, after } };
}

describe("staged keys", () => {
  it("wait for a person; then the document is followed", async () => {
    const { keys, server, events } = await start(idpMetadata([a]), {
      drift: { replaced: "stage" },
    });
    await keys.refresh();
    server.answer = idpMetadata([b]);
    const report = await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(a)]);
    expect(report).toMatchObject({
      state: "fresh",
      staged: [
        { sha256: sha256(b), change: "add", reasons: ["replaced", "unverified"], signIns: 0 },
        { sha256: sha256(a), change: "remove", reasons: ["replaced"] },
      ],
    });
    expect(await keys.approve(sha256(c))).toBe(false);
    await expect(keys.approve("x")).rejects.toThrow("fingerprint must be a SHA-256 in hex.");
    const colons = sha256(b).toUpperCase().match(/../g)?.join(":") ?? "";
    expect(await keys.approve(colons)).toBe(true);
    expect(fingerprints(keys)).toEqual([sha256(b)]);
    expect(keys.report().staged).toEqual([]);
    expect(events.find(({ type }) => type === "confirmed")).toMatchObject({
      by: "person",
      sha256: sha256(b),
    });
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(b)]);
  });

  it("are confirmed by sign-ins, if so many are asked for", async () => {
    const { keys, server, events, time } = await start(idpMetadata([a]), {
      drift: { replaced: "stage" },
      confirmAfterSignIns: 2,
    });
    await keys.refresh();
    server.answer = idpMetadata([b]);
    await keys.refresh();
    expect(keys.observe({ fingerprint: sha256(c) })).toBe(false);
    expect(keys.observe({ certificate: b.certificate, at: new Date(time.ms - 9000) })).toBe(false);
    expect(keys.observe({ certificate: b.certificate })).toBe(true);
    expect(fingerprints(keys)).toEqual([sha256(a)]);
    expect(keys.report().staged[0]).toMatchObject({ sha256: sha256(b), signIns: 1 });
    expect(keys.observe({ fingerprint: sha256(b), at: new Date(time.ms + 1000) })).toBe(true);
    expect(fingerprints(keys)).toEqual([sha256(b)]);
    expect(events.find(({ type }) => type === "confirmed")).toMatchObject({ by: "sign-ins" });
  });

  it("survive a restart, with the sign-ins that were counted", async () => {
    const cache = fileCache(join(temporaryFolder(), "idp.json"));
    const options = { drift: { replaced: "stage" } as const, confirmAfterSignIns: 3, cache };
    const before = await start(idpMetadata([a]), options);
    await before.keys.refresh();
    before.server.answer = idpMetadata([b]);
    await before.keys.refresh();
    before.keys.observe({ fingerprint: sha256(b) });
    await before.keys[Symbol.asyncDispose]();

    const { keys, server } = await start(503, options);
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(a)]);
    const [staged] = keys.report().staged;
    expect(staged).toMatchObject({ sha256: sha256(b), change: "add", signIns: 1 });
    expect(await keys.approve(sha256(b))).toBe(true);
    expect(fingerprints(keys)).toEqual([sha256(a)]);
    server.answer = idpMetadata([b]);
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(b)]);
    expect(keys.report().staged).toEqual([]);
  });

  it("go if the document no longer has them", async () => {
    const { keys, server } = await start(idpMetadata([a]), { drift: { unverified: "stage" } });
    await keys.refresh();
    server.answer = idpMetadata([a, b]);
    expect((await keys.refresh()).staged).toHaveLength(1);
    server.answer = idpMetadata([a]);
    expect((await keys.refresh()).staged).toEqual([]);
    expect(fingerprints(keys)).toEqual([sha256(a)]);
  });

  it("are refused instead, if the policy says so", async () => {
    const { keys, server, events } = await start(idpMetadata([a]), {
      drift: { replaced: "refuse" },
    });
    await keys.refresh();
    server.answer = idpMetadata([b]);
    expect((await keys.refresh()).lastFailure?.code).toBe("trusted_keys.refused");
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(a)]);
    expect(keys.report().staged).toEqual([]);
    expect(drifts(events)).toEqual(["replaced refuse 2", "unverified refuse 1"]);
  });
});

describe("a stale copy", () => {
  it("neither withdraws the key in use nor brings a withdrawn one back", async () => {
    const { keys, server, events } = await start(idpMetadata([a]));
    const signIn = serviceProvider(keys.idpCert);
    await keys.refresh();
    server.answer = idpMetadata([a, b]);
    await keys.refresh();
    server.answer = idpMetadata([a]);
    await keys.refresh();
    expect(await signIn(b)).toBe("ada@example.com");
    expect(drifts(events).at(-1)).toBe("returned stage 1");
    server.answer = idpMetadata([b]);
    await keys.refresh();
    server.answer = idpMetadata([a, b]);
    await keys.refresh();
    await expect(signIn(a)).rejects.toThrow();
    expect(await signIn(b)).toBe("ada@example.com");
    server.answer = idpMetadata([a]);
    await keys.refresh();
    await keys.refresh();
    await expect(signIn(a)).rejects.toThrow();
    expect(await signIn(b)).toBe("ada@example.com");
    expect(keys.report().staged.map(({ change }) => change)).toEqual(["add", "remove"]);
  });

  it("is followed after all, if a person says so", async () => {
    const { keys, server } = await start(idpMetadata([a]));
    await keys.refresh();
    server.answer = idpMetadata([b]);
    await keys.refresh();
    server.answer = idpMetadata([a]);
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(b)]);
    expect(await keys.approve(sha256(a))).toBe(true);
    expect(fingerprints(keys)).toEqual([sha256(a)]);
    server.answer = `${idpMetadata([a])} `;
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(a)]);
  });

  it("is told from a newer document with the same keys by Last-Modified", async () => {
    const at = (day: number) => new Date(Date.UTC(2026, 0, day)).toUTCString();
    const { keys, server } = await start(idpMetadata([a]), {}, { "last-modified": at(1) });
    await keys.refresh();
    server.headers = { "last-modified": at(2) };
    server.answer = idpMetadata([b]);
    await keys.refresh();
    server.headers = { "last-modified": at(3) };
    server.answer = idpMetadata([a]);
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(a)]);
    server.headers = { "last-modified": at(2) };
    server.answer = idpMetadata([c]);
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(a)]);
  });

  it("is not a document after one whose server had its clock in the future", async () => {
    const ahead = { "last-modified": new Date("2099-01-01").toUTCString() };
    const { keys, server } = await start(idpMetadata([a]), {}, ahead);
    await keys.refresh();
    server.headers = { "last-modified": new Date("2026-01-01").toUTCString() };
    server.answer = idpMetadata([b]);
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(b)]);
  });

  it("of a signed document is told by its validUntil", async () => {
    const signed = (key: TestCertificate, until: string) =>
      signedMetadata(idpMetadata([key]), signer, until);
    const from = { trust: { certificates: [signer.pem] } };
    const first = signed(a, "2900-01-01T00:00:00Z");
    const { keys, server, events } = await start(first, {}, {}, from);
    await keys.refresh();
    server.answer = signed(b, "2899-01-01T00:00:00Z");
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(a)]);
    server.answer = signed(b, "2901-01-01T00:00:00Z");
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(b)]);
    expect(drifts(events)).toEqual(["returned stage 2", "replaced stage 2", "replaced accept 2"]);
  });
});

describe("a key that is odd itself", () => {
  /** With the exponent 1, everybody can sign. */
  const exposedKey = { certificate: { derBase64: toBase64(build({ spki: rsa(MODULUS, 1) })) } };

  it("is left out of the document if anybody can sign with it, and the others are trusted", async () => {
    const { keys, server, events } = await start(idpMetadata([a]));
    await keys.refresh();
    server.answer = idpMetadata([a, b, exposedKey]);
    await keys.refresh();
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(a), sha256(b)]);
    expect(drifts(events)).toContain("exposed refuse 1");
    expect(drifts(events).filter((one) => one.startsWith("exposed"))).toHaveLength(1);
  });

  it("never comes alone", async () => {
    const exposed = idpMetadata([exposedKey]);
    const { keys } = await start(exposed);
    expect((await rejection(keys.refresh())).code).toBe("trusted_keys.none");
    expect(keys.report().lastFailure?.code).toBe("trusted_keys.refused");
    const other = await start(idpMetadata([a]));
    await other.keys.refresh();
    other.server.answer = exposed;
    await other.keys.refresh();
    expect(fingerprints(other.keys)).toEqual([sha256(a)]);
  });

  it("waits if it is weak and new, and is trusted if there is nothing else yet", async () => {
    const { keys, server, events } = await start(idpMetadata([a]));
    await keys.refresh();
    server.answer = idpMetadata([a, weak]);
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(a)]);
    expect(drifts(events)).toContain("weak stage 1");
    server.answer = idpMetadata([weak]);
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(a)]);
    await keys.approve(sha256(weak));
    expect(fingerprints(keys)).toEqual([sha256(weak)]);
    const first = await start(idpMetadata([weak]));
    await first.keys.refresh();
    expect(fingerprints(first.keys)).toEqual([sha256(weak)]);
    expect(drifts(first.events)).toEqual(["weak accept 1"]);
  });

  it("is trusted if only its certificate has expired, and told", async () => {
    const expired = await createTestCertificate({
      notBefore: new Date("2020-01-01"),
      notAfter: new Date("2021-01-01"),
    });
    const { keys, server, events } = await start(idpMetadata([a]));
    await keys.refresh();
    server.answer = idpMetadata([a, expired]);
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(a), sha256(expired)]);
    expect(drifts(events)).toContain("expired accept 1");
  });
});

describe("another entity", () => {
  const other = () => idpMetadata([b], { entityId: "https://new.example.com" });

  it("is refused, and told once", async () => {
    const { keys, server, events } = await start(idpMetadata([a]));
    await keys.refresh();
    server.answer = other();
    await keys.refresh();
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(a)]);
    expect(drifts(events)).toEqual(["entity refuse 0"]);
  });

  it("waits for a person if the policy says so; sign-ins do not confirm it", async () => {
    const options = { drift: { entity: "stage" } as const, confirmAfterSignIns: 1 };
    const { keys, server } = await start(idpMetadata([a]), options);
    await keys.refresh();
    server.answer = other();
    await keys.refresh();
    keys.observe({ fingerprint: sha256(b) });
    expect(fingerprints(keys)).toEqual([sha256(a)]);
    await keys.approve(sha256(b));
    expect(fingerprints(keys)).toContain(sha256(b));
  });

  it("waits also if it is the first document", async () => {
    const { keys, events } = await start(other(), { drift: { entity: "stage" } });
    expect((await rejection(keys.refresh())).code).toBe("trusted_keys.none");
    expect(keys.report()).toMatchObject({
      lastFailure: { code: "trusted_keys.staged" },
      staged: [{ sha256: sha256(b) }],
    });
    expect(drifts(events)).toContain("entity stage 1");
    await keys.approve(sha256(b));
    expect(fingerprints(keys)).toEqual([sha256(b)]);
  });
});

describe("a signer that is not trusted", () => {
  const from = () => ({ trust: { certificates: [signer.pem] } });

  it("is refused, and told", async () => {
    const first = signedMetadata(idpMetadata([a]), signer);
    const { keys, server, events } = await start(first, {}, {}, from());
    await keys.refresh();
    server.answer = signedMetadata(idpMetadata([a, b]), c);
    await keys.refresh();
    expect(fingerprints(keys)).toEqual([sha256(a)]);
    expect(drifts(events)).toEqual(["signer refuse 0"]);
  });

  it("makes its keys wait if the policy says so, and never lengthens the trust in others", async () => {
    const options = { drift: { signer: "stage" } as const, confirmAfterSignIns: 1 };
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const first = signedMetadata(idpMetadata([a]), signer, soon);
    const { keys, server, time } = await start(first, options, {}, from());
    await keys.refresh();
    server.answer = signedMetadata(idpMetadata([a, b]), c);
    await keys.refresh();
    keys.observe({ fingerprint: sha256(b) });
    expect(fingerprints(keys)).toEqual([sha256(a)]);
    server.answer = signedMetadata(idpMetadata([a]), c);
    await keys.refresh();
    expect(keys.report().validUntil).toBe(soon.replace(/\.\d+Z/, "Z"));
    time.ms += 3_700_000;
    expect(() => keys.current()).toThrow(expect.objectContaining({ code: "trusted_keys.expired" }));
  });
});

describe("observe", () => {
  it("says in the report when a trusted key was last used", async () => {
    const { keys } = await start(idpMetadata([a, b]));
    await keys.refresh();
    expect(keys.observe({ fingerprint: sha256(a), at: "2026-01-02T03:04:05Z" })).toBe(true);
    expect(keys.observe({ fingerprint: sha256(a), at: "2026-01-01T00:00:00Z" })).toBe(true);
    const [first, second] = keys.report().keys;
    expect(first?.lastSignInAt).toBe("2026-01-02T03:04:05Z");
    expect(second?.lastSignInAt).toBeUndefined();
  });
});

describe("decide", () => {
  const name = fc.constantFrom("1", "2", "3", "4");
  const kinds = Object.keys(DRIFT_DEFAULTS) as DriftKind[];
  const action = fc.constantFrom("accept", "stage", "refuse");
  const policies = fc.record(Object.fromEntries(kinds.map((kind) => [kind, action])));
  const offered = fc.uniqueArray(
    fc.record({
      sha256: name,
      isRenewed: fc.constant(false),
      faults: fc.subarray(["weak", "exposed", "expired"] as const),
    }),
    { selector: ({ sha256 }) => sha256, minLength: 1 },
  );

  it("never removes the last trusted key before another is trusted, and refuses what the policy refuses", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 1 }),
        offered,
        fc.boolean(),
        fc.subarray(["entity", "signer", "returned"] as const),
        fc.uniqueArray(name),
        policies,
        (trusted, keys, isVerified, document, approved, given) => {
          const rules = { ...DRIFT_DEFAULTS, ...given } as typeof DRIFT_DEFAULTS;
          const decisions = decide(
            trusted,
            { keys, isVerified, document },
            new Set(approved),
            rules,
          );
          const done = (change: string) =>
            decisions.filter((one) => one.change === change && one.action === "accept");
          const kept = trusted.length - done("remove").length;
          const published = keys.filter(({ sha256 }) => trusted.includes(sha256)).length;
          expect(kept + done("add").length).toBeGreaterThan(0);
          if (kept === 0) expect(published + done("add").length).toBeGreaterThan(0);
          for (const one of decisions) {
            const actions = one.kinds.map((kind) => rules[kind]);
            if (actions.includes("refuse")) expect(one.action).toBe("refuse");
            if (one.action === "accept" && actions.includes("stage")) {
              expect(approved).toContain(one.sha256);
            }
          }
        },
      ),
    );
  });
});
