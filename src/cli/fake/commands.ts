import type { FakeExchange } from "../../testing/index.ts";
import { invalidValue } from "../framework/arguments.ts";
import type { Command, Invocation, OptionSpec } from "../framework/command.ts";
import { type ExitCode, outputError, UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { printable } from "../output/text.ts";

const OPTIONS: readonly OptionSpec[] = [
  { name: "port", value: "NUMBER", summary: "the port; any free one by default" },
  {
    name: "quirk",
    value: "NAME=VALUE",
    summary: "a deviation from the specification, such as times=text",
    multiple: true,
  },
];

interface Running {
  readonly url: string;
  close(): Promise<void>;
}

/** Shared options of the three starters. */
interface Start {
  readonly port: number | undefined;
  readonly quirks: Readonly<Record<string, unknown>>;
  invariant(state: unknown, exchange: FakeExchange): void;
}

function portOf(invocation: Invocation): number | undefined {
  const text = invocation.value("port");
  if (text === undefined) return undefined;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw invalidValue("port", text, "Give a number up to 65535.");
}

function quirkValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function quirksOf(invocation: Invocation): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    invocation.values("quirk").map((text) => {
      const at = text.indexOf("=");
      if (at < 1) throw invalidValue("quirk", text, "Write it as NAME=VALUE.");
      return [text.slice(0, at), quirkValue(text.slice(at + 1))];
    }),
  );
}

function untilInterrupted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

async function serve(
  invocation: Invocation,
  io: Io,
  start: (options: Start) => Promise<Running>,
): Promise<ExitCode> {
  const options: Start = {
    port: portOf(invocation),
    quirks: quirksOf(invocation),
    invariant: (_, { method, path, status }) => {
      io.stderr.write(`${status ?? "cut"} ${method} ${printable(path)}\n`);
    },
  };
  let fake: Running;
  try {
    fake = await start(options);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message, "Correct the quirk.");
    throw outputError("cli.port_unavailable", {
      port: `port ${options.port ?? "0"}`,
      reason: (error as NodeJS.ErrnoException).code ?? "unknown reason",
    });
  }
  io.stdout.write(`${fake.url}\n`);
  io.stderr.write("Listening; requests are shown here. Ctrl-C ends it.\n");
  io.progress.stands("The fake has forgotten everything.");
  await io.orderly(async () => {
    await untilInterrupted(io.signal);
    await fake.close();
  });
  throw io.signal.reason;
}

/** Starts each fake. An unknown quirk is a `RangeError`. */
const STARTERS = {
  sendgrid: async (options: Start) =>
    (await import("../../testing/index.ts")).startFakeSendGrid(options),
  keycard: async (options: Start) =>
    (await import("../../testing/index.ts")).startFakeKeycard(options),
  pandastack: async (options: Start) =>
    (await import("../../testing/index.ts")).startFakePandaStack(options),
} as const;

function fakeCommand(name: keyof typeof STARTERS, title: string): Command {
  return {
    name: `fake ${name}`,
    summary: `run a fake ${title} on this machine, to try things out`,
    description: `A real HTTP server on the loopback address. Its first line of output is its URL, for --base-url; any key is let in. It forgets everything when it ends.`,
    options: OPTIONS,
    examples: [
      { command: `samlcert fake ${name} --port 8080`, does: "listen on http://127.0.0.1:8080" },
    ],
    run: (invocation, io) => serve(invocation, io, STARTERS[name]),
  };
}

/** `samlcert fake ...` */
export const fakeCommands: readonly Command[] = [
  fakeCommand("sendgrid", "SendGrid"),
  fakeCommand("keycard", "Keycard"),
  fakeCommand("pandastack", "PandaStack"),
];
