import { checkOptions, INSTANT, type OptionKinds, TEXT } from "../../core/options.ts";
import { type Instant, isoTime, unixSeconds } from "../../core/time.ts";
import type { ConnectionStatus } from "../types.ts";
import { type CleanStatus, cleanStatuses } from "./clean.ts";
import { html } from "./escape.ts";
import { sentences } from "./finding-words.ts";

/** Options of `junit`. */
export interface JunitOptions {
  readonly now: Instant;
  /** The name of the test suite. Default: "samlcert watch". */
  readonly title?: string | undefined;
}

const OPTIONS: OptionKinds<JunitOptions> = { now: INSTANT, title: TEXT };

/** The states in which the check itself could not be made: an error, not a failure. */
const UNKNOWN = new Set(["unreachable", "unreadable"]);

/**
 * The statuses as a JUnit report, one test case a connection: Jenkins, GitLab and others show it beside
 * the tests.
 *
 * @example
 * ```ts
 * import { writeFileSync } from "node:fs";
 * import { type ConnectionStatus, junit } from "samlcert/watch";
 *
 * export function save(statuses: readonly ConnectionStatus[]): void {
 *   writeFileSync("samlcert.junit.xml", junit(statuses, { now: new Date() }));
 * }
 * ```
 */
export function junit(statuses: readonly ConnectionStatus[], options: JunitOptions): string {
  checkOptions(options, OPTIONS, "junit");
  const now = unixSeconds(options?.now);
  const clean = cleanStatuses(statuses);
  const name = xml(options.title ?? "samlcert watch");
  const bad = clean.filter(({ actionNeeded }) => actionNeeded);
  const errors = bad.filter(({ state }) => UNKNOWN.has(state)).length;
  const failures = bad.length - errors;
  const time = duration(clean.reduce((sum, { durationSeconds = 0 }) => sum + durationSeconds, 0));
  const counts = `tests="${clean.length}" failures="${failures}" errors="${errors}" time="${time}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${name}" ${counts}>
<testsuite name="${name}" ${counts} skipped="0" timestamp="${isoTime(now).slice(0, 19)}">
${clean.map(testCase).join("")}</testsuite>
</testsuites>
`;
}

function testCase(status: CleanStatus): string {
  const { id, kind, name, durationSeconds = 0 } = status;
  // Reports group by class name, and tell cases apart by both names.
  const title = name === id ? name : `${name} (${id})`;
  const head = `<testcase classname="${xml(kind)}" name="${xml(title)}" time="${duration(durationSeconds)}"`;
  return status.actionNeeded ? `${head}>${outcome(status)}</testcase>\n` : `${head}/>\n`;
}

function outcome(status: CleanStatus): string {
  const { state, meaning } = status;
  const element = UNKNOWN.has(state) ? "error" : "failure";
  const lines = [...sentences(status), `Source: ${status.source}`].map(xml).join("\n");
  return `<${element} type="${xml(state)}" message="${xml(meaning)}">${lines}</${element}>`;
}

function duration(seconds: number): string {
  return Math.max(0, seconds).toFixed(3);
}

/** Text without the noncharacters that XML 1.0 forbids. */
function xml(value: string): string {
  return html(value).replaceAll(/[\uFFFE\uFFFF]/g, "\uFFFD");
}
