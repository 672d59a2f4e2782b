import { presetProducts, type ServiceProviderPresetName } from "../../../src/metadata/index.ts";
import { make } from "../parts/dom.ts";

/** The choices of "My identity provider is". SendGrid is a service provider. */
export type IdentityProvider = Exclude<ServiceProviderPresetName, "sendgrid">;

/** The way to the form of each console, and the names of the fields there. */
const STEPS: Readonly<Record<IdentityProvider, readonly string[]>> = {
  entra: [
    "Open Enterprise applications, your application, Single sign-on, SAML.",
    "Choose Upload metadata file, and give it the file.",
    "Check the Identifier (Entity ID) and the Reply URL, then save.",
  ],
  okta: [
    "Open Applications, Create App Integration, SAML 2.0.",
    "Enter the ACS URL as Single sign-on URL, and the entity ID as Audience URI (SP Entity ID).",
    "Assign people to the application.",
  ],
  google: [
    "Open Apps, Web and mobile apps, Add app, Add custom SAML app.",
    "Enter the ACS URL and the Entity ID.",
    "Turn the app on for the people who may use it.",
  ],
  adfs: [
    "Open Relying Party Trusts, Add Relying Party Trust, Claims aware.",
    "Choose Import data about the relying party from a file.",
    "Add a claim rule that sends the address as Name ID.",
  ],
  onelogin: [
    "Open Applications, Add App, SAML Custom Connector (Advanced), Configuration.",
    "Enter the entity ID as Audience (EntityID), and the ACS URL as ACS (Consumer) URL.",
    "Enter a pattern that matches the ACS URL as ACS (Consumer) URL Validator.",
  ],
  ping: [
    "Open Applications, add one, SAML Application.",
    "Choose Import Metadata, and give it the file.",
    "Turn the application on.",
  ],
  jumpcloud: [
    "Open SSO Applications, Add New Application, Custom Application, and choose SAML.",
    "Choose Upload Metadata, and give it the file.",
    "Give the application to a user group.",
  ],
  duo: [
    "Open Applications, Generic SAML Service Provider.",
    "Choose the metadata file under Metadata Discovery, and give it the file.",
    "Check the Entity ID and the ACS URL, then save.",
  ],
  auth0: [
    "Open Applications, your application, Addons, SAML2 Web App.",
    "Enter the ACS URL as Application Callback URL.",
    'Enter the entity ID as "audience" in the settings.',
  ],
  keycloak: [
    "Open Clients, Import client.",
    "Choose Browse, and give it the file.",
    "Save, then add mappers for the attributes that the service needs.",
  ],
};

export const IDENTITY_PROVIDERS: readonly (readonly [IdentityProvider, string])[] = (
  Object.keys(STEPS) as IdentityProvider[]
).map((id) => [id, presetProducts[id].name] as const);

/** The identity provider of a choice; undefined for another one. */
export function identityProviderOf(value: string): IdentityProvider | undefined {
  return IDENTITY_PROVIDERS.find(([id]) => id === value)?.[0];
}

/** The steps in the console of an identity provider, with the page that they come from. */
export function stepsOf(id: IdentityProvider): HTMLElement {
  const { name, takes, source } = presetProducts[id];
  const about =
    takes === "file"
      ? `${name} imports the file.`
      : `${name} asks for the two values; keep the file as a record.`;
  return make(
    "div",
    { class: "steps" },
    make("p", {}, make("strong", {}, about)),
    make("ol", {}, ...STEPS[id].map((step) => make("li", {}, step))),
    make(
      "p",
      { class: "help" },
      make(
        "a",
        { href: source, target: "_blank", rel: "noopener noreferrer" },
        `The documentation of ${name}`,
      ),
    ),
  );
}
