import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestCertificate } from "../../src/testing/certificate.ts";

const root = resolve(import.meta.dirname, "../..");

describe("samlcert/certificates in every runtime", () => {
  const folder = mkdtempSync(join(root, "node_modules/.certificates-imports-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let inputs: readonly string[] = [];
  let text = "";
  let pem = "";
  const outfile = join(folder, "certificates.mjs");

  beforeAll(async () => {
    ({ pem } = await createTestCertificate({ subject: { CN: "idp" } }));
    const { metafile, outputFiles } = await build({
      entryPoints: [join(root, "src/certificates/index.ts")],
      bundle: true,
      format: "esm",
      platform: "neutral",
      packages: "external",
      metafile: true,
      write: false,
    });
    inputs = Object.keys(metafile.inputs);
    text = outputFiles[0]?.text ?? "";
    await build({
      entryPoints: [join(root, "src/certificates/index.ts")],
      bundle: true,
      format: "esm",
      platform: "neutral",
      packages: "external",
      outfile,
    });
  });

  test("no static import leaves the package, and zod and @peculiar/x509 are not among what is loaded", () => {
    expect(
      inputs.filter((input) => input.includes("node_modules") || input.endsWith("schema.ts")),
    ).toEqual([]);
    expect(text).not.toMatch(/^\s*import\s/m);
    expect(text).not.toContain('from "zod');
  });

  test("@peculiar/x509, which puts helpers on globalThis, is loaded only on request", () => {
    const script = `
      const before = new Set(Object.getOwnPropertyNames(globalThis));
      const added = () => Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name));
      const m = await import(${JSON.stringify(outfile)});
      const pem = process.argv[2];
      const certificate = m.parseCertificate(pem);
      await m.checkSelfSignature(m.validateCertificate(pem));
      const valid = await m.verifySelfSignature(certificate);
      console.log(valid, JSON.stringify(added()));
      console.log((await m.toPeculiar(certificate)).subject, added().includes("__decorate"));
    `;
    const file = join(folder, "globals.mjs");
    writeFileSync(file, script);
    const { stdout, stderr } = spawnSync(process.execPath, [file, pem], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(stdout.trim().split("\n")).toEqual(["true []", "CN=idp true"]);
  });

  test("the facts are the same without Buffer and node:crypto, as in a browser", () => {
    const script = `
      const m = await import(${JSON.stringify(outfile)});
      const pem = process.argv[2];
      const native = JSON.stringify(m.parseCertificate(pem));
      delete globalThis.Buffer;
      process.getBuiltinModule = undefined;
      const other = await import(${JSON.stringify(outfile)} + "?again");
      const plain = JSON.stringify(other.parseCertificate(pem));
      const der = Uint8Array.from(atob(JSON.parse(native).derBase64), (c) => c.charCodeAt(0));
      console.log(native === plain, JSON.stringify(other.parseCertificate(der)) === native, other.validateCertificate(pem.replaceAll("\\n", "\\\\n"), { now: 1 }).repairs.length);
    `;
    // In a file: Deno takes what -e is given for a script, not a module.
    const program = `${outfile}.facts.mjs`;
    writeFileSync(program, script);
    const { stdout, stderr } = spawnSync(process.execPath, [program, pem], { encoding: "utf8" });
    expect({ stdout, stderr }).toEqual({ stdout: "true true 1\n", stderr: "" });
  });
});
