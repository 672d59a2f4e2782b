import type { RuleCase } from "./case.ts";

const URL_EN = '<md:OrganizationURL xml:lang="en">https://example.com/</md:OrganizationURL>';
const GEO = "geo:51.5,-0.1";
const DISCOVERY =
  '<idpdisc:DiscoveryResponse Binding="urn:oasis:names:tc:SAML:profiles:SSO:idp-discovery-protocol" Location="https://sp.example.com/disco" index="1"/>';

/** People, and what people are shown. */
export const extensionCases: readonly RuleCase[] = [
  {
    code: "metadata.language.empty",
    of: "sp",
    bad: ['OrganizationName xml:lang="en"', 'OrganizationName xml:lang=""'],
    good: ['OrganizationName xml:lang="en"', 'OrganizationName xml:lang="zh-Hant-TW"'],
  },
  {
    code: "metadata.language.repeated",
    of: "sp",
    bad: [URL_EN, `${URL_EN}${URL_EN.replace('"en"', '"EN"')}`],
    good: [URL_EN, `${URL_EN}${URL_EN.replace('"en"', '"en-GB"')}`],
  },
  {
    code: "metadata.text.empty",
    of: "sp",
    bad: [">Example</md:OrganizationName>", "> </md:OrganizationName>"],
    good: [">Example</md:OrganizationName>", "><![CDATA[0]]></md:OrganizationName>"],
  },
  {
    code: "metadata.text.empty",
    of: "idp",
    bad: ["<mdui:IPHint>192.0.2.0/24</mdui:IPHint>", "<mdui:IPHint> </mdui:IPHint>"],
    good: [
      "<mdui:IPHint>192.0.2.0/24</mdui:IPHint>",
      "<mdui:IPHint>\n2001:db8::/32 </mdui:IPHint>",
    ],
  },
  {
    code: "metadata.text.empty",
    of: "idp",
    bad: ["</mdui:DiscoHints>", "<mdui:DomainHint/></mdui:DiscoHints>"],
    good: [
      "</mdui:DiscoHints>",
      "<mdui:DomainHint>example.com</mdui:DomainHint></mdui:DiscoHints>",
    ],
  },
  {
    code: "metadata.text.empty",
    of: "idp",
    bad: [GEO, " "],
    good: [GEO, ` ${GEO} `],
  },
  {
    code: "metadata.text.carriage_return",
    of: "sp",
    bad: [">Example</md:OrganizationName>", ">Example&#13;</md:OrganizationName>"],
    good: [">Example</md:OrganizationName>", ">Example\r\n</md:OrganizationName>"],
  },
  {
    code: "metadata.text.carriage_return",
    of: "sp",
    bad: ["<md:EntityDescriptor ", '<md:EntityDescriptor xmlns:x="urn:x" x:y="&#xD;" '],
    good: ["<md:EntityDescriptor ", '<md:EntityDescriptor xmlns:x="urn:x" x:y="\r\n" '],
  },
  {
    code: "metadata.text.unnamed",
    of: "sp",
    bad: ['registrationAuthority="https://example.org"', 'registrationAuthority=" "'],
    good: ['registrationAuthority="https://example.org"', 'registrationAuthority="0"'],
  },
  {
    code: "metadata.organization.line_break",
    of: "sp",
    bad: [">Example</md:OrganizationDisplayName>", ">Ex\nample</md:OrganizationDisplayName>"],
    good: [">Example</md:OrganizationDisplayName>", ">Ex ample</md:OrganizationDisplayName>"],
  },
  {
    code: "metadata.organization.url",
    of: "sp",
    bad: [URL_EN, URL_EN.replace("https://example.com/", "www.example.com")],
    good: [URL_EN, URL_EN.replace("https://example.com/", " http://example.com ")],
  },
  {
    code: "metadata.contact.email",
    of: "sp",
    bad: ["mailto:sso@example.com", "sso@example.com"],
    good: ["mailto:sso@example.com", "MAILTO:sso+saml@example.com"],
  },
  {
    code: "metadata.contact.no_technical",
    of: "sp",
    bad: ['contactType="technical"', 'contactType="billing"'],
    good: ['contactType="technical"', 'contactType="support"'],
  },
  {
    code: "metadata.contact.security",
    of: "sp",
    bad: ['contactType="other"', 'contactType="technical"'],
  },
  {
    code: "metadata.ui.misplaced",
    of: "sp",
    bad: [
      "</mdrpi:RegistrationInfo>",
      '</mdrpi:RegistrationInfo><mdui:UIInfo><mdui:DisplayName xml:lang="en">x</mdui:DisplayName></mdui:UIInfo>',
    ],
    good: ["<mdui:UIInfo>", "<!-- --><mdui:UIInfo>"],
  },
  {
    code: "metadata.ui.repeated",
    of: "sp",
    bad: [
      "</mdui:UIInfo>",
      '</mdui:UIInfo><mdui:UIInfo><mdui:DisplayName xml:lang="en">x</mdui:DisplayName></mdui:UIInfo>',
    ],
    good: ["</mdui:UIInfo>", '<mdui:DisplayName xml:lang="de">x</mdui:DisplayName></mdui:UIInfo>'],
  },
  {
    code: "metadata.ui.unknown",
    of: "sp",
    bad: ["</mdui:UIInfo>", '<mdui:Displayname xml:lang="de">x</mdui:Displayname></mdui:UIInfo>'],
    good: [
      "</mdui:UIInfo>",
      '<x:DisplayName xmlns:x="urn:x" xml:lang="de">x</x:DisplayName></mdui:UIInfo>',
    ],
    also: ["metadata.schema.content"],
    goodAlso: ["metadata.extension.unknown_namespace"],
  },
  {
    code: "metadata.ui.url",
    of: "sp",
    bad: [">https://example.com/privacy<", ">/privacy<"],
    good: [">https://example.com/privacy<", ">\nhttps://example.com/privacy\n<"],
  },
  {
    code: "metadata.ui.logo",
    of: "sp",
    bad: [">https://example.com/logo.png<", ">http://example.com/logo.png<"],
    good: [">https://example.com/logo.png<", ">data:image/png;base64,AAAA<"],
  },
  {
    code: "metadata.ui.logo_url",
    of: "sp",
    bad: [">https://example.com/logo.png<", ">https://example.com/logö.png<"],
    good: [">https://example.com/logo.png<", ">https://example.com/log%C3%B6.png<"],
  },
  {
    code: "metadata.ui.logo_url",
    of: "sp",
    bad: [">https://example.com/logo.png<", ">/logo.png<"],
    good: [">https://example.com/logo.png<", ">data:image/png;base64,AAAA<"],
  },
  {
    code: "metadata.ui.geolocation",
    of: "idp",
    bad: [GEO, "geo:51.5, -0.1"],
    good: [GEO, "geo:51.5,-0.1,30;crs=wgs84;u=40"],
  },
  {
    code: "metadata.ui.ip_hint",
    of: "idp",
    bad: ["192.0.2.0/24", "192.0.2.0/33"],
    good: ["192.0.2.0/24", "2001:db8::/128"],
  },
  {
    code: "metadata.ui.ip_hint",
    of: "idp",
    bad: ["192.0.2.0/24", "192.0.2.1/24"],
    good: ["192.0.2.0/24", "192.0.2.1/32"],
  },
  {
    code: "metadata.ui.ip_hint",
    of: "idp",
    bad: ["192.0.2.0/24", "2001:db8::1/64"],
    good: ["192.0.2.0/24", "2001:db8:0:1::/64"],
  },
  {
    code: "metadata.ui.ip_hint",
    of: "idp",
    bad: ["192.0.2.0/24", "2001:db8:::/64"],
    good: ["192.0.2.0/24", "::ffff:192.0.2.0/120"],
  },
  {
    code: "metadata.ui.logo_long",
    of: "sp",
    bad: [">https://example.com/logo.png<", `>data:image/png;base64,${"A".repeat(40_000)}<`],
    good: [">https://example.com/logo.png<", `>data:image/png;base64,${"A".repeat(39_900)}<`],
  },
  {
    code: "metadata.ui.no_display_name",
    of: "sp",
    bad: ['<mdui:DisplayName xml:lang="en">Example</mdui:DisplayName>', ""],
    good: ['xml:lang="en">Example</mdui:DisplayName>', 'xml:lang="de">Beispiel</mdui:DisplayName>'],
  },
  {
    code: "metadata.ui.incomplete",
    of: "sp",
    bad: [
      '<mdui:PrivacyStatementURL xml:lang="en">https://example.com/privacy</mdui:PrivacyStatementURL>',
      "",
    ],
    profile: "saml2int",
    good: [
      "<mdui:UIInfo>",
      '<mdui:UIInfo><mdui:DisplayName xml:lang="de">Beispiel</mdui:DisplayName>',
    ],
  },
  {
    code: "metadata.scope.white_space",
    of: "idp",
    bad: [">example.com</shibmd:Scope>", ">example.com\n</shibmd:Scope>"],
    good: [">example.com</shibmd:Scope>", ">www.example.com</shibmd:Scope>"],
  },
  {
    code: "metadata.scope.no_regexp",
    of: "idp",
    bad: [' regexp="false"', ""],
    good: [' regexp="false"', ' regexp="0"'],
  },
  {
    code: "metadata.scope.wide",
    of: "idp",
    bad: [">example.com</shibmd:Scope>", ">ac.uk</shibmd:Scope>"],
    good: [">example.com</shibmd:Scope>", ">example.ac.uk</shibmd:Scope>"],
  },
  {
    code: "metadata.scope.wide",
    of: "idp",
    bad: [">example.com</shibmd:Scope>", ">com</shibmd:Scope>"],
    // The armed forces of Norway: the domain of a ministry that nobody else registers under.
    good: [">example.com</shibmd:Scope>", ">mil.no</shibmd:Scope>"],
  },
  {
    code: "metadata.scope.expression",
    of: "idp",
    bad: ['"false">example.com</shibmd:Scope>', '"true">.+\\.example\\.com</shibmd:Scope>'],
    good: ['"false">example.com</shibmd:Scope>', '"true">^.+\\.example\\.com$</shibmd:Scope>'],
  },
  {
    code: "metadata.scope.expression",
    of: "idp",
    bad: ['"false">example.com</shibmd:Scope>', '"true">^.+\\.ac\\.uk$</shibmd:Scope>'],
    good: ['"false">example.com</shibmd:Scope>', '"true">^.+\\.x\\.ac\\.uk$</shibmd:Scope>'],
  },
  {
    code: "metadata.scope.not_domain",
    of: "idp",
    bad: ['"false">example.com</shibmd:Scope>', '"true">^[a-z]+\\.[a-z]+\\.org$</shibmd:Scope>'],
    good: [
      '"false">example.com</shibmd:Scope>',
      '"true">^([a-zA-Z0-9-]{1,63}\\.){0,2}vho\\.example\\.org$</shibmd:Scope>',
    ],
  },
  {
    code: "metadata.scope.not_domain",
    of: "idp",
    // A dot that is not escaped is any character.
    bad: ['"false">example.com</shibmd:Scope>', '"true">^example.org$</shibmd:Scope>'],
    good: ['"false">example.com</shibmd:Scope>', '"1">.*\\.example\\.org$</shibmd:Scope>'],
  },
  {
    code: "metadata.scope.not_domain",
    of: "idp",
    bad: [">example.com</shibmd:Scope>", ">@example.com</shibmd:Scope>"],
    good: [">example.com</shibmd:Scope>", ">xn--bcher-kva.example_x.com</shibmd:Scope>"],
  },
  {
    code: "metadata.scope.not_domain",
    of: "idp",
    bad: [">example.com</shibmd:Scope>", ">192.0.2.1</shibmd:Scope>"],
    good: [">example.com</shibmd:Scope>", ">bücher.Example.COM</shibmd:Scope>"],
  },
  {
    code: "metadata.scope.not_domain",
    of: "idp",
    bad: [">example.com</shibmd:Scope>", ">university.local</shibmd:Scope>"],
    good: [">example.com</shibmd:Scope>", ">local.university.eu</shibmd:Scope>"],
  },
  {
    code: "metadata.discovery.misplaced",
    of: "sp",
    bad: [
      "</mdrpi:RegistrationInfo>",
      `</mdrpi:RegistrationInfo>${DISCOVERY.replace('index="1"', 'index="2"')}`,
    ],
    good: [DISCOVERY, DISCOVERY + DISCOVERY.replace('index="1"', 'index="2"')],
  },
];
