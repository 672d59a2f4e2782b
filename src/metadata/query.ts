import { isObject, isText, need } from "../core/argument.ts";
import type { Values } from "../core/codes/code.ts";
import { metadataUseCodes } from "../core/codes/metadata/use.ts";
import { sha1Hex } from "../core/digest.ts";
import { MetadataError } from "../core/errors.ts";
import { errorOf } from "../core/issue.ts";
import { BOOLEAN, checkOptions, INSTANT, oneOf, TEXT } from "../core/options.ts";
import { quoted } from "../core/quote.ts";
import { type Instant, isoTime, unixSeconds } from "../core/time.ts";
import { urlFault } from "./elements/uri.ts";
import { type AcceptedEntity, requireTrust, type VerifiedEntity } from "./model/trust.ts";

/** The form of the URL of a query. */
export interface MetadataQueryOptions {
  /** The entityID itself (the default), or its SHA-1, which keeps it out of logs and fits into a path. */
  readonly transform?: "plain" | "sha1" | undefined;
}

/**
 * The URL that asks a metadata query service for one entity. Fetch it with `Accept:
 * application/samlmetadata+xml`, verify the answer, and pass it to `checkQueryAnswer`.
 *
 * Throws a `MetadataError` for a base that is not an absolute http(s) URL, or an empty entityID.
 *
 * Source: Metadata Query Protocol (draft-young-md-query), 3; SAML profile (draft-young-md-query-saml), 2.
 *
 * @example
 * ```ts
 * import { metadataQueryUrl } from "samlcert/metadata";
 *
 * const url = metadataQueryUrl("https://mdq.example.org/", "https://idp.example.com/saml", {
 *   transform: "sha1",
 * });
 * console.log(url);
 * ```
 */
export function metadataQueryUrl(
  baseUrl: string,
  entityId: string,
  options: MetadataQueryOptions = {},
): string {
  const kinds = { transform: oneOf("plain", "sha1") };
  checkOptions<MetadataQueryOptions>(options, kinds, "metadataQueryUrl");
  const reason =
    urlFault(baseUrl) ?? (/[?#]/.test(baseUrl) ? "it has a query or fragment" : undefined);
  if (reason !== undefined) throw queryError("metadata.query.base", { reason });
  const isHashed = options?.transform === "sha1";
  // A path cannot have the segments `.` and `..` (URL Standard, 4.4).
  if (!isName(entityId) || (!isHashed && /^\.\.?$/.test(entityId))) {
    throw queryError("metadata.query.entity");
  }
  const name = isHashed ? `{sha1}${sha1Hex(new TextEncoder().encode(entityId))}` : entityId;
  return `${baseUrl.replace(/\/+$/, "")}/entities/${encodeURIComponent(name)}`;
}

function isName(entityId: unknown): boolean {
  return typeof entityId === "string" && /\S/.test(entityId) && !/\p{Surrogate}/u.test(entityId);
}

/** The requirements for the answer of a query. */
export interface QueryAnswerOptions {
  /** The entity that was asked for. */
  readonly entityId: string;
  /** The time at which validity is judged. */
  readonly now: Instant;
  /** Refuses an answer without `validUntil`. Default: true. */
  readonly requireValidUntil?: boolean | undefined;
}

/**
 * Checks the answer of a metadata query: it must contain the entity that was asked for and no other, be
 * verified (or accepted as it is), and still be valid. Returns that entity.
 *
 * Throws a `MetadataError`.
 *
 * Source: draft-young-md-query-saml, 2 and 4.
 *
 * @example
 * ```ts
 * import { checkQueryAnswer, type VerifiedEntity } from "samlcert/metadata";
 *
 * function accept(entities: readonly VerifiedEntity[], entityId: string): VerifiedEntity {
 *   return checkQueryAnswer(entities, { entityId, now: new Date() });
 * }
 * console.log(typeof accept);
 * ```
 */
export function checkQueryAnswer<T extends VerifiedEntity | AcceptedEntity>(
  entities: readonly T[],
  options: QueryAnswerOptions,
): T {
  need(() => entities.every(isObject), "entities", "a list of entities");
  const kinds = { entityId: TEXT, now: INSTANT, requireValidUntil: BOOLEAN };
  checkOptions<QueryAnswerOptions>(options, kinds, "checkQueryAnswer");
  need(() => isText(options.entityId), "entityId", "an entityID");
  const [entity] = entities;
  if (entity === undefined || entities.length > 1 || entity.entityId !== options.entityId) {
    const found =
      entities.length === 1 ? quoted(entity?.entityId ?? "") : `${entities.length} entities`;
    const wanted = quoted(options.entityId);
    throw queryError("metadata.query.wrong_entity", { found, wanted });
  }
  requireTrust(entity);
  const validUntil = entity.inherited?.validUntil ?? entity.validUntil;
  if (validUntil?.unreadable !== undefined) {
    throw queryError("metadata.time", { value: quoted(validUntil.unreadable) });
  }
  const until = validUntil?.unixSeconds;
  if (until === undefined && options.requireValidUntil !== false) {
    throw queryError("metadata.query.no_validity");
  }
  if (until !== undefined && until <= unixSeconds(options.now)) {
    throw queryError("metadata.query.expired", { until: isoTime(until) });
  }
  return entity;
}

function queryError(code: keyof typeof metadataUseCodes, values?: Values): MetadataError {
  return errorOf(MetadataError, metadataUseCodes, { code, values });
}
