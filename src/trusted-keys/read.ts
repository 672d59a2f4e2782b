import type { Certificate } from "../certificates/types.ts";
import { isSamlCertError } from "../core/errors.ts";
import type { DriftKind } from "./drift.ts";
import { keyFaults } from "./key-faults.ts";
import { checkValid, documentKeys, heldKey, keySetOf } from "./key-set.ts";
import { failureOf } from "./report.ts";
import { nextAttempt, nextRead } from "./schedule.ts";
import { setIdOf, settle } from "./settle.ts";
import type { Contents } from "./source/contents.ts";
import type { EntityAnswer, EntityRequest } from "./source/document.ts";
import { emit, type Followed, isUsable, type Latest, nowSeconds, type Settings } from "./state.ts";
import { save } from "./store.ts";

/** Reads the document once, and follows it. Never rejects: a failure leaves the keys as they are. */
export async function readOnce(settings: Settings, followed: Followed): Promise<void> {
  const { clock, refresh } = settings;
  // It may have been closed while it waited in the queue.
  if (followed.isClosed) return;
  followed.attemptedAt = clock().getTime();
  followed.abort = new AbortController();
  try {
    const answer = await answerOf(settings, followed, followed.abort.signal);
    const document = follow(settings, followed, answer);
    const wait = nextRead(
      lifetimesOf(followed, answer, nowSeconds(settings)),
      refresh,
      Math.random(),
    );
    const at = clock().getTime() + wait * 1000;
    followed.nextReadAt = at;
    followed.failures = 0;
    followed.lastFailure = undefined;
    followed.cached = false;
    emit(settings, followed, { type: "read", nextReadAt: new Date(at).toISOString() });
    await save(settings, followed, document);
  } catch (error) {
    fail(settings, followed, error);
  } finally {
    followed.abort = undefined;
  }
}

function fail(settings: Settings, followed: Followed, error: unknown): void {
  const { clock, refresh } = settings;
  followed.failures += 1;
  // Without a key to trust, every sign-in fails: the first retries come sooner.
  const first = isUsable(settings, followed) ? refresh.minSeconds : refresh.unknownKeySeconds;
  const wait = nextAttempt(followed.failures, { ...refresh, minSeconds: first }, Math.random());
  const { retryAfterSeconds = 0 } = Object(error) as { readonly retryAfterSeconds?: number };
  const seconds = Math.max(wait, Math.min(retryAfterSeconds, refresh.maxSeconds));
  followed.nextReadAt = clock().getTime() + seconds * 1000;
  if (followed.isClosed) return;
  const kind = driftOf(error);
  if (kind !== undefined) {
    const id = `${kind} refuse`;
    const isNew = !followed.told.has(id);
    followed.told = new Set([id]);
    if (isNew) emit(settings, followed, { type: "drift", kind, action: "refuse", keys: [] });
  }
  followed.lastFailure = failureOf(error, nowSeconds(settings));
  const { code, message } = followed.lastFailure;
  emit(settings, followed, { type: "failed", code, message });
  // A first document whose keys all wait is worth remembering.
  if (followed.staged.length > 0) void save(settings, followed);
}

/** The drift of a document that was refused unread. */
function driftOf(error: unknown): DriftKind | undefined {
  if (isSamlCertError(error, "trusted_keys.wrong_entity")) return "entity";
  if (isSamlCertError(error, "metadata.query.wrong_entity")) return "entity";
  return isSamlCertError(error) && error.name === "SignatureError" ? "signer" : undefined;
}

type Answer = EntityAnswer & { readonly isUntrusted?: boolean };

async function answerOf(
  settings: Settings,
  followed: Followed,
  signal: AbortSignal,
): Promise<Answer> {
  const { entityId, cache, latest, source } = followed;
  const { policies } = settings;
  const request: EntityRequest = {
    entityId,
    signal,
    known: latest?.version,
    copy: cache !== undefined,
    any: policies.entity !== "refuse",
  };
  if (source.readEntity === undefined) return await wholeAnswer(followed, request);
  try {
    return await source.readEntity(request);
  } catch (error) {
    if (driftOf(error) !== "signer" || policies.signer === "refuse") throw error;
    const answer = await source.readEntity({ ...request, known: undefined, unverified: true });
    return { ...answer, isUntrusted: true };
  }
}

