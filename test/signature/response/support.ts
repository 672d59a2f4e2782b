import { SignedXml } from "xml-crypto";
import { createTestCertificate, type TestCertificate } from "../../../src/testing/index.ts";

export const IDP = "https://idp.example.com";
export const SP = "https://sp.example.com";
export const ACS = "https://sp.example.com/acs";
/** The time of every Response of these tests. */
export const NOW = 1_780_000_000;

const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";

export function at(seconds: number): string {
  return new Date((NOW + seconds) * 1000).toISOString();
}

export interface ResponseParts {
  readonly nameId?: string;
  readonly audience?: string;
  readonly recipient?: string;
  readonly issuer?: string;
  readonly notOnOrAfter?: string;
  readonly attributes?: string;
  readonly status?: string;
}

/** An unsigned assertion. */
export function assertionXml(parts: ResponseParts = {}, id = "_assertion"): string {
  const { nameId = "ada@example.com", audience = SP, recipient = ACS, issuer = IDP } = parts;
  const { notOnOrAfter = at(300), attributes = "" } = parts;
  return `<saml:Assertion ID="${id}" Version="2.0" IssueInstant="${at(0)}"><saml:Issuer>${issuer}</saml:Issuer><saml:Subject><saml:NameID>${nameId}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${notOnOrAfter}" Recipient="${recipient}" InResponseTo="_request"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${at(-60)}" NotOnOrAfter="${notOnOrAfter}"><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="${at(0)}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>${attributes}</saml:Assertion>`;
}

/** An unsigned Response around assertions. */
export function responseXml(
  content: string = assertionXml(),
  { issuer = IDP, recipient = ACS, status = "Success" }: ResponseParts = {},
): string {
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_response" Version="2.0" IssueInstant="${at(0)}" Destination="${recipient}" InResponseTo="_request"><saml:Issuer>${issuer}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${status}"/></samlp:Status>${content}</samlp:Response>`;
}

export interface SignatureParts {
  readonly signatureAlgorithm?: string;
  readonly digestAlgorithm?: string;
  readonly canonicalization?: string;
  /** The certificate in KeyInfo; none if null. Default: that of the key. */
  readonly embedded?: TestCertificate | null;
  /** An algorithm that xml-crypto does not have. */
  readonly signatureClass?: SignedXml["SignatureAlgorithms"][keyof SignedXml["SignatureAlgorithms"]];
}

/** Signs the element with this local name, as its schema places the signature. */
export function signXml(
  xml: string,
  element: "Response" | "Assertion",
  key: TestCertificate,
  parts: SignatureParts = {},
): string {
  const { embedded = key, canonicalization = EXCLUSIVE } = parts;
  const path = element === "Response" ? "/*" : "/*/*[local-name(.)='Assertion'][last()]";
  const signer = new SignedXml({
    privateKey: key.privateKeyPem,
    ...(embedded && { publicCert: embedded.pem }),
    canonicalizationAlgorithm: canonicalization,
    signatureAlgorithm: parts.signatureAlgorithm ?? RSA_SHA256,
  });
  if (parts.signatureAlgorithm && parts.signatureClass) {
    Object.assign(signer.SignatureAlgorithms, { [parts.signatureAlgorithm]: parts.signatureClass });
  }
  signer.addReference({
    xpath: path,
    digestAlgorithm: parts.digestAlgorithm ?? SHA256,
    transforms: [ENVELOPED, canonicalization],
  });
  signer.computeSignature(xml, {
    prefix: "ds",
    location: { reference: `${path}/*[local-name(.)='Issuer']`, action: "after" },
  });
  return signer.getSignedXml();
}

/** A Response whose elements are signed, the assertion first. */
export function signedResponse(
  key: TestCertificate,
  elements: readonly ("Response" | "Assertion")[] = ["Response"],
  xml: string = responseXml(),
  parts: SignatureParts = {},
): string {
  const order = [...elements].sort();
  return order.reduce((signed, element) => signXml(signed, element, key, parts), xml);
}

export function base64(xml: string): string {
  return Buffer.from(xml).toString("base64");
}

/** Three keys of identity providers. */
export async function testKeys(): Promise<{
  readonly first: TestCertificate;
  readonly second: TestCertificate;
  readonly stranger: TestCertificate;
}> {
  const make = (CN: string): Promise<TestCertificate> =>
    createTestCertificate({
      subject: { CN },
      keyAlgorithm: "RSA-2048",
      notBefore: NOW - 30 * 86_400,
      notAfter: NOW + 365 * 86_400,
    });
  const [first, second, stranger] = await Promise.all([
    make("first"),
    make("second"),
    make("stranger"),
  ]);
  return { first, second, stranger };
}

export function codesOf({ findings }: { findings: readonly { code: string }[] }): string[] {
  return findings.map(({ code }) => code);
}
