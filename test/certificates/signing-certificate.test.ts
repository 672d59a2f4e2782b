import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { boolean, octetString, sequence } from "../../src/certificates/der/write.ts";
import { signingCertificatesGiven } from "../../src/certificates/given.ts";
import {
  type Certificate,
  orderBundle,
  repairCertificate,
  signingCertificate,
  signingChains,
  validateCertificate,
} from "../../src/certificates/index.ts";
import { issuerFindings } from "../../src/certificates/signing-certificate.ts";
import { createTestCertificate, type TestCertificate } from "../../src/testing/certificate.ts";

const CA = { oid: "2.5.29.19", critical: true, value: sequence(boolean(true)) };
const NO_CA = { oid: "2.5.29.19", value: sequence() };
const keyId = (hex: string) => ({
  oid: "2.5.29.14",
  value: octetString(Buffer.from(hex, "hex")),
});

let root: TestCertificate;
let middle: TestCertificate;
let leaf: TestCertificate;
let alone: TestCertificate;
let next: TestCertificate;

beforeAll(async () => {
  root = await createTestCertificate({ subject: { CN: "root" }, extensions: [CA] });
  middle = await createTestCertificate({
    subject: { CN: "middle" },
    issuer: root,
    extensions: [CA],
  });
  leaf = await createTestCertificate({ subject: { CN: "leaf" }, issuer: middle });
  alone = await createTestCertificate({ subject: { CN: "idp" }, extensions: [CA] });
  next = await createTestCertificate({ subject: { CN: "idp" }, extensions: [CA] });
});

const read = (...list: readonly TestCertificate[]): readonly Certificate[] =>
  list.map(({ certificate }) => certificate);
const names = (list: readonly Certificate[]): readonly string[] =>
  list.map(({ subject }) => subject.text);

