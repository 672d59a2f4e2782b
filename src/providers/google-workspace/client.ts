import { type OptionKinds, TEXT } from "../../core/options.ts";
import { providerError } from "../error.ts";
import type { WithRaw } from "../http/decode.ts";
import type { CallOptions } from "../http/operation.ts";
import type { Decoded } from "../http/wire.ts";
import { type Caller, createCaller, KEY_KINDS, type KeyOptions } from "../kit/client.ts";
import { identity, operations } from "./operations.ts";
import { credentialsWire, type credentialWire, operationWire } from "./wire.ts";

export interface GoogleWorkspaceOptions extends KeyOptions {
  /** An OAuth access token with the scope `cloud-identity.inboundsso`; it lasts about an hour. */
  readonly accessToken: string;
  /** The project that user credentials are billed to, sent as `x-goog-user-project`. */
  readonly quotaProject?: string | undefined;
}

const KINDS: OptionKinds<GoogleWorkspaceOptions> = {
  ...KEY_KINDS,
  accessToken: TEXT,
  quotaProject: TEXT,
};

/** A credential of an SSO profile: Google shows its name, its key size and when it changed. */
export type GoogleCredential = Decoded<typeof credentialWire>;

/** The result of an addition or a deletion. */
export interface GoogleOperation extends Decoded<typeof operationWire>, WithRaw {}

export interface GoogleWorkspaceClient extends Pick<Caller, "origin" | "timing"> {
  readonly credentials: {
    /** Every credential of a profile, all pages. */
    list(profile: string, options?: CallOptions): Promise<readonly GoogleCredential[]>;
    /** Without `done`, somebody must approve it. The API has no request that asks for its state. */
    add(profile: string, pemData: string, options?: CallOptions): Promise<GoogleOperation>;
    delete(profile: string, credential: string, options?: CallOptions): Promise<GoogleOperation>;
  };
}

/**
 * A client of Google's Cloud Identity API for the credentials of inbound SAML SSO profiles. Throws
 * `ProviderError`.
 *
 * @example
 * ```ts
 * import { createGoogleWorkspaceClient } from "samlcert/providers/google-workspace";
 *
 * const client = createGoogleWorkspaceClient({ accessToken: process.env["GOOGLE_TOKEN"] ?? "" });
 * for (const { name, updateTime } of await client.credentials.list("01abc")) {
 *   console.log(name, updateTime);
 * }
 * ```
 */
export function createGoogleWorkspaceClient(
  options: GoogleWorkspaceOptions,
): GoogleWorkspaceClient {
  const { accessToken, quotaProject } = Object(options) as GoogleWorkspaceOptions;
  const caller = createCaller(options, KINDS, "createGoogleWorkspaceClient", {
    identity,
    baseUrl: "https://cloudidentity.googleapis.com",
    secrets: { "access token": accessToken },
    headers: (secrets) => ({
      authorization: `Bearer ${secrets["access token"]}`,
      ...(quotaProject !== undefined && { "x-goog-user-project": quotaProject }),
    }),
  });
  const { origin, timing } = caller;

  /** An operation that is done and failed was answered with 200. */
  function succeeded(operation: GoogleOperation, task: string): GoogleOperation {
    const { error } = operation;
    if (error === undefined) return operation;
    const { code: status = 0, message: reason = "no reason given" } = error;
    const facts = { provider: identity.name, outcome: "not_applied" } as const;
    const values = { provider: identity.title, task, status, reason };
    throw providerError("provider.rejected", values, facts);
  }

  return {
    origin,
    timing,
    credentials: {
      async list(profile, call) {
        const all: GoogleCredential[] = [];
        let pageToken: string | undefined;
        do {
          const input = { parameters: { profile }, query: { pageSize: 100, pageToken } };
          const page = await caller.object(
            credentialsWire,
            operations.listCredentials,
            input,
            call,
          );
          all.push(...(page.idpCredentials ?? []));
          pageToken = page.nextPageToken === "" ? undefined : page.nextPageToken;
        } while (pageToken !== undefined);
        return all;
      },
      async add(profile, pemData, call) {
        const operation = operations.addCredential;
        const input = { parameters: { profile }, body: { pemData } };
        return succeeded(
          await caller.object(operationWire, operation, input, call),
          operation.task,
        );
      },
      async delete(profile, credential, call) {
        const operation = operations.deleteCredential;
        const input = { parameters: { profile, credential } };
        return succeeded(
          await caller.object(operationWire, operation, input, call),
          operation.task,
        );
      },
    },
  };
}
