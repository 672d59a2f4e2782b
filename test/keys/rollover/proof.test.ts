import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { KeysNow, RolloverKey } from "../../../src/keys/index.ts";
import { createTestCertificate } from "../../../src/testing/index.ts";
import { requirePeer } from "../../support/peers.ts";
import { requireFile } from "../../support/require.ts";
import { leaksOf, quickKey } from "../support.ts";
import {
  type CachingIdentityProvider,
  samlp,
  simpleSamlPhp,
} from "./support/identity-providers.ts";
import { ACS, type OwnKeys, type Partner, type Play, play } from "./support/play.ts";

const peer = requirePeer("samlp");
const ssp = requireFile("/usr/share/simplesamlphp/www/saml2/idp/SSOService.php");
const missing = peer.missing || ssp.missing;
const note = peer.note + ssp.note;

let folder: string;
let keys: OwnKeys;
let fast: CachingIdentityProvider;
let slow: CachingIdentityProvider;

beforeAll(async () => {
  if (missing) return;
  folder = mkdtempSync(join(tmpdir(), "samlcert-"));
  const rsa = { algorithm: "rsa-2048" } as const;
  const encryption = { ...rsa, use: "encryption" } as const;
  keys = {
    signing: [await quickKey(rsa), await quickKey(rsa)],
    encryption: [await quickKey(encryption), await quickKey(encryption)],
  };
  const certificate = await createTestCertificate({ keyAlgorithm: "RSA-2048" });
  fast = await samlp({ entityId: "https://samlp.example", certificate, acsUrl: ACS, folder });
  slow = await simpleSamlPhp({ entityId: "https://ssp.example", certificate, acsUrl: ACS, folder });
}, 30_000);

afterAll(async () => {
  if (missing) return;
  await fast.close();
  await slow.close();
  rmSync(folder, { recursive: true });
});

const partners = (): readonly Partner[] => [
  { identityProvider: fast, everyTicks: 1 },
  { identityProvider: slow, everyTicks: 5 },
];

describe.skipIf(missing)(`a rollover of both keys, with samlp and SimpleSAMLphp${note}`, () => {
  test.each(["replace", "both"] as const)(
    "fails no sign-in while one identity provider caches old metadata: %s",
    async (encryption) => {
      const outcome = await play({ partners: partners(), keys, policy: { encryption }, ticks: 14 });
      expect(outcome.failures).toEqual([]);
      expect(outcome.signIns).toBeGreaterThan(50);
      const all = [...outcome.phases].join("; ");
      for (const phase of ["idle, idle", "announced, ", "switched, "]) expect(all).toContain(phase);
      const { signWith, decryptWith, publish } = outcome.last;
      const [next, nextEncryption] = [keys.signing[1], keys.encryption[1]].map(
        ({ certificate }) => certificate.publicKey.spkiSha256,
      );
      expect(signWith?.spkiSha256).toBe(next);
      expect(publish.signing.map(({ spkiSha256 }) => spkiSha256)).toEqual([next]);
      expect(publish.encryption.map(({ spkiSha256 }) => spkiSha256)).toEqual([nextEncryption]);
      expect(decryptWith.map(({ spkiSha256 }) => spkiSha256)).toEqual([nextEncryption]);
      const secrets = [...keys.signing, ...keys.encryption].map(({ privateKey }) => privateKey);
      expect(leaksOf(outcome.outputs, secrets)).toEqual([]);
    },
    60_000,
  );

  /** Services that do what people report as bugs of others, and how many identity providers notice. */
  const CONTROLS: readonly (readonly [string, number, Pick<Play, "control" | "policy">])[] = [
    [
      "signs with the next key at once",
      2,
      { control: (now) => ({ ...now, signWith: now.publish.signing.at(-1) }) },
    ],
    [
      "decrypts with the next key alone at once",
      2,
      { control: (now) => ({ ...now, decryptWith: now.decryptWith.slice(0, 1) }) },
    ],
    [
      "publishes the next encryption key and never tries it",
      1,
      { control: (now, own) => ({ ...now, decryptWith: onlyCurrent(now, own) }) },
    ],
    [
      "publishes both encryption keys and tries the former alone",
      1,
      {
        policy: { encryption: "both", spreadSeconds: 0 },
        control: (now, own) => ({ ...now, decryptWith: onlyCurrent(now, own) }),
      },
    ],
  ];

  function onlyCurrent({ decryptWith }: KeysNow, { encryption }: OwnKeys): readonly RolloverKey[] {
    const { spkiSha256 } = encryption[0].certificate.publicKey;
    return decryptWith.filter((key) => key.spkiSha256 === spkiSha256);
  }

  test.each(CONTROLS)(
    "fails sign-ins if a service %s",
    async (_, noticed, how) => {
      const outcome = await play({ partners: partners(), keys, ...how, ticks: 5 });
      const names = outcome.failures.map((failure) => /https:[^:]+/.exec(failure)?.[0]);
      expect(new Set(names.filter((name) => name !== undefined)).size).toBe(noticed);
      // Before the announcement nothing is wrong.
      expect(outcome.failures.filter((failure) => /^tick [01] /.test(failure))).toEqual([]);
    },
    60_000,
  );
});
