import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestCertificate } from "../../src/testing/index.ts";
import { type BuiltCli, buildCli } from "../support/built-cli.ts";
import { requireProgram } from "../support/require.ts";
import { serve } from "../trusted-keys/serving.ts";
import { idpMetadata } from "../trusted-keys/sign-in.ts";

/** npx takes some seconds on a busy machine. */
const TIMEOUT_MS = 180_000;

const root = join(import.meta.dirname, "..", "..");
const yaml = requireProgram("python3", ["-c", "import yaml"]);
const preCommit = requireProgram("pre-commit", ["--version"]);
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

let cli: BuiltCli;
let folder: string;
let url: string;
beforeAll(async () => {
  cli = await buildCli();
  folder = mkdtempSync(join(tmpdir(), "samlcert-pipeline-"));
  const year = 365 * 86_400_000;
  const [good, old] = [
    await createTestCertificate(),
    await createTestCertificate({
      subject: { CN: "old `@everybody`" },
      notBefore: new Date(Date.now() - 2 * year),
      notAfter: new Date(Date.now() - year),
    }),
  ];
  mkdirSync(join(folder, "certificates/idp"), { recursive: true });
  writeFileSync(join(folder, "certificates/good.pem"), good.pem);
  writeFileSync(join(folder, "certificates/idp/old.pem"), old.pem);
  install(folder);
  const port = await serve((_, response) => response.end(idpMetadata([good])));
  url = `http://127.0.0.1:${port}/metadata`;
});
afterAll(() => {
  cli.remove();
  rmSync(folder, { recursive: true });
});

/** Installs the built command line as npm would, so that npx finds it without a network. */
function install(project: string): void {
  const place = join(project, "node_modules/samlcert");
  mkdirSync(place, { recursive: true });
  mkdirSync(join(project, "node_modules/.bin"));
  const bin = { samlcert: "./bin.mjs" };
  writeFileSync(join(place, "package.json"), JSON.stringify({ name: "samlcert", version, bin }));
  writeFileSync(
    join(place, "bin.mjs"),
    `#!/usr/bin/env node\nawait import(${JSON.stringify(cli.bin)});\n`,
  );
  chmodSync(join(place, "bin.mjs"), 0o755);
  symlinkSync("../samlcert/bin.mjs", join(project, "node_modules/.bin/samlcert"));
}

interface Step {
  readonly name: string;
  readonly if?: string;
  readonly shell: string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

function fromYaml(file: string): unknown {
  const program = "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))";
  const { stdout } = spawnSync("python3", ["-c", program, join(root, file)], { encoding: "utf8" });
  return JSON.parse(stdout);
}

/** GitHub's CLI, as far as the action uses it: the issues are in a file. */
const GH = `#!/usr/bin/env node
import { existsSync, readFileSync, writeFileSync } from "node:fs";
const file = process.env.ISSUES;
const issues = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
const [group, verb, ...rest] = process.argv.slice(2);
const option = (name) => rest[rest.indexOf(name) + 1];
if (process.env.GH_TOKEN !== "secret") throw new Error("no token");
if (group === "issue" && verb === "list") console.log(JSON.stringify(issues));
else if (group === "issue") {
  const content = { title: option("--title"), body: readFileSync(0, "utf8") };
  if (verb === "create") issues.push({ number: issues.length + 1, edits: 0, ...content });
  const known = issues.find(({ number }) => verb === "edit" && String(number) === rest[0]);
  if (known) Object.assign(known, content, { edits: known.edits + 1 });
  writeFileSync(file, JSON.stringify(issues));
} else if (group !== "label") throw new Error(group + " " + verb);
`;

interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** Runs the steps of the action in a shell, as the runner does. */
async function runAction(inputs: Readonly<Record<string, string>>): Promise<readonly Ran[]> {
  const action = fromYaml("action.yml") as Action;
  expect(action.runs.using).toBe("composite");
  const tools = join(folder, "tools");
  mkdirSync(tools, { recursive: true });
  writeFileSync(join(tools, "package.json"), '{"type":"module"}');
  writeFileSync(join(tools, "gh"), GH);
  chmodSync(join(tools, "gh"), 0o755);
  const filled = (text: string): string =>
    text.replaceAll(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (_, name: string) => {
      if (name === "github.token") return "secret";
      const input = name.replace("inputs.", "");
      return inputs[input] ?? filled(action.inputs[input]?.default ?? "");
    });
  const results: Ran[] = [];
  for (const step of action.runs.steps) {
    if (step.if !== undefined && inputs["issues"] !== "true") continue;
    expect(step.shell).toBe("bash");
    const env = {
      PATH: `${tools}:${process.env["PATH"]}`,
      HOME: folder,
      RUNNER_TEMP: tools,
      GITHUB_ACTION_PATH: root,
      ISSUES: join(folder, "issues.json"),
      npm_config_offline: "true",
      ...Object.fromEntries(Object.entries(step.env).map(([name, text]) => [name, filled(text)])),
    };
    const script = join(tools, "step.sh");
    writeFileSync(script, step.run);
    results.push(await shell(["--noprofile", "--norc", "-eo", "pipefail", script], env));
  }
  return results;
}

function shell(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn("bash", args, { cwd: folder, env });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    }
    child.on("close", (code) => resolve({ code, output }));
  });
}

interface Issue {
  readonly title: string;
  readonly body: string;
  readonly edits: number;
}

const issues = (): readonly Issue[] =>
  JSON.parse(readFileSync(join(folder, "issues.json"), "utf8"));

