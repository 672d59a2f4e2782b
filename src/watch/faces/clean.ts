import { isObject } from "../../core/argument.ts";
import { needStatuses } from "../argument.ts";
import { connectionStates, type StateWords } from "../states.ts";
import type { ConnectionStatus } from "../types.ts";
import { number, plain, seconds } from "./escape.ts";

/** A certificate of a `CleanStatus`, stored or not. */
export interface CleanCertificate {
  readonly id?: string | undefined;
  readonly state: string;
  readonly sha256?: string | undefined;
  readonly subject?: string | undefined;
  readonly issuer?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly use?: string | undefined;
  readonly publication?: string | undefined;
  readonly daysLeft?: number | undefined;
  readonly notBefore?: number | undefined;
  readonly notAfter?: number | undefined;
}

/** An event of a `CleanStatus`. */
export interface CleanEvent {
  readonly id: string;
  readonly type: string;
  readonly at: number;
  readonly message: string;
  readonly sha256?: string | undefined;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/**
 * A status whose values have the type that they claim to have. Statuses may come from JSON, where a
 * field has any type: every face reads them through here. No text contains a control character, and
 * every time is one that a `Date` can tell.
 */
export interface CleanStatus extends StateWords {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly source: string;
  readonly owner?: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly entityId?: string | undefined;
  readonly state: string;
  readonly actionNeeded: boolean;
  readonly daysLeft?: number | undefined;
  readonly expiringDays?: number | undefined;
  readonly certificates: readonly CleanCertificate[];
  readonly unstored: readonly CleanCertificate[];
  readonly next?: { readonly who: string; readonly step: string } | undefined;
  readonly planned?: { readonly kind: string; readonly at?: number | undefined } | undefined;
  readonly events: readonly CleanEvent[];
  readonly since?: number | undefined;
  readonly lastSuccessAt?: number | undefined;
  readonly durationSeconds?: number | undefined;
  readonly errors: readonly { readonly code: string; readonly message: string }[];
}

/** The values of a JSON object. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * The statuses with clean values. Throws a `TypeError` unless these are statuses of `watch`, perhaps
 * parsed from JSON.
 */
export function cleanStatuses(statuses: readonly ConnectionStatus[]): readonly CleanStatus[] {
  needStatuses(statuses);
  return statuses.map((status) => cleanStatus({ ...status }));
}

function cleanStatus(status: Fields): CleanStatus {
  const state = plain(status["state"]);
  return {
    ...wordsOf(state),
    id: plain(status["id"]),
    name: plain(status["name"]),
    kind: plain(status["kind"]),
    source: plain(status["source"]),
    owner: text(status["owner"]),
    labels: labelsOf(status["labels"]),
    entityId: text(status["entityId"]),
    state,
    actionNeeded: status["actionNeeded"] === true,
    daysLeft: number(status["daysLeft"]),
    expiringDays: number(status["expiringDays"]),
    certificates: list(status["certificates"]).map(certificateOf),
    unstored: list(status["unstored"]).map(certificateOf),
    next: nextOf(status["next"]),
    planned: plannedOf(status["planned"]),
    events: list(status["events"]).map(eventOf),
    since: seconds(status["since"]),
    lastSuccessAt: seconds(status["lastSuccessAt"]),
    durationSeconds: number(status["durationSeconds"]),
    errors: list(status["errors"]).map(({ code, message }) => ({
      code: plain(code),
      message: plain(message),
    })),
  };
}

/** A state of a newer version has no words here. */
function wordsOf(state: string): StateWords {
  const known: Readonly<Record<string, StateWords>> = connectionStates;
  return (Object.hasOwn(known, state) && known[state]) || UNKNOWN;
}

const UNKNOWN: StateWords = { meaning: "Unknown state", urgency: "soon" };

function certificateOf(fields: Fields): CleanCertificate {
  return {
    id: text(fields["id"]),
    state: plain(fields["state"]),
    sha256: text(fields["sha256"]),
    subject: text(fields["subject"]),
    issuer: text(fields["issuer"]),
    serialNumber: text(fields["serialNumber"]),
    use: text(fields["use"]),
    publication: text(fields["publication"]),
    daysLeft: number(fields["daysLeft"]),
    notBefore: seconds(fields["notBefore"]),
    notAfter: seconds(fields["notAfter"]),
  };
}

function eventOf(fields: Fields): CleanEvent {
  return {
    id: plain(fields["id"]),
    type: plain(fields["type"]),
    at: seconds(fields["at"]) ?? 0,
    message: plain(fields["message"]),
    sha256: text(fields["sha256"]),
    before: text(fields["before"]),
    after: text(fields["after"]),
  };
}

function nextOf(value: unknown): CleanStatus["next"] {
  if (!isFields(value)) return undefined;
  return { who: plain(value["who"]), step: plain(value["step"]) };
}

function plannedOf(value: unknown): CleanStatus["planned"] {
  if (!isFields(value)) return undefined;
  return { kind: plain(value["kind"]), at: seconds(value["at"]) };
}

function labelsOf(value: unknown): CleanStatus["labels"] {
  const pairs = isFields(value) ? Object.entries(value) : [];
  return Object.fromEntries(pairs.map(([name, label]) => [plain(name), plain(label)]));
}

function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

function isFields(value: unknown): value is Fields {
  return isObject(value) && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : plain(value);
}

const USABLE = new Set(["active", "expiring", "pending"]);

/** The certificate of a connection that ends last and is not disabled; undefined if one never ends. */
export function lastCertificate({ certificates }: CleanStatus): CleanCertificate | undefined {
  const usable = certificates.filter(({ state }) => USABLE.has(state));
  const candidates = usable.length > 0 ? usable : certificates;
  const dated = candidates.filter(({ notAfter }) => notAfter !== undefined);
  if (dated.some(({ daysLeft }) => daysLeft === undefined)) return undefined;
  return dated.reduce<CleanCertificate | undefined>(
    (last, one) => ((one.notAfter ?? 0) > (last?.notAfter ?? -Infinity) ? one : last),
    undefined,
  );
}
