import { enter, follows, INTEGER, latin1Of, leave, read, SEQUENCE } from "../../der/reader.ts";
import type { NameAttribute } from "../../types.ts";
import { readGeneralName } from "../general-name.ts";
import { nameText, readRelativeName } from "../name.ts";
import { oidNames } from "../oid-names.ts";
import {
  type Decode,
  first,
  flag,
  flags,
  integer,
  list,
  octets,
  oid,
  present,
  purpose,
  record,
  smallInteger,
  string,
} from "./grammar.ts";

/** The extensions that have a name here. */
export const EXTENSION_NAMES: ReadonlyMap<string, string> = /* @__PURE__ */ oidNames(
  "2.5.29 9=subjectDirectoryAttributes 14=subjectKeyIdentifier 15=keyUsage " +
    "16=privateKeyUsagePeriod 17=subjectAltName 18=issuerAltName 19=basicConstraints " +
    "30=nameConstraints 31=cRLDistributionPoints 32=certificatePolicies 33=policyMappings " +
    "35=authorityKeyIdentifier 36=policyConstraints 37=extKeyUsage 46=freshestCRL " +
    "54=inhibitAnyPolicy",
  "1.3.6.1.5.5.7.1 1=authorityInfoAccess 3=qcStatements 11=subjectInfoAccess 24=tlsFeature",
  "1.3.6.1.5.5.7.48.1 5=ocspNoCheck",
  "1.3.6.1.4.1.11129.2.4 2=signedCertificateTimestampList 3=ctPoison",
  "1.3.6.1.4.1.311 20.2=certificateTemplateName 21.7=certificateTemplate",
  "2.16.840.1.113730.1 1=netscapeCertType 13=netscapeComment",
);

/** RFC 5280, 4.2.1.3. */
const KEY_USAGES = [
  "digitalSignature",
  "nonRepudiation",
  "keyEncipherment",
  "dataEncipherment",
  "keyAgreement",
  "keyCertSign",
  "cRLSign",
  "encipherOnly",
  "decipherOnly",
];

/** RFC 5280, 4.2.1.13. */
const REVOCATION_REASONS = [
  "unused",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  "privilegeWithdrawn",
  "aACompromise",
];

const NETSCAPE_TYPES = [
  "sslClient",
  "sslServer",
  "email",
  "objectSigning",
  "reserved",
  "sslCA",
  "emailCA",
  "objectSigningCA",
];

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

/** How the value of an extension is read, by its name. */
export const DECODERS: Readonly<Record<string, Decode>> = {
  subjectKeyIdentifier: octets,
  keyUsage: flags(KEY_USAGES),
  // RFC 3280, 4.2.1.4, which RFC 5280 left out and old certificates have.
  privateKeyUsagePeriod: record({ notBefore: [0x80, time], notAfter: [0x81, time] }),
  subjectAltName: generalNames,
  issuerAltName: generalNames,
  basicConstraints: record({ cA: flag, pathLenConstraint: [INTEGER, smallInteger] }),
  nameConstraints: record({
    permittedSubtrees: [0xa0, subtrees],
    excludedSubtrees: [0xa1, subtrees],
  }),
  cRLDistributionPoints: distributionPoints,
  // Qualifiers: a CPS pointer as text, a user notice by its identifier alone.
  certificatePolicies: list(
    record({
      policyIdentifier: oid,
      qualifiers: [SEQUENCE, list(record({ policyQualifierId: purpose, qualifier: string }))],
    }),
  ),
  policyMappings: list(record({ issuerDomainPolicy: oid, subjectDomainPolicy: oid })),
  authorityKeyIdentifier: record({
    keyIdentifier: [0x80, octets],
    authorityCertIssuer: [0xa1, generalNames],
    authorityCertSerialNumber: [0x82, integer],
  }),
  policyConstraints: record({
    requireExplicitPolicy: [0x80, integer],
    inhibitPolicyMapping: [0x81, integer],
  }),
  extKeyUsage: list(purpose),
  freshestCRL: distributionPoints,
  inhibitAnyPolicy: smallInteger,
  authorityInfoAccess: accessDescriptions,
  // RFC 3739, 3.2.6: the statements by their identifiers.
  qcStatements: list(first("statementId", oid)),
  subjectInfoAccess: accessDescriptions,
  // RFC 7633: TLS extensions by number.
  tlsFeature: list(smallInteger),
  ocspNoCheck: present,
  signedCertificateTimestampList: octets,
  ctPoison: present,
  certificateTemplateName: string,
  netscapeCertType: flags(NETSCAPE_TYPES),
  netscapeComment: string,
};
