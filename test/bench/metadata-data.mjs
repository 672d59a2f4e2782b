// Generates what the metadata benchmarks measure: documents like those of Okta and Entra, and
// aggregates like those of large federations (11 KB an entity, a quarter of them with Japanese text,
// 200 distinct certificates). Signed variants are signed by xmlsec1.

import { execFileSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

const KEYS = 8;
const CERTIFICATES = 200;
const BINDINGS = "urn:oasis:names:tc:SAML:2.0:bindings:";
const PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
const UI_LANGUAGES = ["en", "de", "fr", "it", "es", "ja"];

function makeCertificates(folder) {
  const keys = Array.from({ length: KEYS }, (_, i) => {
    const key = join(folder, `key${i}.pem`);
    execFileSync("openssl", ["genrsa", "-out", key, "2048"], { stdio: "ignore" });
    return key;
  });
  return Array.from({ length: CERTIFICATES }, (_, i) => {
    const pem = execFileSync(
      "openssl",
      ["req", "-x509", "-key", keys[i % KEYS], "-days", "3650", "-subj", `/CN=signer ${i}`],
      { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
    );
    if (i === 0) writeFileSync(join(folder, "signer.crt"), pem);
    return pem.replace(/-----[^-]+-----/g, "").trim();
  });
}

const signatureTemplate = (id) =>
  `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI="#${id}"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue></ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue/></ds:Signature>`;

const keyDescriptor = (use, certificate) => `      <md:KeyDescriptor use="${use}">
        <ds:KeyInfo>
          <ds:X509Data>
            <ds:X509Certificate>
${certificate}
            </ds:X509Certificate>
          </ds:X509Data>
        </ds:KeyInfo>
      </md:KeyDescriptor>
`;

function oktaLike(certificates, signature) {
  const keys = certificates
    .slice(2, 4)
    .map(
      (certificate) =>
        `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
    );
  return `<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor entityID="http://www.okta.com/exk1a2b3c4d5e6f7g8h9" ID="_okta" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${signature}<md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="${PROTOCOL}">${keys.join("")}<md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified</md:NameIDFormat><md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat><md:SingleSignOnService Binding="${BINDINGS}HTTP-POST" Location="https://example.okta.com/app/example/exk1a2b3c4d5e6f7g8h9/sso/saml"/><md:SingleSignOnService Binding="${BINDINGS}HTTP-Redirect" Location="https://example.okta.com/app/example/exk1a2b3c4d5e6f7g8h9/sso/saml"/></md:IDPSSODescriptor></md:EntityDescriptor>`;
}

function entraLike(certificates, signature) {
  const tenant = "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad";
  const keys = certificates
    .slice(10, 20)
    .map(
      (certificate) =>
        `<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${certificate.replace(/\s/g, "")}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`,
    )
    .join("");
  const claims = Array.from(
    { length: 60 },
    (_, i) =>
      `<auth:ClaimType Uri="http://schemas.microsoft.com/identity/claims/claim${i}" xmlns:auth="http://docs.oasis-open.org/wsfed/authorization/200706"><auth:DisplayName>Claim ${i}</auth:DisplayName><auth:Description>The mutable display name of claim number ${i} issued for the user &amp; group.</auth:Description></auth:ClaimType>`,
  ).join("");
  const endpoint = (name) =>
    `<fed:${name}><wsa:EndpointReference xmlns:wsa="http://www.w3.org/2005/08/addressing"><wsa:Address>${tenant}/wsfed</wsa:Address></wsa:EndpointReference></fed:${name}>`;
  const role = (type, content) =>
    `<RoleDescriptor xsi:type="fed:${type}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" protocolSupportEnumeration="http://docs.oasis-open.org/wsfed/federation/200706" xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706">${keys}${content}</RoleDescriptor>`;
  return `<?xml version="1.0" encoding="utf-8"?><EntityDescriptor ID="_entra" entityID="https://sts.windows.net/9188040d-6c67-4c5b-b112-36a304b66dad/" xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${signature}${role("SecurityTokenServiceType", `<fed:ClaimTypesOffered>${claims}</fed:ClaimTypesOffered>${endpoint("SecurityTokenServiceEndpoint")}${endpoint("PassiveRequestorEndpoint")}`)}${role("ApplicationServiceType", `${endpoint("ApplicationServiceEndpoint")}${endpoint("PassiveRequestorEndpoint")}`)}<IDPSSODescriptor protocolSupportEnumeration="${PROTOCOL}">${keys}<SingleLogoutService Binding="${BINDINGS}HTTP-Redirect" Location="${tenant}/saml2"/><SingleSignOnService Binding="${BINDINGS}HTTP-Redirect" Location="${tenant}/saml2"/><SingleSignOnService Binding="${BINDINGS}HTTP-POST" Location="${tenant}/saml2"/></IDPSSODescriptor></EntityDescriptor>`;
}

function uiInfo(host, i) {
  const texts = UI_LANGUAGES.slice(0, 3 + (i % 4)).map((language) => {
    const name = language === "ja" ? "例示大学（連携サービス）" : "Université of Example";
    return `          <mdui:DisplayName xml:lang="${language}">${name} &amp; Partners ${i} (${language})</mdui:DisplayName>
          <mdui:Description xml:lang="${language}">Service description number ${i} for the members of the federation, in language ${language}, with some text to be realistic.</mdui:Description>
          <mdui:InformationURL xml:lang="${language}">https://${host}/info/${language}</mdui:InformationURL>
          <mdui:PrivacyStatementURL xml:lang="${language}">https://${host}/privacy/${language}</mdui:PrivacyStatementURL>
`;
  });
  return `        <mdui:UIInfo>
${texts.join("")}          <mdui:Logo height="16" width="16">https://${host}/logo16.png</mdui:Logo>
          <mdui:Logo height="60" width="80">https://${host}/logo60.png</mdui:Logo>
        </mdui:UIInfo>
`;
}

function identityProvider(host, i, key) {
  const endpoint = (name, binding, path) =>
    `      <md:${name} Binding="${BINDINGS}${binding}" Location="https://${host}/idp/profile/SAML2/${path}"/>\n`;
  return `    <md:IDPSSODescriptor protocolSupportEnumeration="${PROTOCOL} urn:mace:shibboleth:1.0" errorURL="https://${host}/error">
      <md:Extensions>
        <shibmd:Scope regexp="false">univ-${i % 977}.example.org</shibmd:Scope>
${uiInfo(host, i)}      </md:Extensions>
${keyDescriptor("signing", key(0))}${keyDescriptor("encryption", key(1))}      <md:ArtifactResolutionService Binding="${BINDINGS}SOAP" Location="https://${host}:8443/idp/profile/SAML2/SOAP/ArtifactResolution" index="1"/>
${endpoint("SingleLogoutService", "HTTP-Redirect", "Redirect/SLO")}${endpoint("SingleLogoutService", "HTTP-POST", "POST/SLO")}      <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</md:NameIDFormat>
      <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>
${endpoint("SingleSignOnService", "HTTP-Redirect", "Redirect/SSO")}${endpoint("SingleSignOnService", "HTTP-POST", "POST/SSO")}${endpoint("SingleSignOnService", "SOAP", "SOAP/ECP")}    </md:IDPSSODescriptor>
    <md:AttributeAuthorityDescriptor protocolSupportEnumeration="${PROTOCOL}">
${keyDescriptor("signing", key(2))}      <md:AttributeService Binding="${BINDINGS}SOAP" Location="https://${host}:8443/idp/profile/SAML2/SOAP/AttributeQuery"/>
    </md:AttributeAuthorityDescriptor>
`;
}

function serviceProvider(host, i, key) {
  const logouts = ["SOAP", "HTTP-Redirect", "HTTP-POST", "HTTP-Artifact"].map(
    (binding) =>
      `      <md:SingleLogoutService Binding="${BINDINGS}${binding}" Location="https://${host}/Shibboleth.sso/SLO/${binding}"/>\n`,
  );
  const consumers = ["HTTP-POST", "HTTP-POST-SimpleSign", "HTTP-Artifact", "PAOS"].map(
    (binding, k) =>
      `      <md:AssertionConsumerService Binding="${BINDINGS}${binding}" Location="https://${host}/Shibboleth.sso/SAML2/${binding}" index="${k + 1}"/>\n`,
  );
  const wanted = [
    ["eduPersonPrincipalName", 6],
    ["mail", 3],
    ["displayName", 241],
    ["eduPersonScopedAffiliation", 9],
    ["givenName", 42],
    ["sn", 4],
    ["eduPersonUniqueId", 13],
  ].map(
    ([name, arc]) =>
      `        <md:RequestedAttribute FriendlyName="${name}" Name="urn:oid:1.3.6.1.4.1.5923.1.1.1.${arc}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri" isRequired="true"/>\n`,
  );
  return `    <md:SPSSODescriptor protocolSupportEnumeration="${PROTOCOL}" WantAssertionsSigned="true">
      <md:Extensions>
        <init:RequestInitiator xmlns:init="urn:oasis:names:tc:SAML:profiles:SSO:request-init" Binding="urn:oasis:names:tc:SAML:profiles:SSO:request-init" Location="https://${host}/Shibboleth.sso/Login"/>
${uiInfo(host, i)}      </md:Extensions>
${keyDescriptor("signing", key(0))}${keyDescriptor("encryption", key(1))}${logouts.join("")}      <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</md:NameIDFormat>
${consumers.join("")}      <md:AttributeConsumingService index="1">
        <md:ServiceName xml:lang="en">Service ${i}</md:ServiceName>
${wanted.join("")}      </md:AttributeConsumingService>
    </md:SPSSODescriptor>
`;
}

/** One entity, 11 KB. */
function entity(certificates, i) {
  const isIdp = i % 2 === 0;
  const host = `${isIdp ? "idp" : "sp"}${i}.univ-${i % 977}.example.org`;
  const key = (k) => certificates[(i * 3 + k) % CERTIFICATES];
  const contacts = ["technical", "support", "administrative"].map(
    (type) => `    <md:ContactPerson contactType="${type}">
      <md:GivenName>IT ${type}</md:GivenName>
      <md:SurName>Department</md:SurName>
      <md:EmailAddress>mailto:${type}@univ-${i % 977}.example.org</md:EmailAddress>
    </md:ContactPerson>
`,
  );
  return `  <md:EntityDescriptor entityID="https://${host}/shibboleth">
    <md:Extensions>
      <mdrpi:RegistrationInfo registrationAuthority="https://fed${i % 70}.example.org" registrationInstant="2019-05-0${1 + (i % 9)}T10:00:00Z">
        <mdrpi:RegistrationPolicy xml:lang="en">https://fed${i % 70}.example.org/mdrps</mdrpi:RegistrationPolicy>
      </mdrpi:RegistrationInfo>
      <mdattr:EntityAttributes>
        <saml:Attribute Name="http://macedir.org/entity-category${isIdp ? "-support" : ""}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri">
          <saml:AttributeValue>http://refeds.org/category/research-and-scholarship</saml:AttributeValue>
          <saml:AttributeValue>http://www.geant.net/uri/dataprotection-code-of-conduct/v1</saml:AttributeValue>
        </saml:Attribute>
      </mdattr:EntityAttributes>
    </md:Extensions>
${(isIdp ? identityProvider : serviceProvider)(host, i, key)}    <md:Organization>
      <md:OrganizationName xml:lang="en">Example University ${i}</md:OrganizationName>
      <md:OrganizationDisplayName xml:lang="en">Example University ${i}</md:OrganizationDisplayName>
      <md:OrganizationURL xml:lang="en">https://www.univ-${i % 977}.example.org/</md:OrganizationURL>
    </md:Organization>
${contacts.join("")}    <md:ContactPerson contactType="other" remd:contactType="http://refeds.org/metadata/contactType/security">
      <md:GivenName>CSIRT</md:GivenName>
      <md:EmailAddress>mailto:csirt@univ-${i % 977}.example.org</md:EmailAddress>
    </md:ContactPerson>
  </md:EntityDescriptor>
`;
}

function writeAggregate(file, certificates, count, signature) {
  const out = openSync(file, "w");
  writeSync(
    out,
    `<?xml version="1.0" encoding="UTF-8"?>
<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:mdui="urn:oasis:names:tc:SAML:metadata:ui" xmlns:mdrpi="urn:oasis:names:tc:SAML:metadata:rpi" xmlns:mdattr="urn:oasis:names:tc:SAML:metadata:attribute" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:shibmd="urn:mace:shibboleth:metadata:1.0" xmlns:remd="http://refeds.org/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ID="_aggregate" Name="https://aggregate.example.org" validUntil="2035-01-01T00:00:00Z">
${signature}`,
  );
  for (let i = 0; i < count; i++) writeSync(out, entity(certificates, i));
  writeSync(out, "</md:EntitiesDescriptor>\n");
  closeSync(out);
}

function sign(folder, file, root) {
  const signed = file.replace(/\.template$/, ".signed.xml");
  execFileSync(
    "xmlsec1",
    [
      "--sign",
      "--privkey-pem",
      `${join(folder, "key0.pem")},${join(folder, "signer.crt")}`,
      "--id-attr:ID",
      `urn:oasis:names:tc:SAML:2.0:metadata:${root}`,
      "--output",
      `${signed}.tmp`,
      file,
    ],
    { stdio: "ignore" },
  );
  renameSync(`${signed}.tmp`, signed);
}

/** Writes the documents into a folder; `signer.crt` and `key0.pem` are the signer's. */
export function generateMetadata(folder, counts = [100, 1000, 10_000]) {
  mkdirSync(folder, { recursive: true });
  const certificates = makeCertificates(folder);
  for (const [name, make, id] of [
    ["okta", oktaLike, "_okta"],
    ["entra", entraLike, "_entra"],
  ]) {
    writeFileSync(join(folder, `${name}.xml`), make(certificates, ""));
    const template = join(folder, `${name}.template`);
    writeFileSync(template, make(certificates, signatureTemplate(id)));
    sign(folder, template, "EntityDescriptor");
    rmSync(template);
  }
  for (const count of counts) {
    writeAggregate(join(folder, `aggregate${count}.xml`), certificates, count, "");
    const template = join(folder, `aggregate${count}.template`);
    writeAggregate(template, certificates, count, signatureTemplate("_aggregate"));
    sign(folder, template, "EntitiesDescriptor");
    rmSync(template);
  }
  return { signer: readFileSync(join(folder, "signer.crt"), "utf8") };
}
