import { checkOptions, INSTANT, type OptionKinds } from "../../core/options.ts";
import { type Instant, unixSeconds } from "../../core/time.ts";
import type { ConnectionStatus } from "../types.ts";
import { type CleanStatus, cleanStatuses } from "./clean.ts";
import { label } from "./escape.ts";
import { metrics, type Sample } from "./prometheus-metrics.ts";

/** Options of `prometheus`. */
export interface PrometheusOptions {
  /**
   * The time of the run, for `samlcert_watch_last_run_timestamp_seconds`, by which an alert notices
   * that the runs have stopped. Absent: the metric is left out.
   */
  readonly now?: Instant | undefined;
}

const OPTIONS: OptionKinds<PrometheusOptions> = { now: INSTANT };

/**
 * The statuses as metrics in the text format of Prometheus (0.0.4), for the textfile collector of the
 * node exporter or a `/metrics` endpoint. Times are unix seconds.
 *
 * @example
 * ```ts
 * import { writeFileSync } from "node:fs";
 * import { type ConnectionStatus, prometheus } from "samlcert/watch";
 *
 * export function save(statuses: readonly ConnectionStatus[]): void {
 *   writeFileSync("samlcert.prom", prometheus(statuses, { now: new Date() }));
 * }
 * ```
 */
export function prometheus(
  statuses: readonly ConnectionStatus[],
  options: PrometheusOptions = {},
): string {
  checkOptions(options, OPTIONS, "prometheus");
  const connections = firstOfEach(cleanStatuses(statuses));
  const now = options?.now === undefined ? undefined : unixSeconds(options.now);
  return [
    ...metrics.map(({ name, help, samples }) =>
      family(
        name,
        help,
        connections.flatMap((one) => [
          ...new Set(samples(one).flatMap((each) => line(name, each))),
        ]),
      ),
    ),
    family(
      "samlcert_watch_connections",
      "Connections of the last run.",
      line("samlcert_watch_connections", { labels: {}, value: connections.length }),
    ),
    family(
      "samlcert_watch_last_run_timestamp_seconds",
      "Unix time of the last run.",
      line("samlcert_watch_last_run_timestamp_seconds", { labels: {}, value: now }),
    ),
  ].join("");
}

/** Prometheus refuses a file that has a series twice. */
function firstOfEach(connections: readonly CleanStatus[]): readonly CleanStatus[] {
  return [...new Map([...connections].reverse().map((one) => [one.id, one])).values()].reverse();
}

/** A metric with all of its series. */
function family(name: string, help: string, lines: readonly string[]): string {
  return lines.length === 0
    ? ""
    : `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join("")}`;
}

/** An empty label is the same as none. */
function line(name: string, { labels, value }: Sample): readonly string[] {
  if (value === undefined) return [];
  const pairs = Object.entries(labels).flatMap(([key, text]) =>
    text ? `${key}="${label(text)}"` : [],
  );
  return [`${name}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${value}\n`];
}
