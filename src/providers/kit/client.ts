import { isObject, isText, need } from "../../core/argument.ts";
import { checkOptions, type OptionKinds, TEXT } from "../../core/options.ts";
import { TRANSPORT_KINDS } from "../http/argument.ts";
import { type Timing, timingOf } from "../http/clock.ts";
import {
  type Decoding,
  decodeObject,
  isComplete,
  missingField,
  unreadable,
  type WithRaw,
} from "../http/decode.ts";
import type { ProviderIdentity } from "../http/failure.ts";
import type { CallOptions, Operation } from "../http/operation.ts";
import { readBaseUrl } from "../http/origin.ts";
import { createScrubber, headerSecret } from "../http/secrets.ts";
import {
  type Answer,
  type CallInput,
  createTransport,
  type TransportOptions,
} from "../http/transport.ts";
import type { Decoded, WireTable } from "../http/wire.ts";

/** Options of a client with one secret. */
export interface KeyOptions extends TransportOptions {
  /** Used instead of the provider's: a test server or a proxy. It receives the key. */
  readonly baseUrl?: string | undefined;
}

export const KEY_KINDS: OptionKinds<KeyOptions> = { ...TRANSPORT_KINDS, baseUrl: TEXT };

/** The data of a provider's client. */
export interface CallerSetup {
  readonly identity: ProviderIdentity;
  readonly baseUrl: string;
  /** The secrets by the names that people know them by. */
  readonly secrets: Readonly<Record<string, unknown>>;
  /** The headers of each request, from the secrets. */
  headers(secrets: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
}

/** Calls the operations of one provider, and reads their answers by the tables of their fields. */
export interface Caller {
  readonly origin: string;
  readonly timing: Timing;
  call(operation: Operation, input: CallInput, options?: CallOptions): Promise<Answer>;
  /** The object in an answer. */
  object<const Table extends WireTable>(
    table: Table,
    operation: Operation,
    input: CallInput,
    options?: CallOptions,
  ): Promise<Decoded<Table> & WithRaw>;
}

/** Builds the calls of a provider from its data. */
export function createCaller<Options extends KeyOptions>(
  options: Options,
  kinds: OptionKinds<Options>,
  caller: string,
  { identity, baseUrl: usual, secrets, headers }: CallerSetup,
): Caller {
  need(() => isObject(options), "options", "an object");
  checkOptions(options, kinds, caller);
  const read = Object.entries(secrets).map(([name, value]) => [
    name,
    headerSecret(value, name, identity.name),
  ]);
  const known: Readonly<Record<string, string>> = Object.fromEntries(read);
  const baseUrl = readBaseUrl(options.baseUrl ?? usual, identity.name);
  const sent = headers(known);
  const scrubber = createScrubber([...Object.values(known), ...Object.values(sent)].filter(isText));
  const transport = createTransport(
    { identity, baseUrl, scrubber, headers: async () => sent },
    options,
  );
  return {
    origin: baseUrl.origin,
    timing: timingOf(options),
    call: transport.call,
    async object(table, operation, input, call) {
      const answer = await transport.call(operation, input, call);
      const decoding: Decoding = { identity, operation, strict: false };
      const echo = decodeObject(table, answer, decoding);
      if (isComplete(table, echo)) return echo;
      throw unreadable(`without ${missingField(table, echo)}`, answer, decoding);
    },
  };
}
