import { spawn } from "node:child_process";
import { expect } from "vitest";
import type { FakeRequest, Fault } from "../../src/testing/index.ts";
import type { Procedure } from "./procedures.ts";
import type { Stage } from "./stage.ts";

const ROTATE = ["rotate", "--certificate", "next.pem"];
const RETIRE = ["rotate", "retire", "--switched", "--yes"];
const ATTEMPTS = 8;

/** Faults of one request to the provider. */
export const faults: Readonly<Record<string, Fault>> = {
  "cut before the effect": { cut: "before" },
  "cut after the effect": { cut: "after" },
  "500": { status: 500, body: "oops" },
  "500 after the effect": { status: 500, body: "oops", effect: true },
  "429": { status: 429 },
  "malformed body": { malformed: true },
  "a page of a proxy": { status: 404, body: "<!doctype html><title>Not found</title>" },
};

/** Runs a command again until it ends with the code. */
async function until(code: number, stage: Stage, argv: readonly string[]): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const result = await stage.samlcert(argv);
    if (result.code === code) return;
    expect(attempt, result.stderr).toBeLessThan(ATTEMPTS);
  }
}

/** A rotation whose first and second part are begun in some way, and finished by a person. */
function rotation(name: string, begin: (stage: Stage, argv: string[]) => Promise<void>): Procedure {
  return {
    name,
    ends: ["next"],
    async play(stage) {
      await begin(stage, ROTATE);
      await stage.people();
      await until(6, stage, ROTATE);
      stage.pass(15 * 60);
      await stage.switchTo(stage.to);
      await begin(stage, RETIRE);
      await stage.people();
      await until(0, stage, RETIRE);
    },
  };
}

/** The number of requests of a rotation that nobody disturbs. */
export const undisturbed: { readonly procedure: Procedure; requests: number } = {
  requests: 0,
  procedure: {
    ...rotation("nobody disturbs the rotation", async () => {}),
    async play(stage) {
      await until(6, stage, ROTATE);
      stage.pass(15 * 60);
      await stage.switchTo(stage.to);
      await until(0, stage, RETIRE);
      undisturbed.requests = stage.fake.requests.length;
    },
  },
};

/** A rotation with a fault at one of its requests. */
export function withFault(name: string, at: number): Procedure {
  let count = 0;
  return rotation(`a fault at each request: ${name}`, async (stage, argv) => {
    stage.faultOf = () => {
      count += 1;
      return count === at ? faults[name] : undefined;
    };
    await stage.samlcert(argv);
  });
}

/** A rotation by a process of the command line that is killed at one of its requests. */
export function killed(bin: string, at: number, effect: boolean): Procedure {
  let count = 0;
  const name = `killed at each request, ${effect ? "after" : "before"} its effect`;
  return rotation(name, async (stage, argv) => {
    const env = { ...process.env, SENDGRID_API_KEY: "SG.signins" };
    const place = { cwd: stage.folder, env, stdio: "ignore" } as const;
    const child = spawn(process.execPath, [bin, ...stage.commandLine(argv)], place);
    stage.faultOf = (_: FakeRequest) => {
      count += 1;
      if (count !== at) return undefined;
      child.kill("SIGKILL");
      return { cut: effect ? "after" : "before" };
    };
    await new Promise((resolve) => child.once("exit", resolve));
    stage.faultOf = () => undefined;
  });
}