describe("signingCertificate", () => {
  test("gives the end entity of a chain in any order, and its issuers from the nearest on", () => {
    const orders = [
      [leaf, middle, root],
      [root, middle, leaf],
      [middle, leaf, root, leaf],
      [middle, root, leaf],
    ];
    for (const order of orders) {
      const { certificate, issuers } = signingCertificate(read(...order));
      expect(certificate).toBe(leaf.certificate);
      expect(names(issuers)).toEqual(["CN=middle", "CN=root"]);
    }
  });

  test("gives the end entity even if its issuer has the same name", async () => {
    const subject = { CN: "same name" };
    const issuer = await createTestCertificate({ subject, extensions: [CA, keyId("01")] });
    const extensions = [
      NO_CA,
      keyId("02"),
      { oid: "2.5.29.35", value: sequence(Buffer.from([0x80, 1, 1])) },
    ];
    const end = await createTestCertificate({ subject, issuer, extensions });
    for (const order of [
      [end, issuer],
      [issuer, end],
    ]) {
      const { certificate, issuers } = signingCertificate(read(...order));
      expect(certificate).toBe(end.certificate);
      expect(issuers).toEqual([issuer.certificate]);
      expect(orderBundle(read(...order)).map(({ role }) => role)).toEqual(["leaf", "root"]);
    }
  });

  describe.each([
    ["by signatures", true],
    ["by names and CA flags, where the runtime verifies nothing", false],
  ])("decides %s", (_, verifies) => {
    const subject = { CN: "same name" };
    beforeAll(() => {
      if (verifies) return;
      vi.spyOn(process.getBuiltinModule("node:crypto"), "verify").mockImplementation(() => {
        throw new Error("error:03000098:digital envelope routines::invalid digest");
      });
    });
    afterAll(() => vi.restoreAllMocks());

    test("that an end entity of its issuer's name without key identifiers is no second key", async () => {
      const issuer = await createTestCertificate({ subject, extensions: [CA] });
      for (const extensions of [[], [NO_CA]]) {
        const end = await createTestCertificate({ subject, issuer, extensions });
        for (const bundle of [read(end, issuer), read(issuer, end)]) {
          expect(signingChains(bundle)).toEqual([
            { certificate: end.certificate, issuers: [issuer.certificate] },
          ]);
          expect(orderBundle(bundle).map(({ role }) => role)).toEqual(["leaf", "root"]);
        }
      }
    });

    test("that the next authority of a name, signed with the current key, is a second key", async () => {
      const now = await createTestCertificate({ subject, extensions: [CA] });
      const then = await createTestCertificate({ subject, issuer: now, extensions: [CA] });
      expect(signingChains(read(now, then))).toHaveLength(2);
    });

    test("that the next certificate of a name, signed with the key of one that is no CA, is one too", async () => {
      for (const extensions of [[], [NO_CA]]) {
        const now = await createTestCertificate({ subject, extensions });
        const then = await createTestCertificate({ subject, issuer: now, extensions });
        expect(signingChains(read(then, now))).toHaveLength(2);
      }
    });
  });

  test("takes no self-signed certificate for an end entity of an authority of its name", async () => {
    const subject = { CN: "same name" };
    const authority = await createTestCertificate({ subject, extensions: [CA] });
    const own = await createTestCertificate({ subject });
    expect(signingChains(read(own, authority))).toHaveLength(2);
    expect(signingChains(read(authority, own))).toHaveLength(2);
  });

  test("takes no authority of the issuer's name whose key did not sign for the issuer", async () => {
    const before = await createTestCertificate({ subject: { CN: "ca" }, extensions: [CA] });
    const after = await createTestCertificate({ subject: { CN: "ca" }, extensions: [CA] });
    const issued = await createTestCertificate({ subject: { CN: "issued" }, issuer: after });
    expect(signingCertificate(read(issued, after)).issuers).toEqual([after.certificate]);
    expect(signingChains(read(issued, before))).toHaveLength(2);
    const chains = signingChains(read(before, issued, after));
    expect(chains.map(({ issuers }) => issuers)).toEqual([[], [after.certificate]]);
  });

  test("gives a single certificate, also one that is an authority", () => {
    for (const one of [leaf, alone, root])
      expect(signingCertificate(read(one, one))).toEqual({
        certificate: one.certificate,
        issuers: [],
      });
  });

  test("refuses unrelated certificates, such as the current and the next one of a name", () => {
    for (const bundle of [read(alone, next), read(leaf, root), read(leaf, middle, alone)])
      expect(() => signingCertificate(bundle)).toThrow(
        expect.objectContaining({ name: "CertificateError", code: "chain.several" }),
      );
    expect(() => signingCertificate([])).toThrow(
      new TypeError("bundle must be a list of at least one Certificate."),
    );
  });

  test("does not take a certificate for an issuer if its basic constraints deny it", async () => {
    const other = await createTestCertificate({ subject: { CN: "other" }, extensions: [NO_CA] });
    const named = await createTestCertificate({ subject: { CN: "named" }, issuer: other });
    expect(signingChains(read(named, other))).toHaveLength(2);
  });

  test("takes no certificate of the issuer's name for the issuer if its key has another identifier", async () => {
    const ca = { subject: { CN: "ca" }, extensions: [CA, keyId("01")] };
    const before = await createTestCertificate(ca);
    const after = await createTestCertificate({ ...ca, extensions: [CA, keyId("02")] });
    const authority = { oid: "2.5.29.35", value: sequence(Buffer.from([0x80, 1, 2])) };
    const issued = await createTestCertificate({
      subject: { CN: "issued" },
      issuer: after,
      extensions: [authority],
    });
    expect(signingCertificate(read(issued, after)).issuers).toEqual([after.certificate]);
    expect(signingChains(read(issued, before))).toHaveLength(2);
    expect(names(signingChains(read(issued, before, after)).map((c) => c.certificate))).toEqual([
      "CN=issued",
      "CN=ca",
    ]);
  });
});

