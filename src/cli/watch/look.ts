import { mkdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { isSamlCertError } from "../../core/errors.ts";
import {
  type ConnectionStatus,
  openWatchState,
  type WatchOptions,
  type WatchState,
  watch,
} from "../../watch/index.ts";
import type { Invocation } from "../framework/command.ts";
import { UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { unwritable } from "../input/files.ts";
import { whole } from "../rotate/desired.ts";
import { journalFolder } from "../rotate/journal.ts";
import { type FoundConfig, findConfig } from "./config.ts";
import { type Sources, sourcesOfConfig, sourcesOfWords } from "./sources.ts";

/** One look at everything. */
export interface WatchRun {
  readonly statuses: readonly ConnectionStatus[];
  readonly config: FoundConfig | undefined;
}

/**
 * Looks at every source, and hands the statuses to `tell`. The events count as told after that; if it throws,
 * the next run tells them again.
 */
export async function lookOnce<Result>(
  invocation: Invocation,
  io: Io,
  tell: (run: WatchRun) => Promise<Result>,
): Promise<Result> {
  const config = invocation.arguments.length > 0 ? undefined : await configOf(invocation, io);
  const sources = config ? sourcesOfConfig(config, invocation, io) : sourcesOfWords(invocation, io);
  const state = await stateOf(config, invocation, io);
  try {
    const statuses = await collect(sources, optionsOf(config, state, invocation, io), io);
    const result = await tell({ statuses, config });
    await state?.told();
    return result;
  } finally {
    await state?.[Symbol.asyncDispose]();
  }
}

async function configOf(invocation: Invocation, io: Io): Promise<FoundConfig> {
  const config = await findConfig(invocation, io);
  if (config !== undefined) return config;
  throw new UsageError(
    "There is nothing to watch.",
    "Name a source, such as a URL of metadata, a file or sendgrid, or write samlcert.json.",
  );
}

async function collect(
  sources: Sources,
  options: WatchOptions,
  io: Io,
): Promise<readonly ConnectionStatus[]> {
  const statuses: ConnectionStatus[] = [];
  for await (const status of watch(sources, options)) {
    statuses.push(status);
    io.progress.doing(`looking at the sources: ${statuses.length} connections`);
  }
  io.progress.clear();
  return statuses;
}

function optionsOf(
  found: FoundConfig | undefined,
  state: WatchState | undefined,
  invocation: Invocation,
  io: Io,
): WatchOptions {
  const number = (name: string): number | undefined => {
    const text = invocation.value(name);
    return text === undefined ? undefined : whole(text, name);
  };
  return {
    now: io.now(),
    policy: { expiringDays: number("expiring-days") ?? found?.config.expiringDays },
    concurrency: number("concurrency") ?? found?.config.concurrency,
    state,
    signal: io.signal,
  };
}

/** The kept state of `--state` or the configuration, or the one beside the journals. */
async function stateOf(
  found: FoundConfig | undefined,
  invocation: Invocation,
  io: Io,
): Promise<WatchState | undefined> {
  if (invocation.flag("no-state")) return undefined;
  const path = statePath(found, invocation, io);
  await mkdir(dirname(path), { recursive: true }).catch((error: unknown) => {
    throw unwritable(error, path);
  });
  return await openWatchState(path);
}

function statePath(found: FoundConfig | undefined, invocation: Invocation, io: Io): string {
  const named = invocation.value("state");
  if (named !== undefined) return resolve(io.cwd, named);
  if (found === undefined) return join(journalFolder(invocation, io), "watch.json");
  const { state, journals = ".samlcert" } = found.config;
  return resolve(found.folder, state ?? join(journals, "watch.json"));
}

/** The text of an error for a log line. */
export function errorLine(error: unknown): string {
  return isSamlCertError(error) ? `${error.code}: ${error.message}` : "internal error";
}
