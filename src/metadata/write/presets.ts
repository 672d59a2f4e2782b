import { encryptionAlgorithms, nameIdFormats } from "../../core/uris.ts";
import type { ServiceProviderPresetName } from "./preset-products.ts";
import type { ServiceProviderOptions } from "./service-provider.ts";

/** The contents of service provider metadata that a product expects. */
export type ServiceProviderPreset = Partial<
  Omit<ServiceProviderOptions, "entityId" | "assertionConsumerServices">
>;

const { aes128Gcm, aes256Gcm, aes256Cbc, rsaOaepMgf1p } = encryptionAlgorithms;
const { emailAddress, persistent, transient, unspecified } = nameIdFormats;

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
