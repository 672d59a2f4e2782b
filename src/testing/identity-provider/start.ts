import { isText, need } from "../../core/argument.ts";
import {
  AMOUNT,
  ANY,
  BOOLEAN,
  checkOptions,
  FUNCTION,
  INSTANT,
  LIST,
  OBJECT,
  type OptionKinds,
  oneOf,
  TEXT,
} from "../../core/options.ts";
import { unixSeconds } from "../../core/time.ts";
import type { Operation } from "../../providers/http/operation.ts";
import { createTestCertificate, type TestCertificate } from "../certificate.ts";
import type { FakeRequest, Fault } from "../faults.ts";
import { FAKE_SERVER_OPTIONS, type Reply, startServer } from "../server.ts";
import { postForm } from "./form.ts";
import { metadataReply, metadataXml } from "./publish.ts";
import { authnRequestOf } from "./request.ts";
import { responseXml } from "./response.ts";
import type {
  FakeIdentityProvider,
  FakeIdentityProviderOptions,
  FakeIdentityProviderState,
  FakeResponseOptions,
  Misbehaviour,
} from "./types.ts";

const OPTIONS: OptionKinds<FakeIdentityProviderOptions> = {
  ...FAKE_SERVER_OPTIONS,
  entityId: TEXT,
  certificates: LIST,
  keyAlgorithm: oneOf("RSA-2048", "RSA-3072", "RSA-4096", "P-256", "P-384"),
  padding: oneOf("pkcs1", "pss"),
  signMetadata: BOOLEAN,
  validForSeconds: AMOUNT,
  cacheSeconds: AMOUNT,
  serviceProviders: OBJECT,
  user: TEXT,
  clock: FUNCTION,
};

const RESPONSE_OPTIONS: OptionKinds<FakeResponseOptions> = {
  acsUrl: TEXT,
  audience: TEXT,
  inResponseTo: TEXT,
  user: TEXT,
  attributes: OBJECT,
  sign: oneOf("both", "assertion", "response", "none"),
  signWith: OBJECT,
  padding: oneOf("pkcs1", "pss"),
  hash: oneOf("sha256", "sha384", "sha512"),
  keyInfo: BOOLEAN,
  encryptTo: ANY,
  now: INSTANT,
};

const MISBEHAVIOURS: readonly Misbehaviour[] = [
  ...(["unavailable", "garbage", "stale", "other_entity", "wrong_signature"] as const),
  ...(["changed", "expired", "slow"] as const),
];

const SLOW_MS = 2000;

const CERTIFICATE = "a certificate of createTestCertificate";

function isTestCertificate({ certificate, privateKeyPem }: TestCertificate): boolean {
  return isText(privateKeyPem) && isText(certificate.pem);
}

const common = { success: 200, task: "sign in" } as const;
const METADATA: Operation = { ...common, id: "metadata", method: "GET", route: "/metadata" };
const OPERATIONS: readonly Operation[] = [
  METADATA,
  { ...common, id: "signIn", method: "GET", route: "/sso" },
  { ...common, id: "signIn", method: "POST", route: "/sso" },
];

/**
 * A fake identity provider: a real HTTP server on this machine that signs people in. It publishes its
 * metadata, answers AuthnRequests with a form for the browser, and signs real Responses and assertions
 * with RSA, RSA-PSS or ECDSA. It switches to its next key, and publishes wrong metadata, on command.
 *
 * @example
 * ```ts
 * import { startFakeIdentityProvider } from "samlcert/testing";
 *
 * const idp = await startFakeIdentityProvider();
 * const sp = { acsUrl: "https://sp.example.com/acs", audience: "https://sp.example.com" };
 * const before = idp.respond(sp);
 * idp.publish([idp.certificate(), idp.next()]);
 * idp.signWith(idp.next());
 * const after = idp.respond(sp);
 * idp.misbehave("unavailable");
 * console.log(idp.metadataUrl, before.length, after.length);
 * await idp.close();
 * ```
 */
