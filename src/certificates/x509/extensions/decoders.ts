import { enter, follows, INTEGER, latin1Of, leave, read, SEQUENCE } from "../../der/reader.ts";
import type { NameAttribute } from "../../types.ts";
import { readGeneralName } from "../general-name.ts";
import { nameText, readRelativeName } from "../name.ts";
import {
  bytes,
  type Decode,
  first,
  flag,
  flags,
  integer,
  list,
  oid,
  present,
  purpose,
  record,
  smallInteger,
  string,
} from "./grammar.ts";

/** RFC 5280, 4.2.1.3. */
const KEY_USAGES =
  "digitalSignature nonRepudiation keyEncipherment dataEncipherment keyAgreement " +
  "keyCertSign cRLSign encipherOnly decipherOnly";

/** RFC 5280, 4.2.1.13. */
const REVOCATION_REASONS =
  "unused keyCompromise cACompromise affiliationChanged superseded cessationOfOperation " +
  "certificateHold privilegeWithdrawn aACompromise";

const NETSCAPE_TYPES =
  "sslClient sslServer email objectSigning reserved sslCA emailCA objectSigningCA";

const generalNames = list(readGeneralName);

/** `[0]` around a choice of two, the second of which goes on from the issuer's name. */
const distributionPointName: Decode = (reader, name, tag = SEQUENCE) => {
  const outer = enter(reader, tag, name);
  const attributes: NameAttribute[] = [];
  const fullName = follows(reader, 0xa0) ? generalNames(reader, "fullName", 0xa0) : undefined;
  if (fullName === undefined) readRelativeName(reader, 0, attributes, 0xa1);
  leave(reader, outer);
  return fullName ?? [{ type: "nameRelativeToCRLIssuer", value: nameText(attributes) }];
};

const distributionPoints = list(
  record({
    distributionPoint: [0xa0, distributionPointName],
    reasons: [0x81, flags(REVOCATION_REASONS)],
    cRLIssuer: [0xa2, generalNames],
  }),
);

const accessDescriptions = list(record({ accessMethod: purpose, accessLocation: readGeneralName }));

const subtrees = list(first("base", readGeneralName));

const time: Decode = (reader, name, tag = SEQUENCE) => {
  read(reader, tag, name);
  return latin1Of(reader, reader.start, Math.min(reader.end, reader.start + 32));
};

/** The extensions that have a name here, and how the values of those that are decoded are read. */
const EXTENSIONS: Readonly<Record<string, Decode | undefined>> = {
  "2.5.29.9 subjectDirectoryAttributes": undefined,
  "2.5.29.14 subjectKeyIdentifier": bytes,
  "2.5.29.15 keyUsage": flags(KEY_USAGES),
  // RFC 3280, 4.2.1.4, which RFC 5280 left out and old certificates have.
  "2.5.29.16 privateKeyUsagePeriod": record({ notBefore: [0x80, time], notAfter: [0x81, time] }),
  "2.5.29.17 subjectAltName": generalNames,
  "2.5.29.18 issuerAltName": generalNames,
  "2.5.29.19 basicConstraints": record({ cA: flag, pathLenConstraint: [INTEGER, smallInteger] }),
  "2.5.29.30 nameConstraints": record({
    permittedSubtrees: [0xa0, subtrees],
    excludedSubtrees: [0xa1, subtrees],
  }),
  "2.5.29.31 cRLDistributionPoints": distributionPoints,
  // Qualifiers: a CPS pointer as text, a user notice by its identifier alone.
  "2.5.29.32 certificatePolicies": list(
    record({
      policyIdentifier: oid,
      qualifiers: [SEQUENCE, list(record({ policyQualifierId: purpose, qualifier: string }))],
    }),
  ),
  "2.5.29.33 policyMappings": list(record({ issuerDomainPolicy: oid, subjectDomainPolicy: oid })),
  "2.5.29.35 authorityKeyIdentifier": record({
    keyIdentifier: [0x80, bytes],
    authorityCertIssuer: [0xa1, generalNames],
    authorityCertSerialNumber: [0x82, integer],
  }),
  "2.5.29.36 policyConstraints": record({
    requireExplicitPolicy: [0x80, integer],
    inhibitPolicyMapping: [0x81, integer],
  }),
  "2.5.29.37 extKeyUsage": list(purpose),
  "2.5.29.46 freshestCRL": distributionPoints,
  "2.5.29.54 inhibitAnyPolicy": smallInteger,
  "1.3.6.1.5.5.7.1.1 authorityInfoAccess": accessDescriptions,
  // RFC 3739, 3.2.6: the statements by their identifiers.
  "1.3.6.1.5.5.7.1.3 qcStatements": list(first("statementId", oid)),
  "1.3.6.1.5.5.7.1.11 subjectInfoAccess": accessDescriptions,
  // RFC 7633: TLS extensions by number.
  "1.3.6.1.5.5.7.1.24 tlsFeature": list(smallInteger),
  "1.3.6.1.5.5.7.48.1.5 ocspNoCheck": present,
  "1.3.6.1.4.1.11129.2.4.2 signedCertificateTimestampList": bytes,
  "1.3.6.1.4.1.11129.2.4.3 ctPoison": present,
  "1.3.6.1.4.1.311.20.2 certificateTemplateName": string,
  "1.3.6.1.4.1.311.21.7 certificateTemplate": undefined,
  "2.16.840.1.113730.1.1 netscapeCertType": flags(NETSCAPE_TYPES),
  "2.16.840.1.113730.1.13 netscapeComment": string,
};

export interface Extension {
  readonly name: string;
  readonly decode: Decode | undefined;
}

/** By identifier. */
export const KNOWN_EXTENSIONS: ReadonlyMap<string, Extension> = /* @__PURE__ */ new Map(
  Object.entries(EXTENSIONS).map(([key, decode]) => {
    const [oid, name] = key.split(" ") as [string, string];
    return [oid, { name, decode }];
  }),
);
