import type { Change, RuleCase } from "./case.ts";

const SAML = "urn:oasis:names:tc:SAML:";
const SAML2 = `${SAML}2.0:protocol`;
const SAML11 = `${SAML}1.1:protocol`;
const B = `${SAML}2.0:bindings:`;
const SOAP1 = `${SAML}1.0:bindings:SOAP-binding`;
const HOK = `${SAML}2.0:profiles:holder-of-key:SSO:browser`;
const SHIBBOLETH = "urn:mace:shibboleth:1.0";
const ADFS = "http://schemas.xmlsoap.org/ws/2003/07/secext";
const REDIRECT = `<md:SingleSignOnService Binding="${B}HTTP-Redirect"`;
const POST = `<md:SingleSignOnService Binding="${B}HTTP-POST"`;
const ACS = `<md:AssertionConsumerService Binding="${B}HTTP-POST" Location="https://sp.example.com/acs"`;
const DISCOVERY = `${SAML}profiles:SSO:idp-discovery-protocol`;
const RESPONSE = `<idpdisc:DiscoveryResponse Binding="${DISCOVERY}" Location="https://sp.example.com/disco2"`;
const INITIATOR = `${SAML}profiles:SSO:request-init`;
const initiator = (binding: string): string =>
  `<init:RequestInitiator xmlns:init="${INITIATOR}" Binding="${binding}" Location="https://sp.example.com/login"/>`;
const SLO = `<md:SingleLogoutService Binding="${B}HTTP-Redirect"`;
const HOK_POST = ` xmlns:hoksso="${HOK}" hoksso:ProtocolBinding="${B}HTTP-POST"`;
const inRole = (text: string): Change => ["<mdui:UIInfo>", `${text}<mdui:UIInfo>`];
const FORMAT =
  "<md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:transient</md:NameIDFormat>";

/** Another attribute authority next to the identity provider. */
const authority = (protocols: string, ...bindings: readonly string[]): Change => [
  /(<md:KeyDescriptor [\s\S]*<\/md:KeyDescriptor>)([\s\S]*<\/md:IDPSSODescriptor>)/,
  (_, key, rest) =>
    `${key}${rest}<md:AttributeAuthorityDescriptor protocolSupportEnumeration="${protocols}">${key}${bindings
      .map(
        (binding) =>
          `<md:AttributeService Binding="${binding}" Location="https://idp.example.com/aa"/>`,
      )
      .join("")}</md:AttributeAuthorityDescriptor>`,
];

const speaks = (...protocols: readonly string[]): Change => [
  `Enumeration="${SAML2}"`,
  `Enumeration="${protocols.join(" ")}"`,
];

/** An identity provider that speaks something, and has one endpoint more. */
const oneMore = (protocols: string, binding: string, more = ""): Change => [
  new RegExp(`Enumeration="${SAML2}"([\\s\\S]*?)(${POST})`),
  (_, rest, post) =>
    `Enumeration="${protocols}"${rest}<md:SingleSignOnService Binding="${binding}" Location="https://idp.example.com/other"${more}/>${post}`,
];

