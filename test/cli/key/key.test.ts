import { readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readCertificateRequest, validateCertificate } from "../../../src/certificates/index.ts";
import { keyMatches } from "../../../src/keys/index.ts";
import { leaksOf, quickKey } from "../../keys/support.ts";
import {
  type CommandOptions,
  type CommandResult,
  inFolder,
  runCommand,
} from "../../support/cli.ts";

const now = new Date("2027-01-15T08:00:00Z");

async function run(
  cwd: string,
  line: string,
  options: CommandOptions = {},
): Promise<CommandResult> {
  return await runCommand(line.split(" "), { cwd, now, ...options });
}

const CREATE = "key create --common-name sp.example.com --algorithm p256";

describe("samlcert key create", () => {
  test("writes a key that only its owner can read, and its certificate", async () => {
    await inFolder(async (cwd) => {
      const { code, stdout, stderr } = await run(cwd, CREATE);
      expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
      const [key, certificate] = ["sp.key", "sp.crt"].map((name) => join(cwd, name)) as [
        string,
        string,
      ];
      expect(statSync(key).mode & 0o777).toBe(0o600);
      expect(stderr).toContain("sp.example.com");
      const pem = readFileSync(certificate, "utf8");
      expect(keyMatches(pem, readFileSync(key, "utf8"))).toBe(true);
      expect(validateCertificate(pem, { now }).ok).toBe(true);
      expect(leaksOf(stdout + stderr, [readFileSync(key, "utf8")])).toEqual([]);
    });
  });

  test.each(["sp.key", "sp.crt"])("keeps %s that exists: cli.output_exists", async (name) => {
    await inFolder(async (cwd) => {
      writeFileSync(join(cwd, name), "mine");
      const { code, stderr } = await run(cwd, CREATE);
      expect(code).toBe(3);
      expect(stderr).toContain(`${name} exists already`);
      expect(readFileSync(join(cwd, name), "utf8")).toBe("mine");
      const other = name === "sp.key" ? "sp.crt" : "sp.key";
      expect(() => statSync(join(cwd, other))).toThrow();
    });
  });

  test("keeps what a symbolic link leads to", async () => {
    await inFolder(async (cwd) => {
      writeFileSync(join(cwd, "target"), "mine", { mode: 0o644 });
      symlinkSync(join(cwd, "target"), join(cwd, "sp.key"));
      expect((await run(cwd, CREATE)).code).toBe(3);
      expect((await run(cwd, `${CREATE} --force`)).code).toBe(0);
      expect(readFileSync(join(cwd, "target"), "utf8")).toBe("mine");
    });
  });

  test("replaces files with --force, and protects a key file that others could read", async () => {
    await inFolder(async (cwd) => {
      writeFileSync(join(cwd, "sp.key"), "mine", { mode: 0o666 });
      expect((await run(cwd, `${CREATE} --force`)).code).toBe(0);
      expect(statSync(join(cwd, "sp.key")).mode & 0o777).toBe(0o600);
      expect(readFileSync(join(cwd, "sp.key"), "utf8")).toContain("BEGIN PRIVATE KEY");
    });
  });

  test("prints the key only where it is asked to", async () => {
    await inFolder(async (cwd) => {
      const { stdout } = await run(cwd, `${CREATE} --key -`);
      expect(stdout).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    });
  });

  test("encrypts the key with a passphrase of a file or of the environment", async () => {
    await inFolder(async (cwd) => {
      writeFileSync(join(cwd, "pass"), "correct horse\n");
      await run(cwd, `${CREATE} --key-password-file pass`);
      await run(cwd, `${CREATE} --key b.key --certificate b.crt`, {
        env: { SAMLCERT_KEY_PASSWORD: "correct horse" },
      });
      for (const name of ["sp.key", "b.key"]) {
        expect(readFileSync(join(cwd, name), "utf8")).toContain("BEGIN ENCRYPTED PRIVATE KEY");
        const { code } = await run(cwd, `key inspect ${name} --key-password-file pass`);
        expect(code).toBe(0);
      }
    });
  });

  test.each([
    ["key create", "needs the name of its owner"],
    [`${CREATE} --subject CN=a`, "either --common-name or --subject"],
    [`${CREATE} --days soon`, 'Invalid value "soon" for --days'],
    ["key create --common-name a --algorithm dsa", 'Unknown value "dsa"'],
  ])("refuses: %s", async (line, message) => {
    await inFolder(async (cwd) => {
      const { code, stderr } = await run(cwd, line);
      expect(code).toBe(2);
      expect(stderr).toContain(message);
    });
  });
});

