import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "tsup";
import type { Orders } from "./child.ts";
import { prepare } from "./drive.ts";
import { type Cost, scratch, withWorld } from "./matrix.ts";
import type { Scenario } from "./scenarios.ts";
import type { Case, CaseResult } from "./tally.ts";
import type { World } from "./world.ts";

/** Bundles the child process once; gives the path of its script. */
export async function buildChild(): Promise<string> {
  const outDir = join(scratch, `samlcert-child-${process.pid}`);
  await build({
    entry: { child: join(import.meta.dirname, "child.ts") },
    config: false,
    format: "esm",
    outExtension: () => ({ js: ".mjs" }),
    target: "node20",
    outDir,
    silent: true,
  });
  return join(outDir, "child.mjs");
}

interface Kill {
  readonly name: string;
  readonly at: string;
  /** Tells the child to kill itself, or has the fake kill it. */
  readonly orders?: Partial<Orders>;
  readonly atRequest?: { readonly index: number; readonly effect: boolean };
}

/** Every request and every journal write at which a real process is killed by SIGKILL. */
export async function* killCases(
  scenario: Scenario,
  child: string,
  phase: "first" | "second",
  { requests, writes }: Cost,
): AsyncGenerator<Case> {
  const kills: Kill[] = [];
  for (let index = 1; index <= requests; index += 1) {
    for (const effect of [false, true]) {
      const name = `killed ${effect ? "after" : "before"} the effect`;
      kills.push({ name, at: `request ${index}`, atRequest: { index, effect } });
    }
  }
  for (let killAtWrite = 1; killAtWrite <= writes; killAtWrite += 1) {
    for (const when of ["within", "after"] as const) {
      kills.push({
        name: `killed ${when} the write`,
        at: `write ${killAtWrite}`,
        orders: { killAtWrite, when },
      });
    }
  }
  for (const kill of kills) yield () => play(scenario, child, phase, kill);
}

async function play(
  scenario: Scenario,
  child: string,
  phase: "first" | "second",
  kill: Kill,
): Promise<CaseResult> {
  const at = phase === "first" ? kill.at : `${kill.at} after the overlap`;
  return await withWorld(scenario, kill.name, at, {}, async (world, folder) => {
    const drive = await prepare(scenario, world, {
      folder,
      phase,
      async start(plan, journalPath, confirmed) {
        const planPath = join(folder, "plan.json");
        writeFileSync(planPath, JSON.stringify(plan));
        const { url } = world.fake;
        const { integrationId, now } = world;
        const place = { url, integrationId, planPath, journalPath };
        const orders = { ...place, now, confirmed, ...kill.orders };
        const signal = await run(child, orders, world, kill);
        // A case in which nobody was killed would prove nothing.
        if (signal !== "SIGKILL") world.violations.push(`the child ended with ${signal}`);
      },
    });
    await drive.first();
    await drive.finish();
  });
}

function run(child: string, orders: Orders, world: World, kill: Kill): Promise<string | null> {
  const started = spawn(process.execPath, [child, JSON.stringify(orders)], { stdio: "inherit" });
  const start = world.requests();
  world.strike = (index) => {
    if (!kill.atRequest || index !== start + kill.atRequest.index) return undefined;
    started.kill("SIGKILL");
    return { fault: { cut: kill.atRequest.effect ? "after" : "before" } };
  };
  return new Promise((resolve, reject) => {
    started.once("error", reject);
    started.once("exit", (code, signal) => {
      world.strike = () => undefined;
      resolve(signal ?? String(code));
    });
  });
}
