import { type Instant, isoTime, unixSeconds } from "../core/time.ts";
import { needStatuses } from "./argument.ts";
import { style } from "./html-style.ts";
import { type Span, spanOf, timeline } from "./html-timeline.ts";
import type { CertificateStatus, IntegrationStatus, UnstoredCertificate } from "./types.ts";

const STATES: Readonly<Record<IntegrationStatus["state"], string>> = {
  unreachable: "The provider did not answer",
  down: "No stored certificate is valid",
  missing: "The published certificate is not stored",
  expiring: "The last valid certificate ends soon",
  next_missing: "The next certificate is published, but not stored",
  active: "In order",
};

/**
 * The status as one HTML page that needs nothing else: a summary, and a timeline of the validity
 * periods. Colour never says anything alone, and it can be printed and read aloud.
 *
 * @example
 * ```ts
 * import { writeFileSync } from "node:fs";
 * import { type IntegrationStatus, statusHtml } from "samlcert/rotation";
 *
 * export function save(statuses: readonly IntegrationStatus[]): void {
 *   writeFileSync("status.html", statusHtml(statuses, { now: new Date() }));
 * }
 * ```
 */
export function statusHtml(
  statuses: readonly IntegrationStatus[],
  options: { readonly now: Instant; readonly title?: string | undefined },
): string {
  const now = unixSeconds(options?.now);
  needStatuses(statuses);
  const title = escapeHtml(options.title ?? "SSO certificates");
  const span = spanOf(statuses, now);
  const urgent = statuses.filter(({ actionNeeded }) => actionNeeded).length;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p>As of <time datetime="${isoTime(now)}">${isoTime(now)}</time>: ${statuses.length} integrations, ${urgent} of them need somebody.</p>
</header>
<main>
${summary(statuses)}
${statuses.map((status) => section(status, span, now)).join("\n")}
</main>
</body>
</html>
`;
}

function summary(statuses: readonly IntegrationStatus[]): string {
  const rows = Object.entries(STATES).map(([state, meaning]) => {
    const count = statuses.filter((status) => status.state === state).length;
    return `<tr><th scope="row"><span class="state ${state}">${state}</span></th><td>${meaning}</td><td class="number">${count}</td></tr>`;
  });
  return `<table>
<caption>Integrations by state</caption>
<thead><tr><th scope="col">State</th><th scope="col">Meaning</th><th scope="col">Integrations</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>`;
}

function section(status: IntegrationStatus, span: Span, now: number): string {
  const name = escapeHtml(`${status.provider} ${status.integrationId}`);
  const rows = [
    ...status.certificates.map((item) => row(item, span, now)),
    ...status.unstored.map((item) => unstoredRow(item, span, now)),
  ];
  const errors = status.errors.map(
    ({ code, message }) => `<p><strong>${escapeHtml(code)}</strong>: ${escapeHtml(message)}</p>`,
  );
  const table = `<table>
<caption>Certificates of ${name}</caption>
<thead><tr><th scope="col">Certificate</th><th scope="col">State</th><th scope="col">Days left</th><th scope="col">Valid</th><th scope="col">Timeline, ${span.from} to ${span.to}</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>`;
  return `<section>
<h2>${name} <span class="state ${status.state}">${status.state}</span></h2>
<p>${STATES[status.state]}.</p>
${errors.join("\n")}${rows.length > 0 ? table : "<p>No certificate.</p>"}
</section>`;
}

function row(item: CertificateStatus, span: Span, now: number): string {
  const { id, sha256, subject, state, publication, daysLeft, notBefore, notAfter } = item;
  const known = notBefore !== undefined && notAfter !== undefined;
  return cells({
    name: `${id}${subject === undefined ? "" : `: ${subject}`}`,
    sha256,
    state,
    note: publication,
    days: daysLeft === undefined ? "" : String(daysLeft),
    period: known ? { notBefore, notAfter } : undefined,
    span,
    now,
  });
}

function unstoredRow(item: UnstoredCertificate, span: Span, now: number): string {
  const { sha256, subject, state, notBefore, notAfter } = item;
  const period = { notBefore, notAfter };
  return cells({ name: subject, sha256, state, note: "not stored", days: "", period, span, now });
}

interface Cells {
  readonly name: string;
  readonly sha256: string | undefined;
  readonly state: string;
  readonly note: string | undefined;
  readonly days: string;
  readonly period: { readonly notBefore: number; readonly notAfter: number } | undefined;
  readonly span: Span;
  readonly now: number;
}

function cells({ name, sha256 = "", state, note, days, period, span, now }: Cells): string {
  const dates = period ? `${isoTime(period.notBefore)} to ${isoTime(period.notAfter)}` : "";
  const bar = period ? timeline(period, state, span, now) : "";
  const detail = note === undefined ? "" : `, ${note}`;
  return `<tr><th scope="row">${escapeHtml(name)}<br><code>${sha256}</code></th><td><span class="state ${state}">${state}</span>${detail}</td><td class="number">${days}</td><td>${dates}</td><td>${bar}</td></tr>`;
}

/** Text that cannot become markup, nor turn the direction of what follows. */
function escapeHtml(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
