import { encryptionAlgorithms, nameIdFormats } from "../../core/uris.ts";
import type { ServiceProviderOptions } from "./service-provider.ts";

/** The contents of service provider metadata that a product expects. */
export type ServiceProviderPreset = Partial<
  Omit<ServiceProviderOptions, "entityId" | "assertionConsumerServices">
>;

const { aes128Gcm, aes256Gcm, aes256Cbc, rsaOaepMgf1p } = encryptionAlgorithms;
const { emailAddress, persistent, transient, unspecified } = nameIdFormats;

/** The names of the presets. */
export type ServiceProviderPresetName =
  | "entra"
  | "okta"
  | "google"
  | "adfs"
  | "onelogin"
  | "ping"
  | "jumpcloud"
  | "duo"
  | "auth0"
  | "keycloak"
  | "sendgrid";

/** The product behind a preset. */
export interface PresetProduct {
  /** The name that the product goes by. */
  readonly name: string;
  /** `file`: it imports metadata. `values`: people type the entity ID and the ACS URL. */
  readonly takes: "file" | "values";
  /** The page that says so. */
  readonly source: string;
}

/**
 * The products behind `serviceProviderPresets`, by the name of the preset.
 *
 * @example
 * ```ts
 * import { presetProducts } from "samlcert/metadata";
 *
 * const { name, takes } = presetProducts.entra;
 * console.log(`${name} ${takes === "file" ? "imports the file" : "asks for the values"}.`);
 * ```
 */
export const presetProducts: Readonly<Record<ServiceProviderPresetName, PresetProduct>> = {
  entra: {
    name: "Microsoft Entra ID",
    takes: "file",
    source:
      "https://learn.microsoft.com/en-us/entra/identity/enterprise-apps/add-application-portal-setup-sso",
  },
  okta: {
    name: "Okta",
    takes: "values",
    source: "https://help.okta.com/en-us/Content/Topics/Apps/Apps_App_Integration_Wizard_SAML.htm",
  },
  google: {
    name: "Google Workspace",
    takes: "values",
    source: "https://support.google.com/a/answer/6087519",
  },
  adfs: {
    name: "AD FS",
    takes: "file",
    source:
      "https://learn.microsoft.com/en-us/windows-server/identity/ad-fs/operations/create-a-relying-party-trust",
  },
  onelogin: {
    name: "OneLogin",
    takes: "values",
    source: "https://support.workstars.com/hc/en-gb/articles/8166534041873",
  },
  ping: {
    name: "PingOne",
    takes: "file",
    source: "https://docs.pingidentity.com/r/en-us/pingone/pingone_p1tutorial_add_a_saml_app",
  },
  jumpcloud: {
    name: "JumpCloud",
    takes: "file",
    source: "https://jumpcloud.com/support/sso-application-connector-fields",
  },
  duo: { name: "Duo Single Sign-On", takes: "file", source: "https://duo.com/docs/sso-generic" },
  auth0: {
    name: "Auth0",
    takes: "values",
    source:
      "https://auth0.com/docs/authenticate/protocols/saml/saml-configuration/customize-saml-assertions",
  },
  keycloak: {
    name: "Keycloak",
    takes: "file",
    source: "https://www.keycloak.org/docs/latest/server_admin/#_client-saml-configuration",
  },
  sendgrid: {
    name: "SendGrid",
    takes: "values",
    source: "https://www.twilio.com/docs/sendgrid/ui/account-and-settings/sso",
  },
};

/**
 * Options for `buildServiceProviderMetadata`, by the product on the other side. Spread one first; what
 * you set yourself counts.
 *
 * @example
 * ```ts
 * import { buildServiceProviderMetadata, serviceProviderPresets } from "samlcert/metadata";
 *
 * const xml: string = buildServiceProviderMetadata({
 *   ...serviceProviderPresets.entra,
 *   entityId: "https://sp.example.com/saml",
 *   assertionConsumerServices: ["https://sp.example.com/saml/acs"],
 * });
 * console.log(xml);
 * ```
 */
export const serviceProviderPresets: Readonly<
  Record<ServiceProviderPresetName, ServiceProviderPreset>
> = {
  // Okta signs assertions and responses by default, and encrypts with AES-256-CBC or AES-256-GCM.
  okta: {
    wantAssertionsSigned: true,
    nameIdFormats: [emailAddress, unspecified],
    encryptionMethods: [aes256Gcm, aes256Cbc, rsaOaepMgf1p],
  },
  // Entra encrypts tokens with AES-256-CBC alone, and takes the first format that it can serve. GCM is
  // listed first, as in the metadata of node-saml, so that the list does not say "CBC only".
  entra: {
    wantAssertionsSigned: true,
    nameIdFormats: [emailAddress, persistent, unspecified],
    encryptionMethods: [aes256Gcm, aes256Cbc, rsaOaepMgf1p],
  },
  // AD FS knows no AES-GCM and uses CBC; it signs the assertion.
  adfs: {
    wantAssertionsSigned: true,
    nameIdFormats: [emailAddress, persistent, transient],
    encryptionMethods: [aes256Gcm, aes256Cbc, rsaOaepMgf1p],
  },
  // Google does not encrypt, and names people by their address.
  google: {
    nameIdFormats: [emailAddress, unspecified],
    encryptionMethods: [],
  },
  // OneLogin offers "Email" and "Unspecified" among others; its setting says what it signs.
  onelogin: {
    nameIdFormats: [emailAddress, unspecified],
  },
  // PingOne signs assertions, responses or both. It encrypts with AES-128 or AES-256, in a mode that
  // its pages do not name.
  ping: {
    nameIdFormats: [emailAddress, unspecified],
  },
  // JumpCloud signs the assertion or the response: a setting of its own says which.
  jumpcloud: {
    nameIdFormats: [emailAddress, unspecified],
  },
  // Duo has "Sign assertion" and "Sign response", and names people by their address.
  duo: {
    wantAssertionsSigned: true,
    nameIdFormats: [emailAddress, unspecified],
  },
  // Auth0 signs the assertion by default.
  auth0: {
    wantAssertionsSigned: true,
    nameIdFormats: [emailAddress, unspecified],
  },
  // Keycloak imports the first format and both flags as the client's settings.
  keycloak: {
    wantAssertionsSigned: true,
    nameIdFormats: [persistent, emailAddress],
    encryptionMethods: [aes128Gcm, aes256Gcm, rsaOaepMgf1p],
  },
  // SendGrid asks for "unspecified", and takes the address if it has no other name.
  sendgrid: {
    nameIdFormats: [unspecified, emailAddress],
    encryptionMethods: [],
  },
};
