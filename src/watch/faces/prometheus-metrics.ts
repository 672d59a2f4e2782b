import { connectionStates } from "../states.ts";
import { type CleanCertificate, type CleanStatus, lastCertificate } from "./clean.ts";

/** One series of a metric, and its value. */
export interface Sample {
  readonly labels: Readonly<Record<string, string | undefined>>;
  readonly value: number | undefined;
}

/** A metric with its samples for one connection; a sample without a value is left out. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  samples(status: CleanStatus): readonly Sample[];
}

const STATES: readonly string[] = /* @__PURE__ */ Object.keys(connectionStates);

/**
 * The metrics of a connection. Only the info has its names, so that a new owner or a new address makes
 * no new series of the others. No label has a value that changes with time: a state is a set of series
 * of 0 and 1 (OpenMetrics 1.0, StateSet), so that an alert keeps firing while the state gets worse.
 */
export const metrics: readonly Metric[] = [
  {
    name: "samlcert_connection_info",
    help: "The name, kind, source, owner and own labels of a connection; always 1.",
    samples: ({ id, name, kind, source, owner, labels }) => [
      { labels: { connection: id, name, kind, source, owner, ...ownLabels(labels) }, value: 1 },
    ],
  },
  {
    name: "samlcert_connection_state",
    help: "1 for the state that the connection is in, 0 for every other state.",
    samples: ({ id, state }) =>
      STATES.map((each) => ({
        labels: { connection: id, state: each },
        value: each === state ? 1 : 0,
      })),
  },
  {
    name: "samlcert_connection_action_needed",
    help: "1 if a person must act.",
    samples: (status) => one(status, status.actionNeeded ? 1 : 0),
  },
  {
    name: "samlcert_connection_valid_until_timestamp_seconds",
    help: "Unix time at which the last certificate of the connection ends.",
    samples: (status) => one(status, lastCertificate(status)?.notAfter),
  },
  {
    name: "samlcert_connection_unstored_certificates",
    help: "Published certificates that are not stored. missing: sign-in may fail now. next: it fails after the switch.",
    samples: ({ id, unstored }) =>
      ["missing", "next"].map((urgency) => ({
        labels: { connection: id, urgency },
        value: unstored.filter(({ state }) => state === urgency).length,
      })),
  },
  {
    name: "samlcert_connection_errors",
    help: "Errors of the last look at the connection.",
    samples: (status) => one(status, status.errors.length),
  },
  {
    name: "samlcert_connection_last_success_timestamp_seconds",
    help: "Unix time at which the source was last read.",
    samples: (status) => one(status, status.lastSuccessAt),
  },
  {
    name: "samlcert_connection_look_duration_seconds",
    help: "Duration of the last look at the connection.",
    samples: (status) => one(status, status.durationSeconds),
  },
  {
    name: "samlcert_connection_planned_timestamp_seconds",
    help: "Unix time of the planned switch or retirement.",
    samples: ({ id, planned }) =>
      planned ? [{ labels: { connection: id, change: planned.kind }, value: planned.at }] : [],
  },
  {
    name: "samlcert_certificate_not_before_timestamp_seconds",
    help: "Unix time at which the validity of a certificate begins.",
    samples: (status) => each(status, certificateLabels, ({ notBefore }) => notBefore),
  },
  {
    name: "samlcert_certificate_not_after_timestamp_seconds",
    help: "Unix time at which the validity of a certificate ends.",
    samples: (status) => each(status, certificateLabels, ({ notAfter }) => notAfter),
  },
  {
    name: "x509_cert_not_before",
    help: "Unix time at which the validity of a certificate begins, with the names of x509-certificate-exporter.",
    samples: (status) => each(status, exporterLabels, ({ notBefore }) => notBefore),
  },
  {
    name: "x509_cert_not_after",
    help: "Unix time at which the validity of a certificate ends, with the names of x509-certificate-exporter.",
    samples: (status) => each(status, exporterLabels, ({ notAfter }) => notAfter),
  },
];

function one({ id }: CleanStatus, value: number | undefined): readonly Sample[] {
  return [{ labels: { connection: id }, value }];
}

function each(
  status: CleanStatus,
  labelsOf: (certificate: CleanCertificate, status: CleanStatus) => Sample["labels"],
  value: (certificate: CleanCertificate) => number | undefined,
): readonly Sample[] {
  return status.certificates.map((certificate) => ({
    labels: labelsOf(certificate, status),
    value: value(certificate),
  }));
}

function certificateLabels({ id, sha256, subject }: CleanCertificate, status: CleanStatus) {
  return { connection: status.id, certificate: id, sha256, subject };
}

/** The labels of x509-certificate-exporter 4 that apply here, and the connection. */
function exporterLabels(certificate: CleanCertificate, { id, kind, source }: CleanStatus) {
  const { sha256, subject, issuer, serialNumber } = certificate;
  const filepath = kind === "certificates" ? source : "";
  return {
    connection: id,
    subject_CN: commonName(subject),
    issuer_CN: commonName(issuer),
    serial_number: decimal(serialNumber),
    filename: filepath.slice(filepath.search(/[^/\\]*$/)),
    filepath,
    // Two certificates of one subject are two series.
    discriminator: sha256?.slice(0, 8),
  };
}

/** The common name of a distinguished name, which is written as in RFC 4514. */
function commonName(name = ""): string {
  const [, value = ""] = /(?:^|[,+] ?)CN=((?:\\.|[^\\,+])*)/i.exec(name) ?? [];
  return value.replaceAll(/\\([^0-9a-f])/gi, "$1");
}

/** The exporter writes serial numbers in decimal. */
function decimal(hex = ""): string {
  return /^[0-9a-f]{1,64}$/i.test(hex) ? BigInt(`0x${hex}`).toString() : "";
}

/** The labels that a configuration gives a connection, with names that Prometheus takes. */
function ownLabels(labels: CleanStatus["labels"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).map(([name, value]) => [
      `label_${name.replaceAll(/[^A-Za-z0-9_]/g, "_")}`,
      value,
    ]),
  );
}
