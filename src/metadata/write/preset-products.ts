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
