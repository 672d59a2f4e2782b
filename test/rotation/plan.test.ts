import { beforeAll, describe, expect, it } from "vitest";
import type { Certificate } from "../../src/certificates/index.ts";
import {
  describePlan,
  executeRotation,
  type GuardCode,
  type GuardOverride,
  guardOverrides,
  memoryJournal,
  type PlanInput,
  planRotation,
  type RotationPlan,
  type RotationPolicy,
  type RunOptions,
} from "../../src/rotation/index.ts";
import { createTestCertificate } from "../../src/testing/index.ts";
import { type Cast, cast, certificate, day } from "./support/certificates.ts";
import { likeSendGrid, memoryStore, stored } from "./support/memory-store.ts";

let all: Cast;
beforeAll(async () => {
  all = await cast();
});

function plan(
  held: readonly Certificate[],
  desired: readonly Certificate[],
  policy: RotationPolicy = {},
  capabilities = likeSendGrid,
) {
  return planRotation({
    desired,
    stored: held.map((item, index) => stored(`${index + 1}`, item)),
    policy: { retire: { afterSeconds: 5 * 86_400 }, ...policy },
    target: memoryStore([], { capabilities }),
    now: day(0),
  });
}

const kinds = (made: ReturnType<typeof plan>) => made.steps.map(({ kind }) => kind).join(" ");
const codes = (made: ReturnType<typeof plan>) => made.refusals.map(({ code }) => code);

