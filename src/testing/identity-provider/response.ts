import { randomUUID } from "node:crypto";
import { isoTime } from "../../core/time.ts";
import { nameIdFormats, namespaces, SAML2_PROTOCOL } from "../../core/uris.ts";
import { signRoot } from "../../signature/sign-root.ts";
import { signerOf } from "../../signature/signer.ts";
import { DEFAULT_LIMITS } from "../../xml/limits.ts";
import { growTree, scannerOf, surveyDocument } from "../../xml/tree.ts";
import { escapeAttribute, escapeText } from "../../xml/writer.ts";
import type { TestCertificate } from "../certificate.ts";
import { encryptAssertion } from "./encrypt.ts";
import type { FakeResponseOptions } from "./types.ts";

/** A Response with every default filled in. */
export interface ResponseContents extends FakeResponseOptions {
  readonly issuer: string;
  readonly user: string;
  /** Unix seconds. */
  readonly now: number;
  readonly signWith: TestCertificate;
}

const VALID_SECONDS = 300;
const CLOCK_SKEW_SECONDS = 60;
const PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
const BASIC = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";
const STRING = 'xmlns:xs="http://www.w3.org/2001/XMLSchema" xsi:type="xs:string"';

/** A Response (SAML Core, 3.3.3) for the web browser profile (SAML Profiles, 4.1.4). */
export function responseXml(contents: ResponseContents): string {
  const { acsUrl, inResponseTo, issuer, sign = "both", encryptTo } = contents;
  const unsigned = assertionXml(contents);
  const isAssertionSigned = sign === "both" || sign === "assertion";
  const assertion = isAssertionSigned ? signed(unsigned, contents) : unsigned;
  const attributes = {
    ...messageAttributes(contents),
    Destination: acsUrl,
    InResponseTo: inResponseTo,
  };
  const response =
    `<samlp:Response xmlns:samlp="${SAML2_PROTOCOL}" xmlns:saml="${namespaces.saml}"` +
    `${written(attributes)}>${issuerXml(issuer)}<samlp:Status>` +
    '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>' +
    `${encryptTo === undefined ? assertion : encryptAssertion(assertion, pemOf(encryptTo))}` +
    "</samlp:Response>";
  return sign === "both" || sign === "response" ? signed(response, contents) : response;
}

function pemOf(certificate: NonNullable<FakeResponseOptions["encryptTo"]>): string {
  return typeof certificate === "string" ? certificate : certificate.pem;
}

function assertionXml(contents: ResponseContents): string {
  const { acsUrl, audience, inResponseTo, issuer, user, now } = contents;
  const NotOnOrAfter = isoTime(now + VALID_SECONDS);
  const confirmation = written({ NotOnOrAfter, Recipient: acsUrl, InResponseTo: inResponseTo });
  const conditions = written({ NotBefore: isoTime(now - CLOCK_SKEW_SECONDS), NotOnOrAfter });
  const session = written({ AuthnInstant: isoTime(now), SessionIndex: `_${randomUUID()}` });
  return (
    `<saml:Assertion xmlns:saml="${namespaces.saml}"${written(messageAttributes(contents))}>` +
    `${issuerXml(issuer)}<saml:Subject>` +
    `<saml:NameID Format="${nameIdFormats.emailAddress}">${escapeText(user)}</saml:NameID>` +
    '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">' +
    `<saml:SubjectConfirmationData${confirmation}/></saml:SubjectConfirmation></saml:Subject>` +
    `<saml:Conditions${conditions}><saml:AudienceRestriction>` +
    `<saml:Audience>${escapeText(audience)}</saml:Audience>` +
    `</saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement${session}>` +
    `<saml:AuthnContext><saml:AuthnContextClassRef>${PASSWORD}</saml:AuthnContextClassRef>` +
    `</saml:AuthnContext></saml:AuthnStatement>${attributesXml(contents.attributes ?? { email: user })}</saml:Assertion>`
  );
}

function attributesXml(attributes: NonNullable<FakeResponseOptions["attributes"]>): string {
  const list = Object.entries(attributes).map(([name, values]) => {
    const texts = typeof values === "string" ? [values] : values;
    const elements = texts.map(
      (text) => `<saml:AttributeValue ${STRING}>${escapeText(text)}</saml:AttributeValue>`,
    );
    return `<saml:Attribute${written({ Name: name, NameFormat: BASIC })}>${elements.join("")}</saml:Attribute>`;
  });
  if (list.length === 0) return "";
  const xsi = `xmlns:xsi="${namespaces.xsi}"`;
  return `<saml:AttributeStatement ${xsi}>${list.join("")}</saml:AttributeStatement>`;
}

function messageAttributes({ now }: ResponseContents): Readonly<Record<string, string>> {
  return { ID: `_${randomUUID()}`, Version: "2.0", IssueInstant: isoTime(now) };
}

function issuerXml(issuer: string): string {
  return `<saml:Issuer>${escapeText(issuer)}</saml:Issuer>`;
}

function written(attributes: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? "" : ` ${name}="${escapeAttribute(value)}"`))
    .join("");
}

/** Signs the root; the schemas demand the signature right after the issuer. */
function signed(xml: string, contents: ResponseContents): string {
  const { signWith, padding, hash, keyInfo = true } = contents;
  const { privateKeyPem: privateKey, certificate } = signWith;
  const isRsa = certificate.publicKey.algorithm.startsWith("RSA");
  const own = signerOf({ privateKey, certificate, hash, padding: isRsa ? padding : undefined });
  const signer = keyInfo ? own : { ...own, certificateBase64: undefined };
  const document = surveyDocument(xml, DEFAULT_LIMITS);
  const { root } = growTree(scannerOf(document, DEFAULT_LIMITS));
  return signRoot(document, { root, signer, limits: DEFAULT_LIMITS, after: "</saml:Issuer>" });
}
