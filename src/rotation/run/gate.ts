import type { RetirePolicy } from "../types.ts";
import { readPublished } from "./evidence.ts";
import { type Run, stopped } from "./run.ts";

/** The certificates that a removal waits for: those that leave, and those that take their place. */
export interface Switch {
  /** SHA-256 of the certificates to remove. */
  readonly leaving: ReadonlySet<string>;
  /** SHA-256 of the certificates that the identity provider signs with instead. */
  readonly arriving: ReadonlySet<string>;
  /** When the overlap began, in unix seconds. */
  readonly since: number;
}

/** `open`, `closed` until more evidence arrives, or the time from which on it may be open. */
export type Gate = "open" | "closed" | number;

/** Judges the evidence of a policy that the identity provider has switched. */
export async function gateOf(run: Run, retire: RetirePolicy, change: Switch): Promise<Gate> {
  const { confirmedAt } = run.progress().evidence;
  // A person's word is enough for every policy.
  if (confirmedAt !== undefined) return "open";
  if (typeof retire === "string") return "closed";
  if ("afterSeconds" in retire) return openAt(run, change.since + retire.afterSeconds);
  if ("unpublishedFor" in retire) return await unpublished(run, retire.unpublishedFor, change);
  return signedIn(run, retire, change);
}

function openAt(run: Run, time: number): Gate {
  return run.now() >= time ? "open" : time;
}

async function unpublished(run: Run, seconds: number, { leaving }: Switch): Promise<Gate> {
  const published = await readPublished(run);
  if (!published) throw stopped(run, "rotation.no_evidence");
  const sha256s = published
    .map(({ fingerprint }) => fingerprint.sha256)
    .filter((sha256) => leaving.has(sha256));
  const { unpublishedSince } = run.progress().evidence;
  // One record for each change: a run that looks every hour must not fill the journal.
  if ((unpublishedSince === undefined) === (sha256s.length === 0)) {
    await run.record({ type: "published", at: run.now(), sha256s });
  }
  const since = run.progress().evidence.unpublishedSince;
  return since === undefined ? "closed" : openAt(run, since + seconds);
}

function signedIn(
  run: Run,
  { signedWithNew, oldUnusedFor = 0 }: Extract<RetirePolicy, { signedWithNew: number }>,
  { leaving, arriving }: Switch,
): Gate {
  const signIns = [...run.progress().evidence.signIns];
  const count = signIns
    .filter(([sha256]) => arriving.has(sha256))
    .reduce((sum, [, seen]) => sum + seen.count, 0);
  if (count < signedWithNew) return "closed";
  const lastOld = signIns
    .filter(([sha256]) => leaving.has(sha256))
    .reduce((last, [, seen]) => Math.max(last, seen.last), 0);
  return openAt(run, lastOld + oldUnusedFor);
}
