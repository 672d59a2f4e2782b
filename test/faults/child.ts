import { appendFileSync, readFileSync } from "node:fs";
import {
  createSendGridClient,
  sendGridCertificateStore,
} from "../../src/providers/sendgrid/index.ts";
import {
  executeRotation,
  fileJournal,
  type RotationPlan,
  RotationStoppedError,
  type RunOptions,
  retireSuperseded,
} from "../../src/rotation/index.ts";

/** The task of the child, as JSON in its first argument. */
export interface Orders {
  readonly url: string;
  readonly integrationId: string;
  readonly planPath: string;
  readonly journalPath: string;
  readonly now: number;
  /** A person says that the identity provider has switched. */
  readonly confirmed?: boolean;
  /** The journal write at which the child kills itself, from 1. */
  readonly killAtWrite?: number;
  readonly when?: "within" | "after";
}

const orders = JSON.parse(process.argv[2] ?? "{}") as Orders;
const plan = JSON.parse(readFileSync(orders.planPath, "utf8")) as RotationPlan;
const journal = fileJournal(orders.journalPath);
let write = 0;

function die(): void {
  process.kill(process.pid, "SIGKILL");
  // The signal arrives when the kernel likes; nothing may happen until then.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

const client = createSendGridClient({ apiKey: "SG.child", baseUrl: orders.url });
const options: RunOptions = {
  store: sendGridCertificateStore(client, orders.integrationId),
  clock: () => new Date(orders.now * 1000),
  rereadAfterMs: [0],
  journal: {
    ...journal,
    async append(record) {
      write += 1;
      const mine = write === orders.killAtWrite;
      if (mine && orders.when === "within") {
        const line = JSON.stringify(record);
        // The first line makes the file, whole or not at all: half of it is in the draft.
        const path = write === 1 ? `${orders.journalPath}.new` : orders.journalPath;
        appendFileSync(path, line.slice(0, line.length / 2));
        die();
      }
      await journal.append(record);
      if (mine) die();
    },
  },
};
const run = orders.confirmed ? retireSuperseded(options) : executeRotation(plan, options);
await run.catch((error: unknown) => {
  if (!(error instanceof RotationStoppedError)) throw error;
});
