import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..", "..");

/** How a process ended. */
export interface ProcessResult {
  /** Milliseconds between the signal and the end, if there was one. */
  readonly endedAfterMs?: number;
  readonly code: number;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Written to standard input; `"closed"` gives none at all. */
  readonly stdin?: string | Uint8Array;
  readonly closedStdin?: boolean;
  /** Sends a signal when this resolves, and leaves standard input open. */
  readonly interruptWhen?: (output: AsyncIterable<Uint8Array>) => Promise<unknown>;
  readonly signal?: NodeJS.Signals;
  /** A module that is run first in the same process, for what must happen at one place in it. */
  readonly before?: string;
}

/** The command line as a real program, for what only a process can show. */
export interface BuiltCli {
  readonly bin: string;
  run(argv: readonly string[], options?: ProcessOptions): Promise<ProcessResult>;
  remove(): void;
}

/** Builds `src/cli/bin.ts` next to the installed packages. */
export async function buildCli(): Promise<BuiltCli> {
  const folder = mkdtempSync(join(root, "node_modules", ".samlcert-cli-"));
  await build({
    entryPoints: { bin: join(root, "src/cli/bin.ts") },
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    logLevel: "error",
  });
  const bin = join(folder, "bin.mjs");
  return {
    bin,
    run: (argv, options = {}) => {
      if (options.before === undefined) return runProcess(bin, argv, options);
      const start = join(mkdtempSync(join(folder, "start-")), "start.mjs");
      writeFileSync(start, `${options.before}\nawait import("../bin.mjs");\n`);
      return runProcess(start, argv, options);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function runProcess(
  bin: string,
  argv: readonly string[],
  options: ProcessOptions,
): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    // `<&-` closes standard input before the program starts; Node's own pipes cannot.
    const [command, args] =
      options.closedStdin === true
        ? ["sh", ["-c", 'exec "$0" "$@" <&-', process.execPath, bin, ...argv]]
        : [process.execPath, [bin, ...argv]];
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { PATH: process.env["PATH"] ?? "", ...options.env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const texts = { stdout: "", stderr: "" };
    const collect = (name: "stdout" | "stderr") => (chunk: Buffer) => {
      texts[name] += chunk.toString();
    };
    child.stdout.on("data", collect("stdout"));
    child.stderr.on("data", collect("stderr"));
    child.stdin.on("error", () => {});
    child.on("error", reject);
    let sent: number | undefined;
    child.on("close", (code, signal) => {
      const took = sent === undefined ? {} : { endedAfterMs: performance.now() - sent };
      // As a shell tells it.
      const status = code ?? 128 + constants.signals[signal ?? "SIGKILL"];
      resolve({ code: status, signal, ...texts, ...took });
    });
    const { interruptWhen } = options;
    if (interruptWhen === undefined) {
      child.stdin.end(options.stdin ?? "");
      return;
    }
    interruptWhen(child.stdout)
      .then(() => {
        sent = performance.now();
        // Not child.kill(): after it Deno tells of the signal, even if the program left by itself.
        process.kill(child.pid as number, options.signal ?? "SIGINT");
      })
      .catch(reject);
  });
}
