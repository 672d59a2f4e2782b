import { needStatuses } from "../argument.ts";
import type { CertificateStatus, ConnectionStatus } from "../types.ts";
import { label, number } from "./escape.ts";

interface Sample {
  readonly labels: Readonly<Record<string, unknown>>;
  readonly value: unknown;
}

interface Metric {
  readonly name: string;
  readonly help: string;
  samples(status: ConnectionStatus): readonly Sample[];
}

const metrics: readonly Metric[] = [
  {
    name: "samlcert_integration_action_needed",
    help: "1 if the certificates of the integration need attention.",
    samples: (status) => [
      {
        labels: { ...place(status), state: status.state },
        value: status.actionNeeded === true ? 1 : 0,
      },
    ],
  },
  {
    name: "samlcert_integration_days_left",
    help: "Whole days until the last valid stored certificate ends.",
    samples: (status) =>
      number(status.daysLeft) === undefined
        ? []
        : [{ labels: place(status), value: status.daysLeft }],
  },
  {
    name: "samlcert_integration_unstored_certificates",
    help: "Certificates that the identity provider publishes and that are not stored.",
    samples: (status) =>
      (["missing", "next"] as const).map((state) => ({
        labels: { ...place(status), state },
        value: status.unstored.filter((item) => item.state === state).length,
      })),
  },
  {
    name: "samlcert_certificate_not_before_seconds",
    help: "When a stored certificate begins to be valid, in unix seconds.",
    samples: (status) => each(status, ({ notBefore }) => notBefore),
  },
  {
    name: "samlcert_certificate_not_after_seconds",
    help: "When a stored certificate ends, in unix seconds.",
    samples: (status) => each(status, ({ notAfter }) => notAfter),
  },
];

/**
 * The status as a text file for Prometheus (its text format 0.0.4), such as for the node exporter's
 * textfile collector.
 *
 * @example
 * ```ts
 * import { writeFileSync } from "node:fs";
 * import { type ConnectionStatus, prometheus } from "samlcert/watch";
 *
 * export function save(statuses: readonly ConnectionStatus[]): void {
 *   writeFileSync("samlcert.prom", prometheus(statuses));
 * }
 * ```
 */
export function prometheus(statuses: readonly ConnectionStatus[]): string {
  needStatuses(statuses);
  return metrics
    .map(({ name, help, samples }) => {
      const lines = statuses.flatMap(samples).map(({ labels, value }) => {
        const pairs = Object.entries(labels).map(([key, text]) => `${key}="${label(text)}"`);
        return `${name}{${pairs.join(",")}} ${value}\n`;
      });
      return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join("")}`;
    })
    .join("");
}

function place({ id, name }: ConnectionStatus): Record<string, unknown> {
  return { connection: id, name };
}

function each(
  status: ConnectionStatus,
  pick: (certificate: CertificateStatus) => number | undefined,
): readonly Sample[] {
  return status.certificates.flatMap((certificate) => {
    const value = pick(certificate);
    if (number(value) === undefined) return [];
    const { id, sha256, subject, state } = certificate;
    // Two copies of one certificate differ only in their id: without it, they would be one series.
    return [{ labels: { ...place(status), id, sha256, subject, state }, value }];
  });
}
