import { createHash } from "node:crypto";
import { isoTime, SECONDS_PER_DAY } from "../../core/time.ts";
import { buildIdentityProviderMetadata } from "../../metadata/index.ts";
import { signMetadata } from "../../signature/sign.ts";
import type { TestCertificate } from "../certificate.ts";
import type { FakeRequest } from "../faults.ts";
import type { Reply } from "../server.ts";
import type { FakeIdentityProviderOptions, Misbehaviour } from "./types.ts";

/** The contents of the metadata. */
export interface Publication {
  readonly entityId: string;
  readonly signInUrl: string;
  readonly published: readonly TestCertificate[];
  /** As published before the last change. */
  readonly previous: readonly TestCertificate[];
  readonly signer: TestCertificate | undefined;
  readonly stranger: TestCertificate;
  readonly options: FakeIdentityProviderOptions;
  /** Unix seconds. */
  readonly now: number;
}

const OTHER_ENTITY = "https://another-idp.example.com/metadata";
const TYPE = "application/samlmetadata+xml";

/** The metadata as it is published, right or wrong. */
export function metadataXml(publication: Publication, how: Misbehaviour | undefined): string {
  const { entityId, signInUrl, published, previous, signer, stranger, options, now } = publication;
  const { validForSeconds, cacheSeconds } = options;
  const end = how === "expired" ? now - SECONDS_PER_DAY : now + (validForSeconds ?? 0);
  const isLimited = how === "expired" || validForSeconds !== undefined;
  const certificates = how === "stale" ? previous : published;
  const xml = buildIdentityProviderMetadata({
    entityId: how === "other_entity" ? OTHER_ENTITY : entityId,
    singleSignOnServices: [signInUrl],
    signingCertificates: certificates.map(({ certificate }) => certificate),
    validUntil: isLimited ? isoTime(end) : undefined,
    cacheDuration: cacheSeconds,
  });
  const by = how === "wrong_signature" || how === "changed" ? (signer ?? stranger) : signer;
  const key = how === "wrong_signature" ? stranger : by;
  if (key === undefined) return xml;
  const { privateKeyPem: privateKey, certificate } = key;
  const signed = signMetadata(xml, { privateKey, certificate });
  return how === "changed" ? signed.replace(signInUrl, `${signInUrl}/changed`) : signed;
}

const GARBAGE: Reply = {
  status: 200,
  text: "<!doctype html><title>Maintenance</title><p>We will be back soon.</p>",
  headers: { "content-type": "text/html" },
};

/** The answer to a request for the metadata, with an entity tag. */
export function metadataReply(xml: string, { headers }: FakeRequest, how?: Misbehaviour): Reply {
  if (how === "unavailable") return { status: 503, text: "unavailable" };
  if (how === "garbage") return GARBAGE;
  const tag = `"${createHash("sha256").update(xml).digest("hex").slice(0, 16)}"`;
  // In this spelling: Shibboleth's service provider looks for `ETag:` alone.
  const common = { ETag: tag };
  if (headers["if-none-match"] === tag) return { status: 304, headers: common };
  return { status: 200, text: xml, headers: { ...common, "content-type": TYPE } };
}
