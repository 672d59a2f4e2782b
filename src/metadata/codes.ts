import type { SamlCertCode } from "../core/codes/index.ts";
import type { CodeEntry } from "../core/finding.ts";
import { xmlCodes } from "../xml/codes.ts";
import { metadataRules } from "./rules/index.ts";
import { streamCodes } from "./stream/codes.ts";
import { integrationCodes } from "./write/integration.ts";

const fatal = (code: SamlCertCode, summary: string, hint: string, source?: string): CodeEntry => ({
  code,
  severity: "fatal",
  summary,
  hint,
  source,
});

const QUERY = "draft-young-md-query-saml, 2 and 4";
const MODEL = "saml-schema-metadata-2.0.xsd and the extension schemas";

const errorCodes: readonly CodeEntry[] = /* @__PURE__ */ [
  fatal(
    "metadata.root",
    "The document is not SAML metadata.",
    "Pass an EntityDescriptor or EntitiesDescriptor of urn:oasis:names:tc:SAML:2.0:metadata.",
    "SAML V2.0 Metadata, 2.3",
  ),
  fatal(
    "metadata.time",
    "A validUntil cannot be read, and must not be taken for absent.",
    "Write it as 2031-07-09T12:00:00Z.",
    "SAML V2.0 Core, 1.3.3",
  ),
  fatal(
    "metadata.untrusted",
    "Keys of an entity are asked for that nobody has verified.",
    "Verify the document with verifyMetadata, or take it as it is with acceptUnverified.",
  ),
  fatal(
    "metadata.query.base",
    "The base of a metadata query is not an absolute http(s) URL.",
    "Give the http(s) URL of the query service, up to and without /entities.",
    QUERY,
  ),
  fatal(
    "metadata.query.entity",
    "There is no entityID to ask for.",
    "Give the entityID of the entity.",
    QUERY,
  ),
  fatal(
    "metadata.query.wrong_entity",
    "The answer of a metadata query is not of the entity that was asked for.",
    "Do not use it: the service may be misconfigured, or somebody stands in between.",
    QUERY,
  ),
  fatal(
    "metadata.query.no_validity",
    "The answer of a metadata query does not say how long it is valid.",
    "Ask the service for validUntil, or set requireValidUntil to false.",
    QUERY,
  ),
  fatal(
    "metadata.query.expired",
    "The answer of a metadata query is no longer valid.",
    "Ask again; an old answer may have been kept on the way.",
    QUERY,
  ),
  fatal(
    "metadata.build.missing",
    "A value that the standard requires is missing.",
    "Give the value that the message names: the standard has no default for it.",
    MODEL,
  ),
  fatal(
    "metadata.build.value",
    "A value is not of the type that the standard says, or is a URL that nobody should be sent to.",
    "Give a value of that type; URLs are absolute http(s) URLs.",
    MODEL,
  ),
  fatal(
    "metadata.build.character",
    "A value has a character that XML cannot hold.",
    "Remove control characters, U+FFFE, U+FFFF and lone surrogates.",
    "XML 1.0, 2.2",
  ),
  fatal(
    "metadata.build.name",
    "An element or attribute that was kept, or its prefix, cannot stand there.",
    "Use names that XML allows, in a namespace other than that of the standard.",
    "Namespaces in XML 1.0, 4; SAML V2.0 Metadata, 2.2.1",
  ),
  fatal("metadata.build.depth", "Elements are nested too deep.", "Nest fewer elements."),
  fatal(
    "metadata.build.index",
    "Two endpoints of a list have the same index, or both are the default.",
    "Give each its own index, or none at all, and mark at most one as the default.",
    "SAML V2.0 Metadata, 2.2.3",
  ),
  fatal(
    "metadata.build.signing_key",
    "Requests are said to be signed, but there is no signing certificate.",
    "Give signingCertificates, or leave authnRequestsSigned out.",
    "SAML V2.0 Metadata, 2.4.4",
  ),
];

/** Every code of the metadata layer: what is thrown, and what is found. */
export const metadataCodes: readonly CodeEntry[] = /* @__PURE__ */ [
  ...errorCodes,
  ...xmlCodes,
  ...streamCodes,
  ...integrationCodes,
  ...metadataRules.map(
    ({ code, severity, summary, hint, source }): CodeEntry => ({
      code,
      severity,
      summary,
      hint,
      source,
    }),
  ),
];
