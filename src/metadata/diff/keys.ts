import type { Certificate } from "../../certificates/types.ts";
import type { KeyUse, Role, RoleType } from "../model/types.ts";
import type { RolePair } from "./pairs.ts";

/** The change of the keys of a role for one use. */
export interface KeyChange {
  readonly entityId: string;
  readonly role: RoleType;
  readonly use: KeyUse;
  /** SHA-256 fingerprints of certificates. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly kept: readonly string[];
  readonly stage: RotationStage;
}

/**
 * The kind of a change of keys:
 * - `introduced`: the next key was added to the old one; trust both.
 * - `retired`: an old key was removed, a known one remains; stop trusting the old one.
 * - `rolled`: an old key was removed and a next one added; one key is in both.
 * - `renewed`: the same key in another certificate; replace the certificate.
 * - `replaced`: every key is new; services that have not read the new metadata are locked out.
 * - `added`: the first keys. `removed`: no key is left.
 */
export type RotationStage =
  | "introduced"
  | "retired"
  | "rolled"
  | "renewed"
  | "replaced"
  | "added"
  | "removed";

type Keys = ReadonlyMap<string, Certificate>;

function keysOf(role: Role | undefined, use: KeyUse): Keys {
  const certificates = (role?.keyDescriptors ?? [])
    .filter((key) => key.use === undefined || key.use === use)
    .flatMap(({ keyInfo }) => keyInfo?.certificates ?? []);
  return new Map(certificates.map((one) => [one.fingerprint.sha256, one]));
}

const spkis = (keys: Keys): ReadonlySet<string> =>
  new Set([...keys.values()].map(({ publicKey }) => publicKey.spkiSha256));

function stageOf(before: Keys, after: Keys): RotationStage {
  if (before.size === 0) return "added";
  if (after.size === 0) return "removed";
  const [old, next] = [spkis(before), spkis(after)];
  const isKept = [...old].some((key) => next.has(key));
  const gained = [...next].some((key) => !old.has(key));
  const lost = [...old].some((key) => !next.has(key));
  if (!isKept) return "replaced";
  if (gained) return lost ? "rolled" : "introduced";
  return lost ? "retired" : "renewed";
}

/** The changes of keys of an entity, by role and use; two roles that change alike are reported once. */
export function keyChanges(entityId: string, roles: readonly RolePair[]): readonly KeyChange[] {
  const changes = roles.flatMap(({ before, after }) =>
    (["signing", "encryption"] as const).flatMap((use): readonly KeyChange[] => {
      const [old, next] = [keysOf(before, use), keysOf(after, use)];
      const added = [...next.keys()].filter((key) => !old.has(key));
      const removed = [...old.keys()].filter((key) => !next.has(key));
      const role = (after ?? before)?.type;
      if (role === undefined || added.length + removed.length === 0) return [];
      const kept = [...old.keys()].filter((key) => next.has(key));
      return [{ entityId, role, use, added, removed, kept, stage: stageOf(old, next) }];
    }),
  );
  return [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()];
}