describe.skipIf(yaml.missing)(`action.yml${yaml.note}`, () => {
  it(
    "checks files, patterns and URLs, and annotates their lines",
    async () => {
      const files = `\n  certificates/**/*.pem\r\n${url}\n`;
      const [check, ...more] = await runAction({ files, "allow-private-addresses": "true" });
      expect(more).toEqual([]);
      expect(check?.code).toBe(1);
      expect(check?.output).toMatch(
        /^::warning file=certificates\/idp\/old\.pem,line=1,title=validity\.expired::/m,
      );
      expect(check?.output.match(/^::/gm)).toHaveLength(1);
      expect((await runAction({ files: "certificates/good.pem" }))[0]?.code).toBe(0);
      const refused = await runAction({ files: url });
      expect(refused[0]).toMatchObject({
        code: 3,
        output: expect.stringContaining("::error title="),
      });
      expect((await runAction({ files: "\n" }))[0]?.code).toBe(2);
    },
    TIMEOUT_MS,
  );

  it(
    "opens one issue for each certificate, and updates it",
    async () => {
      cpSync(join(folder, "certificates/idp/old.pem"), join(folder, "certificates/copy.pem"));
      const inputs = { files: "certificates/**/*.pem\ngone.pem", issues: "true" };
      const [, first] = await runAction(inputs);
      expect(first).toMatchObject({ code: 0 });
      expect(issues().map(({ title }) => title)).toEqual([
        "SAML certificate CN=old `@everybody`: validity.expired",
        "SAML certificate gone.pem: cli.input_unreadable",
      ]);
      const body = issues()[0]?.body ?? "";
      expect(body).toContain(
        "file       certificates/copy.pem\nfile       certificates/idp/old.pem",
      );
      expect(body.replaceAll(/```[^`]*```/g, "")).not.toContain("@");
      rmSync(join(folder, "certificates/copy.pem"));
      await runAction(inputs);
      expect(issues().map(({ edits }) => edits)).toEqual([1, 0]);
    },
    TIMEOUT_MS,
  );

  it("documents every input", () => {
    const guide = readFileSync(join(root, "docs/guides/check-in-pipelines.md"), "utf8");
    const inputs = Object.keys((fromYaml("action.yml") as Action).inputs);
    expect(inputs.filter((name) => name !== "token" && !guide.includes(`| \`${name}\` |`))).toEqual(
      [],
    );
  });

  it("names the version of this package, as the hook does", () => {
    for (const file of ["action/check.sh", ".pre-commit-hooks.yaml"]) {
      const named = readFileSync(join(root, file), "utf8").match(/samlcert@[\w.-]+/g);
      expect(named, file).toEqual([`samlcert@${version}`]);
    }
  });
});

describe.skipIf(preCommit.missing)(`.pre-commit-hooks.yaml${preCommit.note}`, () => {
  it(
    "lets certificates pass, and stops an expired one and a private key",
    async () => {
      const env = {
        ...process.env,
        PRE_COMMIT_HOME: join(folder, "cache"),
        GIT_CONFIG_GLOBAL: join(folder, "gitconfig"),
        npm_config_offline: "true",
      };
      writeFileSync(join(folder, "gitconfig"), "[user]\nname = t\nemail = t@example.com\n");
      const run = (cwd: string, command: string, ...args: string[]) =>
        spawnSync(command, args, { cwd, env, encoding: "utf8" });
      const repository = (name: string) => {
        const place = join(folder, name);
        mkdirSync(place);
        run(place, "git", "init", "--quiet");
        return place;
      };
      const commit = (place: string) => {
        run(place, "git", "add", "--all", "--force", ":!node_modules");
        run(place, "git", "commit", "--quiet", "--no-verify", "--message", "x");
        return run(place, "git", "rev-parse", "HEAD").stdout.trim();
      };
      const hooks = repository("hooks");
      cpSync(join(root, ".pre-commit-hooks.yaml"), join(hooks, ".pre-commit-hooks.yaml"));
      const rev = commit(hooks);
      const project = repository("project");
      install(project);
      const config = { repos: [{ repo: hooks, rev, hooks: [{ id: "samlcert-check" }] }] };
      writeFileSync(join(project, ".pre-commit-config.yaml"), JSON.stringify(config));
      cpSync(join(folder, "certificates/good.pem"), join(project, "good.crt"));
      commit(project);
      const all = () => run(project, "pre-commit", "run", "--all-files");
      expect(all()).toMatchObject({ status: 0 });
      cpSync(join(folder, "certificates/idp/old.pem"), join(project, "old.pem"));
      commit(project);
      const expired = all();
      expect(expired).toMatchObject({ status: 1 });
      expect(expired.stdout).toContain("validity.expired");
      const { privateKeyPem } = await createTestCertificate();
      rmSync(join(project, "old.pem"));
      writeFileSync(join(project, "key.pem"), privateKeyPem);
      commit(project);
      expect(all().stdout).toContain("private_key");
    },
    TIMEOUT_MS,
  );
});

describe("Dockerfile", () => {
  it("installs the packed package for a user without privileges", () => {
    const lines = readFileSync(join(root, "Dockerfile"), "utf8").split("\n");
    const words = lines.map((line) => /^([A-Z]+) /.exec(line)?.[1]).filter(Boolean);
    expect(words).toEqual(["FROM", "COPY", "RUN", "ENV", "USER", "WORKDIR", "ENTRYPOINT", "CMD"]);
    expect(lines).toContain("USER node");
    expect(lines).toContain('ENTRYPOINT ["samlcert"]');
    // Nothing but the tarball reaches the image, whatever stands in the folder.
    expect(readFileSync(join(root, ".dockerignore"), "utf8")).toBe("*\n!samlcert-*.tgz\n");
  });
});
