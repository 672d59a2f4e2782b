import { encryptionMethod } from "./core.ts";
import type { WrittenRule, WrittenRules } from "./rule.ts";

const ID = "Id?:ID";
const REFERENCE = "URI?:anyURI Type?:anyURI";
const algorithm: WrittenRule = { attributes: "Algorithm:anyURI", mixed: true };
const string: WrittenRule = { text: "string" };
const base64: WrittenRule = { text: "base64Binary" };

/** xmldsig-core-schema.xsd, which is not in the model: only the linter needs it. */
export const dsigElements: WrittenRules = {
  "ds:KeyInfo": {
    attributes: ID,
    anyOrder: 1,
    mixed: true,
    content:
      "ds:KeyName* ds:X509Data* ds:KeyValue* ds:RetrievalMethod* ds:PGPData* ds:SPKIData* " +
      "ds:MgmtData* ##other",
  },
  "ds:KeyName": string,
  "ds:MgmtData": string,
  "ds:KeyValue": { mixed: true, content: "ds:RSAKeyValue/ds:DSAKeyValue/##other" },
  "ds:RSAKeyValue": { content: "ds:Modulus ds:Exponent" },
  "ds:Modulus": base64,
  "ds:Exponent": base64,
  "ds:RetrievalMethod": { attributes: "URI:anyURI Type?:anyURI", content: "ds:Transforms?" },
  "ds:X509Data": {
    anyOrder: 1,
    content:
      "ds:X509IssuerSerial* ds:X509SKI* ds:X509SubjectName* ds:X509Certificate* ds:X509CRL* ##other",
  },
  "ds:X509IssuerSerial": { content: "ds:X509IssuerName ds:X509SerialNumber" },
  "ds:X509IssuerName": string,
  "ds:X509SerialNumber": string,
  "ds:X509SKI": base64,
  "ds:X509SubjectName": string,
  "ds:X509Certificate": base64,
  "ds:X509CRL": base64,
  "ds:Signature": {
    attributes: ID,
    content: "ds:SignedInfo ds:SignatureValue ds:KeyInfo? ds:Object*",
  },
  "ds:SignedInfo": {
    attributes: ID,
    content: "ds:CanonicalizationMethod ds:SignatureMethod ds:Reference+",
  },
  "ds:SignatureValue": { ...base64, attributes: ID },
  "ds:CanonicalizationMethod": { ...algorithm, content: "##any" },
  "ds:SignatureMethod": { ...algorithm, content: "ds:HMACOutputLength? ##other" },
  "ds:HMACOutputLength": { text: "integer" },
  "ds:Reference": {
    attributes: `${ID} ${REFERENCE}`,
    content: "ds:Transforms? ds:DigestMethod ds:DigestValue",
  },
  "ds:Transforms": { content: "ds:Transform+" },
  "ds:Transform": { ...algorithm, anyOrder: 0, content: "ds:XPath* ##other" },
  "ds:XPath": string,
  "ds:DigestMethod": { ...algorithm, content: "##other" },
  "ds:DigestValue": base64,
  "ds:Object": {
    attributes: `${ID} MimeType?:string Encoding?:anyURI`,
    mixed: true,
    content: "##any",
  },
  "xenc:EncryptionMethod": encryptionMethod,
};
