import type { CertificateStatus } from "./types.ts";

/** The state of the certificates of a connection by their dates alone. */
export type LifeState = "down" | "expiring" | "active";

const ORDER: readonly LifeState[] = ["down", "expiring", "active"];

/** The certificates of each use; a certificate without a use serves both. */
function byUse(
  certificates: readonly CertificateStatus[],
): readonly (readonly CertificateStatus[])[] {
  const groups = (["signing", "encryption"] as const).map((use) =>
    certificates.filter((one) => one.use === undefined || one.use === use),
  );
  const found = groups.filter((group) => group.length > 0);
  return found.length === 0 ? [[]] : found;
}

/** The worst state of all uses. Within one use, any valid certificate is enough. */
export function lifeOf(certificates: readonly CertificateStatus[]): LifeState {
  const states = byUse(certificates).map(stateOfGroup);
  return ORDER.find((state) => states.includes(state)) ?? "active";
}

function stateOfGroup(certificates: readonly CertificateStatus[]): LifeState {
  const valid = certificates.filter(({ state }) => isValid(state));
  if (valid.length === 0) return "down";
  // A successor that begins before the last one ends needs no action.
  return isCovered(certificates, valid) ? "active" : "expiring";
}

function isCovered(
  certificates: readonly CertificateStatus[],
  valid: readonly CertificateStatus[],
): boolean {
  if (valid.some(({ state }) => state === "active")) return true;
  const end = Math.max(...valid.map(({ notAfter = 0 }) => notAfter));
  return certificates.some(({ state, notBefore = 0 }) => state === "pending" && notBefore <= end);
}

export function isValid(state: CertificateStatus["state"]): boolean {
  return state === "active" || state === "expiring";
}

/** Days until the last valid certificate of a use ends; undefined if none is valid, or one has no end. */
export function lastDays(certificates: readonly CertificateStatus[]): number | undefined {
  const days = byUse(certificates).map((group) => {
    const valid = group.filter(({ state }) => isValid(state));
    if (valid.length === 0) return undefined;
    return Math.max(...valid.map(({ daysLeft = Number.POSITIVE_INFINITY }) => daysLeft));
  });
  const known = days.filter((one) => one !== undefined && Number.isFinite(one)) as number[];
  return known.length === 0 ? undefined : Math.min(...known);
}
