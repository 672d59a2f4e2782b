import { isObject, need } from "../core/argument.ts";
import { sha256Hex } from "../core/digest.ts";
import { AMOUNT, ANY, checkOptions, FUNCTION, OBJECT, type OptionKinds } from "../core/options.ts";
import { unixSeconds } from "../core/time.ts";
import {
  buildServiceProviderMetadata,
  type ServiceProviderOptions,
} from "../metadata/write/service-provider.ts";
import { type KeysNow, keysFor } from "./rollover/keys-for.ts";
import type { RolloverState } from "./rollover/types.ts";

/** A reading of the metadata, for `recordRead`. */
export interface MetadataReading {
  /** The identity provider, if `readerOf` knows it. */
  readonly entityId: string | undefined;
  /** 304 if it has this very document already. */
  readonly status: 200 | 304;
  /** The SHA-256 of the public keys in the document. */
  readonly signing: readonly string[];
  readonly encryption: readonly string[];
  /** Unix seconds. */
  readonly at: number;
}

export interface MetadataHandlerOptions {
  /** The metadata without keys, `validUntil` and `cacheDuration`, which the handler writes. */
  readonly metadata: Omit<
    ServiceProviderOptions,
    "signingCertificates" | "encryptionCertificates" | "validUntil" | "cacheDuration"
  >;
  /** The state of the rollover, or a function that gives the current one, from memory or a database. */
  readonly keys: RolloverState | (() => RolloverState | Promise<RolloverState>);
  /** Signs the document, for example with `signMetadata`. */
  readonly sign?: ((xml: string, keys: KeysNow) => string | Promise<string>) | undefined;
  /** How long a document is valid. Default: 7 days. It is renewed after each twelfth of that. */
  readonly validitySeconds?: number | undefined;
  /** The entity ID of the identity provider that asks, such as from a parameter of the URL. */
  readonly readerOf?: ((request: Request) => string | undefined) | undefined;
  /** Called after each answer with a document: evidence that somebody has read it. */
  readonly onRead?: ((reading: MetadataReading) => void) | undefined;
  /** Called if the document cannot be made; the answer is 503 then. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Default: the system's clock. */
  readonly clock?: (() => Date) | undefined;
}

const KINDS: OptionKinds<MetadataHandlerOptions> = {
  metadata: OBJECT,
  keys: ANY,
  sign: FUNCTION,
  validitySeconds: AMOUNT,
  readerOf: FUNCTION,
  onRead: FUNCTION,
  onError: FUNCTION,
  clock: FUNCTION,
};

/** A handler of the Fetch API. */
export type MetadataHandler = (request: Request) => Promise<Response>;

interface Document {
  readonly unsigned: string;
  readonly body: string;
  readonly etag: string;
}

const WEEK = 7 * 86_400;
const STEPS = 12;

/**
 * Serves the metadata of a service provider with the keys of its rollover: always those of the moment, with
 * a fresh `validUntil`, cache hints that shorten during a rollover, `ETag` and 304. Answers GET and HEAD.
 *
 * For Node's servers see {@link nodeHandler}: the Fetch API writes `etag`, and Shibboleth SP only
 * recognises `ETag`.
 *
 * @example
 * ```ts
 * import { readFileSync } from "node:fs";
 * import { metadataHandler, parseRollover } from "samlcert/keys";
 *
 * const handler = (state: string) =>
 *   metadataHandler({
 *     metadata: {
 *       entityId: "https://sp.example.com/saml",
 *       assertionConsumerServices: ["https://sp.example.com/saml/acs"],
 *     },
 *     keys: () => parseRollover(readFileSync(state, "utf8")),
 *   });
 * console.log(typeof handler);
 * ```
 */
export function metadataHandler(options: MetadataHandlerOptions): MetadataHandler {
  need(() => isObject(options), "options", "an object with metadata and keys");
  checkOptions(options, KINDS, "metadataHandler");
  const { metadata, keys, sign, clock = () => new Date(), validitySeconds = WEEK } = options;
  need(() => isObject(metadata), "metadata", "options of buildServiceProviderMetadata");
  need(() => isObject(keys) || typeof keys === "function", "keys", "a state, or a function");
  let latest: Document | undefined;

  async function documentAt(now: number, current: KeysNow): Promise<Document> {
    const step = Math.max(1, Math.floor(validitySeconds / STEPS));
    const unsigned = buildServiceProviderMetadata({
      ...metadata,
      signingCertificates: current.publish.signing.map(({ certificate }) => certificate),
      encryptionCertificates: current.publish.encryption.map(({ certificate }) => certificate),
      // In steps, so that a copy can be confirmed with 304 in between.
      validUntil: Math.floor(now / step) * step + validitySeconds,
      cacheDuration: current.cacheSeconds,
    });
    // ECDSA signs the same document differently each time, which would change the tag.
    const signer = current.signWith?.spkiSha256 ?? "";
    const key = sign === undefined ? unsigned : `${signer} ${unsigned}`;
    if (latest?.unsigned === key) return latest;
    const body = sign === undefined ? unsigned : await sign(unsigned, current);
    const digest = sha256Hex(new TextEncoder().encode(body));
    latest = { unsigned: key, body, etag: `"${digest.slice(0, 32)}"` };
    return latest;
  }

  return async (request) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      return new Response(null, { status: 405, headers: { Allow: "GET, HEAD" } });
    }
    try {
      const now = unixSeconds(clock());
      const state = typeof keys === "function" ? await keys() : keys;
      const current = keysFor(state, now);
      const { body, etag } = await documentAt(now, current);
      const isKnown = matches(request.headers.get("if-none-match"), etag);
      const headers = {
        ETag: etag,
        "Cache-Control": `max-age=${current.cacheSeconds}`,
        "X-Content-Type-Options": "nosniff",
      };
      const status = isKnown ? 304 : 200;
      options.onRead?.({
        entityId: options.readerOf?.(request),
        ...{ status, at: now, signing: digestsOf(current, "signing") },
        encryption: digestsOf(current, "encryption"),
      });
      if (isKnown) return new Response(null, { status, headers });
      const bytes = new TextEncoder().encode(body);
      return new Response(request.method === "HEAD" ? null : bytes, {
        status,
        headers: {
          ...headers,
          "Content-Type": "application/samlmetadata+xml",
          "Content-Length": String(bytes.length),
        },
      });
    } catch (error) {
      options.onError?.(error);
      // Readers keep what they have; the reason is nobody's business.
      return new Response(null, { status: 503, headers: { "Retry-After": "60" } });
    }
  };
}

function digestsOf({ publish }: KeysNow, use: "signing" | "encryption"): readonly string[] {
  return publish[use].map(({ spkiSha256 }) => spkiSha256);
}

/** RFC 9110, 13.1.2: weak comparison; caches and compressing proxies mark a tag as weak. */
function matches(header: string | null, etag: string): boolean {
  if (header === null) return false;
  if (header.trim() === "*") return true;
  return header.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}
