import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { EXIT } from "../../src/cli/framework/exit.ts";
import { outputSchemas } from "../../src/schemas/index.ts";
import { createTestCertificate, type TestCertificate } from "../../src/testing/certificate.ts";
import { inFolder, runCommand } from "../support/cli.ts";

const NOW = new Date("2026-01-01T00:00:00Z");
const START = NOW.getTime() / 1000 - 86_400;
let good: TestCertificate;
let expiring: TestCertificate;

beforeAll(async () => {
  good = await createTestCertificate({ notBefore: START, notAfter: START + 400 * 86_400 });
  expiring = await createTestCertificate({ notBefore: START, notAfter: START + 10 * 86_400 });
});

async function withFiles<T>(
  files: Readonly<Record<string, string>>,
  body: (cwd: string) => Promise<T>,
): Promise<T> {
  return await inFolder(async (cwd) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    return await body(cwd);
  });
}

describe("samlcert check", () => {
  test("check first prints the verdict, the state and the days left", async () => {
    const { code, stdout } = await runCommand(["check", "-"], { stdin: good.pem, now: NOW });
    expect(code).toBe(EXIT.ok);
    expect(stdout.split("\n")[0]).toBe("standard input: can be used, active");
    expect(stdout).toContain("399 days left");
  });

  test("check puts a caret under the fault", async () => {
    const broken = good.pem.replace(/^(.{64}\n.{9})./m, "$1!");
    const lines = broken.split("\n");
    lines[3] = `${lines[3]?.slice(0, 20)}*${lines[3]?.slice(21)}`;
    const text = good.pem
      .split("\n")
      .map((line, i) => (i === 3 ? lines[3] : line))
      .join("\n");
    const { code, stdout } = await runCommand(["check", "-"], { stdin: text, now: NOW });
    expect(code).toBe(EXIT.findings);
    expect(stdout).toContain("base64.illegal_char  (line 4:21)");
    const shown = stdout.split("\n");
    const caret = shown.findIndex((line) => line.trim() === "^");
    expect(shown[caret - 1]?.charAt(shown[caret]?.indexOf("^") ?? -1)).toBe("*");
  });

  test("check prints one summary for many files; --fail-on and --policy decide the exit code", async () => {
    const files = { "a.pem": good.pem, "b.pem": expiring.pem, "c.pem": "nonsense" };
    await withFiles(files, async (cwd) => {
      const all = await runCommand(["check", "*.pem"], { cwd, now: NOW });
      expect(all.code).toBe(EXIT.findings);
      expect(all.stdout).toContain("3 files: 2 can be used, 1 cannot be used");
      const two = ["check", "a.pem", "b.pem"];
      expect((await runCommand(two, { cwd, now: NOW })).code).toBe(EXIT.ok);
      expect((await runCommand([...two, "--fail-on", "warning"], { cwd, now: NOW })).code).toBe(
        EXIT.findings,
      );
      const missing = await runCommand([...two, "missing.pem"], { cwd, now: NOW });
      expect(missing.code).toBe(EXIT.unreadable);
      expect(missing.stdout).toContain("1 cannot be read");
      expect(missing.stderr).toContain("does not exist");
      const later = new Date("2030-01-01T00:00:00Z");
      expect((await runCommand(["check", "a.pem"], { cwd, now: later })).code).toBe(EXIT.findings);
      const installed = await runCommand(["check", "a.pem", "--policy", "installed"], {
        cwd,
        now: later,
      });
      expect(installed.code).toBe(EXIT.ok);
    });
  });

  test("check gives a file without findings one line among many; the summary names the others", async () => {
    const pems = Array.from({ length: 30 }, (_, i) => [`good${i}.pem`, good.pem] as const);
    const files = { ...Object.fromEntries(pems), "bad.pem": "nonsense", "soon.pem": expiring.pem };
    await withFiles(files, async (cwd) => {
      const { stdout } = await runCommand(["check", "*.pem", "gone"], { cwd, now: NOW });
      const lines = stdout.split("\n");
      expect(lines).toContain("good7.pem: can be used, active, 399 days left");
      expect(lines).toContain("soon.pem: can be used, expiring");
      expect(stdout).toContain("warning  validity.expires_soon");
      expect(stdout).toContain("error  input.not_certificate");
      expect(lines.slice(-4)).toEqual([
        "33 files: 31 can be used, 1 cannot be used, 1 cannot be read",
        "  bad.pem: cannot be used",
        "  gone: cannot be read",
        "",
      ]);
      expect(lines.length).toBeLessThan(60);
    });
  });

  test("check and inspect wrap names and sentences in a narrow terminal, but neither hex nor piped output", async () => {
    const name = "Identity Provider of a company with a long name";
    const { pem, certificate } = await createTestCertificate({
      subject: { CN: name, O: "Example Corporation" },
      notBefore: START,
    });
    for (const command of ["check", "inspect"]) {
      const narrow = { stdin: pem, now: NOW, columns: 40, isTTY: true, env: { NO_COLOR: "1" } };
      const { stdout } = await runCommand([command, "-"], narrow);
      const long = stdout.split("\n").filter((line) => line.length > 40);
      for (const line of long) expect(line).toMatch(/[0-9a-f]{32}$/);
      expect(stdout).toContain(certificate.fingerprint.sha256);
      const piped = await runCommand([command, "-"], { stdin: pem, now: NOW, columns: 40 });
      expect(piped.stdout).toContain(`CN=${name}`);
    }
  });

  test("check --json follows its schema for every kind of file", async () => {
    const files = {
      "a.pem": good.pem,
      "key.pem": good.privateKeyPem,
      "c.pem": "...",
      "d.pem": JSON.stringify(expiring.pem),
    };
    await withFiles(files, async (cwd) => {
      const { stdout } = await runCommand(["check", "--json", "*.pem", "missing.pem"], {
        cwd,
        now: NOW,
      });
      const document = JSON.parse(stdout);
      expect(outputSchemas["samlcert/check/v1"]?.parse(document)).toEqual(document);
      expect(document.summary).toEqual({ usable: 2, unusable: 2, unreadable: 1 });
      expect(stdout).not.toContain(good.privateKeyPem.split("\n")[1]);
    });
  });

  test("check hides notices and counts them; -v and --json show them", async () => {
    const { pem } = await createTestCertificate({ notBefore: START, notAfter: 253_402_300_799 });
    const quiet = await runCommand(["check", "-"], { stdin: pem, now: NOW });
    const verbose = await runCommand(["check", "-v", "-"], { stdin: pem, now: NOW });
    expect(quiet.stdout).not.toMatch(/^notice /m);
    expect(quiet.stdout).toMatch(/\d notices? not shown; -v shows them/);
    expect(verbose.stdout).toMatch(/^notice /m);
    expect(verbose.stdout).not.toContain("not shown");
    const { stdout } = await runCommand(["check", "--json", "-"], { stdin: pem, now: NOW });
    const [checked] = JSON.parse(stdout).reports;
    expect(checked.report.findings).toContainEqual(expect.objectContaining({ severity: "notice" }));
  });

  test.each([
    ["key.pem", "openssl x509 -in FILE"],
    ["own.pfx", "openssl pkcs12 -in FILE -nokeys -clcerts"],
  ])(
    "check tells the owner of %s how to export the certificate, not that the key is exposed",
    (file, says) =>
      inFolder(async (cwd) => {
        const { privateKeyPem } = good;
        writeFileSync(join(cwd, "key.pem"), privateKeyPem);
        writeFileSync(join(cwd, "cert.pem"), good.pem);
        const pack = "pkcs12 -export -in cert.pem -inkey key.pem -passout pass:a -out own.pfx";
        expect(spawnSync("openssl", pack.split(" "), { cwd }).status).toBe(0);
        const { code, stdout } = await runCommand(["check", file], { cwd, now: NOW });
        expect(code).toBe(EXIT.findings);
        expect(stdout.replaceAll(/\s+/g, " ")).toContain(says);
        const json = await runCommand(["check", "--json", file], { cwd, now: NOW });
        for (const text of [stdout, json.stdout]) expect(text).not.toContain("exposed");
      }),
  );

  test("check names the command that takes the certificates out of a bundle", () =>
    inFolder(async (cwd) => {
      writeFileSync(join(cwd, "a.pem"), good.pem);
      writeFileSync(join(cwd, "b.pem"), expiring.pem);
      const pack = "crl2pkcs7 -nocrl -certfile a.pem -certfile b.pem -outform DER -out both.p7b";
      expect(spawnSync("openssl", pack.split(" "), { cwd }).status).toBe(0);
      const { stdout } = await runCommand(["check", "both.p7b"], { cwd, now: NOW });
      expect(stdout.replaceAll(/\s+/g, " ")).toContain("samlcert inspect --pem");
      const pem = await runCommand(["inspect", "--pem", "both.p7b"], { cwd, now: NOW });
      expect(pem.stdout).toContain(good.pem);
      expect(pem.stdout).toContain(expiring.pem);
    }));

  test("check writes dates for people next to ISO times", async () => {
    const { stdout } = await runCommand(["check", "-"], { stdin: good.pem, now: NOW });
    expect(stdout).toMatch(/not before +2025-12-31T00:00:00Z {2}\(31 Dec 2025\)\n/);
    expect(stdout).toMatch(/not after +2027-02-04T00:00:00Z {2}\(4 Feb 2027, 399 days left\)\n/);
  });

  test("check lists the checks that passed or were skipped only with -v", async () => {
    const quiet = await runCommand(["check", "-"], { stdin: good.pem, now: NOW });
    expect(quiet.stdout).not.toMatch(/passed|skipped/);
    const { stdout } = await runCommand(["check", "-v", "-"], { stdin: good.pem, now: NOW });
    expect(stdout).toMatch(/^ {2}passed +.*validity/m);
    const { report } = JSON.parse(
      (await runCommand(["check", "--json", "-"], { stdin: good.pem, now: NOW })).stdout,
    ).reports[0];
    for (const { id, status } of report.checks)
      if (status !== "failed") expect(stdout).toContain(id);
  });

  test("check escapes control characters in the names of a certificate", async () => {
    const { pem } = await createTestCertificate({
      subject: { CN: "\u001b[31mred\u202E" },
      notBefore: START,
    });
    const { stdout } = await runCommand(["check", "-"], { stdin: pem, now: NOW });
    expect(stdout).not.toContain("\u001b[31m");
    expect(stdout).not.toContain("\u202E");
  });
});

