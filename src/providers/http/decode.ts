import { type ProviderCode, type ProviderError, providerError } from "../error.ts";
import { plainLine } from "./error-body.ts";
import type { ProviderIdentity } from "./failure.ts";
import type { Operation } from "./operation.ts";
import type { Answer } from "./transport.ts";
import {
  type Decoded,
  type Deviation,
  decodeWire,
  deviations,
  isWireObject,
  type WireTable,
} from "./wire.ts";

/** The table to decode with, and the strictness. */
export interface Decoding {
  readonly identity: ProviderIdentity;
  readonly operation: Operation;
  readonly strict: boolean;
}

/** The non-enumerable property of decoded objects: the provider's own object. */
export interface WithRaw {
  /** The object as the provider sent it. Not enumerable: absent from JSON and from spreads. */
  readonly raw: unknown;
}

function answerError(
  code: ProviderCode,
  values: Readonly<Record<string, string>>,
  { status, requestId, attempts }: Answer,
  { identity, operation }: Decoding,
): ProviderError {
  return providerError(
    code,
    { provider: identity.title, task: operation.task, operation: operation.id, ...values },
    {
      provider: identity.name,
      operation: operation.id,
      // The status says success: the write is done, or this is not the provider.
      outcome: operation.method === "GET" ? "not_applied" : "unknown",
      status,
      requestId,
      attempts,
    },
  );
}

/** The error of an answer that makes no sense for the operation. */
export function unreadable(answer: string, from: Answer, decoding: Decoding): ProviderError {
  return answerError("provider.unreadable", { answer }, from, decoding);
}

/** The error of a deletion that was answered with success, while the resource is still there. */
export function notDeleted(resource: string, from: Answer, decoding: Decoding): ProviderError {
  return answerError("provider.not_deleted", { resource }, from, decoding);
}

function refuse({ path, message }: Deviation, answer: Answer, decoding: Decoding): never {
  const place = path === "" ? "the answer" : plainLine(path);
  throw answerError("provider.nonconforming", { place, problem: message }, answer, decoding);
}

/** In strict mode, throws if the status is not the documented one. */
export function checkStatus(answer: Answer, decoding: Decoding): void {
  const { strict, operation } = decoding;
  if (!strict || answer.status === operation.success) return;
  const message = `has the status ${answer.status} instead of ${operation.success}`;
  refuse({ path: "", message }, answer, decoding);
}

/** A decoded answer before its client has checked that the certain fields are there. */
export type Echo<Table> = Partial<Decoded<Table>> & WithRaw;

/** The first certain field that is missing. */
export function missingField(table: WireTable, echo: object): string | undefined {
  return Object.entries(table).find(([name, { certain }]) => certain && !(name in echo))?.[0];
}

/** True if all certain fields are there. */
export function isComplete<const Table extends WireTable>(
  table: Table,
  echo: Echo<Table>,
): echo is Decoded<Table> & WithRaw {
  return missingField(table, echo) === undefined;
}

function decodeOne<const Table extends WireTable>(
  table: Table,
  value: unknown,
  path: string,
  answer: Answer,
  by: Decoding,
): Echo<Table> {
  if (by.strict) {
    const [first] = deviations(table, value, path);
    if (first !== undefined) refuse(first, answer, by);
  }
  if (!isWireObject(value)) throw unreadable("without an object", answer, by);
  const decoded = decodeWire(table, value);
  return Object.defineProperty(decoded, "raw", { value, enumerable: false }) as Echo<Table>;
}

/** The object of an answer, by the table of its fields. */
export function decodeObject<const Table extends WireTable>(
  table: Table,
  answer: Answer,
  decoding: Decoding,
): Echo<Table> {
  checkStatus(answer, decoding);
  return decodeOne(table, answer.json, "", answer, decoding);
}

/** The list of an answer, by the table of its entries' fields. */
export function decodeList<const Table extends WireTable>(
  table: Table,
  answer: Answer,
  decoding: Decoding,
): readonly Echo<Table>[] {
  checkStatus(answer, decoding);
  if (!Array.isArray(answer.json)) throw unreadable("without a list", answer, decoding);
  return answer.json.map((entry, i) => decodeOne(table, entry, `[${i}]`, answer, decoding));
}