/** The answer of a source that reads whole documents only. */
async function wholeAnswer({ source }: Followed, { signal, copy }: EntityRequest): Promise<Answer> {
  const { from, bytes, metadata, signature, maxAgeSeconds } = await source.read({ signal });
  const { createHash } = await import("node:crypto");
  const { gzipSync } = await import("node:zlib");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const compressed = copy === true ? gzipSync(bytes) : undefined;
  const contents = { entities: metadata.entities, signature, sha256, copy: compressed };
  return { from, version: { sha256 }, maxAgeSeconds, contents };
}

/** Follows an answer, and gives the document for the cache if it is another one. */
function follow(settings: Settings, followed: Followed, answer: Answer): Uint8Array | undefined {
  const { from, version, contents } = answer;
  const readAt = nowSeconds(settings);
  if (contents === undefined) {
    const { latest, trusted } = followed;
    checkValid(latest?.validUntil, from, readAt);
    if (latest !== undefined) followed.latest = { ...latest, version };
    if (trusted?.isCurrent !== true) return undefined;
    const { entityId, signature, validUntil } = trusted.view;
    const view = keySetOf(trusted.keys, { entityId, from, signature, readAt, validUntil });
    followed.trusted = { ...trusted, view };
    return undefined;
  }
  propose(settings, followed, answer, contents, readAt);
  return contents.copy;
}

function propose(
  settings: Settings,
  followed: Followed,
  { from, version, isUntrusted = false }: Answer,
  contents: Contents,
  readAt: number,
): void {
  const { entityId, role } = followed;
  const found = documentKeys(contents, from, { entityId, role }, readAt);
  const { certificates, validUntil, cacheDuration, publishedAt, isOther } = found;
  const { signature } = contents;
  const keys = certificates.map(heldKey);
  const times = { validUntil, cacheDuration, publishedAt };
  const isVerified = signature === "verified";
  const latest = { from, version, setId: setIdOf(keys), isVerified, ...times };
  const document: readonly DriftKind[] = [
    ...(isOther ? (["entity"] as const) : []),
    ...(isUntrusted ? (["signer"] as const) : []),
    ...(isReturn(followed, latest, readAt) ? (["returned"] as const) : []),
  ];
  const byName = new Map(certificates.map((one) => [one.fingerprint.sha256, one] as const));
  const faultsOf = ({ sha256 }: { readonly sha256: string }) =>
    keyFaults(byName.get(sha256) as Certificate, readAt);
  settle(settings, followed, { keys, faultsOf, document, latest, signature });
}

/** A server whose clock is ahead gives times that its later documents seem to precede. */
const PLAUSIBLE_SECONDS = 86_400;

/**
 * True for a stale copy: the document is older than the one before by its own dates, or has the keys of
 * an earlier one and no date that says that it is newer.
 */
function isReturn({ reference, earlier }: Followed, latest: Latest, now: number): boolean {
  if (reference === undefined || reference.setId === latest.setId) return false;
  const modified = ({ version, from }: Latest): number | undefined => {
    const seconds = Date.parse(version.lastModified ?? "") / 1000;
    const isPlausible = from === reference.from && seconds <= now + PLAUSIBLE_SECONDS;
    return isPlausible ? seconds : undefined;
  };
  const step = (before: number | undefined, after: number | undefined): number =>
    before === undefined || after === undefined ? 0 : Math.sign(after - before);
  const steps = [
    step(reference.publishedAt, latest.publishedAt),
    step(modified(reference), modified(latest)),
  ];
  // A server that makes its document per request gives a stale one a new validUntil, too.
  const isVerified = reference.isVerified && latest.isVerified;
  const isShorter = isVerified && step(reference.validUntil, latest.validUntil) < 0;
  if (isShorter || steps.includes(-1)) return true;
  return !steps.includes(1) && earlier.includes(latest.setId);
}

function lifetimesOf({ latest, trusted }: Followed, { maxAgeSeconds }: Answer, now: number) {
  const validUntil = latest?.validUntil ?? trusted?.view.validUntil;
  return {
    untilInvalid: validUntil === undefined ? undefined : validUntil - now,
    cacheDuration: latest?.cacheDuration,
    maxAge: maxAgeSeconds,
  };
}
