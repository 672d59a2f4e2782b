import type { Certificate } from "../../certificates/types.ts";
import type { ReadEntity, Trust } from "../trust.ts";
import type { EntityDescriptor, KeyDescriptor, MetadataTime, Role } from "../types.ts";

/** What an entity says, one statement a line: its place, and its value. Lists have no order. */
export type Facts = ReadonlyMap<string, readonly string[]>;

/** How a document is written, and what is not the entity's own. */
const FORM = new Set(["prefix", "namespaces", "type", "id", "inherited"]);

type State = (path: string, value: string) => void;

/** Everything that an entity says besides its roles, without how it is written. */
export function entityFacts(entity: EntityDescriptor): Facts {
  const { roles: _, ...statements } = entity;
  const { inherited } = entity as Partial<ReadEntity<Trust>>;
  // What the groups around it say of its validity holds for it as its own does (metadata 2.3.1).
  const validUntil = inherited?.validUntil ?? entity.validUntil;
  const cacheDuration = inherited?.cacheDuration ?? entity.cacheDuration;
  return factsFrom((state) => collect("", { ...statements, validUntil, cacheDuration }, state));
}

/** Everything that a role says besides its keys; none, if there is no role. */
export function roleFacts(role: Role | undefined, path: string): Facts {
  return factsFrom((state) => {
    if (role === undefined) return;
    // The role itself is a statement too, or an empty one would not be seen.
    state(path, "");
    const { keyDescriptors, ...statements } = role;
    collect(path, statements, state);
    for (const [place, value] of besidesKeys(keyDescriptors ?? []))
      state(`${path}/${place}`, value);
  });
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

/** Keys are compared by themselves; this is what else their descriptors say, each once. */
function besidesKeys(
  descriptors: readonly KeyDescriptor[],
): readonly (readonly [string, string])[] {
  const statements = descriptors.flatMap(({ encryptionMethods = [], keyInfo = {} }) => [
    ...encryptionMethods.map((method) => `encryptionMethods ${canonical(method)}`),
    ...(keyInfo.keyNames ?? []).map((name) => `keyNames ${canonical(name)}`),
    ...(keyInfo.other ?? []).map((element) => `keyInfo ${canonical(element)}`),
    ...(keyInfo.unreadableCertificates ?? []).map(
      (text) => `unreadableCertificates ${JSON.stringify(text.replace(/\s+/g, ""))}`,
    ),
  ]);
  return [...new Set(statements)].map((statement) => {
    const space = statement.indexOf(" ");
    return [statement.slice(0, space), statement.slice(space + 1)];
  });
}

function collect(path: string, value: unknown, state: State): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) state(path, canonical(item));
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

/** The same text for the same meaning: no order of properties or lists, no white space around. */
function canonical(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.replace(/\s+/g, " ").trim());
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(", ")}]`;
  if ("iso" in value) return timeText(value as MetadataTime);
  if ("fingerprint" in value) return JSON.stringify((value as Certificate).fingerprint.sha256);
  const entries = Object.entries(value)
    .filter(([name, inner]) => inner !== undefined && !FORM.has(name))
    .map(([name, inner]) => `${name}: ${canonical(inner)}`);
  return `{ ${entries.sort().join(", ")} }`;
}
