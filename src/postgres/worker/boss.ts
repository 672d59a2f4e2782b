import { sleep } from "../../providers/http/clock.ts";
import type { Database } from "../database.ts";
import { isLease, takeLease } from "../lease.ts";

/** The part of a `PgBoss` (version 10) that is used. */
export interface RotationBoss {
  start(): Promise<unknown>;
  on(event: "error", handler: (error: Error) => void): unknown;
  createQueue(name: string): Promise<unknown>;
  send(name: string, data: object): Promise<unknown>;
  work(
    name: string,
    handler: (jobs: readonly { readonly data: unknown }[]) => Promise<unknown>,
  ): Promise<unknown>;
  offWork(name: string): Promise<unknown>;
}

/** Queue of wishes to look at a tenant now: `{ tenant }`. */
const LOOK = "samlcert-look";
/** Queue of tenants that were given up: `{ tenant, code, message }`. */
const DEAD_LETTER = "samlcert-dead-letter";

/** A queue that is connected. */
export interface Queue {
  deadLetter(letter: {
    readonly tenant: string;
    readonly code: string;
    readonly message: string;
  }): Promise<unknown>;
  close(): Promise<unknown>;
}

/** Starts pg-boss, one worker after another: first starts at once would fail. */
export async function connectBoss(
  database: Database,
  boss: RotationBoss,
  {
    wake,
    onError,
  }: {
    readonly wake: (tenant: string) => Promise<void>;
    readonly onError: (error: unknown) => void;
  },
): Promise<Queue> {
  // Without a listener, an error of pg-boss would end the process.
  boss.on("error", onError);
  for (;;) {
    const lease = await takeLease(database, "pg-boss", { seconds: 30 });
    if (!isLease(lease)) {
      await sleep(200);
      continue;
    }
    try {
      await boss.start();
      for (const name of [LOOK, DEAD_LETTER]) await boss.createQueue(name);
      break;
    } finally {
      await lease.release();
    }
  }
  await boss.work(LOOK, async (jobs) => {
    for (const { data } of jobs) {
      const { tenant } = Object(data) as { readonly tenant?: unknown };
      if (typeof tenant === "string") await wake(tenant);
    }
  });
  return {
    deadLetter: (letter) => boss.send(DEAD_LETTER, letter),
    close: () => boss.offWork(LOOK),
  };
}
