import { isoTime } from "../core/time.ts";
import { needStatuses } from "./argument.ts";
import type { IntegrationStatus } from "./types.ts";

/** The heads of the columns of `statusRows`. */
export const STATUS_HEAD: readonly string[] = [
  "INTEGRATION",
  "STATE",
  "CERTIFICATE",
  "DAYS",
  "ENDS",
  "FINGERPRINT",
  "SUBJECT",
];

/**
 * The status as a table for people, one line a certificate. What comes from a certificate is written
 * without control characters.
 *
 * @example
 * ```ts
 * import { type IntegrationStatus, statusTable } from "samlcert/rotation";
 *
 * export function show(statuses: readonly IntegrationStatus[]): void {
 *   console.log(statusTable(statuses));
 * }
 * ```
 */
export function statusTable(statuses: readonly IntegrationStatus[]): string {
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

/** The cells of `statusTable`, for whoever lays them out. */
export function statusRows(statuses: readonly IntegrationStatus[]): readonly (readonly string[])[] {
  return statuses.flatMap(rowsOf);
}

function rowsOf(status: IntegrationStatus): readonly (readonly string[])[] {
  const name = plain(`${status.provider} ${status.integrationId}`);
  const rows: (readonly string[])[] = [
    ...status.certificates.map(
      ({ id, state, daysLeft, notAfter, sha256, subject, publication }) => [
        plain(id),
        publication === undefined || publication === "published"
          ? state
          : `${state}, ${publication}`,
        daysLeft === undefined ? "" : String(daysLeft),
        notAfter === undefined ? "" : isoTime(notAfter),
        sha256?.slice(0, 16) ?? "",
        plain(subject ?? ""),
      ],
    ),
    ...status.unstored.map(({ state, notAfter, sha256, subject }) => [
      "not stored",
      state,
      "",
      isoTime(notAfter),
      sha256.slice(0, 16),
      plain(subject),
    ]),
    ...status.errors.map(({ code, message }) => ["", code, "", "", "", plain(message)]),
  ].map(([id = "", state = "", days = "", end = "", sha256 = "", subject = ""]) => [
    id === "" ? state : `${id}: ${state}`,
    days,
    end,
    sha256,
    subject,
  ]);
  if (rows.length === 0) rows.push(["no certificate"]);
  return rows.map((row, index) => (index === 0 ? [name, status.state, ...row] : ["", "", ...row]));
}

/** Without what a terminal would obey. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\uFFFD");
}
