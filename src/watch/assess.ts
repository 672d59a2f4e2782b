import { type Certificate, certificateState } from "../certificates/index.ts";
import { AMOUNT, type OptionKinds } from "../core/options.ts";
import { SECONDS_PER_DAY } from "../core/time.ts";
import type { StoredCertificate } from "../providers/store.ts";
import type { RotationSummary } from "../rotation/index.ts";
import type {
  CertificateStatus,
  IntegrationState,
  IntegrationStatus,
  UnstoredCertificate,
} from "./types.ts";

/** The policy of a status. */
export interface StatusPolicy {
  /** Days before its end from which on a certificate is `expiring`. Default: 30. */
  readonly expiringDays?: number | undefined;
}

export const POLICY: OptionKinds<StatusPolicy> = { expiringDays: AMOUNT };

/** The facts about one integration. */
export interface Observation {
  readonly provider: string;
  readonly integrationId: string;
  /** Absent if the provider did not answer. */
  readonly stored?: readonly StoredCertificate[] | undefined;
  /** Absent if the identity provider's certificates are unknown. */
  readonly published?: readonly Certificate[] | undefined;
  /** The newest rotation of the connection, if its journal is known. */
  readonly rotation?: RotationSummary | undefined;
  readonly errors?: IntegrationStatus["errors"] | undefined;
}

/** Judges one integration. Pure. */
export function assessIntegration(
  seen: Observation,
  now: number,
  policy: StatusPolicy = {},
): IntegrationStatus {
  const { provider, integrationId, stored = [], published, errors = [] } = seen;
  const names = published && new Set(published.map(({ fingerprint }) => fingerprint.sha256));
  const certificates = stored.map((item) => certificateStatusOf(item, now, policy, names));
  const unstored = unstoredOf(certificates, published ?? [], now);
  const daysLeft = lastDays(certificates);
  const state = stateOf(seen, certificates, unstored, now);
  return {
    provider,
    integrationId,
    state,
    actionNeeded: state !== "active" || errors.length > 0,
    ...(daysLeft !== undefined && { daysLeft }),
    certificates,
    unstored,
    errors,
  };
}

function certificateStatusOf(
  { id, certificate, enabled }: StoredCertificate,
  now: number,
  policy: StatusPolicy,
  published: ReadonlySet<string> | undefined,
): CertificateStatus {
  if (!certificate) return { id, state: "unreadable" };
  const { sha256 } = certificate.fingerprint;
  const life = certificateState(certificate, now, policy);
  const notAfter = certificate.notAfter.unixSeconds;
  const gone = life === "expired" ? "stale" : "extra";
  return {
    id,
    state: enabled === false ? "disabled" : life,
    sha256,
    subject: certificate.subject.text,
    notBefore: certificate.notBefore.unixSeconds,
    notAfter,
    ...(!certificate.noExpiry && { daysLeft: Math.floor((notAfter - now) / SECONDS_PER_DAY) }),
    ...(published && { publication: published.has(sha256) ? "published" : gone }),
  };
}

/** An expired certificate that is still published is left out. */
function unstoredOf(
  certificates: readonly CertificateStatus[],
  published: readonly Certificate[],
  now: number,
): readonly UnstoredCertificate[] {
  const stored = new Set(certificates.map(({ sha256 }) => sha256));
  const covered = certificates.some(
    ({ state, publication }) => publication === "published" && isValid(state),
  );
  return published
    .filter(({ fingerprint }) => !stored.has(fingerprint.sha256))
    .filter((certificate) => certificateState(certificate, now) !== "expired")
    .map((certificate) => ({
      state: covered || certificateState(certificate, now) === "pending" ? "next" : "missing",
      sha256: certificate.fingerprint.sha256,
      subject: certificate.subject.text,
      notBefore: certificate.notBefore.unixSeconds,
      notAfter: certificate.notAfter.unixSeconds,
    }));
}

function stateOf(
  { stored, rotation }: Observation,
  certificates: readonly CertificateStatus[],
  unstored: readonly UnstoredCertificate[],
  now: number,
): IntegrationState {
  if (!stored) return "unreachable";
  const valid = certificates.filter(({ state }) => isValid(state));
  if (valid.length === 0) return "down";
  if (unstored.some(({ state }) => state === "missing")) return "missing";
  // A stored successor that begins before the last one ends needs no action.
  if (!isCovered(certificates, valid)) return "expiring";
  if (unstored.length > 0) return "next_missing";
  return rotationState(rotation, certificates, now) ?? "active";
}

/** The state of a rotation between its two halves; undefined if there is none. */
function rotationState(
  rotation: RotationSummary | undefined,
  certificates: readonly CertificateStatus[],
  now: number,
): IntegrationState | undefined {
  const waits = rotation?.status === "waiting" || rotation?.status === "awaiting_switch";
  if (waits && rotation.until !== undefined && rotation.until <= now) return "retirement_due";
  const old = new Set(rotation?.superseded.map(({ sha256 }) => sha256));
  const publishes = certificates.some(({ publication }) => publication === "published");
  const left = certificates.filter(({ publication }) => publication === "extra");
  const isSwitched = waits
    ? certificates.every(
        ({ sha256 = "", publication }) => !old.has(sha256) || publication === "extra",
      )
    : left.length > 0;
  if (publishes && isSwitched) return "switched";
  return waits ? "awaiting_switch" : undefined;
}

function isCovered(
  certificates: readonly CertificateStatus[],
  valid: readonly CertificateStatus[],
): boolean {
  if (valid.some(({ state }) => state === "active")) return true;
  const end = Math.max(...valid.map(({ notAfter = 0 }) => notAfter));
  return certificates.some(({ state, notBefore = 0 }) => state === "pending" && notBefore <= end);
}

function isValid(state: CertificateStatus["state"]): boolean {
  return state === "active" || state === "expiring";
}

function lastDays(certificates: readonly CertificateStatus[]): number | undefined {
  const valid = certificates.filter(({ state }) => isValid(state));
  if (valid.length === 0 || valid.some(({ daysLeft }) => daysLeft === undefined)) return undefined;
  return Math.max(...valid.map(({ daysLeft = 0 }) => daysLeft));
}
