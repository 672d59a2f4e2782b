import {
  type ConnectionStatus,
  calendar,
  github,
  junit,
  page,
  prometheus,
  sarif,
  sendWebhook,
  table,
} from "../../watch/index.ts";
import type { Invocation } from "../framework/command.ts";
import type { Io } from "../framework/io.ts";
import { replaceOutput } from "../input/files.ts";
import { jsonDocument } from "../output/json.ts";
import type { WatchRun } from "./look.ts";
import { secretOf } from "./stores.ts";

type Statuses = readonly ConnectionStatus[];

/** The forms of standard output, by the name of `--format`. */
const FORMATS: Readonly<Record<string, (statuses: Statuses, io: Io, all: boolean) => string>> = {
  text: (statuses, io, all) => {
    // A mail is 80 columns wide; a terminal may be narrower.
    const width = io.stdout.isTTY ? Math.min(100, io.stdout.columns) : 80;
    return table(statuses, { now: io.now(), width, all });
  },
  json: (statuses) => jsonDocument("status", { connections: statuses }),
  junit: (statuses, io) => junit(statuses, { now: io.now() }),
  sarif: (statuses) => sarif(statuses),
  github: (statuses) => github(statuses),
};

/** The files that options name. */
const FILES: Readonly<Record<string, (statuses: Statuses, io: Io) => string>> = {
  html: (statuses, io) => page(statuses, { now: io.now() }),
  prometheus: (statuses, io) => prometheus(statuses, { now: io.now() }),
  ics: (statuses, io) => calendar(statuses, { now: io.now() }),
};

/** Writes the files of a run, and tells its events to the webhook. */
export async function writeFiles(run: WatchRun, invocation: Invocation, io: Io): Promise<void> {
  for (const [name, make] of Object.entries(FILES)) {
    const path = invocation.value(name);
    if (path !== undefined) await replaceOutput(path, make(run.statuses, io), io);
  }
  await tellWebhook(run, invocation, io);
}

/** Prints a run, unless a file was written to standard output. */
export function print({ statuses }: WatchRun, invocation: Invocation, io: Io): void {
  if (Object.keys(FILES).some((name) => invocation.value(name) === "-")) return;
  const format = invocation.flag("json") ? "json" : (invocation.value("format") ?? "text");
  io.stdout.write(FORMATS[format]?.(statuses, io, invocation.flag("all")) ?? "");
}

async function tellWebhook(
  { statuses, config }: WatchRun,
  invocation: Invocation,
  io: Io,
): Promise<void> {
  const place = config?.config.webhook;
  const near = config === undefined ? io : { ...io, cwd: config.folder };
  const url = invocation.value("webhook") ?? (place && (await secretOf(place.url, near)));
  if (url === undefined) return;
  const secret = place?.secret
    ? await secretOf(place.secret, near)
    : io.env["SAMLCERT_WEBHOOK_SECRET"];
  await sendWebhook(statuses, {
    ...{ now: io.now(), url, fetch: io.fetch, signal: io.signal },
    ...(secret !== undefined && { secret }),
  });
}
