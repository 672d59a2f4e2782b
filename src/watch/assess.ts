import { type Certificate, certificateState } from "../certificates/index.ts";
import { AMOUNT, type OptionKinds } from "../core/options.ts";
import { SECONDS_PER_DAY } from "../core/time.ts";
import type { StoredCertificate } from "../providers/store.ts";
import type { RotationSummary } from "../rotation/index.ts";
import { isValid, lifeOf } from "./life.ts";
import type { Seen } from "./source.ts";
import type {
  CertificateStatus,
  ConnectionState,
  PlannedChange,
  UnstoredCertificate,
} from "./types.ts";

/** The policy of `watch`. */
export interface WatchPolicy {
  /** Days before its end from which on a certificate is `expiring`. Default: 30. */
  readonly expiringDays?: number | undefined;
}

export const POLICY: OptionKinds<WatchPolicy> = { expiringDays: AMOUNT };

/** The facts about one integration. */
export interface Observation {
  /** Absent if the provider did not answer. */
  readonly stored?: readonly StoredCertificate[] | undefined;
  /** Absent if the identity provider's certificates are unknown. */
  readonly published?: readonly Certificate[] | undefined;
  /** The newest rotation of the connection, if its journal is known. */
  readonly rotation?: RotationSummary | undefined;
}

export type Assessment = Pick<Seen, "state" | "certificates" | "unstored" | "planned">;

/** Judges one integration. Pure. */
export function assessIntegration(
  seen: Observation,
  now: number,
  policy: WatchPolicy = {},
): Assessment {
  const { stored = [], published, rotation } = seen;
  const names = published && new Set(published.map(({ fingerprint }) => fingerprint.sha256));
  const certificates = stored.map((item) => storedStatus(item, now, policy, names));
  const unstored = unstoredOf(certificates, published ?? [], now);
  const state = stateOf(seen, certificates, unstored, now);
  const planned = plannedBy(rotation);
  return { state, certificates, unstored, ...(planned && { planned }) };
}

/** The status of a readable certificate. */
export function certificateStatus(
  id: string,
  certificate: Certificate,
  now: number,
  policy: WatchPolicy,
): CertificateStatus & { readonly sha256: string } {
  const notAfter = certificate.notAfter.unixSeconds;
  return {
    id,
    state: certificateState(certificate, now, policy),
    sha256: certificate.fingerprint.sha256,
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
    serialNumber: certificate.serialNumber,
    notBefore: certificate.notBefore.unixSeconds,
    notAfter,
    ...(!certificate.noExpiry && { daysLeft: Math.floor((notAfter - now) / SECONDS_PER_DAY) }),
  };
}

function storedStatus(
  { id, certificate, enabled }: StoredCertificate,
  now: number,
  policy: WatchPolicy,
  published: ReadonlySet<string> | undefined,
): CertificateStatus {
  if (!certificate) return { id, state: "unreadable" };
  const status = certificateStatus(id, certificate, now, policy);
  const gone = status.state === "expired" ? "stale" : "extra";
  return {
    ...status,
    ...(enabled === false && { state: "disabled" }),
    ...(published && { publication: published.has(status.sha256) ? "published" : gone }),
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
): ConnectionState {
  if (!stored) return "unreachable";
  const life = lifeOf(certificates);
  if (life === "down") return "down";
  if (unstored.some(({ state }) => state === "missing")) return "missing";
  if (life === "expiring") return "expiring";
  if (unstored.length > 0) return "next_missing";
  return rotationState(rotation, certificates, now) ?? "active";
}

/** The state of a rotation between its two halves; undefined if there is none. */
function rotationState(
  rotation: RotationSummary | undefined,
  certificates: readonly CertificateStatus[],
  now: number,
): ConnectionState | undefined {
  if (rotation?.status === "awaiting_approval") return "awaiting_approval";
  const waits = isWaiting(rotation);
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

function isWaiting(rotation: RotationSummary | undefined): rotation is RotationSummary {
  return rotation?.status === "waiting" || rotation?.status === "awaiting_switch";
}

function plannedBy(rotation: RotationSummary | undefined): PlannedChange | undefined {
  if (!isWaiting(rotation)) return undefined;
  const [old] = rotation.superseded;
  const kind = rotation.status === "waiting" ? "retirement" : "switch";
  const { until } = rotation;
  const names = kind === "retirement" && old !== undefined;
  return {
    kind,
    ...(until !== undefined && { at: until }),
    ...(names && { sha256: old.sha256 }),
  };
}
