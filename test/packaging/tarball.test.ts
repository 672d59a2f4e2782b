import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import entries from "../../scripts/entries.json" with { type: "json" };

const root = join(import.meta.dirname, "..", "..");
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const project = mkdtempSync(join(tmpdir(), "samlcert-project-"));

function sh(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? ""}\n${stdout}\n${stderr}`);
  }
  return stdout;
}

/** A program that uses each entry as its guide says; the same text is run and type-checked. */
const PROGRAM = `
import {
  buildServiceProviderMetadata,
  isSamlCertError,
  parseCertificate,
  serviceProviderFromIntegration,
  validateCertificate,
} from "samlcert";
import { createSendGridClient, sendGridCertificateStore } from "samlcert/sendgrid";
import { executeRotation, planRotation } from "samlcert/rotation";
import { createTestCertificate, startFakeSendGrid } from "samlcert/testing";

const now = new Date();
const first = await createTestCertificate({ subject: { CN: "first" } });
const second = await createTestCertificate({ subject: { CN: "second" } });
const report = validateCertificate(first.pem, { now });
if (!report.ok) throw new Error(JSON.stringify(report.findings));

const fake = await startFakeSendGrid({ apiKey: "SG.test" });
try {
  const client = createSendGridClient({ apiKey: "SG.test", baseUrl: fake.url });
  const integration = await client.integrations.create({
    name: "Example",
    enabled: true,
    entity_id: "https://idp.example.com/saml",
    signin_url: "https://idp.example.com/sso",
    signout_url: "https://idp.example.com/slo",
  });
  const id = String(integration.id);
  await client.certificates.ensure(id, parseCertificate(first.pem));
  const xml = buildServiceProviderMetadata(serviceProviderFromIntegration(integration));
  if (!xml.includes("AssertionConsumerService")) throw new Error(xml);

  const store = sendGridCertificateStore(client, id);
  const plan = planRotation({
    desired: [parseCertificate(second.pem)],
    stored: await store.list(),
    policy: {},
    now,
  });
  console.log(plan.steps.length > 0 ? "planned" : "empty");
  void executeRotation;
  try {
    parseCertificate("nothing");
  } catch (error) {
    console.log(isSamlCertError(error) ? "refused" : "untyped");
  }
} finally {
  await fake.close();
}
`;

beforeAll(() => {
  sh(process.execPath, [join(root, "node_modules/tsup/dist/cli-default.js"), "--silent"], root);
  const packed = sh(npm, ["pack", "--json", "--pack-destination", project], root);
  const { filename } = (JSON.parse(packed) as { filename: string }[])[0] ?? { filename: "" };
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ name: "empty", private: true, type: "module" }),
  );
  const install = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
  sh(npm, [...install, `./${filename}`, "@types/node@20"], project);
}, 300_000);

afterAll(() => rmSync(project, { recursive: true, force: true }));

describe("the packed tarball in an empty project", () => {
  test("works in plain JavaScript", () => {
    writeFileSync(join(project, "main.mjs"), PROGRAM);
    expect(sh(process.execPath, ["main.mjs"], project)).toBe("planned\nrefused\n");
  });

  test("works in strict TypeScript that checks the declarations too", () => {
    writeFileSync(join(project, "main.ts"), PROGRAM);
    writeFileSync(
      join(project, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          target: "ES2022",
          module: "NodeNext",
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          skipLibCheck: false,
          noEmit: true,
          types: ["node"],
        },
        include: ["main.ts"],
      }),
    );
    sh(process.execPath, [join(root, "node_modules/@typescript/native/bin/tsc")], project);
  });

  test("type-checks without dom and with the declarations checked, as a backend project may ask", () => {
    const names = Object.keys(entries).map((name) => name.replace(/^\./, "samlcert"));
    const withoutDom = names.filter((name) => !name.endsWith("/keys"));
    const lines = withoutDom.map((name, index) => `export * as _${index} from "${name}";`);
    writeFileSync(join(project, "backend.ts"), lines.join("\n"));
    writeFileSync(
      join(project, "tsconfig.backend.json"),
      JSON.stringify({
        compilerOptions: {
          target: "ES2022",
          lib: ["ES2023"],
          module: "NodeNext",
          strict: true,
          skipLibCheck: false,
          noEmit: true,
          types: ["node"],
        },
        include: ["backend.ts"],
      }),
    );
    const tsc = join(root, "node_modules/@typescript/native/bin/tsc");
    sh(process.execPath, [tsc, "-p", "tsconfig.backend.json"], project);
  });

  test("can be required from CommonJS", () => {
    const program =
      'const { parseCertificate } = require("samlcert"); console.log(typeof parseCertificate);';
    writeFileSync(join(project, "main.cjs"), program);
    expect(sh(process.execPath, ["--no-warnings", "main.cjs"], project)).toBe("function\n");
  });

  test("brings a samlcert command", () => {
    const bin = join(project, "node_modules", ".bin", "samlcert");
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      version: string;
    };
    expect(sh(bin, ["--version"], project)).toBe(`${version}\n`);
  });

  const packed = (): readonly string[] => {
    const listed = sh(npm, ["pack", "--dry-run", "--json"], root);
    return (
      (JSON.parse(listed) as { files: { path: string }[] }[])[0]?.files.map(({ path }) => path) ??
      []
    );
  };

  test("holds what it should and nothing else", () => {
    const belongs =
      /^(?:dist|fixtures\/demo|docs)\/|^(?:README|LICENSE|CHANGELOG|CONTRIBUTING|SECURITY)|^package\.json$/;
    const files = packed();
    expect(files.filter((path) => !belongs.test(path))).toEqual([]);
    // npm links it to where man looks, on a global installation.
    expect(files).toContain("docs/samlcert.1");
    expect(files.filter((path) => path.startsWith("docs/playground/"))).toEqual([
      "docs/playground/README.md",
    ]);
  });

  test("holds every file that its documents link to", () => {
    const files = packed();
    const links = files
      .filter((path) => path.endsWith(".md"))
      .flatMap((path) =>
        [...readFileSync(join(root, path), "utf8").matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)/g)].map(
          ([, target = ""]) => ({ path, target: join(dirname(path), target) }),
        ),
      );
    expect(links.length).toBeGreaterThan(100);
    const dead = links.filter(
      ({ target }) => !files.some((file) => file === target || file.startsWith(`${target}/`)),
    );
    expect(dead).toEqual([]);
  });

  test("holds the pictures of its documents, and they stay small", () => {
    const pictures = packed().filter((path) => path.startsWith("docs/pictures/"));
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const shown = [...readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path]) => path);
    expect(shown.length).toBeGreaterThan(0);
    expect(pictures).toEqual(expect.arrayContaining(shown));
    const bytes = pictures.map((path) => statSync(join(root, path)).size);
    expect(bytes.reduce((sum, one) => sum + one, 0)).toBeLessThan(200 * 1024);
  });

  test("jsr.json names the same version and entries", () => {
    const read = (name: string) => JSON.parse(readFileSync(join(root, name), "utf8"));
    const sources = Object.entries(entries).map(([name, file]) => [name, `./${file}`]);
    const { version, exports } = read("jsr.json");
    expect(version).toBe(read("package.json").version);
    expect(exports).toEqual(Object.fromEntries(sources));
  });

  test("exports what the source tree says", () => {
    const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      exports: Record<string, unknown>;
    };
    expect(Object.keys(exports).filter((name) => name !== "./package.json")).toEqual(
      Object.keys(entries),
    );
  });
});
