import { beforeAll, describe, expect, it } from "vitest";
import {
  createSendGridClient,
  sendGridCertificateStore,
} from "../../src/providers/sendgrid/index.ts";
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

describe("two runs of one integration at once, that know nothing of each other", () => {
  it("never leave it without a usable certificate, and end as desired", async () => {
    for (let round = 0; round < 20; round += 1) {
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
      const run = async () => {
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
      await Promise.allSettled([run(), delay().then(run)]);
      await run();
      const texts = [...fake.state.certificates.values()].map((one) => one.public_certificate);
      expect(texts).toEqual([all.next.pem]);
      expect(least).toBe(1);
      await fake.close();
    }
  });
});
