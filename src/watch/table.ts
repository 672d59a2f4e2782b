import { isObject } from "../core/argument.ts";
import { AMOUNT, BOOLEAN, checkOptions, INSTANT, type OptionKinds } from "../core/options.ts";
import { type Instant, isoTime, unixSeconds } from "../core/time.ts";
import { pad, shorten } from "../core/width.ts";
import { needStatuses } from "./argument.ts";
import { number, plain, seconds } from "./faces/escape.ts";
import { byUrgency, connectionStates } from "./states.ts";
import { block } from "./text.ts";
import type { CertificateStatus, ConnectionStatus } from "./types.ts";

/** Options of `table`. */
export interface TableOptions {
  readonly now: Instant;
  /** Columns of a line. Default: 80, which fits a mail. */
  readonly width?: number | undefined;
  /** Also gives each connection that is in order a row, and each certificate a line. Default: false. */
  readonly all?: boolean | undefined;
}

const OPTIONS: OptionKinds<TableOptions> = { now: INSTANT, width: AMOUNT, all: BOOLEAN };

const LEAST_WIDTH = 40;

/** The widest state, and the days; both with a gap. */
const STATE_WIDTH = 17;
const DAYS_WIDTH = 7;
const INDENT = " ".repeat(STATE_WIDTH + DAYS_WIDTH);

/** The names of connections in order that are listed; of more, only the number is told. */
const MAX_NAMES = 5;

/**
 * The statuses for people, in text of a terminal or a mail: a headline, then the connections that need
 * attention, the urgent first, each with the next step; the others folded into one sentence.
 *
 * @example
 * ```ts
 * import { type ConnectionStatus, table } from "samlcert/watch";
 *
 * export function show(statuses: readonly ConnectionStatus[]): void {
 *   console.log(table(statuses, { now: new Date() }));
 * }
 * ```
 */
export function table(statuses: readonly ConnectionStatus[], options: TableOptions): string {
  checkOptions(options, OPTIONS, "table");
  const now = unixSeconds(options?.now);
  needStatuses(statuses);
  const width = Math.max(LEAST_WIDTH, Math.floor(options.width ?? 80));
  const sorted = [...statuses].sort(byUrgency);
  const urgent = sorted.filter(({ actionNeeded }) => actionNeeded === true);
  const healthy = sorted.filter(({ actionNeeded }) => actionNeeded !== true);
  const rows = options.all === true ? [...urgent, ...healthy] : urgent;
  const parts = [
    lines(headline(urgent.length, statuses.length, now), width),
    ...(rows.length > 0
      ? [[HEAD, ...rows.map((one) => rowOf(one, width, options.all === true))].join("")]
      : []),
    ...changes(sorted, width),
    ...(options.all === true || healthy.length === 0 ? [] : [folded(healthy, width)]),
  ];
  return parts.join("\n");
}

const HEAD = `${pad("STATE", STATE_WIDTH)}${pad("DAYS", DAYS_WIDTH)}CONNECTION\n`;

function headline(urgent: number, count: number, now: number): string {
  const time = isoTime(now)
    .replace("T", " ")
    .replace(/:\d\dZ$/, " UTC");
  const what = count === 1 ? "connection needs" : "connections need";
  const singular = count > 1 && urgent === 1 ? "connections needs" : what;
  return `${urgent} of ${count} ${singular} attention (${time}).`;
}

function rowOf(status: ConnectionStatus, width: number, all: boolean): string {
  const { state, name, id, next, errors, owner } = status;
  const days = number(status.daysLeft);
  const place = width - INDENT.length;
  const first = [
    pad(shorten(plain(state), STATE_WIDTH - 2), STATE_WIDTH),
    pad(days === undefined ? "-" : `${days}`, DAYS_WIDTH),
  ];
  const details = [
    ...(plain(id) === plain(name) ? [] : [plain(id)]),
    `${meaningOf(status)}.`,
    ...errors.map(({ message }) => plain(message)),
    ...(all ? certificateLines(status) : []),
    ...(!isObject(next) ? [] : [`Next: ${plain(next.who)}. ${plain(next.step)}`]),
    ...(owner === undefined || (isObject(next) && next.who === owner)
      ? []
      : [`Owner: ${plain(owner)}.`]),
  ];
  const [title = "", ...more] = block(plain(name), place);
  const below = [...more, ...details.flatMap((detail) => block(detail, place))];
  return `${first.join("")}${title}\n${below.map((line) => `${INDENT}${line}\n`).join("")}`;
}

function certificateLines({ certificates, unstored }: ConnectionStatus): readonly string[] {
  return [
    ...certificates.map((one) => certificateLine(one, one.state)),
    ...unstored.map((one) => certificateLine(one, "not stored")),
  ];
}

function certificateLine({ subject, sha256, notAfter, publication }: Line, state: string): string {
  const end = seconds(notAfter);
  const until = end === undefined ? "" : ` until ${isoTime(end).slice(0, 10)}`;
  const isUsual = publication === undefined || publication === "published";
  const note = isUsual ? "" : `, ${plain(publication)}`;
  const name = subject ?? "certificate";
  return `- ${plain(name)}: ${plain(state)}${until}${note} ${plain(sha256).slice(0, 16)}`;
}

type Line = Pick<CertificateStatus, "subject" | "sha256" | "notAfter" | "publication">;

function meaningOf({ state, since }: ConnectionStatus): string {
  const known = Object.hasOwn(connectionStates, state) ? connectionStates[state].meaning : state;
  const time = seconds(since);
  return `${plain(known)}${time === undefined ? "" : `, since ${isoTime(time).slice(0, 10)}`}`;
}

/** The events, each once, below the rows: a connection that is in order may have one too. */
function changes(statuses: readonly ConnectionStatus[], width: number): readonly string[] {
  const told = statuses.flatMap(({ name, events }) =>
    events.flatMap(({ message }) => {
      const [first = "", ...more] = block(`${plain(name)}: ${plain(message)}`, width - 2);
      return [`- ${first}\n`, ...more.map((line) => `  ${line}\n`)];
    }),
  );
  return told.length === 0 ? [] : [["Changes since the last run:\n", ...told].join("")];
}

function folded(healthy: readonly ConnectionStatus[], width: number): string {
  const names = healthy.slice(0, MAX_NAMES).map(({ name }) => plain(name));
  const rest = healthy.length - names.length;
  const more = rest === 0 ? "" : ` and ${rest} more`;
  const soonest = healthy
    .map(({ daysLeft }) => number(daysLeft))
    .filter((days) => days !== undefined)
    .reduce((least, days) => Math.min(least, days), Number.POSITIVE_INFINITY);
  const days = Number.isFinite(soonest) ? ` The first ends in ${soonest} days.` : "";
  return lines(`${healthy.length} in order: ${names.join(", ")}${more}.${days}`, width);
}

function lines(text: string, width: number): string {
  return block(text, width)
    .map((line) => `${line}\n`)
    .join("");
}
