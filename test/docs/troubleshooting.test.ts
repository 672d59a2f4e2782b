import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { rowOf } from "../../src/core/codes/all.ts";
import {
  createTestCertificate,
  type FakeResponseOptions,
  startFakeIdentityProvider,
  type TestCertificate,
} from "../../src/testing/index.ts";
import { inFolder, runCommand } from "../support/cli.ts";
import { root } from "./support/pages.ts";

const page = readFileSync(join(root, "docs/guides/troubleshooting.md"), "utf8");

let trusted: TestCertificate;
let other: TestCertificate;
beforeAll(async () => {
  const make = (CN: string) => createTestCertificate({ subject: { CN }, keyAlgorithm: "RSA-2048" });
  [trusted, other] = await Promise.all([make("trusted"), make("other")]);
});

interface Symptom {
  readonly section: string;
  readonly sign?: Partial<FakeResponseOptions>;
  /** The identity provider signs with a key that the service does not trust. */
  readonly isOtherKey?: boolean;
  readonly says: string;
}

const day = 86_400_000;

/** A sign-in with the fault of a section, and the words in which the section's command names it. */
const symptoms: readonly Symptom[] = [
  { section: "Invalid signature", isOtherKey: true, says: "none of your certificates" },
  { section: "Invalid signature", sign: { sign: "none" }, says: "response.unsigned" },
  { section: "Login loop", isOtherKey: true, says: "none of your certificates" },
  {
    section: "Wrong audience",
    sign: { audience: "https://sp.example.com" },
    says: "response.audience",
  },
  {
    section: "Wrong recipient",
    sign: { acsUrl: "https://old.example.com/acs" },
    says: "response.recipient",
  },
  { section: "Clocks", sign: { now: new Date(Date.now() - day) }, says: "response.expired" },
  { section: "Clocks", sign: { now: new Date(Date.now() + day) }, says: "response.not_yet_valid" },
];

test.each(symptoms)(
  "$section: the command says $says",
  async ({ section, sign, isOtherKey, says }) => {
    expect(page).toContain(`## ${section}\n`);
    const idp = await startFakeIdentityProvider({ certificates: [trusted, other] });
    try {
      const wanted = {
        acsUrl: "https://sp.example.com/acs",
        audience: "https://sp.example.com/saml",
      };
      if (isOtherKey === true) idp.signWith(other);
      const response = idp.respond({ ...wanted, ...sign });
      await inFolder(async (cwd) => {
        writeFileSync(join(cwd, "idp.pem"), trusted.pem);
        writeFileSync(join(cwd, "sign-in.txt"), response);
        const expected = ["--audience", wanted.audience, "--recipient", wanted.acsUrl];
        const now = ["--now", new Date().toISOString()];
        const argv = ["explain-response", "--certificate", "idp.pem", ...expected, ...now];
        const { code, stdout } = await runCommand([...argv, "sign-in.txt"], { cwd });
        expect(stdout.replace(/\s+/g, " ")).toContain(says);
        expect(code).toBe(1);
      });
    } finally {
      await idp.close();
    }
  },
);

test("every code of the page exists", () => {
  const codes = [...page.matchAll(/`((?:response|signature|validity)\.[a-z_.]+)`/g)].map(
    ([, code = ""]) => code,
  );
  expect(codes.length).toBeGreaterThan(4);
  expect(codes.filter((code) => rowOf(code) === undefined)).toEqual([]);
});
