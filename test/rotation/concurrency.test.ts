import { beforeAll, describe, expect, it } from "vitest";
import {
  createSendGridClient,
  sendGridCertificateStore,
} from "../../src/providers/sendgrid/index.ts";
import type { CertificateStore } from "../../src/providers/store.ts";
import {
  executeRotation,
  memoryJournal,
  planRotation,
  type RunOptions,
} from "../../src/rotation/index.ts";
import { startFakeSendGrid } from "../../src/testing/index.ts";
import { type Cast, cast, day } from "./support/certificates.ts";

let all: Cast;
beforeAll(async () => {
  all = await cast();
});

/** A store whose requests and answers take their time, by turns long and short. */
function onSlowNetwork(store: CertificateStore, seed: number): CertificateStore {
  let state = seed;
  const pause = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return new Promise((resolve) => setTimeout(resolve, (state >> 16) % 9));
  };
  const slowly = async <T>(work: () => Promise<T>): Promise<T> => {
    await pause();
    const answer = await work();
    await pause();
    return answer;
  };
  return {
    ...store,
    list: (options) => slowly(() => store.list(options)),
    add: (certificate, options) => slowly(() => store.add(certificate, options)),
    replace: (id, certificate, options) => slowly(() => store.replace(id, certificate, options)),
    remove: (id, options) => slowly(() => store.remove(id, options)),
  };
}

describe("two runs of one integration at once, that know nothing of each other", () => {
  async function collide(round: number, through: (store: CertificateStore) => CertificateStore) {
    let least = 1;
    const fake = await startFakeSendGrid({
      now: () => day(0),
      invariant: ({ certificates }) => {
        least = Math.min(least, certificates.size);
      },
    });
    const { id } = fake.addIntegration();
    fake.addCertificate({ integration_id: id, public_certificate: all.current.pem });
    const store = sendGridCertificateStore(
      createSendGridClient({ apiKey: "SG.two", baseUrl: fake.url }),
      id,
    );
    const run = async (store: CertificateStore) => {
      const plan = planRotation({
        desired: [all.next],
        stored: await store.list(),
        policy: { retire: { afterSeconds: 0 }, enabled: true },
        target: store,
        now: day(0),
      });
      const options: RunOptions = {
        store,
        journal: memoryJournal(),
        clock: () => new Date(day(0) * 1000),
        rereadAfterMs: [1],
      };
      return await executeRotation(plan, options);
    };
    const delay = () => new Promise((resolve) => setTimeout(resolve, round % 5));
    await Promise.allSettled([run(through(store)), delay().then(() => run(through(store)))]);
    await run(store);
    const texts = [...fake.state.certificates.values()].map((one) => one.public_certificate);
    await fake.close();
    return { texts, least };
  }

  it("never leave it without a usable certificate, and end as desired", async () => {
    for (let round = 0; round < 20; round += 1) {
      const { texts, least } = await collide(round, (store) => store);
      expect(texts).toEqual([all.next.pem]);
      expect(least).toBe(1);
    }
  });

  it("do so on a network whose answers overtake each other", async () => {
    for (let round = 0; round < 60; round += 1) {
      let runs = 0;
      const { texts, least } = await collide(round, (store) => {
        runs += 1;
        return onSlowNetwork(store, 2 * round + runs);
      });
      expect(texts, `round ${round}`).toEqual([all.next.pem]);
      expect(least, `round ${round}`).toBe(1);
    }
  });
});