/** Which bindings go with which endpoints and protocols. */
export const endpointCases: readonly RuleCase[] = [
  {
    code: "metadata.binding.not_allowed",
    of: "idp",
    bad: [POST, POST.replace("HTTP-POST", "HTTP-Post")],
    good: [POST, POST.replace("HTTP-POST", "HTTP-Artifact")],
  },
  {
    code: "metadata.binding.not_allowed",
    of: "idp",
    bad: [POST, POST.replace(`${B}HTTP-POST`, "HTTP-POST")],
    good: [POST, POST.replace(`${B}HTTP-POST`, "urn:mace:shibboleth:2.0:profiles:AuthnRequest")],
  },
  {
    code: "metadata.binding.unknown",
    of: "sp",
    bad: [
      ACS.replace("acs", "acs2"),
      ACS.replace(`${B}HTTP-POST`, "https://www.apereo.org/cas/protocol/login").replace(
        "acs",
        "acs2",
      ),
    ],
    good: [ACS, ACS.replace("HTTP-POST", "PAOS")],
  },
  {
    code: "metadata.binding.holder_of_key_protocol",
    of: "idp",
    bad: oneMore(SAML11, HOK, HOK_POST),
    good: oneMore(SAML2, HOK, HOK_POST),
    also: ["metadata.binding.saml2_protocol"],
  },
  {
    code: "metadata.binding.saml1_protocol",
    of: "idp",
    bad: oneMore(SAML2, SOAP1),
    good: oneMore(`${SAML2} ${SAML11}`, `${B}SOAP`),
    also: ["metadata.binding.not_allowed"],
  },
  {
    code: "metadata.binding.saml1_consumer",
    of: "sp",
    bad: speaks(SAML2, SAML11),
    good: [
      new RegExp(`Enumeration="${SAML2}"([\\s\\S]*)${FORMAT}([\\s\\S]*)${ACS}[^>]*>`),
      (text) =>
        text
          .replace(SAML2, `${SAML11}\n${SAML2}`)
          .replace(FORMAT, "")
          .replace(
            /(<md:AssertionC[^>]*>)$/,
            (acs) =>
              acs +
              acs
                .replace(`${B}HTTP-POST`, `${SAML}1.0:profiles:browser-post`)
                .replace('"0" isDefault="true"', '"7"'),
          ),
    ],
    also: ["metadata.name_id.saml1_formats"],
  },
  {
    code: "metadata.binding.saml1_attribute_service",
    of: "idp",
    bad: authority(`${SAML2} ${SAML11}`, `${B}SOAP`),
    good: authority(`${SAML2} ${SAML11}`, `${B}SOAP`, SOAP1),
  },
  {
    code: "metadata.binding.attribute_service",
    of: "idp",
    bad: authority(`${SAML2} ${SAML11}`, SOAP1),
    good: authority(SAML2, `${B}SOAP`),
  },
  {
    code: "metadata.binding.no_redirect",
    of: "idp",
    bad: [REDIRECT, REDIRECT.replace("Redirect", "Artifact")],
    good: [REDIRECT, `${REDIRECT} `],
  },
  {
    code: "metadata.binding.shibboleth_protocol",
    of: "idp",
    bad: oneMore(`${SAML2} ${SAML11}`, `${SHIBBOLETH}:profiles:AuthnRequest`),
    good: oneMore(`${SAML2} ${SAML11} ${SHIBBOLETH}`, `${SHIBBOLETH}:profiles:AuthnRequest`),
  },
  {
    code: "metadata.binding.shibboleth_protocol",
    of: "idp",
    bad: speaks(SAML2, SAML11, SHIBBOLETH),
    good: speaks(SAML2, SAML11, "urn:mace:shibboleth:2.0"),
  },
  {
    code: "metadata.binding.adfs",
    of: "idp",
    bad: oneMore(SAML2, ADFS),
    good: oneMore(`${SAML2} ${ADFS}`, ADFS),
  },
  {
    code: "metadata.binding.adfs",
    of: "sp",
    bad: speaks(SAML2, ADFS),
    good: speaks(SAML2, "http://schemas.xmlsoap.org/ws/2005/02/trust"),
  },
  {
    code: "metadata.holder_of_key.unknown",
    of: "idp",
    bad: oneMore(SAML2, HOK, `${HOK_POST} hoksso:Binding="${B}HTTP-POST"`),
    good: oneMore(
      SAML2,
      HOK,
      HOK_POST.replaceAll("hoksso:", "h:").replace("xmlns:hoksso", "xmlns:h"),
    ),
  },
  {
    code: "metadata.holder_of_key.endpoint",
    of: "idp",
    bad: oneMore(SAML2, HOK, HOK_POST.replace("HTTP-POST", "SOAP")),
    good: oneMore(SAML2, HOK, HOK_POST.replace("HTTP-POST", "HTTP-Redirect")),
  },
  {
    code: "metadata.holder_of_key.endpoint",
    of: "sp",
    bad: [ACS, `${ACS}${HOK_POST}`],
  },
  {
    code: "metadata.endpoint.percent",
    of: "sp",
    bad: [ACS, ACS.replace("acs", "acs%20")],
    good: [ACS, ACS.replace("acs", "acs?a=b&amp;c=d")],
    profile: "ukf",
  },
  {
    code: "metadata.endpoint.default_port",
    of: "sp",
    bad: [ACS, ACS.replace("example.com", "example.com:443")],
    good: [ACS, ACS.replace("example.com", "example.com:4430")],
    profile: "ukf",
  },
  {
    code: "metadata.endpoint.url",
    of: "sp",
    bad: [ACS, `${ACS} ResponseLocation="/acs"`],
    good: [ACS, `${ACS} ResponseLocation="https://sp.example.com/response"`],
  },
  {
    code: "metadata.endpoint.artifact_resolution",
    of: "sp",
    bad: [SLO, SLO.replace("Redirect", "Artifact")],
    good: [
      SLO,
      `<md:ArtifactResolutionService Binding="${B}SOAP" Location="https://sp.example.com/a" index="0"/>${SLO.replace("Redirect", "Artifact")}`,
    ],
  },
  {
    code: "metadata.discovery.response_binding",
    of: "sp",
    bad: inRole(`${RESPONSE} index="2"/>`.replace("-protocol", "")),
    good: inRole(`${RESPONSE} index="2"/>`),
  },
  {
    code: "metadata.discovery.response_index",
    of: "sp",
    bad: inRole(`${RESPONSE} index="01"/>`),
    good: inRole(`${RESPONSE} index="10"/>`),
  },
  {
    code: "metadata.discovery.initiator_binding",
    of: "sp",
    bad: inRole(initiator(DISCOVERY)),
    good: inRole(initiator(INITIATOR)),
  },
  {
    code: "metadata.name_id.formats",
    of: "idp",
    // To have one of its own for each service is not enough for others.
    bad: [FORMAT, FORMAT.replace("transient", "persistent")],
    good: [FORMAT, FORMAT + FORMAT.replace("transient", "persistent")],
    profile: "saml2int",
  },
  ...[
    "urn:oasis:names:tc:SAML:2.0:nameid-format:emailAddress",
    "urn:oasis:names:tc:SAML:1.1:nameid-format:transient",
    "urn:oasis:names:tc:SAML:1.1:nameid-format:emailaddress",
    "urn:oasis:names:tc:SAML:2.0:nameid-format:unspecified",
    "urn:oasis:names:tc:SAML:2.0:nameid-format:email",
    "nameid-format:transient",
  ].map(
    (format): RuleCase => ({
      code: "metadata.name_id.unknown",
      of: "sp",
      bad: [FORMAT, `${FORMAT}<md:NameIDFormat>${format}</md:NameIDFormat>`],
      good: [FORMAT, `${FORMAT}<md:NameIDFormat>urn:example:format</md:NameIDFormat>`],
    }),
  ),
  ...["emailAddress", "transient", "urn:a:b urn:a:c", "//example.com/format"].map(
    (format): RuleCase => ({
      code: "metadata.name_id.not_uri",
      of: "sp",
      bad: [FORMAT, `${FORMAT}<md:NameIDFormat>${format}</md:NameIDFormat>`],
      good: [FORMAT, `${FORMAT}<md:NameIDFormat>https://example.com/format</md:NameIDFormat>`],
    }),
  ),
  {
    code: "metadata.name_id.saml1_formats",
    of: "sp",
    bad: speaks(SAML2, SAML11),
    good: [
      new RegExp(`Enumeration="${SAML2}"([\\s\\S]*)${FORMAT}`),
      (_, rest) =>
        `Enumeration="${SAML2} ${SAML11}"${rest}${FORMAT}<md:NameIDFormat>urn:mace:shibboleth:1.0:nameIdentifier</md:NameIDFormat>`,
    ],
    also: ["metadata.binding.saml1_consumer"],
    goodAlso: ["metadata.binding.saml1_consumer"],
  },
];
