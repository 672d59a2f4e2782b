import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import { checkOptions, INSTANT, type OptionKinds, TEXT } from "../../../core/options.ts";
import { type Instant, isoTime, unixSeconds } from "../../../core/time.ts";
import { byUrgency, connectionStates } from "../../states.ts";
import type { ConnectionStatus } from "../../types.ts";
import { type CleanStatus, cleanStatuses } from "../clean.ts";
import { html } from "../escape.ts";
import { chart } from "./chart.ts";
import { script } from "./script.ts";
import { style } from "./style.ts";

/** Options of `page`. */
export interface PageOptions {
  readonly now: Instant;
  /** The page's heading. Default: "SSO certificates". */
  readonly title?: string | undefined;
}

const OPTIONS: OptionKinds<PageOptions> = { now: INSTANT, title: TEXT };

/**
 * The statuses as a dashboard in one HTML file: a summary, and a row with a timeline for each
 * connection, the urgent first. It can be filtered and sorted without a server, printed and read aloud.
 * It asks no server for anything, and its content security policy admits nothing but its own style and
 * script.
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
  const connections = [...cleanStatuses(statuses)].sort(byUrgency);
  const title = html(options.title ?? "SSO certificates");
  const urgent = connections.filter(({ actionNeeded }) => actionNeeded);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'">
<title>${title}: ${headline(urgent.length, connections.length)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p class="headline">${headline(urgent.length, connections.length)}</p>
<p class="soft">As of <time datetime="${isoTime(now)}">${dateAndTime(now)}</time></p>
<p class="old" id="old" role="status" hidden></p>
</header>
<main>
<section class="summary" aria-label="Summary">
<ul class="figures">
${figures(connections)}
</ul>
${chart(connections, now)}
</section>
<section id="live" aria-label="Connections" hidden>
${controls(connections)}
${legend}
<p class="soft" id="count" role="status"></p>
<ol class="rows" id="rows"></ol>
<button class="more" type="button" id="more" hidden>Show 100 more</button>
</section>
${plainTable(urgent)}
</main>
<footer>Written by samlcert. Times are UTC.</footer>
<script type="text/plain" id="data">${dataOf({ now, connections })}</script>
<script>${script}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/** Compressed: 10,000 connections are 8 MB of JSON. */
function dataOf(data: unknown): string {
  return deflateSync(JSON.stringify(data)).toString("base64");
}

function headline(urgent: number, all: number): string {
  if (all === 0) return "No connections";
  if (urgent === 0)
    return all === 1 ? "The connection is in order" : `All ${number(all)} connections are in order`;
  return `${number(urgent)} of ${number(all)} ${all === 1 ? "connection needs" : "connections need"} attention`;
}

function number(value: number): string {
  return value.toLocaleString("en-GB");
}

const MONTHS =
  "January February March April May June July August September October November December";

function dateAndTime(time: number): string {
  const iso = isoTime(time);
  const month = MONTHS.split(" ")[Number(iso.slice(5, 7)) - 1];
  return `${Number(iso.slice(8, 10))} ${month} ${iso.slice(0, 4)}, ${iso.slice(11, 16)} UTC`;
}

const URGENCIES: Readonly<Record<CleanStatus["urgency"], string>> = {
  bad: "Sign-in at risk now",
  soon: "Action needed soon",
  wait: "Change in progress",
  good: "In order",
};

/** The script turns the figures into filters. */
function figures(connections: readonly CleanStatus[]): string {
  return Object.entries(URGENCIES)
    .map(([urgency, words]) => {
      const count = connections.filter((one) => one.urgency === urgency).length;
      return `<li><button type="button" class="${urgency}" value="${urgency}" disabled><strong>${number(count)}</strong> ${words}</button></li>`;
    })
    .join("\n");
}

function controls(connections: readonly CleanStatus[]): string {
  const counts = countsOf(connections.map(({ state }) => state));
  const order = Object.keys(connectionStates);
  const states = [...counts].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  const owners = [...countsOf(connections.flatMap(({ owner }) => owner ?? []))].sort();
  return `<form class="controls" id="controls" role="search">
<label class="wide">Filter <input id="q" type="search" autocomplete="off" placeholder="name, owner, entity ID, fingerprint"></label>
${select(
  "state",
  "State",
  ["", "All states"],
  states.map(([state, count]) => [state, `${state.replaceAll("_", " ")} (${number(count)})`]),
)}
${
  owners.length === 0
    ? ""
    : select(
        "owner",
        "Owner",
        ["", "All owners"],
        owners.map(([owner, count]) => [owner, `${owner} (${number(count)})`]),
      )
}
${select(
  "sort",
  "Sort",
  ["urgent", "Most urgent first"],
  [
    ["ends", "Ends first"],
    ["name", "Name"],
  ],
)}
${select(
  "range",
  "Timeline",
  ["365", "1 year"],
  [
    ["90", "3 months"],
    ["1095", "3 years"],
  ],
)}
</form>`;
}

function countsOf(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

type Choice = readonly [value: string, words: string];

/** The first choice is the default. */
function select(id: string, words: string, first: Choice, others: readonly Choice[]): string {
  const options = [first, ...others].map(
    ([value, text]) => `<option value="${html(value)}">${html(text)}</option>`,
  );
  return `<label>${words} <select id="${id}">${options.join("")}</select></label>`;
}

function sample(inside: string): string {
  return `<svg aria-hidden="true" viewBox="0 0 22 12">${inside}</svg>`;
}

const bar = (state: string) =>
  sample(`<rect class="bar ${state}" x="1" y="3" width="20" height="6" rx="2"/>`);

const legend = `<ul class="legend" aria-label="Legend of the timelines">
<li>${bar("active")}valid</li>
<li>${bar("expiring")}ends soon</li>
<li>${bar("expired")}ended</li>
<li>${bar("pending")}not yet valid, or disabled</li>
<li>${bar("next")}published, not stored</li>
<li>${sample('<rect class="overlap" width="22" height="12"/>')}overlap</li>
<li>${sample('<line class="today" x1="11" x2="11" y2="12"/>')}today</li>
<li>${sample('<line class="plan" x1="11" x2="11" y2="12"/><path class="mark" d="M11 0l4 4-4 4-4-4z"/>')}planned change</li>
</ul>`;

/** The most rows for a reader without scripts. */
const MOST_PLAIN = 200;

/** The urgent connections as a plain table, for programs that run no script; the script removes it. */
function plainTable(urgent: readonly CleanStatus[]): string {
  const rows = urgent.slice(0, MOST_PLAIN).map(({ name, state, daysLeft, meaning, next }) => {
    const step = next ? `${next.who}: ${next.step}` : `${meaning}.`;
    return `<tr><th scope="row">${html(name)}</th><td>${html(state.replaceAll("_", " "))}</td><td>${daysLeft ?? ""}</td><td>${html(step)}</td></tr>`;
  });
  const rest = urgent.length - rows.length;
  const body =
    rows.length === 0
      ? "<p>Nothing needs attention.</p>"
      : `<table><caption>Connections that need attention</caption>
<thead><tr><th scope="col">Connection</th><th scope="col">State</th><th scope="col">Days left</th><th scope="col">Next step</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table>${rest > 0 ? `<p>And ${number(rest)} more.</p>` : ""}`;
  return `<section id="plain" aria-label="Without scripts">
<noscript><p>The other connections, their timelines and the filters need JavaScript.</p></noscript>
${body}
</section>`;
}
