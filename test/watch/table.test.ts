import { beforeAll, describe, expect, it } from "vitest";
import { displayWidth } from "../../src/core/width.ts";
import { type ConnectionStatus, table } from "../../src/watch/index.ts";
import { block } from "../../src/watch/text.ts";
import { day } from "../rotation/support/certificates.ts";
import { fc } from "../support/property.ts";

const base: ConnectionStatus = {
  id: "metadata:https://idp.example.com/metadata",
  name: "Example",
  kind: "metadata",
  source: "https://idp.example.com/metadata",
  state: "active",
  actionNeeded: false,
  daysLeft: 400,
  expiringDays: 30,
  certificates: [],
  unstored: [],
  events: [],
  durationSeconds: 0,
  errors: [],
};

let many: ConnectionStatus[];
beforeAll(() => {
  many = [
    ...Array.from({ length: 6 }, (_, i) => ({ ...base, name: `Fine ${i}`, daysLeft: 120 + i })),
    {
      ...base,
      name: "Okta production, the one that everybody in the whole company signs in with",
      state: "expiring" as const,
      actionNeeded: true,
      daysLeft: 12,
      owner: "identity team",
      next: { who: "the administrator of the identity provider", step: "Make the next one." },
    },
    {
      ...base,
      id: "sendgrid:b0b98502-9408-4b24-9e3d-31ed7cb15312",
      name: "SendGrid",
      kind: "store" as const,
      state: "unreachable" as const,
      actionNeeded: true,
      daysLeft: undefined,
      since: day(-2),
      next: { who: "you", step: "Check the address, the network and the credentials." },
      errors: [{ code: "provider.timeout", message: "The provider did not answer in time." }],
      events: [{ id: "1", type: "read_failed" as const, at: day(0), message: "It is silent." }],
    },
  ];
});

describe("table", () => {
  it("begins with the number, then the urgent ones, and folds what is in order", () => {
    expect(
      table(many, { now: day(0) }),
    ).toBe(`2 of 8 connections need attention (2030-01-01 12:00 UTC).

STATE            DAYS   CONNECTION
unreachable      -      SendGrid
                        sendgrid:b0b98502-9408-4b24-9e3d-31ed7cb15312
                        The source did not answer, since 2029-12-30.
                        The provider did not answer in time.
                        Next: you. Check the address, the network and the
                        credentials.
expiring         12     Okta production, the one that everybody in the whole
                        company signs in with
                        metadata:https://idp.example.com/metadata
                        The last valid certificate ends soon.
                        Next: the administrator of the identity provider. Make
                        the next one.
                        Owner: identity team.

Changes since the last run:
- SendGrid: It is silent.

6 in order: Fine 0, Fine 1, Fine 2, Fine 3, Fine 4 and 1 more. The first ends in
120 days.
`);
  });

  it("says that one, none or all need attention in good English", () => {
    const [fine, , , , , , urgent] = many as [ConnectionStatus, ...ConnectionStatus[]];
    const headline = (list: readonly ConnectionStatus[]) =>
      table(list, { now: day(0) }).split(" (")[0];
    expect(headline([])).toBe("0 of 0 connections need attention");
    expect(headline([fine])).toBe("0 of 1 connection needs attention");
    expect(headline([fine, urgent!])).toBe("1 of 2 connections needs attention");
  });

  it("lists every connection and certificate if asked to", () => {
    const sha256 = "0123456789abcdef".repeat(4);
    const certificates = [
      { id: "1", state: "active" as const, subject: "CN=a", sha256, notAfter: day(9) },
      { id: "2", state: "unreadable" as const },
    ];
    const unstored = [
      { state: "next" as const, sha256, subject: "CN=b", notBefore: 0, notAfter: day(9) },
    ];
    const extra = { ...certificates[0]!, publication: "extra" as const };
    const status = { ...base, certificates: [...certificates, extra], unstored };
    const text = table([...many, status], { now: day(0), all: true });
    expect(text.match(/^active /gm)).toHaveLength(7);
    expect(text).not.toContain("in order:");
    expect(text.replaceAll(/\n +/g, " ")).toContain(
      "- CN=a: active until 2030-01-10 0123456789abcdef - certificate: unreadable - CN=a: active until 2030-01-10, extra 0123456789abcdef - CN=b: not stored until 2030-01-10 0123456789abcdef",
    );
  });

  it("fits its width for any name, in wide characters too, and loses none of it", () => {
    const names = fc.array(fc.string({ unit: "grapheme", minLength: 1 }), { minLength: 1 });
    fc.assert(
      fc.property(names, fc.integer({ min: 40, max: 120 }), (words, width) => {
        const name = words.join(" ");
        const text = table([{ ...many[7]!, name }], { now: day(0), width });
        for (const line of text.split("\n")) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
      { numRuns: 200 },
    );
    const word = "x".repeat(100);
    expect(block(`a ${word} b`, 30).join("")).toBe(`a${word} b`);
  });

  it("shows a hostile status without control characters", () => {
    const hostile = "\u001b[31m\n\u202e" as never;
    const odd = { ...many[6]!, name: hostile, owner: hostile, next: hostile, since: hostile };
    const text = table([odd, { ...many[7]!, next: { who: {}, step: [hostile] } as never }], {
      now: day(0),
    });
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text).not.toContain("[object Object]");
  });
});
