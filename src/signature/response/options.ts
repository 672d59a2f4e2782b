import type { GivenCertificates } from "../../certificates/given.ts";
import { isObject, need } from "../../core/argument.ts";
import {
  AMOUNT,
  ANY,
  checkOptions,
  INSTANT,
  type Kind,
  OBJECT,
  type OptionKinds,
  TEXT,
} from "../../core/options.ts";
import type { Instant } from "../../core/time.ts";

/** The limits of the explanation. Every limit has its own code. */
export interface ResponseLimits {
  /** Bytes of the input. Default: 32 MiB, for captures. */
  readonly maxBytes: number;
  /** Bytes of one message after it is decoded. Default: 2 MiB. */
  readonly maxMessageBytes: number;
  /** Messages of a capture that are explained. Default: 10. */
  readonly maxMessages: number;
  /** Signatures of a message that are checked. Default: 10. */
  readonly maxSignatures: number;
}

const DEFAULT_LIMITS: ResponseLimits = {
  maxBytes: 32 * 1024 * 1024,
  maxMessageBytes: 2 * 1024 * 1024,
  maxMessages: 10,
  maxSignatures: 10,
};

/** Personal data that a report contains only if it is asked for. */
export type Shown = "nameId" | "attributes";

/** The certificates, the time and the names to compare a Response with. */
export interface ExplainOptions {
  /** The certificates that the service provider trusts. */
  readonly certificates?: GivenCertificates | undefined;
  /** The identity provider's metadata, or an aggregate that contains it. It is taken as it is. */
  readonly metadata?: string | Uint8Array | undefined;
  /** Default: the time of the request in a capture, otherwise the clock. */
  readonly now?: Instant | undefined;
  /** Seconds by which clocks may differ. Default: 180. */
  readonly clockSkewSeconds?: number | undefined;
  /** The service provider's entity ID. */
  readonly audience?: string | undefined;
  /** The service provider's ACS URL. Default: the URL of the request in a capture. */
  readonly recipient?: string | undefined;
  /** Personal data to include: `["nameId", "attributes"]`. Default: none. */
  readonly show?: readonly Shown[] | undefined;
  readonly limits?: Partial<ResponseLimits> | undefined;
}

const SHOWN: Kind = {
  is: (value) =>
    Array.isArray(value) && value.every((one) => one === "nameId" || one === "attributes"),
  name: 'an array of "nameId" and "attributes"',
};

const KINDS: OptionKinds<ExplainOptions> = {
  certificates: ANY,
  metadata: ANY,
  now: INSTANT,
  clockSkewSeconds: AMOUNT,
  audience: TEXT,
  recipient: TEXT,
  show: SHOWN,
  limits: OBJECT,
};

const LIMIT_KINDS: OptionKinds<ResponseLimits> = {
  maxBytes: AMOUNT,
  maxMessageBytes: AMOUNT,
  maxMessages: AMOUNT,
  maxSignatures: AMOUNT,
};

/** Throws a `TypeError` for an option that is unknown or of the wrong kind. */
export function checkExplainOptions(options: ExplainOptions): void {
  need(() => isObject(options), "options", "an object");
  checkOptions(options, KINDS, "explainResponse");
  checkOptions(options.limits, LIMIT_KINDS, "explainResponse.limits");
}

/** The limits that apply; an undefined one keeps its default. */
export function responseLimits(changed: Partial<ResponseLimits> = {}): ResponseLimits {
  const given = Object.entries(changed).filter(([, limit]) => limit !== undefined);
  return { ...DEFAULT_LIMITS, ...Object.fromEntries(given) };
}
