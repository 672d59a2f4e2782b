import { isObject, need } from "../core/argument.ts";
import { sha1Hex } from "../core/digest.ts";
import { MetadataError } from "../core/errors.ts";
import { type Instant, unixSeconds } from "../core/time.ts";
import { urlFault } from "./elements/uri.ts";
import { type AcceptedEntity, requireTrust, type VerifiedEntity } from "./model/trust.ts";

/** How the entity is named in the URL of a query. */
export interface MetadataQueryOptions {
  /** The entityID itself (the default), or its SHA-1, which hides it from logs and fits in a path. */
  readonly transform?: "plain" | "sha1" | undefined;
}

/**
 * The URL that asks a metadata query service for one entity. The fetching is yours: ask for
 * `application/samlmetadata+xml`, verify the answer, and give it to `checkQueryAnswer`.
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
  const fault =
    urlFault(baseUrl) ?? (/[?#]/.test(baseUrl) ? "it has a query or fragment" : undefined);
  if (fault !== undefined) {
    throw new MetadataError(
      "metadata.query.base",
      `The base of the query cannot be used, as ${fault}.`,
      {
        hint: "Give the http(s) URL of the query service, up to and without /entities.",
      },
    );
  }
  const isHashed = options?.transform === "sha1";
  // A path has no segments of the names `.` and `..` (URL Standard, 4.4).
  if (!isName(entityId) || (!isHashed && /^\.\.?$/.test(entityId))) {
    throw new MetadataError("metadata.query.entity", "There is no entityID to ask for.", {
      hint: "Give the entityID of the entity.",
    });
  }
  const name = isHashed ? `{sha1}${sha1Hex(new TextEncoder().encode(entityId))}` : entityId;
  return `${baseUrl.replace(/\/+$/, "")}/entities/${encodeURIComponent(name)}`;
}

function isName(entityId: unknown): boolean {
  return typeof entityId === "string" && /\S/.test(entityId) && !/\p{Surrogate}/u.test(entityId);
}

/** What the answer of a query has to be. */
export interface QueryAnswerOptions {
  /** The entity that was asked for. */
  readonly entityId: string;
  /** The time to judge the validity by. */
  readonly now: Instant;
  /** Refuse an answer without `validUntil`. Default: true. */
  readonly requireValidUntil?: boolean | undefined;
}

/**
 * Checks the answer of a metadata query: that it holds the entity that was asked for and no other, that
 * it is verified (or accepted as it is), and that it is still valid. Gives that entity.
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
  need(() => typeof options.entityId === "string", "options.entityId", "an entityID");
  const [entity] = entities;
  if (entity === undefined || entities.length > 1 || entity.entityId !== options.entityId) {
    const what =
      entities.length === 1
        ? `of ${JSON.stringify(entity?.entityId)}`
        : `of ${entities.length} entities`;
    throw new MetadataError(
      "metadata.query.wrong_entity",
      `The answer is ${what}, not of the one that was asked for.`,
      {
        hint: "Do not use it: the service may be misconfigured, or somebody stands in between.",
      },
    );
  }
  requireTrust(entity);
  const validUntil = entity.inherited?.validUntil ?? entity.validUntil;
  if (validUntil?.unreadable !== undefined) {
    const text = JSON.stringify(validUntil.unreadable.slice(0, 80));
    throw new MetadataError("metadata.time", `The answer's validUntil is not a time: ${text}.`, {
      hint: "It counts as expired: ask again, or tell whoever publishes it.",
    });
  }
  const until = validUntil?.unixSeconds;
  if (until === undefined && options.requireValidUntil !== false) {
    throw new MetadataError(
      "metadata.query.no_validity",
      "The answer does not say how long it is valid.",
      {
        hint: "Ask the service for validUntil, or set requireValidUntil to false.",
      },
    );
  }
  if (until !== undefined && until <= unixSeconds(options.now)) {
    throw new MetadataError("metadata.query.expired", "The answer is no longer valid.", {
      hint: "Ask again; an old answer may have been kept on the way.",
    });
  }
  return entity;
}
