import { oidNames } from "./oid-names.ts";

/**
 * Short names of attribute types: RFC 4514 section 3, RFC 4519, RFC 2985, and what OpenSSL prints for
 * those that occur in certificates.
 */
export const ATTRIBUTE_TYPES: ReadonlyMap<string, string> = /* @__PURE__ */ oidNames(
  "2.5.4 3=CN 4=SN 5=serialNumber 6=C 7=L 8=ST 9=STREET 10=O 11=OU 12=title 13=description " +
    "15=businessCategory 17=postalCode 20=telephoneNumber 41=name 42=GN 43=initials " +
    "44=generationQualifier 45=x500UniqueIdentifier 46=dnQualifier 65=pseudonym " +
    "97=organizationIdentifier",
  "0.9.2342.19200300.100.1 1=UID 3=mail 25=DC",
  "1.2.840.113549.1.9 1=emailAddress 2=unstructuredName 8=unstructuredAddress",
  "1.3.6.1.4.1.311.60.2.1 1=jurisdictionL 2=jurisdictionST 3=jurisdictionC",
);
