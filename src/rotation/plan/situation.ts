import type { StoreCapabilities } from "../../providers/store.ts";
import type { PlannedCertificate, ResolvedPolicy, StoredSnapshot, Untouched } from "../types.ts";
import { storeLimit } from "./policy.ts";
import { withinValidity } from "./usable.ts";

/** The desired certificates compared with the stored ones, before an order is chosen. */
export interface Situation {
  readonly now: number;
  readonly policy: ResolvedPolicy;
  readonly capabilities: StoreCapabilities;
  /** The most certificates that may be stored at once. */
  readonly limit: number;
  readonly before: readonly StoredSnapshot[];
  /** Desired and worth storing: no issuer of another one, not expired. */
  readonly wanted: readonly PlannedCertificate[];
  /** Wanted and not stored; those that are valid now come first. */
  readonly missing: readonly PlannedCertificate[];
  /** The stored copy of each wanted certificate that will stay. */
  readonly matched: readonly StoredSnapshot[];
  /** Further copies of a wanted certificate, which can go. */
  readonly duplicates: readonly StoredSnapshot[];
  /** Stored, and the provider does not show which certificate it is. */
  readonly unidentified: readonly StoredSnapshot[];
  /** Stored and not desired; the least likely to be in use come first. */
  readonly superseded: readonly StoredSnapshot[];
  readonly kept: readonly Untouched[];
  readonly skipped: readonly Untouched[];
}

/** Why a stored certificate could not be read, by what the provider shows. */
const UNIDENTIFIED = {
  certificate: "the stored text is not a readable certificate",
  fingerprint: "the provider shows its fingerprint only, and no record of it is kept",
  nothing: "the provider does not show it, and no record of it is kept",
} as const;

/** XML Signature 4.4.4: the other certificates of a chain only lead to it. */
const ISSUER = "it issued a desired certificate, and only the end entity of a chain signs";

interface Input {
  readonly desired: readonly PlannedCertificate[];
  /** SHA-256 of the issuers of desired certificates. */
  readonly issuers: ReadonlySet<string>;
  readonly before: readonly StoredSnapshot[];
  readonly policy: ResolvedPolicy;
  readonly capabilities: StoreCapabilities;
  readonly now: number;
}

/** Compares the desired certificates with the stored ones. */
export function assess(input: Input): Situation {
  const { desired, issuers, before, policy, capabilities, now } = input;
  const copies = copiesBySha256(before);
  const expired = (certificate: PlannedCertificate) =>
    capabilities.honoursExpiry !== "no" && certificate.notAfter < now;
  const trusted = policy.overrides.includes("trust_expired_certificate");
  const useless = (certificate: PlannedCertificate) =>
    expired(certificate) && !copies.has(certificate.sha256) && !trusted;
  const skipped = desired.filter(useless);
  const wanted = desired.filter((certificate) => !useless(certificate));
  const wantedNames = new Set(wanted.map(({ sha256 }) => sha256));

  const readable = before.filter((item) => item.certificate && !issuers.has(item.sha256));
  const matched = wanted.flatMap(({ sha256 }) => bestCopy(copies.get(sha256) ?? []));
  const staying = new Set(matched);
  const spare = readable.filter((item) => wantedNames.has(item.sha256) && !staying.has(item));
  // Where `enabled` cannot be seen, the spare copy may be the one that works.
  const sure = capabilities.enabledObservable || policy.enabled === true;
  const inUse = (item: StoredSnapshot) => Number(withinKnownValidity(item, now));

  const superseded = readable
    .filter(({ sha256 }) => !wantedNames.has(sha256))
    .sort((a, b) => inUse(a) - inUse(b) || endOf(a) - endOf(b) || compareText(a.id, b.id));

  return {
    now,
    policy,
    capabilities,
    limit: storeLimit(policy, capabilities),
    before,
    wanted,
    missing: wanted
      .filter(({ sha256 }) => !copies.has(sha256))
      .sort((a, b) => a.notBefore - b.notBefore || compareText(a.sha256, b.sha256)),
    matched,
    duplicates: sure ? spare : [],
    unidentified: before.filter(({ certificate }) => certificate === undefined),
    superseded,
    kept: [
      ...(policy.retire === "never" ? superseded : []).map((item) =>
        untouched(item, "the policy retires nothing"),
      ),
      ...matched.map((item) => untouched(item, "desired and stored")),
      ...(sure ? [] : spare).map((item) =>
        untouched(
          item,
          "a second copy, and the provider does not tell which of the two is enabled",
        ),
      ),
      ...before
        .filter(({ certificate }) => certificate === undefined)
        .map((item) => untouched(item, UNIDENTIFIED[capabilities.observes ?? "certificate"])),
      ...before
        .filter(({ sha256 }) => issuers.has(sha256))
        .map((item) => untouched(item, "it issued a desired certificate")),
    ],
    skipped: [
      ...skipped.map(({ sha256 }) => ({ sha256, reason: "expired" })),
      ...[...issuers]
        .filter((sha256) => !copies.has(sha256))
        .map((sha256) => ({ sha256, reason: ISSUER })),
    ],
  };
}

/** A stored certificate that the provider surely does not accept: disabled, or expired and refused. */
export function outOfUse(item: StoredSnapshot, { capabilities, now }: Situation): boolean {
  if (item.enabled === false) return true;
  return (
    capabilities.honoursExpiry === "yes" && item.certificate !== undefined && endOf(item) < now
  );
}

function withinKnownValidity({ certificate, enabled }: StoredSnapshot, now: number): boolean {
  return certificate !== undefined && enabled !== false && withinValidity(certificate, now);
}

function endOf({ certificate }: StoredSnapshot): number {
  return certificate?.notAfter ?? 0;
}

function copiesBySha256(before: readonly StoredSnapshot[]): Map<string, StoredSnapshot[]> {
  const copies = new Map<string, StoredSnapshot[]>();
  for (const item of before) {
    if (!item.certificate) continue;
    const known = copies.get(item.sha256);
    if (known) known.push(item);
    else copies.set(item.sha256, [item]);
  }
  return copies;
}

/** The copy to keep: one that is known to be enabled, else one that is not known to be disabled. */
function bestCopy(copies: readonly StoredSnapshot[]): StoredSnapshot[] {
  const best =
    copies.find(({ enabled }) => enabled === true) ??
    copies.find(({ enabled }) => enabled === undefined) ??
    copies[0];
  return best ? [best] : [];
}

function untouched({ id, sha256 }: StoredSnapshot, reason: string): Untouched {
  return { id, sha256, reason };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
