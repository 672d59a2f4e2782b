import { isoTime } from "../core/time.ts";
import { needStatuses } from "./argument.ts";
import { plain, seconds } from "./faces/escape.ts";
import type { ConnectionStatus } from "./types.ts";

/** The heads of the columns of `statusRows`. */
export const STATUS_HEAD: readonly string[] = [
  "CONNECTION",
  "STATE",
  "CERTIFICATE",
  "DAYS",
  "ENDS",
  "FINGERPRINT",
  "SUBJECT",
];

/**
 * The status as a table for people, one line per certificate, without control characters.
 *
 * @example
 * ```ts
 * import { type ConnectionStatus, table } from "samlcert/watch";
 *
 * export function show(statuses: readonly ConnectionStatus[]): void {
 *   console.log(table(statuses));
 * }
 * ```
 */
export function table(statuses: readonly ConnectionStatus[]): string {
  needStatuses(statuses);
  const rows = [STATUS_HEAD, ...statusRows(statuses)];
  const widths = STATUS_HEAD.map((_, column) =>
    rows.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), 0),
  );
  return rows
    .map((row) => {
      const cells = row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
      return `${cells.join("  ").trimEnd()}\n`;
    })
    .join("");
}

/** The cells of `table`, for another layout. */
export function statusRows(statuses: readonly ConnectionStatus[]): readonly (readonly string[])[] {
  return statuses.flatMap(rowsOf);
}

function rowsOf(status: ConnectionStatus): readonly (readonly string[])[] {
  const { certificates, unstored, errors } = status;
  const rows: (readonly unknown[])[] = [
    ...certificates.map(({ id, state, publication, daysLeft, notAfter, sha256, subject }) => {
      const isUsual = publication === undefined || publication === "published";
      const note = isUsual ? "" : `, ${plain(publication)}`;
      return [
        `${plain(id)}: ${plain(state)}${note}`,
        daysLeft,
        endOf(notAfter),
        start(sha256),
        subject,
      ];
    }),
    ...unstored.map(({ state, notAfter, sha256, subject }) => [
      ...[`not stored: ${plain(state)}`, "", endOf(notAfter), start(sha256), subject],
    ]),
    ...errors.map(({ code, message }) => [code, "", "", "", message]),
  ];
  if (rows.length === 0) rows.push(["no certificate"]);
  const place = [status.name, status.state];
  return rows.map((row, index) => [...(index === 0 ? place : ["", ""]), ...row].map(plain));
}

function endOf(notAfter: unknown): string {
  const time = seconds(notAfter);
  return time === undefined ? "" : isoTime(time);
}

/** The start of a fingerprint, long enough for people to tell certificates apart. */
function start(sha256: unknown): string {
  return plain(sha256).slice(0, 16);
}
