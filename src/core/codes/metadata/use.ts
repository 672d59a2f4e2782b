/** Using metadata that was read: its trust and keys, and queries for it. */
export const metadataUseCodes = {
  "metadata.time": [
    "fatal",
    "validUntil is not a time: {value}.",
    "Ask the publisher for a validUntil such as 2031-07-09T12:00:00Z; until then it counts as expired.",
    "SAML Core 1.3.3",
  ],
  "metadata.untrusted": [
    "fatal",
    "The entity comes from metadata that was not verified.",
    {
      library: "Use verifyMetadata, or accept it with acceptUnverified.",
      terminal: "Name the certificate of its signer with --trust.",
    },
    "",
  ],
  "metadata.no_usable_key": [
    "fatal",
    "No {use} certificate of {entityId} can be used: {count} cannot be read.",
    "Ask its operator for one DER certificate per X509Certificate; validateMetadata says what is wrong.",
    "XML Signature 4.4.4",
  ],
  "metadata.query.base": [
    "fatal",
    "The base URL of the metadata query cannot be used, because {reason}.",
    "Use the http(s) URL of the query service, up to and without /entities.",
    "draft-young-md-query-saml",
  ],
  "metadata.query.entity": [
    "fatal",
    "The entityID of the metadata query is missing or malformed.",
    "Pass the entityID of the entity.",
    "draft-young-md-query-saml",
  ],
  "metadata.query.wrong_entity": [
    "fatal",
    "The answer of the metadata query describes {found} instead of {wanted}.",
    "Do not use the answer: the service is misconfigured, or this is an attack.",
    "draft-young-md-query-saml",
  ],
  "metadata.query.no_validity": [
    "fatal",
    "The answer of the metadata query has no validUntil.",
    "Ask the service to set validUntil, or set requireValidUntil to false.",
    "draft-young-md-query-saml",
  ],
  "metadata.query.expired": [
    "fatal",
    "The answer of the metadata query expired at {until}.",
    "Send the query again.",
    "draft-young-md-query-saml",
  ],
} as const;
