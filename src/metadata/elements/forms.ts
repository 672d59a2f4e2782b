import { SECURITY_CONTACT } from "../../core/uris.ts";
import type { TypeName } from "./simple-types.ts";

/** The values of each simple type, in words that complete "Write". */
export const forms: Readonly<Record<TypeName, string>> = {
  string: "text",
  anyURI: "a URI, such as https://example.com/saml or urn:example:saml",
  url: "a URL, such as https://example.com/saml",
  webImage: "an https URL or a data: URI",
  entityIDType: "a URI of at most 1024 characters, such as https://example.com/saml",
  ID: "an XML name: a letter or an underscore, then letters, digits, '.', '-' and '_'; put an underscore before a UUID or a number",
  language: "a language tag, such as en or pt-BR",
  base64Binary: "base64, without header lines",
  QName: "a type name with a prefix that is declared, such as fed:SecurityTokenServiceType",
  SourceID: "40 lower-case hexadecimal digits",
  boolean: "true or false",
  unsignedByte: "a whole number from 0 to 255",
  unsignedShort: "a whole number from 0 to 65535",
  positiveInteger: "a whole number, 1 or greater",
  integer: "a whole number",
  ContactTypeType: `technical, support, administrative, billing or other; for a security contact other, and remd:contactType="${SECURITY_CONTACT}"`,
  KeyTypes: "signing or encryption; leave the attribute out for a key that serves both",
  anyURIListType: "URIs with spaces between them",
  listOfStrings: "words with spaces between them",
  dateTime: "a UTC time, such as 2031-07-09T12:00:00Z",
  expiry: "a UTC time, such as 2031-07-09T12:00:00Z",
  duration: "an ISO 8601 duration, such as PT6H for six hours or P7D for seven days",
};
