import type { Certificate } from "../../certificates/types.ts";
import type { EntityDescriptor, KeyDescriptor } from "../types.ts";

/** What an entity says, one statement a line: its place, and its value. Lists have no order. */
export type Facts = ReadonlyMap<string, readonly string[]>;

/** How a document is written, and what is not the entity's own. */
const FORM = new Set(["prefix", "namespaces", "type", "id", "inherited"]);

/** Everything that an entity says, without how it is written. */
export function factsOf(entity: EntityDescriptor): Facts {
  const facts = new Map<string, string[]>();
  const state = (path: string, value: string): void => {
    facts.set(path, [...(facts.get(path) ?? []), value]);
  };
  const { roles, ...rest } = entity;
  collect("", rest, state);
  const seen = new Map<string, number>();
  for (const role of roles ?? []) {
    const count = (seen.get(role.type) ?? 0) + 1;
    seen.set(role.type, count);
    const path = count === 1 ? role.type : `${role.type}[${count}]`;
    // The role itself is a statement too, or an empty one would not be seen.
    state(path, "");
    const { keyDescriptors, ...statements } = role;
    collect(path, statements, state);
    for (const [place, value] of besidesKeys(keyDescriptors ?? []))
      state(`${path}/${place}`, value);
  }
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

function collect(path: string, value: unknown, state: (path: string, value: string) => void): void {
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

/** The same text for the same meaning: no order of properties or lists, no white space around. */
function canonical(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.replace(/\s+/g, " ").trim());
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(", ")}]`;
  if ("iso" in value) return String(value.iso);
  if ("fingerprint" in value) return JSON.stringify((value as Certificate).fingerprint.sha256);
  const entries = Object.entries(value)
    .filter(([name, inner]) => inner !== undefined && !FORM.has(name))
    .map(([name, inner]) => `${name}: ${canonical(inner)}`);
  return `{ ${entries.sort().join(", ")} }`;
}
