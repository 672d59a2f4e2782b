import { isSamlCertError } from "../../src/core/errors.ts";
import {
  diffMetadata,
  type KeyChange,
  type MetadataChange,
  type MetadataDiff,
} from "../../src/metadata/index.ts";
import { block, make } from "./dom.ts";
import { ROLE_NAMES } from "./metadata-entity.ts";

const STAGES: Readonly<Record<KeyChange["stage"], string>> = {
  introduced: "the next key stands beside the old one: trust both",
  retired: "an old key is gone, a known one remains: stop trusting the old one",
  rolled: "an old key is gone and a next one is there, with one that both have",
  renewed: "the same key in another certificate: replace the certificate",
  replaced: "every key is new at once: whoever has not read this is locked out",
  added: "these are the first keys",
  removed: "there are no keys any more",
};

function keyItem({ role, use, added, removed, stage }: KeyChange): HTMLElement {
  const names = (sign: string, fingerprints: readonly string[]): HTMLElement[] =>
    fingerprints.map((sha256) => make("p", {}, make("code", {}, `${sign} ${sha256}`)));
  return make(
    "li",
    {},
    make(
      "p",
      {},
      make("strong", {}, `${use} keys of the ${ROLE_NAMES[role] ?? role}: `),
      STAGES[stage],
    ),
    ...names("removed", removed),
    ...names("added", added),
  );
}

function changeItem({ path, kind, before, after }: MetadataChange): HTMLElement {
  const value = (name: string, text: string | undefined): HTMLElement[] =>
    text === undefined ? [] : [make("p", {}, make("code", {}, `${name} ${text}`))];
  return make(
    "li",
    {},
    make("p", {}, make("strong", {}, `${path}: `), kind),
    ...value("before", before),
    ...value("after", after),
  );
}

function summary({ same, isRotation, entities }: MetadataDiff): string {
  if (same) return "Nothing changed in meaning.";
  if (isRotation) return "Only keys changed: this is a key rotation.";
  const moved = entities.added.length + entities.removed.length;
  return moved > 0 ? "Other entities than before." : "More than keys changed: look at each.";
}

function listed(diff: MetadataDiff): HTMLElement[] {
  const { entities, keys, changes } = diff;
  const named = (kind: string) => (name: string) =>
    make("li", {}, make("p", {}, make("strong", {}, `${kind}: `), name));
  const items = [
    ...entities.added.map(named("new entity")),
    ...entities.removed.map(named("entity that is gone")),
    ...keys.map(keyItem),
    ...changes.slice(0, 200).map(changeItem),
  ];
  return items.length === 0 ? [] : [make("ul", { class: "changes" }, ...items)];
}

/** What changed in meaning from one document to another. */
export function changesBlock(before: string | Uint8Array, after: string | Uint8Array): HTMLElement {
  try {
    const diff = diffMetadata(before, after);
    return block("What changed", make("p", { class: "sum" }, summary(diff)), ...listed(diff));
  } catch (error) {
    if (!isSamlCertError(error)) throw error;
    return block(
      "What changed",
      make("p", {}, `The two cannot be compared: ${error.message} ${error.hint}`),
    );
  }
}
