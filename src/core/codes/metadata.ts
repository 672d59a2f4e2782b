/** Reading metadata, and metadata queries. */
export const metadataCodes = {
  "metadata.root": [
    "fatal",
    "The document is not SAML metadata: {found}.",
    "Use an EntityDescriptor or EntitiesDescriptor of the namespace urn:oasis:names:tc:SAML:2.0:metadata.",
    "SAML V2.0 Metadata, 2.3",
  ],
  "metadata.time": [
    "fatal",
    "validUntil is not a time: {value}.",
    "It counts as expired. Read the metadata again, or tell its publisher to write validUntil as 2031-07-09T12:00:00Z.",
    "SAML V2.0 Core, 1.3.3",
  ],
  "metadata.untrusted": [
    "fatal",
    "The entity comes from metadata that was not verified.",
    {
      library:
        "Verify the document with verifyMetadata, or accept it as it is with acceptUnverified.",
      terminal: "Name the certificate of its signer with --trust.",
    },
    "",
  ],
  "metadata.no_usable_key": [
    "fatal",
    "No {use} certificate of {entityId} can be used: {count} cannot be read.",
    "Ask its operator to publish exactly one DER certificate per X509Certificate; validateMetadata says what is wrong with each.",
    "XML Signature, 4.4.4",
  ],
  "metadata.query.base": [
    "fatal",
    "The base URL of the metadata query cannot be used, because {reason}.",
    "Use the http(s) URL of the query service, up to and without /entities.",
    "draft-young-md-query-saml, 2 and 4",
  ],
  "metadata.query.entity": [
    "fatal",
    "The entityID of the metadata query is missing or malformed.",
    "Pass the entityID of the entity.",
    "draft-young-md-query-saml, 2 and 4",
  ],
  "metadata.query.wrong_entity": [
    "fatal",
    "The answer of the metadata query describes {found} instead of {wanted}.",
    "Do not use the answer: the service may be misconfigured, or somebody has replaced it on the way.",
    "draft-young-md-query-saml, 2 and 4",
  ],
  "metadata.query.no_validity": [
    "fatal",
    "The answer of the metadata query has no validUntil.",
    "Ask the service to set validUntil, or set requireValidUntil to false.",
    "draft-young-md-query-saml, 2 and 4",
  ],
  "metadata.query.expired": [
    "fatal",
    "The answer of the metadata query expired at {until}.",
    "Send the query again; a cache on the way may have kept an old answer.",
    "draft-young-md-query-saml, 2 and 4",
  ],
} as const;
