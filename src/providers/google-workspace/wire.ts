// The schemas of the Cloud Identity API, Discovery document of revision 20260923.

/** IdpCredential: Google shows nothing of the certificate but the size of its key. */
export const credentialWire = {
  name: { kind: "text", certain: true },
  updateTime: { kind: "text" },
  rsaKeyInfo: { kind: "object", fields: { keySize: { kind: "number" } } },
} as const;

/** ListIdpCredentialsResponse: one page. */
export const credentialsWire: {
  readonly idpCredentials: { readonly kind: "objects"; readonly fields: typeof credentialWire };
  readonly nextPageToken: { readonly kind: "text" };
} = {
  idpCredentials: { kind: "objects", fields: credentialWire },
  nextPageToken: { kind: "text" },
};

/** Operation. The API has no method that reads it again. */
export const operationWire = {
  name: { kind: "text" },
  done: { kind: "flag" },
  response: { kind: "object", fields: { name: { kind: "text" } } },
  error: { kind: "object", fields: { code: { kind: "number" }, message: { kind: "text" } } },
  metadata: { kind: "object", fields: { state: { kind: "text" } } },
} as const;

/** AddIdpCredentialRequest. */
export const addWire = { pemData: { kind: "text", required: true } } as const;
