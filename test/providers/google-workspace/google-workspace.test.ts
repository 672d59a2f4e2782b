import { describe, expect, test } from "vitest";
import {
  createGoogleWorkspaceClient,
  googleWorkspaceCertificateStore,
} from "../../../src/providers/google-workspace/index.ts";
import { memoryRecords } from "../../../src/providers/index.ts";
import {
  executeRotation,
  memoryJournal,
  planRotation,
  resumeRotation,
} from "../../../src/rotation/index.ts";
import {
  createTestCertificate,
  startFakeGoogleWorkspace,
  testCertificateStore,
} from "../../../src/testing/index.ts";
import { EVERY } from "../kit/every.ts";
import { fakeBench } from "../kit/fake-bench.ts";
import { rejection } from "../support.ts";

const accessToken = "ya29.0123456789abcdef";

describe.each([
  ["at once", false],
  ["after an approval", true],
])(
  "the store of Google Workspace, with additions in force %s, keeps the contract:",
  (_, needsApproval) => {
    testCertificateStore(
      (stored) =>
        fakeBench(
          (faults) => startFakeGoogleWorkspace({ faults, needsApproval }),
          (fake) => {
            const profile = fake.addProfile(stored.map(({ pem }) => pem));
            const all = () => fake.state.profiles.get(profile) ?? [];
            const records = memoryRecords(
              all().map(({ id }, index) => {
                const { pem = "", fingerprint } = stored[index] ?? {};
                return { id, pem, sha256: fingerprint?.sha256 ?? "" };
              }),
            );
            return {
              secret: accessToken,
              approve: () => fake.approve(),
              texts: {
                get: () =>
                  all()
                    .filter(({ pending }) => !pending)
                    .map(({ pem }) => pem),
                set(texts) {
                  const kept = all().filter(({ pem, pending }) => pending || texts.includes(pem));
                  const known = new Set(kept.map(({ pem }) => pem));
                  const added = texts.filter((pem) => !known.has(pem));
                  const rows = added.map((pem) => ({ id: `x${pem.length}`, pem, pending: false }));
                  fake.state.profiles.set(profile, [...kept, ...rows]);
                },
                form: ({ pem }) => pem,
              },
              open: (quick) =>
                googleWorkspaceCertificateStore(
                  createGoogleWorkspaceClient({ accessToken, ...quick }),
                  profile,
                  { records },
                ),
            };
          },
          stored,
        ),
      { test, every: EVERY },
    );
  },
);

describe("Google Workspace", () => {
  test("a rotation reports the approval that it waits for, and never calls it verified", async () => {
    await using fake = await startFakeGoogleWorkspace({ needsApproval: true });
    const { certificate: old } = await createTestCertificate({ subject: { CN: "old" } });
    const { certificate: next } = await createTestCertificate({ subject: { CN: "next" } });
    const profile = fake.addProfile([old.pem]);
    const [entry] = fake.state.profiles.get(profile) ?? [];
    const records = memoryRecords([
      { id: entry?.id ?? "", pem: old.pem, sha256: old.fingerprint.sha256 },
    ]);
    const client = createGoogleWorkspaceClient({ accessToken, baseUrl: fake.url });
    const store = googleWorkspaceCertificateStore(client, profile, { records });
    const input = { desired: [next, old], stored: await store.list(), now: new Date() };
    const plan = planRotation({ ...input, target: store });
    const run = { store, journal: memoryJournal(), rereadAfterMs: [] };
    expect(await executeRotation(plan, run)).toMatchObject({ status: "awaiting_approval" });
    expect(await resumeRotation(run)).toMatchObject({ status: "awaiting_approval" });
    fake.approve();
    expect(await resumeRotation(run)).toMatchObject({ status: "completed" });
  });

  test("a full profile is refused until somebody names the certificate that may go", async () => {
    await using fake = await startFakeGoogleWorkspace();
    const names = ["one", "two", "three"] as const;
    const [one, two, three] = await Promise.all(
      names.map(async (CN) => (await createTestCertificate({ subject: { CN } })).certificate),
    );
    if (!one || !two || !three) throw new Error("no certificates");
    const profile = fake.addProfile([one.pem, two.pem]);
    const ids = (fake.state.profiles.get(profile) ?? []).map(({ id }) => id);
    const records = memoryRecords([
      { id: ids[0] ?? "", pem: one.pem, sha256: one.fingerprint.sha256 },
    ]);
    const client = createGoogleWorkspaceClient({ accessToken, baseUrl: fake.url });
    const store = googleWorkspaceCertificateStore(client, profile, { records });
    const input = {
      desired: [one, three],
      stored: await store.list(),
      now: new Date(),
      target: store,
    };
    expect(planRotation(input).refusals.map(({ code }) => code)).toEqual(["guard.provider_full"]);
    const plan = planRotation({ ...input, policy: { removeFirst: [ids[1] ?? ""] } });
    expect(plan.refusals).toEqual([]);
    const done = await executeRotation(plan, { store, journal: memoryJournal() });
    expect(done.status).toBe("completed");
    expect(fake.state.profiles.get(profile)?.map(({ pem }) => pem)).toEqual([one.pem, three.pem]);
  });

  test("reads the errors of AIP-193", async () => {
    await using fake = await startFakeGoogleWorkspace();
    const client = createGoogleWorkspaceClient({ accessToken, baseUrl: fake.url });
    const error = await rejection(client.credentials.list("missing"));
    expect(error).toMatchObject({ code: "provider.not_found", status: 404 });
    expect(error.message).toContain("the profile does not exist");
  });
});
