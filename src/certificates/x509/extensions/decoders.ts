import {
  BIT_STRING,
  follows,
  INTEGER,
  type Reader,
  read,
  readAny,
  SEQUENCE,
  skipRest,
} from "../../der/reader.ts";
import { decodeText } from "../../der/text.ts";
import { readFlag, readNamedBits, readOid, readSmallInteger } from "../../der/values.ts";
import type { NameAttribute } from "../../types.ts";
import { readGeneralName } from "../general-name.ts";
import { nameText, readRelativeName } from "../name.ts";
import {
  readGeneralNames,
  readHex,
  readIntegerHex,
  readList,
  readOids,
  readOptional,
  readRecord,
} from "./collect.ts";
import { purposeName } from "./purposes.ts";

type Decode = (reader: Reader) => unknown;

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

function flagNames(reader: Reader, names: readonly string[], tag: number = BIT_STRING): string[] {
  const bits = readNamedBits(reader, "flags", tag);
  return names.filter((_, i) => bits[i] === true);
}

const keyUsage: Decode = (reader) => flagNames(reader, KEY_USAGES);

/** RFC 5280, 4.2.1.9. */
const basicConstraints: Decode = (reader) =>
  readRecord(reader, "basicConstraints", () => {
    const cA = readFlag(reader, "cA");
    const pathLenConstraint = readOptional(reader, INTEGER, () =>
      readSmallInteger(reader, "pathLen"),
    );
    return pathLenConstraint === undefined ? { cA } : { cA, pathLenConstraint };
  });

const extKeyUsage: Decode = (reader) => readOids(reader, "extKeyUsage").map(purposeName);
const generalNames: Decode = (reader) => readGeneralNames(reader, "generalNames");
const octets: Decode = (reader) => readHex(reader);

/** RFC 5280, 4.2.1.1. */
const authorityKeyIdentifier: Decode = (reader) =>
  readRecord(reader, "authorityKeyIdentifier", () => ({
    keyIdentifier: readOptional(reader, 0x80, readHex),
    authorityCertIssuer: readOptional(reader, 0xa1, (inner, tag) =>
      readGeneralNames(inner, "authorityCertIssuer", tag),
    ),
    authorityCertSerialNumber: readOptional(reader, 0x82, readIntegerHex),
  }));

/** RFC 5280, 4.2.2.1: also subjectInfoAccess. */
const accessDescriptions: Decode = (reader) =>
  readList(reader, "accessDescriptions", (list, i) =>
    readRecord(list, i, () => ({
      accessMethod: purposeName(readOid(list, "accessMethod")),
      accessLocation: readGeneralName(list, "accessLocation"),
    })),
  );

/** RFC 5280, 4.2.1.13: also freshestCRL. */
const distributionPoints: Decode = (reader) =>
  readList(reader, "distributionPoints", (list, i) =>
    readRecord(list, i, () => ({
      distributionPoint: readOptional(list, 0xa0, (inner, tag) =>
        readRecord(inner, "distributionPoint", distributionPointName, tag),
      ),
      reasons: readOptional(list, 0x81, (inner, tag) => flagNames(inner, REVOCATION_REASONS, tag)),
      cRLIssuer: readOptional(list, 0xa2, (inner, tag) =>
        readGeneralNames(inner, "cRLIssuer", tag),
      ),
    })),
  );

function distributionPointName(reader: Reader): unknown {
  if (follows(reader, 0xa0)) return readGeneralNames(reader, "fullName", 0xa0);
  const attributes: NameAttribute[] = [];
  readRelativeName(reader, 0, attributes, 0xa1);
  return [{ type: "nameRelativeToCRLIssuer", value: nameText(attributes) }];
}

/** RFC 5280, 4.2.1.4. Qualifiers: a CPS pointer as text, a user notice by its identifier alone. */
const certificatePolicies: Decode = (reader) =>
  readList(reader, "certificatePolicies", (list, i) =>
    readRecord(list, i, () => {
      const policyIdentifier = readOid(list, "policyIdentifier");
      const qualifiers = readOptional(list, SEQUENCE, () =>
        readList(list, "policyQualifiers", policyQualifier),
      );
      return qualifiers === undefined ? { policyIdentifier } : { policyIdentifier, qualifiers };
    }),
  );

function policyQualifier(reader: Reader, index: number): unknown {
  return readRecord(reader, index, () => {
    const policyQualifierId = purposeName(readOid(reader, "policyQualifierId"));
    const tag = readAny(reader, "qualifier");
    const text = decodeText(tag, reader)?.text;
    return text === undefined ? { policyQualifierId } : { policyQualifierId, qualifier: text };
  });
}

const policyMappings: Decode = (reader) =>
  readList(reader, "policyMappings", (list, i) =>
    readRecord(list, i, () => ({
      issuerDomainPolicy: readOid(list, "issuerDomainPolicy"),
      subjectDomainPolicy: readOid(list, "subjectDomainPolicy"),
    })),
  );

