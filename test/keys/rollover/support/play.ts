import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SAML, type SamlConfig } from "@node-saml/node-saml";
import {
  announceKey,
  formatRollover,
  type KeysNow,
  keysFor,
  metadataHandler,
  nodeHandler,
  planKeyRollover,
  type RolloverPolicy,
  type RolloverState,
  recordRead,
  retireKey,
  type SigningKey,
  startRollover,
  useNextKey,
} from "../../../../src/keys/index.ts";
import { formAfter, openBrowser } from "../../../signins/browser.ts";
import type { CachingIdentityProvider } from "./identity-providers.ts";

const SP = "https://sp.example.com/saml";
export const ACS = "https://sp.example.com/saml/acs";

/** The current and the next key of each purpose. */
export interface OwnKeys {
  readonly signing: readonly [SigningKey, SigningKey];
  readonly encryption: readonly [SigningKey, SigningKey];
}

/** An identity provider, and after how many ticks it reads our metadata again. */
export interface Partner {
  readonly identityProvider: CachingIdentityProvider;
  readonly everyTicks: number;
}

export interface Play {
  readonly partners: readonly Partner[];
  readonly keys: OwnKeys;
  readonly policy?: Partial<RolloverPolicy>;
  /** A service that does not do as `keysFor` says. */
  readonly control?: (keys: KeysNow, own: OwnKeys) => KeysNow;
  readonly ticks: number;
}

export interface Outcome {
  readonly signIns: number;
  readonly failures: readonly string[];
  /** Each combination of phases in which people signed in. */
  readonly phases: ReadonlySet<string>;
  readonly state: RolloverState;
  /** Everything that was written or served. */
  readonly outputs: string;
  /** The keys in use in the end. */
  readonly last: KeysNow;
}

const TICK_SECONDS = 1800;
const ANNOUNCED_AT_TICK = 2;

/** Rolls both keys over while people sign in, in virtual time. */
export async function play({ partners, keys, policy, control, ticks }: Play): Promise<Outcome> {
  const time = { now: Math.floor(Date.now() / 1000) };
  const privateKeys = new Map(
    [...keys.signing, ...keys.encryption].map((key) => [
      key.certificate.publicKey.spkiSha256,
      key.privateKey,
    ]),
  );
  let state = startRollover({
    ...{ signing: keys.signing[0].certificate, encryption: keys.encryption[0].certificate },
    identityProviders: partners.map(({ identityProvider: { entityId } }) => ({
      ...{ entityId, metadata: "polls" },
    })),
    ...{ policy, now: time.now },
  });
  const outputs: string[] = [];
  const handler = metadataHandler({
    metadata: {
      ...{ entityId: SP, assertionConsumerServices: [ACS], authnRequestsSigned: true },
    },
    keys: () => state,
    clock: () => new Date(time.now * 1000),
    readerOf: (request) => new URL(request.url).searchParams.get("reader") ?? undefined,
    onRead: ({ entityId = "", signing, encryption, at }) => {
      state = recordRead(state, { entityId, signing, encryption, by: "request", now: at });
    },
  });
  const server = createServer(nodeHandler(handler));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/saml`;
  const current = (): KeysNow => {
    const now = keysFor(state, time.now);
    return control?.(now, keys) ?? now;
  };
  const person = personOf(privateKeys, current);
  const failures: string[] = [];
  const phases = new Set<string>();
  let signIns = 0;
  let inFlight: readonly (() => Promise<void>)[] = [];

  async function attempt(name: string, work: () => Promise<void>): Promise<void> {
    signIns += 1;
    await work().catch((error: Error) => failures.push(`${name}: ${error.message}`));
  }

  try {
    for (let tick = 0; tick < ticks; tick += 1, time.now += TICK_SECONDS) {
      for (const { identityProvider, everyTicks } of partners) {
        if (tick % everyTicks !== 0) continue;
        const reader = encodeURIComponent(identityProvider.entityId);
        const xml = await (await fetch(`${url}?reader=${reader}`)).text();
        outputs.push(xml);
        identityProvider.take(xml);
      }
      if (tick === ANNOUNCED_AT_TICK) state = announced(state, keys, time.now);
      state = afterDueSteps(state, time.now);
      const { phase } = keysFor(state, time.now);
      phases.add(`${phase.signing}, ${phase.encryption}`);
      const name = `tick ${tick} (${phase.signing}, ${phase.encryption})`;
      // Answers that were made half an hour ago arrive late.
      for (const late of inFlight) await attempt(`${name}, late`, late);
      const begun: (() => Promise<void>)[] = [];
      for (const { identityProvider } of partners) {
        const at = `${name}, ${identityProvider.entityId}`;
        await attempt(at, async () => {
          const finish = await person(identityProvider);
          begun.push(finish);
          await finish();
        });
      }
      inFlight = begun;
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }
  outputs.push(formatRollover(state), JSON.stringify(planKeyRollover(state, time.now)));
  const last = keysFor(state, time.now);
  return { signIns, failures, phases, state, outputs: outputs.join("\n"), last };
}

function announced(state: RolloverState, keys: OwnKeys, now: number): RolloverState {
  return (["signing", "encryption"] as const).reduce(
    (before, use) => announceKey(before, { use, certificate: keys[use][1].certificate, now }),
    state,
  );
}

/** Does what the plan says is due, as a cron job would. */
function afterDueSteps(state: RolloverState, now: number): RolloverState {
  let after = state;
  for (const { use, steps } of planKeyRollover(state, now)) {
    for (const { kind, status, spkiSha256 = "" } of steps) {
      if (status !== "due" || kind === "announce") continue;
      after =
        kind === "use_next"
          ? useNextKey(after, { use, now })
          : retireKey(after, { use, spkiSha256, now });
    }
  }
  return after;
}

type Finish = () => Promise<void>;

/** Signs a person in up to the identity provider's form; the result posts it. */
function personOf(privateKeys: ReadonlyMap<string, string>, current: () => KeysNow) {
  return async ({ signInUrl, certificate }: CachingIdentityProvider): Promise<Finish> => {
    const config: SamlConfig = {
      ...{ idpCert: certificate.pem, issuer: SP, audience: SP, callbackUrl: ACS },
      ...{ entryPoint: signInUrl, identifierFormat: null, disableRequestedAuthnContext: true },
      ...{ wantAssertionsSigned: false, wantAuthnResponseSigned: true },
    };
    const keyOf = (spkiSha256 = ""): string => privateKeys.get(spkiSha256) ?? "";
    const privateKey = keyOf(current().signWith?.spkiSha256);
    const signer = new SAML({ ...config, privateKey, signatureAlgorithm: "sha256" });
    const browse = openBrowser();
    const page = await browse(await signer.getAuthorizeUrlAsync("", undefined, {}));
    const { SAMLResponse = "" } = await formAfter(browse, page);
    return async () => {
      let reason = new Error("There is no key to decrypt with.");
      for (const { spkiSha256 } of current().decryptWith) {
        const receiver = new SAML({ ...config, decryptionPvk: keyOf(spkiSha256) });
        try {
          await receiver.validatePostResponseAsync({ SAMLResponse });
          return;
        } catch (error) {
          reason = error as Error;
        }
      }
      throw reason;
    };
  };
}
