import { isSamlCertError } from "../../src/core/errors.ts";
import {
  diffMetadata,
  type KeyChange,
  type MetadataChange,
  type MetadataDiff,
  parseMetadata,
} from "../../src/metadata/index.ts";
import { block, make } from "./dom.ts";
import { keysOf, ROLE_NAMES } from "./metadata-entity.ts";
import { type Period, periodOf, timeline } from "./timeline.ts";

type Source = string | Uint8Array;

const MAX_PERIODS = 20;

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
    fingerprints.map((sha256) => make("p", { class: sign }, make("code", {}, `${sign} ${sha256}`)));
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

/** `IDPSSODescriptor/singleSignOnServices` as people say it. */
function inWords(path: string): string {
  const [first = "", ...others] = path.split("/");
  return [ROLE_NAMES[first] ?? first, ...others].join(", ");
}

function changeItem({ path, kind, before, after }: MetadataChange): HTMLElement {
  const value = (name: string, text: string | undefined): HTMLElement[] =>
    text === undefined ? [] : [make("p", { class: name }, make("code", {}, `${name} ${text}`))];
  return make(
    "li",
    {},
    make("p", {}, make("strong", {}, `${inWords(path)}: `), kind),
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

/** Every key of both documents, and in which of them it is. */
function keyPeriods(before: Source, after: Source, now: number): Period[] {
  const keys = (source: Source) =>
    new Map(
      parseMetadata(source)
        .entities.flatMap((entity) => keysOf(entity))
        .map((key) => [`${key.use} ${key.certificate.fingerprint.sha256}`, key] as const),
    );
  const [old, fresh] = [keys(before), keys(after)];
  return [...new Map([...old, ...fresh])].map(([id, { use, certificate }]) => {
    const change = old.has(id) ? (fresh.has(id) ? "kept" : "removed") : "added";
    return periodOf(certificate, `${use}, ${change}`, now);
  });
}

/** What changed in meaning from one document to another. */
export function changesBlock(before: Source, after: Source, now: number): HTMLElement {
  try {
    const diff = diffMetadata(before, after);
    const periods = diff.keys.length === 0 ? [] : keyPeriods(before, after, now);
    return block(
      "What changed",
      make("p", { class: "sum" }, summary(diff)),
      ...(periods.length === 0 || periods.length > MAX_PERIODS ? [] : [timeline(periods, now)]),
      ...listed(diff),
    );
  } catch (error) {
    if (!isSamlCertError(error)) throw error;
    return block(
      "What changed",
      make("p", {}, `The two cannot be compared: ${error.message} ${error.hint}`),
    );
  }
}