export async function startFakeIdentityProvider(
  options: FakeIdentityProviderOptions = {},
): Promise<FakeIdentityProvider> {
  if (options === null) return await startFakeIdentityProvider();
  checkOptions(options, OPTIONS, "startFakeIdentityProvider");
  const entityId = options.entityId ?? "https://idp.example.com/metadata";
  const made = (CN: string, keyAlgorithm = options.keyAlgorithm ?? "RSA-2048") =>
    createTestCertificate({ subject: { CN }, keyAlgorithm });
  const [current, following] =
    options.certificates ?? (await Promise.all([made("Current"), made("Next")]));
  const stranger = await made("Stranger", "P-256");
  const metadataSigner = options.signMetadata ? await made("Metadata", "P-256") : undefined;
  const clock = options.clock ?? (() => new Date());

  const state: FakeIdentityProviderState = {
    published: [current],
    signer: current,
    misbehaviour: undefined,
  };
  let previous: readonly TestCertificate[] = [current];
  let slowMs = SLOW_MS;
  let url = "";

  const metadata = (): string => {
    const { published, misbehaviour } = state;
    const now = unixSeconds(clock());
    const signInUrl = `${url}/sso`;
    const signer = metadataSigner;
    const publication = {
      entityId,
      signInUrl,
      published,
      previous,
      signer,
      stranger,
      options,
      now,
    };
    return metadataXml(publication, misbehaviour);
  };

  function respond(given: FakeResponseOptions): string {
    checkOptions(given, RESPONSE_OPTIONS, "respond");
    const { user = options.user ?? "ada@example.com", signWith = state.signer } = given;
    const { padding = options.padding } = given;
    const now = unixSeconds(given.now ?? clock());
    const issuer = entityId;
    return Buffer.from(responseXml({ ...given, issuer, user, signWith, padding, now })).toString(
      "base64",
    );
  }

  function signIn(request: FakeRequest): Reply {
    const asked = authnRequestOf(request);
    if (asked === undefined) return { status: 400, text: "There is no AuthnRequest." };
    const { id, issuer: audience, relayState } = asked;
    const acsUrl = asked.acsUrl ?? options.serviceProviders?.[audience];
    if (acsUrl === undefined) return { status: 400, text: "The ACS URL is unknown." };
    const response = respond({ acsUrl, audience, inResponseTo: id });
    const text = postForm(acsUrl, response, relayState);
    return { status: 200, text, headers: { "content-type": "text/html; charset=utf-8" } };
  }

  function handle(request: FakeRequest): Reply {
    if (request.operation === undefined) return { status: 404, text: "not found" };
    if (request.operation !== METADATA.id) return signIn(request);
    return metadataReply(metadata(), request, state.misbehaviour);
  }

  function faults(request: FakeRequest): Fault | undefined {
    const isSlow = state.misbehaviour === "slow" && request.operation === METADATA.id;
    return options.faults?.(request) ?? (isSlow ? { delayMs: slowMs } : undefined);
  }

  function publish(certificates: readonly TestCertificate[]): void {
    need(
      () => certificates.every(isTestCertificate),
      "certificates",
      `an array with ${CERTIFICATE}`,
    );
    previous = state.published;
    state.published = [...certificates];
  }

  const server = await startServer(
    { state, operations: OPERATIONS, handle },
    { ...options, faults },
  );
  url = server.url;
  return {
    ...server,
    entityId,
    metadataUrl: `${url}/metadata`,
    signInUrl: `${url}/sso`,
    metadataSigner,
    certificate: () => state.signer,
    next: () => (state.signer === following ? current : following),
    metadata,
    publish,
    withdraw: (certificate) => publish(state.published.filter((one) => one !== certificate)),
    signWith: (certificate) => {
      need(() => isTestCertificate(certificate), "certificate", CERTIFICATE);
      state.signer = certificate;
    },
    misbehave: (how, { delayMs = SLOW_MS } = {}) => {
      if (how !== undefined && !MISBEHAVIOURS.includes(how)) {
        const names = MISBEHAVIOURS.join(", ");
        throw new RangeError(`misbehave has no "${String(how)}". There are: ${names}.`);
      }
      state.misbehaviour = how;
      slowMs = delayMs;
    },
    respond,
  };
}
