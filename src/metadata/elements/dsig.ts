import type { AttributeRule, ElementName, ElementRule } from "./rule.ts";
import {
  anyElement,
  anyOther,
  anyStrict,
  many,
  maybe,
  one,
  optional,
  required,
  some,
} from "./rule.ts";
import { anyInteger, anyUri, base64, id, string } from "./simple-types.ts";

/** xmldsig-core-schema.xsd and the part of xenc-schema.xsd that metadata uses. */

const algorithm: AttributeRule = required("Algorithm", anyUri, "algorithm");
const elementId: AttributeRule = optional("Id", id, "id");
const base64Text: ElementRule = { text: base64 };

export const dsigElements: Readonly<Record<ElementName, ElementRule>> = {
  "ds:KeyInfo": {
    attributes: [elementId],
    anyOrder: 1,
    mixed: true,
    content: [
      many("ds:KeyName", "keyNames"),
      many("ds:X509Data", "x509Data"),
      many("ds:KeyValue", "other"),
      many("ds:RetrievalMethod", "other"),
      many("ds:PGPData", "other"),
      many("ds:SPKIData", "other"),
      many("ds:MgmtData", "other"),
      anyOther,
    ],
  },
  "ds:KeyName": { text: string },
  "ds:MgmtData": { text: string },
  "ds:KeyValue": {
    mixed: true,
    content: [
      {
        ...one("ds:RSAKeyValue", ""),
        instead: { ...one("ds:DSAKeyValue", ""), instead: anyOther },
      },
    ],
  },
  "ds:RSAKeyValue": { content: [one("ds:Modulus", ""), one("ds:Exponent", "")] },
  "ds:Modulus": base64Text,
  "ds:Exponent": base64Text,
  "ds:RetrievalMethod": {
    attributes: [required("URI", anyUri, "uri"), optional("Type", anyUri, "type")],
    content: [maybe("ds:Transforms", "")],
  },
  "ds:X509Data": {
    anyOrder: 1,
    content: [
      many("ds:X509IssuerSerial", "other"),
      many("ds:X509SKI", "other"),
      many("ds:X509SubjectName", "other"),
      many("ds:X509Certificate", "certificates"),
      many("ds:X509CRL", "other"),
      anyOther,
    ],
  },
  "ds:X509IssuerSerial": {
    content: [one("ds:X509IssuerName", ""), one("ds:X509SerialNumber", "")],
  },
  "ds:X509IssuerName": { text: string },
  "ds:X509SerialNumber": { text: string },
  "ds:X509SKI": base64Text,
  "ds:X509SubjectName": { text: string },
  "ds:X509Certificate": base64Text,
  "ds:X509CRL": base64Text,
  "ds:Signature": {
    attributes: [elementId],
    content: [
      one("ds:SignedInfo", ""),
      one("ds:SignatureValue", ""),
      maybe("ds:KeyInfo", ""),
      many("ds:Object", ""),
    ],
  },
  "ds:SignedInfo": {
    attributes: [elementId],
    content: [
      one("ds:CanonicalizationMethod", ""),
      one("ds:SignatureMethod", ""),
      some("ds:Reference", ""),
    ],
  },
  "ds:SignatureValue": { attributes: [elementId], text: base64 },
  "ds:CanonicalizationMethod": { attributes: [algorithm], mixed: true, content: [anyElement] },
  "ds:SignatureMethod": {
    attributes: [algorithm],
    mixed: true,
    content: [maybe("ds:HMACOutputLength", ""), anyOther],
  },
  "ds:HMACOutputLength": { text: anyInteger },
  "ds:Reference": {
    attributes: [elementId, optional("URI", anyUri, "uri"), optional("Type", anyUri, "type")],
    content: [maybe("ds:Transforms", ""), one("ds:DigestMethod", ""), one("ds:DigestValue", "")],
  },
  "ds:Transforms": { content: [some("ds:Transform", "")] },
  "ds:Transform": {
    attributes: [algorithm],
    mixed: true,
    anyOrder: 0,
    content: [many("ds:XPath", ""), anyOther],
  },
  "ds:XPath": { text: string },
  "ds:DigestMethod": { attributes: [algorithm], mixed: true, content: [anyOther] },
  "ds:DigestValue": base64Text,
  "ds:Object": {
    attributes: [
      elementId,
      optional("MimeType", string, "mimeType"),
      optional("Encoding", anyUri, "encoding"),
    ],
    mixed: true,
    content: [anyElement],
  },
};

/** `xenc:EncryptionMethodType`, the type of `<md:EncryptionMethod>` too. */
const encryptionMethod: ElementRule = {
  attributes: [algorithm],
  mixed: true,
  content: [maybe("xenc:KeySize", "keySize"), maybe("xenc:OAEPparams", "oaepParams"), anyStrict],
};

export const xencElements: Readonly<Record<ElementName, ElementRule>> = {
  "md:EncryptionMethod": encryptionMethod,
  "xenc:EncryptionMethod": encryptionMethod,
  "xenc:KeySize": { text: anyInteger },
  "xenc:OAEPparams": base64Text,
};
