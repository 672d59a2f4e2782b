import { rotationJournals } from "../../rotation/index.ts";
import {
  type ConnectionStatus,
  page,
  prometheus,
  table,
  type WatchOptions,
  type WatchStoreOptions,
  watch,
  watchStore,
} from "../../watch/index.ts";
import type { Invocation } from "../framework/command.ts";
import { UsageError } from "../framework/exit.ts";
import type { Io } from "../framework/io.ts";
import { replaceOutput } from "../input/files.ts";
import { jsonDocument } from "../output/json.ts";
import { sendGridClient } from "../sendgrid/client.ts";
import { evidenceSource, readMetadata, whole } from "./desired.ts";
import { journalFolder } from "./journal.ts";

/** Reads the status of the integrations that the options name, and writes the outputs. */
export async function lookAtAll(
  invocation: Invocation,
  io: Io,
): Promise<readonly ConnectionStatus[]> {
  const statuses = await collect(invocation, io);
  const html = invocation.value("html");
  const metrics = invocation.value("prometheus");
  if (html !== undefined) await replaceOutput(html, page(statuses, { now: io.now() }), io);
  if (metrics !== undefined)
    await replaceOutput(metrics, prometheus(statuses, { now: io.now() }), io);
  const printed = html === "-" || metrics === "-";
  if (invocation.flag("json")) {
    io.stdout.write(jsonDocument("status", { connections: statuses }));
  } else if (!printed) {
    const width = io.stdout.isTTY ? Math.min(100, io.stdout.columns) : 80;
    io.stdout.write(table(statuses, { now: io.now(), width, all: invocation.flag("all") }));
  }
  return statuses;
}

async function collect(invocation: Invocation, io: Io): Promise<ConnectionStatus[]> {
  const { sendGridCertificateStore } = await import("../../providers/sendgrid/index.ts");
  const { signal } = io;
  const places = metadataPlaces(invocation);
  const options: WatchOptions = {
    now: io.now(),
    policy: { expiringDays: whole(invocation.value("expiring-days") ?? "", "expiring-days") },
    concurrency: whole(invocation.value("concurrency") ?? "", "concurrency"),
    signal,
  };
  const details: WatchStoreOptions = {
    rotations: await rotationJournals(journalFolder(invocation, io)).list(),
    async published({ integrationId }) {
      const place = places.get(integrationId);
      if (place === undefined) return undefined;
      const source = await evidenceSource(place, invocation, io);
      return (await readMetadata(source, invocation, io)).certificates;
    },
  };
  const client = await sendGridClient(invocation, io);
  const named = invocation.values("integration");
  const ids =
    named.length > 0 ? named : (await client.integrations.list({ signal })).map(({ id }) => id);
  const statuses: ConnectionStatus[] = [];
  const sources = ids.map((id) => watchStore(sendGridCertificateStore(client, id), details));
  for await (const status of watch(sources, options)) {
    statuses.push(status);
    io.progress.done(statuses.length, ids.length, "integration");
  }
  return statuses;
}

function metadataPlaces(invocation: Invocation): ReadonlyMap<string, string> {
  const pairs = invocation.values("metadata").map((text): [string, string] => {
    const cut = text.indexOf("=");
    if (cut > 0 && cut < text.length - 1) return [text.slice(0, cut), text.slice(cut + 1)];
    throw new UsageError("--metadata does not name an integration.", "Give ID=FILE or ID=URL.");
  });
  return new Map(pairs);
}