describe("planRotation", () => {
  it("adds, verifies, waits, checks again and retires", () => {
    const made = plan([all.current], [all.next]);
    expect(kinds(made)).toBe("check add verify wait check retire");
    expect(made.requests).toBe(6);
    expect(made.refusals).toEqual([]);
    expect(made.steps[3]).toMatchObject({ retire: { afterSeconds: 5 * 86_400 } });
  });

  it("needs five requests if there is no overlap", () => {
    const made = plan([all.current], [all.next], { retire: { afterSeconds: 0 } });
    expect(kinds(made)).toBe("check add verify retire");
    expect(made.requests).toBe(5);
  });

  it("has no steps when the desired certificates are stored", () => {
    const made = plan([all.current, all.next], [all.next, all.current]);
    expect(made.steps).toEqual([]);
    expect(made.requests).toBe(1);
    expect(made.kept.map(({ id }) => id)).toEqual(["2", "1"]);
  });

  it("only adds to an empty connection", () => {
    expect(kinds(plan([], [all.next]))).toBe("check add verify");
    expect(kinds(plan([], [all.current, all.next, all.pending]))).toBe("check add add add verify");
  });

  it("counts the overlap from the day on which the only successor becomes valid", () => {
    const made = plan([all.current], [all.pending]);
    expect(made.steps.find(({ kind }) => kind === "wait")).toMatchObject({ notBefore: day(10) });
  });

  it("reads before each removal", () => {
    const made = plan([all.current, all.expired, all.ancient], [all.next]);
    expect(kinds(made)).toBe("check add verify wait check retire retire retire");
    expect(made.steps.flatMap((step) => (step.kind === "retire" ? [step.id] : []))).toEqual([
      "3",
      "2",
      "1",
    ]);
  });

  it("keeps second copies while it cannot be seen which one is enabled", () => {
    expect(plan([all.next, all.next], [all.next]).steps).toEqual([]);
    expect(kinds(plan([all.next, all.next], [all.next], { enabled: true }))).toBe(
      "check enable verify retire",
    );
    const seen = { ...likeSendGrid, enabledObservable: true };
    expect(kinds(plan([all.next, all.next], [all.next], {}, seen))).toBe("check retire");
  });

  it("keeps what it cannot read, and never repeats its text", () => {
    const made = planRotation({
      desired: [all.next],
      stored: [{ id: "7", public_certificate: "-----BEGIN PRIVATE KEY-----\nsecret" }],
      now: day(0),
    });
    expect(made.kept).toMatchObject([{ id: "7", reason: expect.stringContaining("readable") }]);
    expect(JSON.stringify(made)).not.toContain("secret");
    expect(describePlan(made)).not.toContain("secret");
  });

  it("leaves out an expired certificate that is still published", () => {
    const made = plan([all.current], [all.expired, all.next]);
    expect(made.skipped).toMatchObject([{ sha256: all.expired.fingerprint.sha256 }]);
    expect(made.refusals).toEqual([]);
    const ignores = { ...likeSendGrid, honoursExpiry: "no" } as const;
    expect(plan([all.current], [all.expired, all.next], {}, ignores).skipped).toEqual([]);
  });

  it("gives equal plans for equal input, and survives JSON", () => {
    const one = plan([all.current], [all.next, all.pending]);
    const two = plan([all.current], [all.next, all.pending]);
    expect(two).toEqual(one);
    expect(JSON.parse(JSON.stringify(one))).toEqual(one);
    expect(one.id).toMatch(/^[0-9a-f]{64}$/);
    expect(plan([all.current], [all.next]).id).not.toBe(one.id);
  });

  it("refuses more than 1000 stored or desired certificates", () => {
    const many = Array.from({ length: 1001 }, (_, index) => stored(`${index}`, all.next));
    const code = expect.objectContaining({ code: "rotation.too_many_certificates" });
    const input: PlanInput = { desired: [all.next], stored: many, now: day(0) };
    expect(() => planRotation(input)).toThrow(code);
    const wanted: PlanInput = { desired: many.map(() => all.next), stored: [], now: day(0) };
    expect(() => planRotation(wanted)).toThrow(code);
    expect(planRotation({ ...input, stored: many.slice(1) }).before).toHaveLength(1000);
  });

  it("counts the overlap from the earliest of two successors that are not valid yet", async () => {
    const later = await certificate("later", 30, 1300);
    const made = plan([all.current], [later, all.pending]);
    expect(made.steps.find(({ kind }) => kind === "wait")).toMatchObject({ notBefore: day(10) });
  });

  it.each([
    [{ cacheSecond: 1 }, 'Did you mean "cacheSeconds"?'],
    [{ overrides: ["accept_short_lif"] }, 'Did you mean "accept_short_life"?'],
    [{ cacheSeconds: "5" }, "`cacheSeconds` must be a whole number, 0 or greater."],
    [{ enabled: "true" }, "`enabled` must be true or false."],
  ])("refuses the policy %j with a suggestion", (policy, said) => {
    expect(() => plan([], [all.next], policy as RotationPolicy)).toThrow(
      expect.objectContaining({
        code: "rotation.policy_invalid",
        message: expect.stringContaining(said),
      }),
    );
  });

  it("refuses an unknown option of planRotation and executeRotation with a suggestion", async () => {
    const input = { desired: [all.next], stored: [], now: day(0), polciy: {} };
    expect(() => planRotation(input as PlanInput)).toThrow('Did you mean "policy"?');
    const made = plan([], [all.next]);
    const options = { store: memoryStore(), journal: memoryJournal(), cloc: () => new Date() };
    await expect(executeRotation(made, options as RunOptions)).rejects.toThrow(
      'executeRotation has no option "cloc". Did you mean "clock"?',
    );
    const ticks = { ...options, cloc: undefined, clock: () => 1 } as unknown as RunOptions;
    await expect(executeRotation(made, ticks)).rejects.toThrow(
      new TypeError("clock must be a function that returns a Date."),
    );
  });

  it.each([
    { cacheSeconds: -1 },
    { cacheSeconds: 1.5 },
    { minimumRemainingLifeSeconds: Number.NaN },
    { retire: "later" as "never" },
    { retire: { afterSecond: 1 } as unknown as { afterSeconds: number } },
    { retire: { afterSeconds: 1, unpublishedFor: 1 } },
    { retire: { signedWithNew: -1 } },
    { maxCertificates: Number.POSITIVE_INFINITY },
    { overrides: ["anything"] as unknown as GuardOverride[] },
  ])("refuses the policy %j", (policy) => {
    expect(() => plan([], [all.next], policy)).toThrow(
      expect.objectContaining({ code: "rotation.policy_invalid" }),
    );
  });

  it("refuses to replace in place where the provider cannot", () => {
    const cannot = { ...likeSendGrid, replaceInPlace: false };
    expect(() => plan([], [all.next], { replaceInPlace: true }, cannot)).toThrow(
      expect.objectContaining({ code: "rotation.replace_in_place_unsupported" }),
    );
  });
});

