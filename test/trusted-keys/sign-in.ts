import { randomUUID } from "node:crypto";
import { SAML } from "@node-saml/node-saml";
import { SignedXml } from "xml-crypto";
import type { TestCertificate } from "../../src/testing/index.ts";
import type { IdpCertCallback } from "../../src/trusted-keys/index.ts";

export const IDP = "https://idp.example.com";
const ACS = "https://sp.example.com/acs";

/** The metadata of the identity provider with these keys. */
export function idpMetadata(
  certificates: readonly { readonly certificate: { readonly derBase64: string } }[],
  { entityId = IDP, attributes = "" }: { entityId?: string; attributes?: string } = {},
): string {
  const keys = certificates.map(
    ({ certificate }) =>
      `<KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate.derBase64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>`,
  );
  return `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${entityId}" ${attributes}>
  <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    ${keys.join("\n    ")}
    <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${IDP}/sso"/>
  </IDPSSODescriptor>
</EntityDescriptor>`;
}

/** A really signed Response of the identity provider, as a browser posts it. */
function signedResponse({ privateKeyPem }: TestCertificate): string {
  const at = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();
  const xml = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_${randomUUID()}" Version="2.0" IssueInstant="${at(0)}" Destination="${ACS}"><saml:Issuer>${IDP}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion ID="_${randomUUID()}" Version="2.0" IssueInstant="${at(0)}"><saml:Issuer>${IDP}</saml:Issuer><saml:Subject><saml:NameID>ada@example.com</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${at(300)}" Recipient="${ACS}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="${at(-60)}" NotOnOrAfter="${at(300)}"/><saml:AuthnStatement AuthnInstant="${at(0)}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement></saml:Assertion></samlp:Response>`;
  const signer = new SignedXml({
    privateKey: privateKeyPem,
    canonicalizationAlgorithm: "http://www.w3.org/2001/10/xml-exc-c14n#",
    signatureAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  });
  signer.addReference({
    xpath: "/*",
    digestAlgorithm: "http://www.w3.org/2001/04/xmlenc#sha256",
    transforms: [
      "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
      "http://www.w3.org/2001/10/xml-exc-c14n#",
    ],
  });
  signer.computeSignature(xml, {
    location: { reference: "/*/*[local-name(.)='Issuer']", action: "after" },
  });
  return Buffer.from(signer.getSignedXml()).toString("base64");
}

/** A service provider whose keys come from the callback; tells who signed in, or why nobody did. */
export function serviceProvider(idpCert: IdpCertCallback) {
  const saml = new SAML({
    idpCert,
    issuer: "https://sp.example.com",
    audience: false,
    callbackUrl: ACS,
    wantAssertionsSigned: false,
    wantAuthnResponseSigned: true,
  });
  return async (key: TestCertificate): Promise<string> => {
    const SAMLResponse = signedResponse(key);
    const { profile } = await saml.validatePostResponseAsync({ SAMLResponse });
    return profile?.nameID ?? "";
  };
}
