import { isObject, isText, need } from "../../core/argument.ts";
import { sha256Hex } from "../../core/digest.ts";
import { keyError } from "../error.ts";
import type { RolloverState } from "./types.ts";

const FORMAT = "samlcert.key-rollover";

/** Throws a `TypeError` unless the argument is a state. */
export function needState(state: unknown): asserts state is RolloverState {
  need(() => isState(state), "state", "a state of startRollover or parseRollover");
}

/**
 * The text of a state, for a file or a database. Its digest keeps out accidents, not an attacker.
 *
 * @example
 * ```ts
 * import { formatRollover, parseRollover, startRollover } from "samlcert/keys";
 *
 * const copyOf = (certificate: string) =>
 *   parseRollover(formatRollover(startRollover({ signing: certificate, identityProviders: [] })));
 * console.log(typeof copyOf);
 * ```
 */
export function formatRollover(state: RolloverState): string {
  needState(state);
  return `${JSON.stringify({ ...state, digest: digestOf(state) }, null, 2)}\n`;
}

/** Reads the text of a state. Throws a `KeyError` for anything else, and for one that was changed. */
export function parseRollover(text: string): RolloverState {
  need(() => isText(text), "text", "a string");
  const value = jsonOf(text);
  if (!isObject(value) || (value as { format?: unknown }).format !== FORMAT) {
    throw keyError("keys.rollover_unreadable");
  }
  const { version } = value as { readonly version?: unknown };
  if (version !== 1) throw keyError("keys.rollover_version", { version: JSON.stringify(version) });
  const { digest, ...state } = value as { readonly digest?: unknown };
  if (!isRollover(state)) throw keyError("keys.rollover_unreadable");
  if (digest !== digestOf(state)) throw keyError("keys.rollover_changed");
  return state;
}

function isRollover(value: object): value is RolloverState {
  return isState(value);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function digestOf({ format, version, policy, identityProviders, events }: RolloverState): string {
  const text = JSON.stringify([format, version, policy, identityProviders, events]);
  return sha256Hex(new TextEncoder().encode(text));
}

type Check = (value: unknown) => boolean;

const isSeconds: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isDigest: Check = (value) => isText(value) && /^[\da-f]{64}$/.test(value);
const isUse: Check = (value) => value === "signing" || value === "encryption";
const isOneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const isListOf =
  (check: Check): Check =>
  (value) =>
    // `every` passes over the holes of a list.
    Array.isArray(value) && Array.from(value).every(check);
const isKey: Check = fields({ spkiSha256: isDigest, certificate: isText });

function fields(checks: Readonly<Record<string, Check>>): Check {
  return (value) =>
    isObject(value) &&
    Object.keys(value).every((name) => Object.hasOwn(checks, name)) &&
    Object.entries(checks).every(([name, check]) =>
      check((value as Readonly<Record<string, unknown>>)[name]),
    );
}

const keyEvent = { at: isSeconds, use: isUse, key: isKey };
const stepEvent = { at: isSeconds, use: isUse, spkiSha256: isDigest };
const byWhom = isOneOf("evidence", "person");

const EVENTS: readonly Check[] = [
  fields({ type: isOneOf("started", "announced"), ...keyEvent }),
  fields({
    ...{ type: isOneOf("read"), at: isSeconds, entityId: isText },
    ...{ signing: isListOf(isDigest), encryption: isListOf(isDigest) },
    by: isOneOf("request", "message", "person"),
  }),
  fields({ type: isOneOf("switched"), ...stepEvent, by: byWhom }),
  fields({
    ...{ type: isOneOf("retired"), ...stepEvent, by: byWhom },
    compromised: isOneOf(true, false),
  }),
];

const isState: Check = fields({
  format: isOneOf(FORMAT),
  version: isOneOf(1),
  policy: fields({
    ...{ encryption: isOneOf("replace", "both"), cacheSeconds: isSeconds },
    ...{ rolloverCacheSeconds: isSeconds, spreadSeconds: isSeconds, inFlightSeconds: isSeconds },
  }),
  identityProviders: isListOf(fields({ entityId: isText, metadata: isOneOf("polls", "by_hand") })),
  events: isListOf((value) => EVENTS.some((check) => check(value))),
});
