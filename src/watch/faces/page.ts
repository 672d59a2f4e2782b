import { checkOptions, INSTANT, type OptionKinds, TEXT } from "../../core/options.ts";
import { type Instant, isoTime, unixSeconds } from "../../core/time.ts";
import { needStatuses } from "../argument.ts";
import { connectionStates } from "../states.ts";
import type { CertificateStatus, ConnectionStatus, UnstoredCertificate } from "../types.ts";
import { className, html, seconds } from "./escape.ts";
import { style } from "./page-style.ts";
import { type Period, type Span, spanOf, timeline } from "./timeline.ts";

/** Options of `page`. */
export interface PageOptions {
  readonly now: Instant;
  /** The page's heading. Default: "SSO certificates". */
  readonly title?: string | undefined;
}

const OPTIONS: OptionKinds<PageOptions> = { now: INSTANT, title: TEXT };

/**
 * The status as one self-contained HTML page: a summary, and a timeline of the validity periods.
 * Colour never says anything alone, and the page can be printed and read aloud.
 *
 * @example
 * ```ts
 * import { writeFileSync } from "node:fs";
 * import { type ConnectionStatus, page } from "samlcert/watch";
 *
 * export function save(statuses: readonly ConnectionStatus[]): void {
 *   writeFileSync("status.html", page(statuses, { now: new Date() }));
 * }
 * ```
 */
export function page(statuses: readonly ConnectionStatus[], options: PageOptions): string {
  checkOptions(options, OPTIONS, "page");
  const now = unixSeconds(options?.now);
  needStatuses(statuses);
  const title = html(options.title ?? "SSO certificates");
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
<p>As of <time datetime="${isoTime(now)}">${isoTime(now)}</time>: ${statuses.length} connections, ${urgent} need attention.</p>
</header>
<main>
${summary(statuses)}
${statuses.map((status) => section(status, span, now)).join("\n")}
</main>
</body>
</html>
`;
}

function summary(statuses: readonly ConnectionStatus[]): string {
  const rows = Object.entries(connectionStates).map(([state, { meaning }]) => {
    const count = statuses.filter((status) => status.state === state).length;
    return `<tr><th scope="row">${stateSpan(state)}</th><td>${meaning}</td><td class="number">${count}</td></tr>`;
  });
  return `<table>
<caption>Connections by state</caption>
<thead><tr><th scope="col">State</th><th scope="col">Meaning</th><th scope="col">Connections</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>`;
}

function section(status: ConnectionStatus, span: Span, now: number): string {
  const name = html(`${status.name}`);
  const rows = [
    ...status.certificates.map((item) => row(item, span, now)),
    ...status.unstored.map((item) => unstoredRow(item, span, now)),
  ];
  const errors = status.errors.map(
    ({ code, message }) => `<p><strong>${html(code)}</strong>: ${html(message)}</p>`,
  );
  const table = `<table>
<caption>Certificates of ${name}</caption>
<thead><tr><th scope="col">Certificate</th><th scope="col">State</th><th scope="col">Days left</th><th scope="col">Valid</th><th scope="col">Timeline, ${span.from} to ${span.to}</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>`;
  return `<section>
<h2>${name} ${stateSpan(status.state)}</h2>
<p>${meaningOf(status.state)}.</p>
${errors.join("\n")}${rows.length > 0 ? table : "<p>No certificate.</p>"}
</section>`;
}

function row(item: CertificateStatus, span: Span, now: number): string {
  const { id, sha256, subject, state, publication, daysLeft, notBefore, notAfter } = item;
  return cells({
    name: subject === undefined ? [id] : [id, subject],
    sha256,
    state,
    note: publication,
    days: daysLeft,
    period: periodOf(notBefore, notAfter),
    span,
    now,
  });
}

function unstoredRow(item: UnstoredCertificate, span: Span, now: number): string {
  const { sha256, subject, state, notBefore, notAfter } = item;
  const period = periodOf(notBefore, notAfter);
  const name = [subject];
  return cells({ name, sha256, state, note: "not stored", days: undefined, period, span, now });
}

/** Both ends of a validity, if both are times. */
function periodOf(notBefore: unknown, notAfter: unknown): Period | undefined {
  const [from, to] = [seconds(notBefore), seconds(notAfter)];
  return from === undefined || to === undefined ? undefined : { notBefore: from, notAfter: to };
}

interface Cells {
  readonly name: readonly unknown[];
  readonly sha256: unknown;
  readonly state: unknown;
  readonly note: unknown;
  readonly days: unknown;
  readonly period: Period | undefined;
  readonly span: Span;
  readonly now: number;
}

function cells({ name, sha256, state, note, days, period, span, now }: Cells): string {
  const dates = period ? `${isoTime(period.notBefore)} to ${isoTime(period.notAfter)}` : "";
  const bar = period ? timeline(period, state, span, now) : "";
  const detail = note === undefined ? "" : `, ${html(note)}`;
  return `<tr><th scope="row">${name.map(html).join(": ")}<br><code>${html(sha256)}</code></th><td>${stateSpan(state)}${detail}</td><td class="number">${html(days)}</td><td>${dates}</td><td>${bar}</td></tr>`;
}

function stateSpan(state: unknown): string {
  return `<span class="state ${className(state)}">${html(state)}</span>`;
}

function meaningOf(state: string): string {
  return Object.hasOwn(connectionStates, state)
    ? connectionStates[state as ConnectionStatus["state"]].meaning
    : "Unknown state";
}