describe("samlcert key", () => {
  test("requests, renews, inspects and matches", async () => {
    await inFolder(async (cwd) => {
      await run(cwd, CREATE);
      const request = await run(cwd, "key request --key sp.key --common-name sp.example.com");
      const { signatureValid } = await readCertificateRequest(request.stdout);
      expect(signatureValid).toBe(true);

      const later = { now: new Date("2029-01-01T00:00:00Z") };
      const renewed = await run(
        cwd,
        "key renew --key sp.key --certificate sp.crt -o new.crt",
        later,
      );
      expect(renewed).toMatchObject({ code: 0, stdout: "" });
      expect((await run(cwd, "key match new.crt sp.key")).code).toBe(0);
      const again = await run(cwd, "key renew --key sp.key --certificate sp.crt -o new.crt", later);
      expect(again.code).toBe(3);

      const inspected = await run(cwd, "key inspect sp.key");
      expect(inspected.stdout).toMatch(/EC P-256\n.*key SHA-256\s+[\da-f]{64}\n/);
      const shown = await run(cwd, "inspect sp.crt");
      const [sha256 = "-"] = /[\da-f]{64}/.exec(inspected.stdout) ?? [];
      expect(shown.stdout).toContain(sha256);
    });
  });

  test("match ends with 1 for another key", async () => {
    await inFolder(async (cwd) => {
      await run(cwd, CREATE);
      writeFileSync(join(cwd, "other.key"), (await quickKey()).privateKey);
      const { code, stdout } = await run(cwd, "key match sp.crt other.key");
      expect(code).toBe(1);
      expect(stdout).toBe("sp.crt does not belong to the private key in other.key.\n");
    });
  });

  test("renew refuses the certificate of another key", async () => {
    await inFolder(async (cwd) => {
      await run(cwd, CREATE);
      writeFileSync(join(cwd, "other.key"), (await quickKey()).privateKey);
      const { code, stderr } = await run(cwd, "key renew --key other.key --certificate sp.crt");
      expect(code).toBe(1);
      expect(stderr).toContain("does not belong to the private key");
    });
  });
});

describe("no command prints a private key", () => {
  /** Everything that goes wrong, with a key in each place where a person may put it by mistake. */
  const LINES: readonly string[] = [
    CREATE,
    `${CREATE} --certificate missing/sp.crt`,
    `${CREATE} --key missing/sp.key`,
    `${CREATE} --key-password-file a.key --key e.key --certificate e.crt`,
    "key request --key a.key --common-name sp",
    "key request --key a.crt --common-name sp",
    "key request --key encrypted.key --common-name sp",
    "key request --key broken.key --common-name sp",
    "key renew --key a.key --certificate a.key",
    "key renew --key a.key --certificate a.crt",
    "key inspect a.key",
    "key inspect a.crt",
    "key inspect broken.key",
    "key inspect encrypted.key",
    "key inspect encrypted.key --key-password-file a.key",
    "key inspect encrypted.key --key-password-file encrypted.key --verbose",
    "key match a.crt a.key",
    "key match a.key a.crt",
    "key match a.key a.key",
    "key match broken.key broken.key",
    "check a.key",
    "inspect a.key",
    "metadata sign --key broken.key --certificate a.crt a.key",
    "metadata sign --key a.key --certificate a.key a.key",
  ];

  test.each(LINES)("samlcert %s", async (line) => {
    await inFolder(async (cwd) => {
      const own = await quickKey();
      const locked = await quickKey({ passphrase: "correct horse" });
      const broken = own.privateKey.replace(/\n(.)/, "\n!$1");
      writeFileSync(join(cwd, "a.key"), own.privateKey);
      writeFileSync(join(cwd, "a.crt"), own.certificate.pem);
      writeFileSync(join(cwd, "broken.key"), broken);
      writeFileSync(join(cwd, "encrypted.key"), locked.privateKey);
      const { code, stdout, stderr } = await run(cwd, line);
      expect(code).not.toBe(70);
      const keys = [own.privateKey, locked.privateKey];
      expect(leaksOf(stdout + stderr, keys), stdout + stderr).toEqual([]);
    });
  });

  test("a key instead of a value or a file name is not repeated", async () => {
    await inFolder(async (cwd) => {
      const { privateKey } = await quickKey();
      const lines = [
        ["key", "create", "--common-name", privateKey],
        ["key", "create", "--subject", privateKey],
        ["key", "create", "--common-name", "a", "--days", privateKey],
        ["key", "create", "--common-name", "a", "--key", privateKey, "--algorithm", "p256"],
        ["key", "create", "--common-name", "a", "--algorithm", privateKey],
        ["key", "request", "--key", privateKey, "--common-name", "a"],
        ["key", "inspect", privateKey],
        ["key", "match", privateKey, privateKey],
        ["key", privateKey],
      ];
      for (const line of lines) {
        const { code, stdout, stderr } = await runCommand(line, { cwd, now });
        expect(code, line.join(" ")).not.toBe(0);
        expect(leaksOf(stdout + stderr, [privateKey]), stderr).toEqual([]);
      }
    });
  });
});
