import { isoTime, unixSeconds } from "../../core/time.ts";
import { sleep } from "../../providers/http/clock.ts";
import type { ConnectionStatus } from "../../watch/index.ts";
import { invalidValue } from "../framework/arguments.ts";
import type { Invocation } from "../framework/command.ts";
import { EXIT, type ExitCode, Interruption } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { printable } from "../output/text.ts";
import { errorLine, lookOnce } from "./look.ts";
import { writeFiles } from "./outputs.ts";
import { listen } from "./server.ts";

/** The last run of a service. */
export interface ServiceState {
  readonly statuses: readonly ConnectionStatus[];
  /** Unix seconds of the last run that ended; undefined before the first one. */
  readonly lookedAt?: number | undefined;
  /** The error of the last run, if it failed as a whole. */
  readonly failure?: string | undefined;
  readonly everySeconds: number;
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** The longest delay of a timer is 24.8 days. */
const MAX_SECONDS = 20 * 86_400;

/** Seconds of `30m`, `1h` or `1d`. */
export function durationOf(text: string): number {
  const [, amount = "", unit = ""] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const seconds = Number(amount) * (UNITS[unit] ?? 0);
  if (seconds > 0 && seconds <= MAX_SECONDS) return seconds;
  throw invalidValue("every", text, "Write it as 30m, 1h or 1d; at most 20d.");
}

/** Looks again and again until a signal ends it. SIGTERM is the orderly end, with exit code 0. */
export async function serveWatch(invocation: Invocation, io: Io): Promise<ExitCode> {
  const everySeconds = durationOf(invocation.value("every") ?? "");
  let state: ServiceState = { statuses: [], everySeconds };
  return await io.orderly(async () => {
    const server = await listen(invocation.value("listen"), () => state, io);
    io.stdout.write(`${server.url}\n`);
    try {
      while (!io.signal.aborted) {
        state = await nextState(state, invocation, io);
        // What the log says, the server already answers.
        if (!io.signal.aborted) log(io, state.failure ?? headline(state));
        await sleep(everySeconds * 1000, io.signal);
      }
    } finally {
      await server.close();
    }
    const { reason } = io.signal;
    if (reason instanceof Interruption && reason.exitCode === EXIT.terminated) return EXIT.ok;
    throw reason;
  });
}

async function nextState(
  before: ServiceState,
  invocation: Invocation,
  io: Io,
): Promise<ServiceState> {
  const { everySeconds } = before;
  try {
    return await lookOnce(invocation, io, async (run) => {
      const { statuses } = run;
      for (const { name, events } of statuses) {
        for (const { message } of events) log(io, `${name}: ${message}`);
      }
      await writeFiles(run, invocation, io);
      return { statuses, lookedAt: unixSeconds(io.now()), everySeconds };
    });
  } catch (error) {
    if (io.signal.aborted) return before;
    return { ...before, failure: errorLine(error) };
  }
}

function headline({ statuses }: ServiceState): string {
  const urgent = statuses.filter(({ actionNeeded }) => actionNeeded).length;
  return `${urgent} of ${statuses.length} need attention.`;
}

function log(io: Io, text: string): void {
  io.stdout.write(`${isoTime(unixSeconds(io.now()))} ${printable(text)}\n`);
}
