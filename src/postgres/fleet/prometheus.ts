import { isObject, need } from "../../core/argument.ts";
import { label, number } from "../../watch/faces/escape.ts";
import type { FleetStatus } from "./status.ts";

interface Sample {
  readonly labels: Readonly<Record<string, unknown>>;
  readonly value: unknown;
}

interface Metric {
  readonly name: string;
  readonly help: string;
  samples(status: FleetStatus): readonly Sample[];
}

const single = (value: unknown): readonly Sample[] => [{ labels: {}, value }];

const metrics: readonly Metric[] = [
  {
    name: "samlcert_fleet_tenants",
    help: "Tenants by state.",
    samples: ({ states }) =>
      Object.entries(states).map(([state, value]) => ({ labels: { state }, value })),
  },
  {
    name: "samlcert_fleet_paused",
    help: "1 if all work is paused.",
    samples: ({ paused }) => single(paused === true ? 1 : 0),
  },
  {
    name: "samlcert_fleet_paused_tenants",
    help: "Tenants that are paused.",
    samples: ({ pausedTenants }) => single(pausedTenants),
  },
  {
    name: "samlcert_fleet_due_tenants",
    help: "Tenants that are due and not being worked on.",
    samples: ({ due }) => single(due),
  },
  {
    name: "samlcert_fleet_longest_wait_seconds",
    help: "Time for which the first of the due tenants has waited.",
    samples: ({ longestWaitSeconds }) => single(longestWaitSeconds),
  },
  {
    name: "samlcert_fleet_worker_running",
    help: "Tenants that a worker works on.",
    samples: ({ workers }) =>
      workers.map(({ name, running }) => ({ labels: { worker: name }, value: running })),
  },
  {
    name: "samlcert_fleet_worker_rss_bytes",
    help: "Memory of a worker.",
    samples: ({ workers }) =>
      workers.map(({ name, rssBytes }) => ({ labels: { worker: name }, value: rssBytes })),
  },
];

/**
 * The state of a fleet as a text file for Prometheus (its text format 0.0.4), like `statusPrometheus`.
 *
 * @example
 * ```ts
 * import { createFleet, fleetPrometheus, type PostgresPool } from "samlcert/postgres";
 *
 * export async function metrics(pool: PostgresPool): Promise<string> {
 *   return fleetPrometheus(await createFleet({ pool }).status());
 * }
 * ```
 */
export function fleetPrometheus(status: FleetStatus): string {
  need(() => isObject(status.states) && status.workers.every(isObject), "status", "a FleetStatus");
  return metrics
    .map(({ name, help, samples }) => {
      const lines = samples(status)
        .filter(({ value }) => number(value) !== undefined)
        .map(({ labels, value }) => {
          const pairs = Object.entries(labels).map(
            ([key, text]) => `${key}="${label(String(text))}"`,
          );
          return `${name}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${value}\n`;
        });
      return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join("")}`;
    })
    .join("");
}
