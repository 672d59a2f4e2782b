import {
  diffMetadata,
  type KeyChange,
  type MetadataChange,
  type MetadataDiff,
  type UntrustedMetadata,
} from "../../../src/metadata/index.ts";
import { keysOf, ROLE_NAMES } from "../metadata/entity.ts";
import { readDocument, whyUnread } from "../metadata/reading.ts";
import { block, folded, make } from "../parts/dom.ts";
import { findingList } from "../parts/findings.ts";
import type { Paste } from "../parts/paste.ts";
import { linesOf } from "../parts/source.ts";
import { type Period, periodOf, timeline } from "../parts/timeline.ts";
import type { Tone } from "../parts/verdict.ts";

const MAX_PERIODS = 20;
const MAX_OPEN = 20;

const STAGES: Readonly<Record<KeyChange["stage"], string>> = {
  introduced: "the next key is published together with the old one: trust both",
  retired: "an old key was removed and a known one remains: stop trusting the old one",
  rolled: "an old key was removed and a new one added; one key is in both",
  renewed: "the same key in another certificate: replace the certificate",
  replaced: "every key is new: services that have not read this document are locked out",
  added: "these are the first keys",
  removed: "no keys are left",
};

/** The result of a comparison in a few words and in a sentence, and its details. */
export interface Comparison {
  readonly tone: Tone;
  /** The result in a few words. */
  readonly title: string;
  readonly words: string;
  readonly details: readonly HTMLElement[];
}

function item(title: string, text: string, ...more: readonly HTMLElement[]): HTMLElement {
  return make("li", {}, make("p", {}, make("strong", {}, `${title}: `), text), ...more);
}

function value(name: string, text: string): HTMLElement {
  return make("p", { class: name }, make("code", {}, `${name} ${text}`));
}

function keyItem({ role, use, added, removed, stage }: KeyChange, of: string): HTMLElement {
  return item(
    `${of}${use} keys of the ${ROLE_NAMES[role] ?? role}`,
    STAGES[stage],
    ...removed.map((sha256) => value("removed", sha256)),
    ...added.map((sha256) => value("added", sha256)),
  );
}

/** `IDPSSODescriptor/singleSignOnServices` in words. */
function inWords(path: string): string {
  const [first = "", ...others] = path.split("/");
  return [ROLE_NAMES[first] ?? first, ...others].join(", ");
}

function changeItem({ path, kind, before, after }: MetadataChange, of: string): HTMLElement {
  return item(
    `${of}${inWords(path)}`,
    kind,
    ...(before === undefined ? [] : [value("before", before)]),
    ...(after === undefined ? [] : [value("after", after)]),
  );
}

function summary(diff: MetadataDiff): Omit<Comparison, "details"> {
  const { same, isRotation, entities, keys } = diff;
  if (same) return { tone: "good", title: "No change", words: "No change in meaning." };
  if (isRotation) {
    const locksOut = keys.some(({ stage }) => stage === "replaced" || stage === "removed");
    const words = "Only keys changed: this is a key rotation.";
    return { tone: locksOut ? "bad" : "good", title: "Key rotation", words };
  }
  const moved = entities.added.length + entities.removed.length;
  const words =
    moved > 0 ? "The list of entities changed." : "More than keys changed: check each change.";
  return { tone: "fair", title: "Changed", words };
}

/** A function per change that draws it, because an aggregate can have thousands. */
function itemsOf(diff: MetadataDiff, several: boolean): (() => HTMLElement)[] {
  const of = ({ entityId }: { entityId: string }): string =>
    several && entityId !== "" ? `${entityId}, ` : "";
  return [
    ...diff.entities.added.map((name) => () => item("new entity", name)),
    ...diff.entities.removed.map((name) => () => item("removed entity", name)),
    ...diff.keys.map((change) => () => keyItem(change, of(change))),
    ...diff.changes.map((change) => () => changeItem(change, of(change))),
  ];
}

function changeList(items: readonly (() => HTMLElement)[]): HTMLElement[] {
  if (items.length === 0) return [];
  const list = (some: readonly (() => HTMLElement)[]): HTMLElement =>
    make("ul", { class: "changes" }, ...some.map((draw) => draw()));
  const [open, others] = [items.slice(0, MAX_OPEN), items.slice(MAX_OPEN)];
  return [
    list(open),
    ...(others.length === 0
      ? []
      : [folded(`${others.length.toLocaleString("en")} more changes`, () => list(others))]),
  ];
}

/** Every key of both documents, marked as kept, added or removed. */
function keyPeriods(before: UntrustedMetadata, after: UntrustedMetadata, now: number): Period[] {
  const keys = ({ entities }: UntrustedMetadata) =>
    new Map(
      entities
        .flatMap((entity) => keysOf(entity))
        .map((key) => [`${key.use} ${key.certificate.fingerprint.sha256}`, key] as const),
    );
  const [old, fresh] = [keys(before), keys(after)];
  return [...new Map([...old, ...fresh])].map(([id, { use, certificate }]) => {
    const change = old.has(id) ? (fresh.has(id) ? "kept" : "removed") : "added";
    return periodOf(certificate, `${use}, ${change}`, now);
  });
}

function unread(second: Paste, now: number): Comparison {
  const { findings } = whyUnread(second, now);
  const words = "The second document is not readable SAML metadata.";
  const list = findingList(findings, linesOf(second.text, findings));
  return {
    tone: "bad",
    title: "Cannot be compared",
    words,
    details: [block("Second document", list)],
  };
}

/** The changes in meaning from a document to a second one. */
export function compare(
  { input }: Paste,
  before: UntrustedMetadata,
  second: Paste,
  now: number,
): Comparison {
  const after = readDocument(second);
  if (after === undefined) return unread(second, now);
  const diff = diffMetadata(input, second.input);
  const periods = diff.keys.length === 0 ? [] : keyPeriods(before, after, now);
  const details = [
    ...(periods.length === 0 || periods.length > MAX_PERIODS ? [] : [timeline(periods, now)]),
    ...changeList(itemsOf(diff, before.entities.length > 1)),
  ];
  return {
    ...summary(diff),
    details: details.length === 0 ? [] : [block("Changes", ...details)],
  };
}
