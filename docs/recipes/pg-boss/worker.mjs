import { isSamlCertError } from "samlcert";
import { executeRotation, planRotation, resumeRotation } from "samlcert/rotation";
import { sendGridCertificateStore } from "samlcert/sendgrid";
import { createJournalTable, postgresJournal } from "./journal.mjs";

export const SCAN = "samlcert-scan";
const LOOK = "samlcert-look";
const ROTATE = "samlcert-rotate";

/** Integrations that one job looks at. */
const PAGE = 100;

/**
 * Scans every integration once a day and rotates those that need it.
 *
 * - `boss`: a started pg-boss; `pool`: a pool of `pg` for the journals;
 * - `client`: of `createSendGridClient`;
 * - `desiredFor(integrationId)`: `certificates`, those that its identity provider signs with, now and
 *   next, and `source`, the metadata that they are read from; undefined if nobody knows;
 * - `policy`: of `planRotation`; `queue`: options of every queue, such as `retryLimit`.
 */
export async function startWorker({
  boss,
  pool,
  client,
  desiredFor,
  policy,
  queue = {},
  work = {},
  lookAgainSeconds = 3600,
}) {
  await createJournalTable(pool);
  const options = { retryLimit: 10, retryBackoff: true, ...queue };
  // `short`: of one key, one job at most waits to be done.
  await boss.createQueue(SCAN, { ...options, policy: "short" });
  await boss.createQueue(LOOK, options);
  await boss.createQueue(ROTATE, { ...options, policy: "short" });
  await boss.schedule(SCAN, "0 3 * * *");

  const now = () => Math.floor(Date.now() / 1000);
  const plan = async (store) => {
    const desired = await desiredFor(store.integrationId);
    if (desired === undefined) return undefined;
    const stored = await store.list();
    const { certificates, source } = desired;
    return planRotation({
      desired: certificates,
      source,
      stored,
      policy,
      target: store,
      now: now(),
    });
  };

  /** Spreads the integrations over jobs, all in one statement: there is no half of a scan. */
  async function scan({ id: scanId }) {
    const ids = (await client.integrations.list()).map(({ id }) => id);
    const jobs = [];
    for (let from = 0; from < ids.length; from += PAGE) {
      const data = { scanId, ids: ids.slice(from, from + PAGE) };
      jobs.push({ name: LOOK, data, ...options });
    }
    if (jobs.length > 0) await boss.insert(jobs);
  }

  async function look({ data: { scanId, ids } }) {
    for (const integrationId of ids) {
      const found = await plan(sendGridCertificateStore(client, integrationId));
      if (found === undefined || found.steps.length === 0) continue;
      // The same name however often the job is repeated: then there is one journal.
      const data = { integrationId, rotation: `${scanId}/${integrationId}` };
      await boss.send(ROTATE, data, { singletonKey: integrationId });
    }
  }

  async function rotate({ data }) {
    const store = sendGridCertificateStore(client, data.integrationId);
    const run = { store, journal: postgresJournal(pool, data.rotation) };
    const result = await resumeRotation(run).catch(async (error) => {
      if (!isSamlCertError(error, "journal.empty")) throw error;
      const found = await plan(store);
      return found && (await executeRotation(found, run));
    });
    // A rotation that awaits a person's word is continued by `retireSuperseded`.
    const awaits = result?.status === "awaiting_switch" && typeof policy?.retire === "object";
    if (result?.status !== "waiting" && !awaits) return;
    // The retirement is the same job, later, by any worker.
    const startAfter = new Date((result.until ?? now() + lookAgainSeconds) * 1000);
    await boss.send(ROTATE, data, { singletonKey: data.integrationId, startAfter });
  }

  const each = (name, handle) => async (jobs) => {
    const outcomes = await Promise.allSettled(jobs.map(handle));
    for (const [index, { status, reason }] of outcomes.entries()) {
      // One that fails is repeated; the others of its batch are done.
      if (status === "rejected") await boss.fail(name, jobs[index].id, { reason: reason.message });
    }
  };
  await boss.work(SCAN, work, each(SCAN, scan));
  await boss.work(LOOK, { batchSize: 8, ...work }, each(LOOK, look));
  await boss.work(ROTATE, { batchSize: 8, ...work }, each(ROTATE, rotate));
}
