import type { Certificate } from "../../certificates/types.ts";
import { namespaces } from "../../core/uris.ts";
import type { ReadEntity, Trust } from "../model/trust.ts";
import type {
  EntitiesDescriptor,
  EntityDescriptor,
  KeyDescriptor,
  MetadataTime,
  Role,
} from "../model/types.ts";

/** The statements of an entity: the values at each place. Lists have no order. */
export type Facts = ReadonlyMap<string, readonly string[]>;

/** Properties that are the form of a document, or not the entity's own. */
const FORM = new Set(["prefix", "namespaces", "type", "id", "inherited"]);
/** Attributes about the form of the document. */
const HINTS = new Set([
  `${namespaces.xsi} schemaLocation`,
  `${namespaces.xsi} noNamespaceSchemaLocation`,
  `${namespaces.xml} space`,
]);

function withoutHints(list: readonly unknown[]): readonly unknown[] {
  return list.filter((item) => {
    const { namespace, name } = (item ?? {}) as { namespace?: unknown; name?: unknown };
    return !HINTS.has(`${namespace} ${name}`);
  });
}

type State = (path: string, value: string) => void;

/** All statements of an entity besides its roles, without its form. */
export function entityFacts(entity: EntityDescriptor): Facts {
  const { roles: _, ...statements } = entity;
  const { inherited } = entity as Partial<ReadEntity<Trust>>;
  // An inherited validity counts like the entity's own (metadata 2.3.1).
  const validUntil = inherited?.validUntil ?? entity.validUntil;
  const cacheDuration = inherited?.cacheDuration ?? entity.cacheDuration;
  return factsFrom((state) => collect("", { ...statements, validUntil, cacheDuration }, state));
}

/** The statements of groups with one name, without their validity, which their entities report. */
export function groupFacts(groups: readonly EntitiesDescriptor[]): Facts {
  return factsFrom((state) => {
    for (const { members: _, validUntil: _until, cacheDuration: _for, ...statements } of groups) {
      collect("EntitiesDescriptor", statements, state);
    }
  });
}

/** All statements of a role besides its keys; none if there is no role. */
export function roleFacts(role: Role | undefined, path: string): Facts {
  return factsFrom((state) => {
    if (role === undefined) return;
    // The role itself is a statement too, so that an empty one counts.
    state(path, "");
    const { keyDescriptors, ...statements } = role;
    collect(path, statements, state);
    for (const [place, value] of besidesKeys(keyDescriptors ?? []))
      state(`${path}/${place}`, value);
  });
}

/** The encryption methods of each key that a role has in both versions. */
export function methodFacts(
  before: Role | undefined,
  after: Role | undefined,
  path: string,
): readonly [Facts, Facts] {
  const [old, next] = [methodsByKey(before), methodsByKey(after)];
  const facts = (own: typeof old, other: typeof old): Facts =>
    factsFrom((state) => {
      for (const [key, methods] of own) {
        if (!other.has(key)) continue;
        for (const method of methods) state(`${path}/encryptionMethods`, `${method} of ${key}`);
      }
    });
  return [facts(old, next), facts(next, old)];
}

function methodsByKey(role: Role | undefined): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { keyInfo, encryptionMethods = [] } of role?.keyDescriptors ?? []) {
    for (const { fingerprint } of keyInfo?.certificates ?? []) {
      const methods = found.get(fingerprint.sha256) ?? new Set();
      for (const method of encryptionMethods) methods.add(canonical(method));
      found.set(fingerprint.sha256, methods);
    }
  }
  return found;
}

function factsFrom(fill: (state: State) => void): Facts {
  const facts = new Map<string, string[]>();
  fill((path, value) => {
    const values = facts.get(path);
    if (values === undefined) facts.set(path, [value]);
    else values.push(value);
  });
  return facts;
}

/**
 * The other statements of key descriptors, each once, because keys are compared separately. A key without
 * a certificate is reported with its use.
 */
function besidesKeys(
  descriptors: readonly KeyDescriptor[],
): readonly (readonly [place: string, value: string])[] {
  const statements = descriptors.flatMap((descriptor) => {
    const { use, encryptionMethods = [], keyInfo = {}, ...rest } = descriptor;
    const { certificates, unreadableCertificates = [], keyNames = [], other = [] } = keyInfo;
    const uses = certificates === undefined ? (["signing", "encryption"] as const) : [undefined];
    const lists = {
      keyNames,
      keyInfo: other,
      unreadableCertificates: unreadableCertificates.map((text) => text.replace(/\s+/g, "")),
      keyDescriptor: Object.values(rest).flat(),
    };
    const told = Object.entries(lists).flatMap(([name, list]) =>
      list.map((item) => [name, canonical(item)] as const),
    );
    return [
      ...encryptionMethods.map((one) => `encryptionMethods ${canonical(one)}`),
      ...uses
        .filter((one) => one === undefined || use === undefined || one === use)
        .flatMap((one) =>
          told.map(([name, value]) => `${one === undefined ? "" : `${one}/`}${name} ${value}`),
        ),
    ];
  });
  return [...new Set(statements)].map((statement) => {
    const space = statement.indexOf(" ");
    return [statement.slice(0, space), statement.slice(space + 1)];
  });
}

function collect(path: string, value: unknown, state: State): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) {
    for (const item of withoutHints(value)) state(path, canonical(item));
    return;
  }
  if (typeof value !== "object" || "iso" in value) {
    state(path, canonical(value));
    return;
  }
  for (const [name, inner] of Object.entries(value)) {
    if (!FORM.has(name)) collect(path === "" ? name : `${path}/${name}`, inner, state);
  }
}

function timeText({ iso, unreadable }: MetadataTime): string {
  return unreadable === undefined ? iso : JSON.stringify(unreadable);
}

/** One text per meaning: properties and lists are sorted, outer white space is dropped. */
function canonical(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.replace(/\s+/g, " ").trim());
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) {
    return `[${withoutHints(value).map(canonical).sort().join(", ")}]`;
  }
  if ("iso" in value) return timeText(value as MetadataTime);
  if ("fingerprint" in value) return JSON.stringify((value as Certificate).fingerprint.sha256);
  const entries = Object.entries(value)
    .filter(([name, inner]) => inner !== undefined && !FORM.has(name))
    .map(([name, inner]) => `${name}: ${canonical(inner)}`);
  return `{ ${entries.sort().join(", ")} }`;
}
