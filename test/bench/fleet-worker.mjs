// A worker process of fleet.bench.mjs.
import pg from "pg";
import { createRotationWorker, postgresBudget } from "samlcert/postgres";
import { createSendGridClient, sendGridCertificateStore } from "samlcert/sendgrid";

const { host, user, tenants, accounts, metadata, limit, name } = await new Promise((resolve) => {
  process.once("message", resolve);
});
const pool = new pg.Pool({ host, user, database: "postgres", max: 12 });
const clients = accounts.map((baseUrl, index) => {
  const apiKey = `SG.account-${index}`;
  const limiter = postgresBudget({ pool, apiKey, requests: limit, holdSeconds: 5 });
  return createSendGridClient({ apiKey, baseUrl, limiter, timeoutMs: 3000 });
});
const seen = { looks: 0, longestWait: 0, completed: 0, failed: 0, dead: 0, database: 0 };
createRotationWorker({
  ...{ pool, name, tenants, concurrency: 32, leaseSeconds: 10, retrySeconds: 1, maxAttempts: 6 },
  accountOf: (tenant) => tenant[0],
  storeOf(tenant) {
    const [account, , id] = tenant.split("/");
    return sendGridCertificateStore(clients[Number(account)], id);
  },
  sourceOf(tenant) {
    return { url: `${metadata}/${tenant.split("/")[1]}`, allowPrivateAddresses: true };
  },
  policy: { retire: { afterSeconds: 2 } },
  onEvent(event) {
    if (event.type === "looked") seen.looks += 1;
    if (event.type === "looked") seen.longestWait = Math.max(seen.longestWait, event.waitedSeconds);
    if (event.type === "completed") seen.completed += 1;
    if (event.type === "failed") seen.failed += 1;
    if (event.type === "dead_letter") seen.dead += 1;
    if (event.type === "worker_failed") seen.database += 1;
  },
});
setInterval(() => {
  process.send({ ...seen, cpu: process.cpuUsage(), rss: process.resourceUsage().maxRSS * 1024 });
}, 500);
