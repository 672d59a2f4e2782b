import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { readInvocation } from "../../src/cli/framework/arguments.ts";
import { startFakeSendGrid } from "../../src/testing/index.ts";
import { inFolder } from "../support/cli.ts";
import { type Block, blocksOf, pages, root } from "./support/pages.ts";
import { INTEGRATION_ID, writeFiles } from "./support/scenario.ts";

const blocks = pages()
  .filter(({ path }) => path !== "docs/cli.md")
  .flatMap((page) => blocksOf(page))
  .filter(({ language }) => language === "sh");

/** The words of each call of samlcert in a line of shell, as far as the documentation needs it. */
function callsIn(line: string): string[][] {
  const words = [...line.matchAll(/'([^']*)'|"([^"]*)"|([^\s'"]+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? "",
  );
  const calls: string[][] = [];
  let open: string[] | undefined;
  for (const word of words) {
    if (/^(?:\||\|\||&&|;|[12]?>>?|<|#)$/.test(word)) open = undefined;
    else if (word === "samlcert") {
      open = [];
      calls.push(open);
    } else open?.push(word);
  }
  return calls;
}

/** Throws for what the command table does not know. */
function read(words: readonly string[]): void {
  if (words.length === 0 || words[0] === "--help" || words[0] === "--version") return;
  for (let length = Math.min(3, words.length); length > 0; length--) {
    const command = commands.find(({ name }) => name === words.slice(0, length).join(" "));
    if (command === undefined) continue;
    readInvocation(command, words.slice(length));
    return;
  }
  throw new Error(`There is no command samlcert ${words.join(" ")}`);
}

function unreadable(lines: readonly { where: string; line: string }[]): string[] {
  return lines.flatMap(({ where, line }) =>
    callsIn(line).flatMap((words) => {
      try {
        read(words);
        return [];
      } catch (error) {
        return [`${where}: ${line}: ${(error as Error).message}`];
      }
    }),
  );
}

describe("commands in the documentation", () => {
  test("the command table knows every samlcert command of the pages", () => {
    const lines = blocks.flatMap(({ path, line, code }) =>
      code.split("\n").map((text, index) => ({ where: `${path}:${line + index}`, line: text })),
    );
    expect(unreadable(lines)).toEqual([]);
  });

  test("the command table knows every example of the help", () => {
    const lines = commands.flatMap(({ name, examples }) =>
      examples.map(({ command }) => ({ where: name, line: command })),
    );
    expect(unreadable(lines)).toEqual([]);
  });

  test("every command in a table or a sentence exists", () => {
    const named = pages()
      .filter(({ path }) => path !== "docs/cli.md" && path !== "CHANGELOG.md")
      .flatMap(({ path, text }) =>
        [...text.matchAll(/`samlcert ([a-z][a-z -]*[a-z])/g)].map(([, words]) => ({ path, words })),
      )
      .filter(({ words = "" }) => {
        const typed = words.replace(/ -.*$/, "");
        return !commands.some(
          ({ name }) =>
            name === typed || name.startsWith(`${typed} `) || typed.startsWith(`${name} `),
        );
      });
    expect(named).toEqual([]);
  });
});

describe("the commands of the guides, in a folder with the named files", () => {
  const bin = mkdtempSync(join(root, "node_modules", ".samlcert-docs-"));

  beforeAll(async () => {
    await build({
      entryPoints: [join(root, "src/cli/bin.ts")],
      outdir: bin,
      outExtension: { ".js": ".mjs" },
      ...{ bundle: true, splitting: true, platform: "node", format: "esm", target: "node20" },
      packages: "external",
      logLevel: "error",
    });
    // The guides speak of SendGrid itself; here its fake answers.
    writeFileSync(
      join(bin, "redirect.mjs"),
      `const real = globalThis.fetch;
       globalThis.fetch = (url, options) =>
         real(
           ["https://api.sendgrid.com", "https://api.eu.sendgrid.com"].reduce(
             (text, origin) => text.replace(origin, process.env.FAKE_SENDGRID),
             String(url),
           ),
           options,
         );`,
    );
    const redirect = pathToFileURL(join(bin, "redirect.mjs")).href;
    const words = [process.execPath, "--import", redirect, join(bin, "bin.mjs")];
    writeFileSync(
      join(bin, "samlcert"),
      `#!/bin/sh\nexec ${words.map((word) => `"${word}"`).join(" ")} "$@"\n`,
      { mode: 0o755 },
    );
  }, 60_000);

  afterAll(() => rmSync(bin, { recursive: true, force: true }));

  const run = (program: string, cwd: string, fake: string) =>
    new Promise<{ code: number; output: string }>((done) => {
      const env = {
        ...process.env,
        PATH: `${bin}:${process.env["PATH"]}`,
        FAKE_SENDGRID: fake,
        SENDGRID_API_KEY: "SG.test",
      };
      const options = { cwd, env, timeout: 120_000 };
      execFile("bash", ["-c", program], options, (error, stdout, stderr) =>
        done({ code: Number(error?.code ?? 0), output: `${stdout}${stderr}` }),
      );
    });

  /** The commands of a page in order, without installations, which the package tests cover. */
  const programOf = (list: readonly Block[]): string =>
    list
      .flatMap(({ code, line }) => [`# line ${line}`, ...code.split("\n")])
      .filter((text) => !/^(?:npm|npx) /.test(text))
      // Somebody answers the question with yes.
      .map((text) => text.replace(/^samlcert rotate (?:retire|rollback) [^#]*/, "$& --yes "))
      .map((text) =>
        text.replace(/^(.*) # ends with (\d+)$/, "code=0; $1 || code=$?; test $code = $2"),
      )
      .join("\n");

  const guides = [...new Set(blocks.map(({ path }) => path))].filter((path) =>
    programOf(blocks.filter((block) => block.path === path)).includes("samlcert"),
  );

  test.each(guides)("%s", { timeout: 180_000 }, async (path) => {
    const fake = await startFakeSendGrid();
    try {
      const { id } = fake.addIntegration();
      await inFolder(async (cwd) => {
        const { current } = await writeFiles(cwd);
        fake.addCertificate({ integration_id: id, public_certificate: current.pem });
        const commands = programOf(blocks.filter((block) => block.path === path));
        const program = `set -eo pipefail\n${commands}`.replaceAll(INTEGRATION_ID, id);
        const { code, output } = await run(program, cwd, fake.url);
        expect(code, `${program}\n\n${output}`).toBe(0);
      });
    } finally {
      await fake.close();
    }
  });
});