describe("signingChains", () => {
  test("gives each end entity of a bundle, with the issuers that they share", async () => {
    const second = await createTestCertificate({ subject: { CN: "second" }, issuer: middle });
    const chains = signingChains(read(second, middle, leaf, root, alone));
    expect(chains.map(({ certificate, issuers }) => names([certificate, ...issuers]))).toEqual([
      ["CN=second", "CN=middle", "CN=root"],
      ["CN=leaf", "CN=middle", "CN=root"],
      ["CN=idp"],
    ]);
  });

  test("keeps one of two authorities that issued each other", async () => {
    const a = await createTestCertificate({ subject: { CN: "a" } });
    const b = await createTestCertificate({ subject: { CN: "b" }, issuer: a });
    const crossed = await createTestCertificate({ subject: { CN: "a" }, sameKeyAs: a, issuer: b });
    const bundle = read(crossed, b);
    expect(orderBundle(bundle)).toHaveLength(2);
    expect(signingChains(bundle)).toEqual([
      { certificate: crossed.certificate, issuers: [b.certificate] },
    ]);
  });

  test("loses no certificate: each signs, issues or is a duplicate", () => {
    const bundle = read(root, alone, leaf, next, middle, alone);
    const chains = signingChains(bundle);
    const reached = new Set(
      chains.flatMap(({ certificate, issuers }) => [certificate, ...issuers]),
    );
    expect(reached).toEqual(new Set(bundle));
  });
});

describe("certificates that a caller gives", () => {
  test("a text counts whole: both of two certificates, and the end entity of a chain", () => {
    const signers = (given: Parameters<typeof signingCertificatesGiven>[0]) =>
      signingCertificatesGiven(given).map(({ certificate }) => certificate.subject.text);
    expect(signers(alone.pem + next.pem)).toEqual(["CN=idp", "CN=idp"]);
    expect(signers(Buffer.from(root.pem + leaf.pem + middle.pem))).toEqual(["CN=leaf"]);
    expect(signers(leaf.certificate)).toEqual(["CN=leaf"]);
    // An authority that is an item of its own was meant.
    expect(signers([leaf.pem, middle.pem, root.certificate])).toEqual([
      "CN=leaf",
      "CN=middle",
      "CN=root",
    ]);
    expect(signers([])).toEqual([]);
  });

  test("a text with a second certificate that cannot be read is refused", () => {
    const cut = next.pem.split("\n").filter((_, line) => line !== 3);
    const broken = `${alone.pem}${cut.join("\n")}`;
    expect(() => signingCertificatesGiven(broken)).toThrow(
      expect.objectContaining({ name: "CertificateError" }),
    );
  });

  test("any other value is a TypeError that names its place", () => {
    expect(() => signingCertificatesGiven([leaf.pem, 7 as never], "trust")).toThrow(
      "trust[1] must be a Certificate",
    );
  });

  test("one notice names the issuers that were left aside, each once", () => {
    const issuers = read(middle, root, middle);
    expect(issuerFindings([])).toEqual([]);
    expect(issuerFindings(issuers)).toEqual([
      expect.objectContaining({
        code: "chain.issuer_left_aside",
        severity: "notice",
        message: "Left aside as issuers of the signing certificate: CN=middle; CN=root.",
      }),
    ]);
  });
});

describe("an uploaded chain", () => {
  test("counts as its end entity, and names the issuers", () => {
    for (const text of [leaf.pem + middle.pem + root.pem, root.pem + leaf.pem + middle.pem]) {
      const report = validateCertificate(text);
      expect(report.ok).toBe(true);
      expect(report.certificate?.subject.text).toBe("CN=leaf");
      expect(report.findings.map(({ code }) => code)).toContain("chain.issuer_left_aside");
      const { certificate, repairs } = repairCertificate(text);
      expect(certificate.pem).toBe(leaf.pem);
      expect(repairs.map(({ code }) => code)).toContain("chain.issuer_left_aside");
    }
  });

  test("is judged by its end entity, not by an authority with a longer validity", async () => {
    const expired = await createTestCertificate({
      issuer: middle,
      notBefore: new Date("2020-01-01T00:00:00Z"),
      notAfter: new Date("2021-01-01T00:00:00Z"),
    });
    const report = validateCertificate(expired.pem + middle.pem);
    expect(report.ok).toBe(false);
    expect(report.findings[0]?.code).toBe("validity.expired");
  });

  test("is refused if the certificates are not one chain", () => {
    const code = "pem.multiple_certificates";
    for (const text of [alone.pem + next.pem, leaf.pem + alone.pem, leaf.pem + root.pem]) {
      expect(validateCertificate(text).findings[0]?.code).toBe(code);
      expect(() => repairCertificate(text)).toThrow(expect.objectContaining({ code }));
    }
  });
});
