// The worker process of pg-boss.test.ts: the recipe, with short intervals.
import pg from "pg";
import PgBoss from "pg-boss";
import { parseCertificate } from "samlcert";
import { createSendGridClient } from "samlcert/sendgrid";
import { SCAN, startWorker } from "../../docs/recipes/pg-boss/worker.mjs";

const { host, user, url, pem, scan } = JSON.parse(process.argv[2]);
const connection = { host, user, database: "postgres" };
const boss = new PgBoss({
  ...connection,
  maintenanceIntervalSeconds: 1,
  monitorStateIntervalSeconds: 1,
});
boss.on("error", (error) => console.error(error.message));
await boss.start();
const desired = { certificates: [parseCertificate(pem)] };
await startWorker({
  boss,
  pool: new pg.Pool({ ...connection, max: 20 }),
  client: createSendGridClient({ apiKey: "SG.recipe", baseUrl: url, maxBytes: 2 ** 26 }),
  desiredFor: async () => desired,
  policy: { retire: { afterSeconds: 2 } },
  queue: { expireInSeconds: 15, retryDelay: 1, retryBackoff: false },
  work: { pollingIntervalSeconds: 0.5 },
});
if (scan) await boss.send(SCAN, {});
console.log("ready");
