import { chmodSync, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildCli } from "../support/built-cli.ts";
import { requirePeer } from "../support/peers.ts";
import { requireFile } from "../support/require.ts";
import { faults, killed, undisturbed, withFault } from "./disturbances.ts";
import { freePort, type IdpStart, ours, samlp, simpleSamlPhp } from "./identity-providers.ts";
import { mellon, mellonAt } from "./mellon.ts";
import { played, type Setting } from "./play.ts";
import { type Procedure, procedures } from "./procedures.ts";
import { nodeSaml, python, SP, type Sp, samlify } from "./service-providers.ts";
import { type Certificates, certificates, ISSUER } from "./stage.ts";
import { save } from "./tally.ts";

/** `npm run signins` plays everything at every service provider; `npm test` a part of it. */
const FULL = process.env["SAMLCERT_SIGNINS"] !== undefined;
const TIMEOUT_MS = FULL ? 1_800_000 : 300_000;
const CROWD = FULL ? 3 : 1;

const python3 = requireFile("/usr/lib/python3/dist-packages/saml2/__init__.py");
const onelogin = requireFile("/usr/lib/python3/dist-packages/onelogin/saml2/__init__.py");
const apache = requireFile("/usr/lib/apache2/modules/mod_auth_mellon.so");
const ssp = requireFile("/usr/share/simplesamlphp/www/index.php");
const peer = requirePeer("samlp");

const folder = mkdtempSync(join(tmpdir(), "samlcert-signins-"));
// The web server runs as another user.
chmodSync(folder, 0o755);

let all: Certificates;
let start: IdpStart;
let quick: readonly Sp[] = [];
let every: readonly Sp[] = [];

beforeAll(async () => {
  all = await certificates();
  const port = await freePort();
  const serviceProviders = [SP, mellonAt(port)];
  const keys = [all.current, all.next] as const;
  start = { entityId: ISSUER, certificates: keys, serviceProviders, folder };
  quick = [nodeSaml(), samlify(ISSUER)];
  every = [
    ...quick,
    ...(python3.missing || onelogin.missing ? [] : python(ISSUER)),
    ...(apache.missing ? [] : [await mellon(port, ISSUER, folder)]),
  ];
}, 60_000);

afterAll(async () => {
  save();
  for (const sp of every) await sp.close();
  await rm(folder, { recursive: true, force: true });
});

function setting(open: Setting["open"], sps: readonly Sp[], crowd = CROWD): Setting {
  return { all, start, open, sps, crowd };
}

describe("people sign in at every moment", () => {
  const safe = procedures.filter(({ accepted }) => accepted === undefined);
  it.each(safe)("nobody is locked out: $name", { timeout: TIMEOUT_MS }, async (procedure) => {
    // An expired certificate is refused by some service providers at any time.
    const isExpired = procedure.stage?.(all).from === all.expired;
    const { ok, failed, reasons } = await played(
      procedure,
      setting(ours, FULL && !isExpired ? every : quick),
    );
    expect(reasons).toEqual([]);
    expect(failed).toBe(0);
    expect(ok).toBeGreaterThan(4);
  });

  const accepted = procedures.filter((procedure) => procedure.accepted !== undefined);
  it.each(accepted)(
    "people are locked out if a person accepts it: $name, $accepted",
    { timeout: TIMEOUT_MS },
    async (procedure) => {
      const { ok, failed } = await played(procedure, setting(ours, FULL ? every : quick));
      expect(ok).toBeGreaterThan(0);
      expect(failed).toBeGreaterThan(0);
    },
  );
});

const [documented] = procedures as readonly [Procedure, ...Procedure[]];

describe.each([
  ["samlp", samlp, peer],
  ["SimpleSAMLphp", simpleSamlPhp, ssp],
] as const)("a rotation as documented, with %s as the identity provider", (_, open, needed) => {
  it.skipIf(needed.missing)(
    `lets everybody sign in at every service provider${needed.note}`,
    { timeout: TIMEOUT_MS },
    async () => {
      const { failed, reasons } = await played(documented, setting(open, every, 1));
      expect(reasons).toEqual([]);
      expect(failed).toBe(0);
    },
  );
});

describe("people sign in at every moment of a disturbed rotation", () => {
  /** Every request in `npm run signins`, a few otherwise. */
  const requests = (step: number): readonly number[] => {
    const all = Array.from({ length: undisturbed.requests }, (_, index) => index + 1);
    return all.filter((at) => FULL || at % step === 1);
  };
  const calm = (): Setting => setting(ours, quick, 1);

  beforeAll(async () => {
    const { failed } = await played(undisturbed.procedure, calm());
    expect(failed).toBe(0);
    expect(undisturbed.requests).toBeGreaterThan(8);
  });

  it.each(Object.keys(faults))(
    "nobody is locked out: %s",
    { timeout: TIMEOUT_MS },
    async (name) => {
      for (const at of requests(9)) {
        const { failed, reasons } = await played(withFault(name, at), calm());
        expect(reasons, `request ${at}`).toEqual([]);
        expect(failed).toBe(0);
      }
    },
  );

  it.each([false, true])(
    "nobody is locked out by a kill, with the effect of the request: %s",
    { timeout: TIMEOUT_MS },
    async (effect) => {
      const cli = await buildCli();
      try {
        for (const at of requests(9)) {
          const { failed, reasons } = await played(killed(cli.bin, at, effect), calm());
          expect(reasons, `request ${at}`).toEqual([]);
          expect(failed).toBe(0);
        }
      } finally {
        cli.remove();
      }
    },
  );
});
