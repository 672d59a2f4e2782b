import { validateCertificate } from "../../certificates/index.ts";
import { BOOLEAN, checkOptions } from "../../core/options.ts";
import { operations } from "../../providers/google-workspace/operations.ts";
import { bearerOf } from "../bearer.ts";
import type { FakeRequest } from "../faults.ts";
import type { Reply } from "../reply.ts";
import {
  FAKE_SERVER_OPTIONS,
  type FakeServer,
  type FakeServerOptions,
  startServer,
} from "../server.ts";

/** A credential of the fake. Google itself does not show the certificate. */
export interface FakeGoogleCredential {
  readonly id: string;
  readonly pem: string;
  /** Not in force, and not listed, until it is approved. */
  readonly pending: boolean;
}

export interface FakeGoogleWorkspaceState {
  /** By the id of the profile. */
  readonly profiles: Map<string, readonly FakeGoogleCredential[]>;
}

export interface FakeGoogleWorkspaceOptions extends FakeServerOptions<FakeGoogleWorkspaceState> {
  /** True if a second administrator must approve an addition. Default: false. */
  readonly needsApproval?: boolean | undefined;
}

export interface FakeGoogleWorkspace extends FakeServer<FakeGoogleWorkspaceState> {
  /** Stores a profile without a request. */
  addProfile(pems?: readonly string[]): string;
  /** Approves every addition that waits. */
  approve(): void;
}

function refused(code: number, status: string, message: string): Reply {
  return { status: code, json: { error: { code, message, status } } };
}

/** The most credentials of a profile (Discovery document, AddIdpCredentialRequest). */
const MOST = 2;

/**
 * A fake of Google's Cloud Identity API for the credentials of inbound SAML SSO profiles, as a real HTTP
 * server on this machine. Made from the Discovery document.
 *
 * @example
 * ```ts
 * import { startFakeGoogleWorkspace } from "samlcert/testing";
 *
 * const fake = await startFakeGoogleWorkspace({ needsApproval: true });
 * const profile = fake.addProfile();
 * console.log(fake.url, fake.state.profiles.get(profile));
 * await fake.close();
 * ```
 */
export async function startFakeGoogleWorkspace(
  options: FakeGoogleWorkspaceOptions = {},
): Promise<FakeGoogleWorkspace> {
  if (options === null) return await startFakeGoogleWorkspace();
  const kinds = { ...FAKE_SERVER_OPTIONS, needsApproval: BOOLEAN };
  checkOptions<FakeGoogleWorkspaceOptions>(options, kinds, "startFakeGoogleWorkspace");
  const { needsApproval = false } = options;
  const state: FakeGoogleWorkspaceState = { profiles: new Map() };
  let ids = 0;

  const nameOf = (profile: string, id: string) =>
    `inboundSamlSsoProfiles/${profile}/idpCredentials/${id}`;

  function shown(profile: string, { id, pem }: FakeGoogleCredential) {
    const keySize = validateCertificate(pem).certificate?.publicKey.bits ?? 2048;
    const updateTime = "2026-11-30T00:00:00Z";
    return { name: nameOf(profile, id), updateTime, rsaKeyInfo: { keySize } };
  }

  function add(profile: string, all: readonly FakeGoogleCredential[], body: unknown): Reply {
    const { pemData = "" } = Object(body) as { readonly pemData?: string };
    if (validateCertificate(pemData).certificate === undefined) {
      return refused(400, "INVALID_ARGUMENT", "pemData is not a certificate");
    }
    if (all.length >= MOST) {
      return refused(400, "FAILED_PRECONDITION", "the profile has two credentials");
    }
    const added = { id: `c${++ids}`, pem: pemData, pending: needsApproval };
    state.profiles.set(profile, [...all, added]);
    const name = `operations/${ids}`;
    if (needsApproval) {
      const metadata = { state: "awaiting-multi-party-approval" };
      return { status: 200, json: { name, done: false, metadata } };
    }
    return { status: 200, json: { name, done: true, response: shown(profile, added) } };
  }

  function handle(request: FakeRequest, authorization: string | undefined): Reply {
    if (bearerOf(authorization) === "") return refused(401, "UNAUTHENTICATED", "no token");
    const { operation, parameters, body } = request;
    const { profile = "", credential } = parameters;
    const all = state.profiles.get(profile);
    if (all === undefined) return refused(404, "NOT_FOUND", "the profile does not exist");
    if (operation === operations.addCredential.id) return add(profile, all, body);
    if (operation === operations.listCredentials.id) {
      const idpCredentials = all
        .filter(({ pending }) => !pending)
        .map((one) => shown(profile, one));
      return { status: 200, json: idpCredentials.length === 0 ? {} : { idpCredentials } };
    }
    const left = all.filter(({ id }) => id !== credential);
    if (left.length === all.length) return refused(404, "NOT_FOUND", "no such credential");
    state.profiles.set(profile, left);
    return { status: 200, json: { name: "operations/delete", done: true, response: {} } };
  }

  const provider = { state, operations: Object.values(operations), handle };
  const server = await startServer(provider, options);
  return {
    ...server,
    addProfile(pems = []) {
      const profile = `profile${state.profiles.size + 1}`;
      const stored = pems.map((pem) => ({ id: `c${++ids}`, pem, pending: false }));
      state.profiles.set(profile, stored);
      return profile;
    },
    approve() {
      for (const [profile, all] of state.profiles) {
        state.profiles.set(
          profile,
          all.map((one) => ({ ...one, pending: false })),
        );
      }
    },
  };
}
