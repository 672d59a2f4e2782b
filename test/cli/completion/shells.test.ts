import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commands } from "../../../src/cli/commands.ts";
import { completions } from "../../../src/cli/completion/shells.ts";
import { placesOf } from "../../../src/cli/completion/words.ts";
import { runCommand } from "../../support/cli.ts";
import { requireProgram } from "../../support/require.ts";

const folder = mkdtempSync(join(tmpdir(), "samlcert-completion-"));

beforeAll(() => {
  for (const [shell, script] of Object.entries(completions)) {
    writeFileSync(join(folder, `samlcert.${shell}`), script(placesOf(commands)));
  }
  writeFileSync(join(folder, "my certificate.pem"), "");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function sh(program: string, args: readonly string[]): string {
  // A locale that is not there is complained about, and one without UTF-8 hides names of files.
  const env = { ...process.env, LC_ALL: "C.UTF-8" };
  const run = spawnSync(program, args, { cwd: folder, env, encoding: "utf8", timeout: 30_000 });
  expect(run.stderr).toBe("");
  return run.stdout;
}

const groups = [...new Set(commands.map(({ name }) => name.split(" ")[0]))].sort();

const bash = requireProgram("bash");
describe.skipIf(bash.missing)(`bash${bash.note}`, () => {
  /** The offers of bash: calls the script's function like bash does. */
  function offered(...words: readonly string[]): string[] {
    const quoted = words.map((word) => `'${word}'`).join(" ");
    const program = `source samlcert.bash
      COMP_WORDS=(samlcert ${quoted}); COMP_CWORD=${words.length}; COMPREPLY=()
      _samlcert
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    return sh("bash", ["--norc", "-c", program]).trimEnd().split("\n").sort();
  }

  test("the completion offers the commands, then those of a group", () => {
    expect(offered("")).toEqual(groups);
    expect(offered("chec")).toEqual(["check"]);
    expect(offered("metadata", "s")).toContain("sp");
  });

  test("the completion offers options, the choices of an option, and files", () => {
    expect(offered("check", "--js")).toEqual(["--json"]);
    expect(offered("metadata", "sp", "--entity-id-from", "")).toEqual([
      "audience_url",
      "entity_id",
    ]);
    expect(offered("check", "my")).toEqual(["my certificate.pem"]);
    expect(offered("check", "--json", "my")).toEqual(["my certificate.pem"]);
    expect(offered("completion", "")).toEqual(["bash", "fish", "powershell", "zsh"]);
    expect(offered("schema", "rotation-")).toEqual(["rotation-plan"]);
  });

  test("the completion offers the choices of an option written with =", () => {
    expect(offered("check", "--policy", "=", "str")).toEqual(["strict"]);
    expect(offered("check", "--fail-on", "=")).toEqual(["error", "warning"]);
  });
});

const fish = requireProgram("fish");
describe.skipIf(fish.missing)(`fish${fish.note}`, () => {
  function offered(line: string): string[] {
    const program = `source samlcert.fish; complete -C '${line}'`;
    const lines = sh("fish", ["--no-config", "-c", program]).trimEnd().split("\n");
    return lines.map((text) => text.split("\t")[0] ?? "").sort();
  }

  test("the completion offers the commands, then those of a group", () => {
    expect(offered("samlcert ")).toEqual(groups);
    expect(offered("samlcert chec")).toEqual(["check"]);
    expect(offered("samlcert metadata s")).toContain("sp");
  });

  test("the completion offers options, the choices of an option, and files", () => {
    expect(offered("samlcert check --js")).toEqual(["--json"]);
    expect(offered("samlcert metadata sp --entity-id-from ")).toEqual([
      "audience_url",
      "entity_id",
    ]);
    expect(offered("samlcert check my")).toEqual(["my certificate.pem"]);
    expect(offered("samlcert completion ")).toEqual(["bash", "fish", "powershell", "zsh"]);
  });
});

const zsh = requireProgram("zsh");
describe.skipIf(zsh.missing)(`zsh${zsh.note}`, () => {
  /** An interactive zsh on a pseudo-terminal; what stands on its line after Tab is printed. */
  const program = `zmodload zsh/zpty
    zpty z "exec zsh -f -i"
    zpty -w z "bindkey -e; autoload -Uz compinit; compinit -D -u; source samlcert.zsh; print REA''DY"
    zpty -r -m z chunk '*READY*'
    zpty -w -n z "$1"$'\\t'; sleep 1
    zpty -w -n z $'\\x01'"print -r -- GO''T: "$'\\n'
    while zpty -r z chunk; do out+="$chunk"; [[ $out == *'GOT: '*$'\\n'* ]] && break; done
    print -r -- "\${out##*GOT: }"
    zpty -d z`;
  const completed = (line: string): string =>
    sh("zsh", ["-f", "-c", program, "zsh", line])
      .split(/[\r\n]/)[0]
      ?.trim() ?? "";

  test("the completion offers commands, groups, options, choices and files", () => {
    expect(completed("samlcert chec")).toBe("samlcert check");
    expect(completed("samlcert metadata s")).toMatch(/^samlcert metadata s/);
    expect(completed("samlcert check --js")).toBe("samlcert check --json");
    expect(completed("samlcert metadata sp --entity-id-from aud")).toBe(
      "samlcert metadata sp --entity-id-from audience_url",
    );
    expect(completed("samlcert check my")).toBe("samlcert check my certificate.pem");
    expect(completed("samlcert completion fi")).toBe("samlcert completion fish");
  });
});

describe("PowerShell", () => {
  const script = completions["powershell"]?.(placesOf(commands)) ?? "";
  /** The text without its strings, in which a quote is doubled. */
  const bare = script.replaceAll(/'(?:[^']|'')*'/g, "S");
  const places = [...script.matchAll(/^ {4}'((?:[^']|'')*)' = @\{$/gm)].map(([, path]) => path);

  test("the script has balanced brackets, and every place of the command line once", () => {
    for (const [open, close] of ["()", "{}", "[]"].map((pair) => [...pair])) {
      expect(bare.split(open ?? "").length, `${open}${close}`).toBe(bare.split(close ?? "").length);
    }
    expect(places).toEqual(placesOf(commands).map(({ path }) => path));
  });

  test("no table of the script has two keys that differ only in case, which PowerShell refuses", () => {
    for (const [, body = ""] of script.matchAll(/@\{ (.*) \}$/gm)) {
      const keys = [...body.matchAll(/(?:^|; )'([^']*)' = /g)].map(([, key]) => key?.toLowerCase());
      expect(new Set(keys).size, body.slice(0, 80)).toBe(keys.length);
    }
  });

  test("the script offers commands, options, choices and files", () => {
    const of = (path: string): string =>
      script.split(`    '${path}' = @{`)[1]?.split("\n    }")[0] ?? "";
    expect(of("")).toContain("'check' = 'check a certificate and name what is wrong with it'");
    expect(of("check")).toContain("'--json' = ");
    expect(of("check")).toContain("'--fail-on' = @('error', 'warning')");
    expect(of("check")).toContain("Argument = $null");
    expect(of("completion")).toContain("Argument = @('bash', 'fish', 'powershell', 'zsh')");
  });

  test("the script leaves no variable without a value", () => {
    const given = new Set(["_", "null", "true", "false"]);
    for (const [, name] of bare.matchAll(/\$(\w+)(?: =| in\b|[,)])/g)) given.add(name ?? "");
    const used = Array.from(bare.matchAll(/\$(\w+)/g), ([, name]) => name ?? "");
    expect(used.filter((name) => !given.has(name))).toEqual([]);
  });
});

describe("samlcert completion", () => {
  test.each(Object.keys(completions))("completion prints the script of %s", async (shell) => {
    const { code, stdout } = await runCommand(["completion", shell]);
    expect(code).toBe(0);
    expect(stdout).toBe(completions[shell]?.(placesOf(commands)));
  });

  test("completion names the supported shells", async () => {
    const { code, stderr } = await runCommand(["completion", "tcsh"]);
    expect(code).toBe(2);
    expect(stderr.replaceAll("\n", " ")).toContain("bash, fish, powershell, zsh");
  });
});
