import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

describe("samlcert/certificates in every runtime", () => {
  const folder = mkdtempSync(join(root, "node_modules/.certificates-imports-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let inputs: readonly string[] = [];
  let text = "";
  const outfile = join(folder, "certificates.mjs");

  beforeAll(async () => {
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

  test("without a Buffer and without node:crypto, as in a browser, the facts are the same", () => {
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
    const pem = spawnSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-subj",
        "/CN=idp",
        "-keyout",
        "/dev/null",
      ],
      { encoding: "utf8" },
    ).stdout;
    if (!pem?.includes("BEGIN CERTIFICATE")) return;
    // In a file: Deno takes what -e is given for a script, not a module.
    const program = `${outfile}.facts.mjs`;
    writeFileSync(program, script);
    const { stdout, stderr } = spawnSync(process.execPath, [program, pem], { encoding: "utf8" });
    expect({ stdout, stderr }).toEqual({ stdout: "true true 1\n", stderr: "" });
  });
});