describe("a provider at its limit", () => {
  const two = { ...likeSendGrid, maxCertificates: 2 };

  it("takes an expired certificate for usable unless the provider is known to refuse it", () => {
    for (const honoursExpiry of ["unknown", "no"] as const) {
      const made = plan([all.expired, all.current], [all.next], {}, { ...two, honoursExpiry });
      expect(codes(made)).toEqual(["guard.provider_full"]);
    }
  });

  it("makes room by an expired certificate that the provider refuses", () => {
    const refuses = { ...two, honoursExpiry: "yes" } as const;
    const made = plan([all.expired, all.current], [all.next], {}, refuses);
    expect(kinds(made)).toBe("check retire add verify wait check retire");
    expect(made.steps[1]).toMatchObject({ id: "1" });
    expect(made.refusals).toEqual([]);
  });

  it("adds what does not fit after the retirement", () => {
    const made = plan([all.current], [all.next, all.pending], {}, two);
    expect(kinds(made)).toBe("check add verify wait check retire add verify");
    expect(made.steps[1]).toMatchObject({ sha256: all.next.fingerprint.sha256 });
  });

  it("retires first where a successor is stored already", () => {
    const made = plan([all.current, all.next], [all.next, all.pending], {}, two);
    expect(kinds(made)).toBe("check wait check retire add verify");
    expect(made.refusals).toEqual([]);
  });

  it("refuses where nothing can make room, unless told to remove first or to replace", () => {
    const one = { ...likeSendGrid, maxCertificates: 1 };
    expect(codes(plan([all.current], [all.next], {}, one))).toEqual(["guard.provider_full"]);
    const removing = plan([all.current], [all.next], { overrides: ["remove_before_adding"] }, one);
    expect(codes(removing)).toEqual(["guard.last_usable_certificate"]);
    const replacing = plan([all.current], [all.next], { replaceInPlace: true }, one);
    expect(kinds(replacing)).toBe("check replace verify");
    expect(replacing.refusals).toEqual([]);
    expect(replacing.requests).toBe(3);
  });

  it("refuses more than can ever fit", () => {
    const made = plan([all.current], [all.next, all.pending, all.renewed], {}, two);
    expect(codes(made)).toContain("guard.provider_full");
  });

  it("takes a provider without overlap to hold one", () => {
    const single = { ...likeSendGrid, overlap: false };
    expect(codes(plan([all.current], [all.next], {}, single))).toEqual(["guard.provider_full"]);
  });
});

describe("guards", () => {
  it("refuses metadata of another identity provider than the connection's", () => {
    const input = { desired: [all.next], stored: [stored("1", all.current)], now: day(0) };
    const entityId = "https://idp.example.com";
    const source = { url: "https://idp.example.com/metadata", entityId: "https://other.example" };
    const codes = ({ refusals }: RotationPlan) => refusals.map(({ code }) => code);
    expect(codes(planRotation({ ...input, source, entityId }))).toEqual(["guard.other_entity"]);
    const policy = { overrides: ["accept_other_entity"] } as const;
    expect(codes(planRotation({ ...input, source, entityId, policy }))).toEqual([]);
    const { url } = source;
    const named = planRotation({ ...input, source: { url }, entityId });
    // The metadata is read again later, and must be this identity provider's.
    expect(named.source).toEqual({ url, entityId });
    expect(codes(named)).toEqual([]);
  });

  const cases: readonly (readonly [
    GuardCode,
    () => { held: Certificate[]; desired: Certificate[]; policy?: RotationPolicy },
  ])[] = [
    ["guard.nothing_desired", () => ({ held: [all.current], desired: [] })],
    ["guard.expired_successor", () => ({ held: [all.current], desired: [all.expired] })],
    [
      "guard.short_life",
      () => ({
        held: [all.next],
        desired: [all.current],
        policy: {
          minimumRemainingLifeSeconds: 30 * 86_400,
          overrides: ["retire_what_may_be_newer"],
        },
      }),
    ],
    [
      "guard.same_key_shorter_life",
      () => ({ held: [all.current], desired: [all.earlier, all.next] }),
    ],
    ["guard.not_superseded", () => ({ held: [all.next], desired: [all.current] })],
    [
      "guard.last_usable_certificate",
      () => ({
        held: [all.next],
        desired: [all.current],
        policy: { retire: { afterSeconds: 30 * 86_400 }, overrides: ["retire_what_may_be_newer"] },
      }),
    ],
  ];

  it.each(cases)("%s forbids, and its danger can be accepted", (code, given) => {
    const { held, desired, policy = {} } = given();
    expect(codes(plan(held, desired, policy))).toContain(code);
    const overrides = [...(policy.overrides ?? []), guardOverrides[code]];
    expect(codes(plan(held, desired, { ...policy, overrides }))).not.toContain(code);
  });

  it("refuses to rely on a certificate that the provider holds disabled", () => {
    const seen = { ...likeSendGrid, enabledObservable: true };
    const input = (policy: RotationPolicy): PlanInput => ({
      desired: [all.next],
      stored: [stored("1", all.current), { ...stored("2", all.next), enabled: false }],
      target: memoryStore([], { capabilities: seen }),
      policy: { retire: { afterSeconds: 0 }, ...policy },
      now: day(0),
    });
    expect(codes(planRotation(input({})))).toEqual([
      "guard.disabled_successor",
      "guard.last_usable_certificate",
    ]);
    const enabling = planRotation(input({ enabled: true }));
    expect(kinds(enabling)).toBe("check enable verify retire");
    expect(enabling.refusals).toEqual([]);
  });

  it("has an override of its own for each guard", () => {
    const overrides = Object.values(guardOverrides);
    expect(new Set(overrides).size).toBe(overrides.length);
  });
});

