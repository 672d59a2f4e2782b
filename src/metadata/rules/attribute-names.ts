/**
 * Names of attributes that federations share, by the two ways to name them: with SAML 1 by a URN of
 * MACE, with SAML 2.0 by an object identifier. (MACE-Dir SAML Attribute Profiles, 2.2 and 3.2;
 * SWITCHaai Attribute Specification; grEduPerson; SCHAC.)
 */
const MACE: Readonly<Record<string, string>> = {
  eduPersonScopedAffiliation: "1.3.6.1.4.1.5923.1.1.1.9",
  eduPersonPrimaryAffiliation: "1.3.6.1.4.1.5923.1.1.1.5",
  eduPersonAffiliation: "1.3.6.1.4.1.5923.1.1.1.1",
  eduPersonPrincipalName: "1.3.6.1.4.1.5923.1.1.1.6",
  eduPersonEntitlement: "1.3.6.1.4.1.5923.1.1.1.7",
  eduPersonTargetedID: "1.3.6.1.4.1.5923.1.1.1.10",
  eduPersonNickname: "1.3.6.1.4.1.5923.1.1.1.2",
  eduPersonPrimaryOrgUnitDN: "1.3.6.1.4.1.5923.1.1.1.8",
  eduPersonOrgUnitDN: "1.3.6.1.4.1.5923.1.1.1.4",
  eduPersonOrgDN: "1.3.6.1.4.1.5923.1.1.1.3",
  eduPersonAssurance: "1.3.6.1.4.1.5923.1.1.1.11",
  eduCourseMember: "1.3.6.1.4.1.5923.1.6.1.2",
  businessCategory: "2.5.4.15",
  carLicense: "2.16.840.1.113730.3.1.1",
  cn: "2.5.4.3",
  departmentNumber: "2.16.840.1.113730.3.1.2",
  description: "2.5.4.13",
  displayName: "2.16.840.1.113730.3.1.241",
  employeeNumber: "2.16.840.1.113730.3.1.3",
  employeeType: "2.16.840.1.113730.3.1.4",
  facsimileTelephoneNumber: "2.5.4.23",
  givenName: "2.5.4.42",
  homePhone: "0.9.2342.19200300.100.1.20",
  homePostalAddress: "0.9.2342.19200300.100.1.39",
  initials: "2.5.4.43",
  jpegPhoto: "0.9.2342.19200300.100.1.60",
  l: "2.5.4.7",
  labeledURI: "1.3.6.1.4.1.250.1.57",
  mail: "0.9.2342.19200300.100.1.3",
  manager: "0.9.2342.19200300.100.1.10",
  mobile: "0.9.2342.19200300.100.1.41",
  o: "2.5.4.10",
  ou: "2.5.4.11",
  pager: "0.9.2342.19200300.100.1.42",
  physicalDeliveryOfficeName: "2.5.4.19",
  postalAddress: "2.5.4.16",
  postalCode: "2.5.4.17",
  postOfficeBox: "2.5.4.18",
  preferredLanguage: "2.16.840.1.113730.3.1.39",
  roomNumber: "0.9.2342.19200300.100.1.6",
  seeAlso: "2.5.4.34",
  sn: "2.5.4.4",
  st: "2.5.4.8",
  street: "2.5.4.9",
  telephoneNumber: "2.5.4.20",
  title: "2.5.4.12",
  uid: "0.9.2342.19200300.100.1.1",
  userCertificate: "2.5.4.36",
  userSMIMECertificate: "2.16.840.1.113730.3.1.40",
};

const SWITCH: Readonly<Record<string, string>> = {
  swissEduPersonUniqueID: "2.16.756.1.2.5.1.1.1",
  swissEduPersonDateOfBirth: "2.16.756.1.2.5.1.1.2",
  swissEduPersonGender: "2.16.756.1.2.5.1.1.3",
  swissEduPersonHomeOrganization: "2.16.756.1.2.5.1.1.4",
  swissEduPersonHomeOrganizationType: "2.16.756.1.2.5.1.1.5",
  swissEduPersonStudyBranch1: "2.16.756.1.2.5.1.1.6",
  swissEduPersonStudyBranch2: "2.16.756.1.2.5.1.1.7",
  swissEduPersonStudyBranch3: "2.16.756.1.2.5.1.1.8",
  swissEduPersonStudyLevel: "2.16.756.1.2.5.1.1.9",
  swissEduPersonStaffCategory: "2.16.756.1.2.5.1.1.10",
  swissEduPersonMatriculationNumber: "2.16.756.1.2.5.1.1.11",
  swissEduPersonCardUID: "2.16.756.1.2.5.1.1.12",
};

const GREEK: Readonly<Record<string, string>> = {
  grEduPersonUndergraduateBranch: "1.3.6.1.4.1.16515.2.3.2.1",
};

const SCHAC: Readonly<Record<string, string>> = {
  schacHomeOrganization: "1.3.6.1.4.1.25178.1.2.9",
  schacPersonalUniqueCode: "1.3.6.1.4.1.25178.1.2.14",
};

const REGISTRIES: readonly (readonly [prefix: string, names: Readonly<Record<string, string>>])[] =
  [
    ["urn:mace:dir:attribute-def:", MACE],
    ["urn:mace:switch.ch:attribute-def:", SWITCH],
    ["urn:mace:grnet.gr:grEduPerson:attribute-def:", GREEK],
    ["urn:mace:terena.org:attribute-def:", SCHAC],
  ];

/** eduPersonTargetedID is named by its identifier with SAML 1 too (MACE-Dir, 2.3.2.1.1). */
const TARGETED_ID = `urn:oid:${MACE["eduPersonTargetedID"]}`;

/** The names that go with SAML 1, and the identifiers that must then not be used. */
const legacy: ReadonlySet<string> = new Set(
  REGISTRIES.flatMap(([prefix, names]) => Object.keys(names).map((name) => prefix + name)),
);
const superseded: ReadonlySet<string> = new Set(
  REGISTRIES.flatMap(([, names]) => Object.values(names).map((oid) => `urn:oid:${oid}`)),
);

const isLegacyName = (name: string): boolean =>
  REGISTRIES.some(([prefix]) => name.startsWith(prefix));

/** Why a name cannot go with the name format of SAML 1. */
export function saml1NameFault(name: string): string | undefined {
  if (legacy.has(name) || name === TARGETED_ID) return undefined;
  if (superseded.has(name)) return "is an identifier of SAML 2.0";
  return name.startsWith("urn:oid:") ? undefined : "is not known";
}

/** Why a name cannot go with the name format of SAML 2.0. */
export function saml2NameFault(name: string): string | undefined {
  if (isLegacyName(name)) return "is a name of SAML 1";
  return /^(?:urn:|https?:\/\/)/i.test(name) ? undefined : "is not a URI";
}
