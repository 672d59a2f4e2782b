import { expect } from "vitest";
import type { IdentityProvider, IdpStart } from "./identity-providers.ts";
import type { Procedure } from "./procedures.ts";
import type { Sp } from "./service-providers.ts";
import { type Certificates, openStage, publisher } from "./stage.ts";
import { tally } from "./tally.ts";

/** Who signs in, and where. */
export interface Setting {
  readonly all: Certificates;
  readonly start: IdpStart;
  readonly open: (start: IdpStart) => Promise<IdentityProvider>;
  readonly sps: readonly Sp[];
  /** How many sign in at each moment. */
  readonly crowd: number;
}

/** How many people signed in, how many were refused, and why. */
export interface Outcome {
  readonly ok: number;
  readonly failed: number;
  readonly reasons: readonly string[];
}

/** Plays a procedure, and counts who signed in. */
export async function played(
  { name, accepted, stage: special, ends, play }: Procedure,
  { all, start, open, sps, crowd }: Setting,
): Promise<Outcome> {
  const idp = await open(start);
  const usual = { idp, sps, from: all.current, to: all.next, crowd };
  const stage = await openStage({ ...usual, ...special?.(all) });
  try {
    await stage.people();
    await play(stage, publisher(idp));
    await stage.people();
    const held = stage.fake.state.certificates.values();
    const pems = Array.from(held, ({ public_certificate }) => public_certificate);
    expect(pems.sort()).toEqual(ends.map((one) => all[one].pem).sort());
    const counts = await stage.counts();
    tally({ procedure: name, idp: idp.name, accepted, counts });
    const sum = (key: "ok" | "failed"): number =>
      counts.reduce((total, one) => total + one[key], 0);
    const reasons = counts.flatMap(({ sp, reason }) => (reason ? [`${sp}: ${reason}`] : []));
    return { ok: sum("ok"), failed: sum("failed"), reasons };
  } finally {
    await stage.close();
    await idp.close();
  }
}