describe("describePlan", () => {
  it("tells in eleven lines at most what changes, the switch, and what comes next", async () => {
    const odd = await certificate("odd\u001b[31m\nname", -1, 900);
    const made = planRotation({
      desired: [all.next, odd],
      stored: [stored("1", all.current)],
      target: memoryStore(),
      identityProvider: "okta",
      now: day(0),
    });
    const text = describePlan(made);
    expect(text).toContain("credentials.signing.kid");
    expect(text).toContain(
      "Nothing is retired until you confirm that the identity provider has switched.",
    );
    expect(text).toContain("wait 15 minutes for the service provider's caches");
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(11);
    expect(describePlan(plan([], [all.next]))).toContain("Nothing is removed.");
    expect(text).not.toContain("Why:");
    const long = describePlan(made, { explain: true });
    expect(long).toContain("Why:");
    expect(long).toContain(`(${made.requests} requests if nothing fails)`);
    expect(long).not.toContain("\u001b");
    expect(text).not.toContain("\u001b");
    expect(describePlan(plan([all.current], [all.expired]))).toContain("trust_expired_certificate");
  });
});

describe("a chain as desired certificates", () => {
  async function chain(days: number) {
    const ca = await createTestCertificate({
      subject: { CN: "authority" },
      notBefore: day(-100),
      notAfter: day(4000),
    });
    const leaf = await createTestCertificate({
      subject: { CN: "leaf" },
      notBefore: day(-1),
      notAfter: day(days),
      issuer: ca,
    });
    return { ca, leaf };
  }

  it("means its end entity alone, whether given as a list or as PEM, and says so", async () => {
    const { ca, leaf } = await chain(900);
    const lists = [
      [leaf.certificate, ca.certificate],
      [ca.certificate, leaf.certificate],
      `${leaf.pem}${ca.pem}`,
    ];
    for (const desired of lists) {
      const made = planRotation({ desired, stored: [stored("1", all.current)], now: day(0) });
      expect(made.desired.map(({ subject }) => subject)).toEqual(["CN=leaf"]);
      expect(made.steps.filter(({ kind }) => kind === "add")).toHaveLength(1);
      expect(made.skipped).toMatchObject([{ sha256: ca.certificate.fingerprint.sha256 }]);
    }
  });

  it("is looked for in one text: an authority in a text of its own signs too", async () => {
    const { ca, leaf } = await chain(900);
    const separate = planRotation({
      desired: [leaf.pem, Buffer.from(ca.certificate.derBase64, "base64"), `${leaf.pem}${ca.pem}`],
      stored: [stored("1", ca.certificate)],
      now: day(0),
    });
    expect(separate.desired.map(({ subject }) => subject)).toEqual(["CN=leaf", "CN=authority"]);
    expect(separate.kept).toMatchObject([{ id: "1", reason: "desired and stored" }]);
    expect(separate.skipped).toEqual([]);
    const next = await chain(800);
    const together = planRotation({
      desired: [`${leaf.pem}${ca.pem}`, `${next.leaf.pem}${next.ca.pem}`],
      stored: [],
      now: day(0),
    });
    expect(together.desired.map(({ subject }) => subject)).toEqual(["CN=leaf", "CN=leaf"]);
    expect(together.skipped).toHaveLength(2);
  });

  it("is refused for a leaf with few days left, as the leaf alone is", async () => {
    const { ca, leaf } = await chain(5);
    for (const desired of [[leaf.certificate], [leaf.certificate, ca.certificate]]) {
      expect(codes(plan([], desired))).toEqual(["guard.short_life"]);
    }
  });

  it("never removes a stored issuer", async () => {
    const { ca, leaf } = await chain(900);
    const made = plan([ca.certificate], [leaf.certificate, ca.certificate]);
    expect(kinds(made)).toBe("check add verify");
    expect(made.kept).toMatchObject([{ id: "1", reason: "it issued a desired certificate" }]);
  });
});
