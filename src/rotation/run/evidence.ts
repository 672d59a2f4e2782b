import type { Certificate } from "../../certificates/types.ts";
import { isSamlCertError } from "../../core/errors.ts";
import { type Refusal, refusal } from "../plan/guards.ts";
import { short } from "../plan/refusals.ts";
import type { EvidenceSource, RotationPlan } from "../types.ts";
import { guard, type Run, stopped } from "./run.ts";
import { standing } from "./standing.ts";

/**
 * Requires that nothing says that a stored certificate is still in use: the identity provider does not
 * publish it, and the last observed sign-in was not signed with it. Call it right before a removal.
 */
export async function requireOutOfUse(run: Run, id: string): Promise<void> {
  const all = standing(run);
  const item = all.find((other) => other.id === id);
  const rest = all.filter((other) => other.id !== id);
  // Of two equal certificates, the other one stays.
  if (!item?.certificate || rest.some(({ sha256 }) => sha256 === item.sha256)) return;
  const { sha256, spkiSha256 } = item.certificate;
  const found: Refusal[] = [];
  const published = (await readPublished(run)) ?? [];
  const left = new Set(rest.map((other) => other.sha256));
  const needed = published.some(
    ({ fingerprint, publicKey }) =>
      fingerprint.sha256 === sha256 ||
      (publicKey.spkiSha256 === spkiSha256 && !left.has(fingerprint.sha256)),
  );
  const values = { certificate: short(sha256) };
  if (needed) found.push(refusal("guard.still_published", values, sha256));
  if (isStillUsed(run, sha256)) found.push(refusal("guard.old_key_still_used", values, sha256));
  guard(run, found);
}

/** True if the last observed sign-in was with this certificate, or one came after the confirmation. */
function isStillUsed(run: Run, sha256: string): boolean {
  const { signIns, confirmedAt } = run.progress().evidence;
  const last = signIns.get(sha256)?.last;
  if (last === undefined) return false;
  const others = [...signIns].filter(([name]) => name !== sha256).map(([, seen]) => seen.last);
  return last >= Math.max(...others) || (confirmedAt !== undefined && last >= confirmedAt);
}

/** The certificates that the identity provider publishes now; undefined if nobody knows where. */
export async function readPublished(run: Run): Promise<readonly Certificate[] | undefined> {
  const { plan } = run.progress();
  try {
    if (run.published) return await run.published();
    return plan.source && (await readSource(plan.source, plan, run));
  } catch (cause) {
    if (run.signal?.aborted === true) throw cause;
    const reason = isSamlCertError(cause) ? cause.message : "The reader threw an error.";
    throw stopped(run, "rotation.evidence_unreadable", { reason }, { cause });
  }
}

async function readSource(
  { url, file, entityId, trust, allowPrivateAddresses = false }: EvidenceSource,
  { policy }: RotationPlan,
  run: Run,
): Promise<readonly Certificate[]> {
  // Imported here, so that a rotation without metadata does not load it.
  const { createMetadataSource } = await import("../../trusted-keys/index.ts");
  const { desiredFromMetadata } = await import("../plan/desired.ts");
  const place = url === undefined ? { file } : { url, allowPrivateAddresses };
  const { bytes } = await createMetadataSource(place).read({ signal: run.signal });
  const { certificates } = await desiredFromMetadata(bytes, {
    now: run.now(),
    ...(entityId !== undefined && { entityId }),
    ...(trust && { trust: { certificates: trust } }),
    // Expired keys that are still published are evidence like others.
    overrides: [...policy.overrides, "trust_expired_certificate"],
  });
  return certificates;
}