const policyConstraints: Decode = (reader) =>
  readRecord(reader, "policyConstraints", () => ({
    requireExplicitPolicy: readOptional(reader, 0x80, readIntegerHex),
    inhibitPolicyMapping: readOptional(reader, 0x81, readIntegerHex),
  }));

/** RFC 5280, 4.2.1.10. */
const nameConstraints: Decode = (reader) =>
  readRecord(reader, "nameConstraints", () => ({
    permittedSubtrees: readOptional(reader, 0xa0, subtrees),
    excludedSubtrees: readOptional(reader, 0xa1, subtrees),
  }));

function subtrees(reader: Reader, tag: number): unknown {
  const readSubtree = (list: Reader, i: number): unknown =>
    readRecord(list, i, () => {
      const base = readGeneralName(list, "base");
      skipRest(list);
      return base;
    });
  return readList(reader, "subtrees", readSubtree, tag);
}

const inhibitAnyPolicy: Decode = (reader) => readSmallInteger(reader, "skipCerts");

/** RFC 3280, 4.2.1.4, which RFC 5280 left out and old certificates have. */
const privateKeyUsagePeriod: Decode = (reader) =>
  readRecord(reader, "privateKeyUsagePeriod", () => ({
    notBefore: readOptional(reader, 0x80, periodEnd),
    notAfter: readOptional(reader, 0x81, periodEnd),
  }));

function periodEnd(reader: Reader, tag: number): string {
  read(reader, tag, "time");
  return String.fromCharCode(
    ...reader.bytes.subarray(reader.start, Math.min(reader.end, reader.start + 32)),
  );
}

const netscapeCertType: Decode = (reader) => flagNames(reader, NETSCAPE_TYPES);

const text: Decode = (reader) => {
  const tag = readAny(reader, "text");
  return decodeText(tag, reader)?.text;
};

/** RFC 3739, 3.2.6. */
const qcStatements: Decode = (reader) =>
  readList(reader, "qcStatements", (list, i) =>
    readRecord(list, i, () => {
      const statementId = readOid(list, "statementId");
      skipRest(list);
      return statementId;
    }),
  );

/** RFC 7633: TLS extensions by number. */
const tlsFeature: Decode = (reader) =>
  readList(reader, "tlsFeature", (list) => readSmallInteger(list, "feature"));

const nothing: Decode = (reader) => {
  readAny(reader, "null");
  return true;
};

/** The extensions that are decoded: their name, and how. */
export const EXTENSIONS: ReadonlyMap<string, readonly [name: string, decode?: Decode]> =
  /* @__PURE__ */ new Map<string, readonly [name: string, decode?: Decode]>([
    ["2.5.29.9", ["subjectDirectoryAttributes"]],
    ["2.5.29.14", ["subjectKeyIdentifier", octets]],
    ["2.5.29.15", ["keyUsage", keyUsage]],
    ["2.5.29.16", ["privateKeyUsagePeriod", privateKeyUsagePeriod]],
    ["2.5.29.17", ["subjectAltName", generalNames]],
    ["2.5.29.18", ["issuerAltName", generalNames]],
    ["2.5.29.19", ["basicConstraints", basicConstraints]],
    ["2.5.29.30", ["nameConstraints", nameConstraints]],
    ["2.5.29.31", ["cRLDistributionPoints", distributionPoints]],
    ["2.5.29.32", ["certificatePolicies", certificatePolicies]],
    ["2.5.29.33", ["policyMappings", policyMappings]],
    ["2.5.29.35", ["authorityKeyIdentifier", authorityKeyIdentifier]],
    ["2.5.29.36", ["policyConstraints", policyConstraints]],
    ["2.5.29.37", ["extKeyUsage", extKeyUsage]],
    ["2.5.29.46", ["freshestCRL", distributionPoints]],
    ["2.5.29.54", ["inhibitAnyPolicy", inhibitAnyPolicy]],
    ["1.3.6.1.5.5.7.1.1", ["authorityInfoAccess", accessDescriptions]],
    ["1.3.6.1.5.5.7.1.3", ["qcStatements", qcStatements]],
    ["1.3.6.1.5.5.7.1.11", ["subjectInfoAccess", accessDescriptions]],
    ["1.3.6.1.5.5.7.1.24", ["tlsFeature", tlsFeature]],
    ["1.3.6.1.5.5.7.48.1.5", ["ocspNoCheck", nothing]],
    ["1.3.6.1.4.1.11129.2.4.2", ["signedCertificateTimestampList", octets]],
    ["1.3.6.1.4.1.11129.2.4.3", ["ctPoison", nothing]],
    ["1.3.6.1.4.1.311.20.2", ["certificateTemplateName", text]],
    ["1.3.6.1.4.1.311.21.7", ["certificateTemplate"]],
    ["2.16.840.1.113730.1.1", ["netscapeCertType", netscapeCertType]],
    ["2.16.840.1.113730.1.13", ["netscapeComment", text]],
  ]);