describe("a self-signed certificate with a changed byte", () => {
  const pem = (): string => {
    const { derBase64, serialNumber } = good.certificate;
    const der = Buffer.from(derBase64, "base64");
    const at = der.indexOf(Buffer.from(serialNumber, "hex")) + 4;
    der.writeUInt8(der.readUInt8(at) ^ 1, at);
    return `-----BEGIN CERTIFICATE-----\n${der.toString("base64")}\n-----END CERTIFICATE-----\n`;
  };

  test("check refuses it as damaged", async () => {
    const args = ["check", "-"];
    const { code, stdout } = await runCommand(args, { stdin: pem(), now: NOW });
    expect(stdout).toMatch(/error\s+sig\.self_signature_invalid/);
    expect(code).toBe(EXIT.findings);
    expect((await runCommand(args, { stdin: good.pem, now: NOW })).code).toBe(EXIT.ok);
  });

  test("inspect says that the signature is not from its own key", async () => {
    const { stdout } = await runCommand(["inspect", "-"], { stdin: pem(), now: NOW });
    expect(stdout).toContain("invalid: not made by its own key");
    const json = await runCommand(["inspect", "--json", "-"], { stdin: pem(), now: NOW });
    expect(JSON.parse(json.stdout).certificates[0]).toMatchObject({
      selfSigned: false,
      selfSignature: "invalid",
    });
  });
});

describe("samlcert inspect", () => {
  test("inspect shows every field; --pem repairs; --json follows its schema", async () => {
    const stdin = JSON.stringify(good.pem);
    const { code, stdout } = await runCommand(["inspect", "-"], { stdin, now: NOW });
    expect(code).toBe(EXIT.ok);
    expect(stdout).toContain(good.certificate.fingerprint.sha1);
    expect(stdout).toContain("by its own key");
    expect((await runCommand(["inspect", "--pem", "-"], { stdin })).stdout).toBe(good.pem);
    const json = await runCommand(["inspect", "--json", "-"], {
      stdin: good.pem + expiring.pem,
      now: NOW,
    });
    const document = JSON.parse(json.stdout);
    expect(outputSchemas["samlcert/inspect/v1"]?.parse(document)).toEqual(document);
    expect(document.certificates).toHaveLength(2);
  });

  test("inspect exits with 3 for a text that is not a certificate", async () => {
    const { code, stderr } = await runCommand(["inspect", "-"], { stdin: "nonsense" });
    expect(code).toBe(EXIT.unreadable);
    expect(stderr).toContain("The input contains no certificate");
  });
});
