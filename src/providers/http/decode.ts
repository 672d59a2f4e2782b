import type { SamlCertCode } from "../../core/codes/index.ts";
import { hintOf } from "../codes.ts";
import { ProviderError } from "../error.ts";
import { plainLine } from "./error-body.ts";
import type { ProviderIdentity } from "./failure.ts";
import type { Operation } from "./operation.ts";
import type { Answer } from "./transport.ts";
import { type Departure, decodeWire, departures, isWireObject, type WireTable } from "./wire.ts";

/** What is decoded, and how strictly. */
export interface Decoding {
  readonly identity: ProviderIdentity;
  readonly operation: Operation;
  readonly strict: boolean;
}

/** What every decoded object carries out of sight: the provider's own words. */
export interface WithRaw {
  /** The object as the provider sent it. Not enumerable: absent from JSON and from spreads. */
  readonly raw: unknown;
}

function answerError(code: SamlCertCode, message: string, answer: Answer, decoding: Decoding) {
  const { identity, operation } = decoding;
  return new ProviderError(code, message, {
    provider: identity.name,
    operation: operation.id,
    hint: hintOf(code),
    // The provider said yes: what it did is done, or else this is not the provider.
    outcome: operation.method === "GET" ? "not_applied" : "unknown",
    status: answer.status,
    requestId: answer.requestId,
    attempts: answer.attempts,
  });
}

/** The answer makes no sense for the operation. */
export function unreadable(what: string, answer: Answer, decoding: Decoding): ProviderError {
  const { identity, operation } = decoding;
  const message = `${identity.title} was asked to ${operation.does} and answered ${what}.`;
  return answerError("provider.unreadable", message, answer, decoding);
}

function refuseDeparture({ path, message }: Departure, answer: Answer, decoding: Decoding): never {
  const place = path === "" ? "The answer" : plainLine(path);
  const text = `${place} ${message} (${decoding.operation.id}).`;
  throw answerError("provider.departure", text, answer, decoding);
}

/** In strict mode, throws if the status is not the documented one. */
export function checkStatus(answer: Answer, decoding: Decoding): void {
  const { strict, operation } = decoding;
  if (!strict || answer.status === operation.success) return;
  const message = `has the status ${answer.status} in place of ${operation.success}`;
  refuseDeparture({ path: "", message }, answer, decoding);
}

function decodeOne(table: WireTable, value: unknown, path: string, answer: Answer, by: Decoding) {
  if (by.strict) {
    const [first] = departures(table, value, path);
    if (first !== undefined) refuseDeparture(first, answer, by);
  }
  if (!isWireObject(value)) throw unreadable("without an object", answer, by);
  const decoded = decodeWire(table, value);
  Object.defineProperty(decoded, "raw", { value, enumerable: false });
  return decoded;
}

/** The object of an answer. `T` is the interface that the table stands for. */
export function decodeObject<T>(table: WireTable, answer: Answer, decoding: Decoding): T & WithRaw {
  checkStatus(answer, decoding);
  return decodeOne(table, answer.json, "", answer, decoding) as T & WithRaw;
}

/** The list of an answer. */
export function decodeList<T>(
  table: WireTable,
  answer: Answer,
  decoding: Decoding,
): readonly (T & WithRaw)[] {
  checkStatus(answer, decoding);
  if (!Array.isArray(answer.json)) throw unreadable("without a list", answer, decoding);
  return answer.json.map(
    (entry, i) => decodeOne(table, entry, `[${i}]`, answer, decoding) as T & WithRaw,
  );
}
