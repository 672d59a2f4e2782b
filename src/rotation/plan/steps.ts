import type { PlannedCertificate, RotationStep, StoredSnapshot } from "../types.ts";
import type { Sequence } from "./sequence.ts";

type Draft = RotationStep extends infer Step
  ? Step extends RotationStep
    ? Omit<Step, "index">
    : never
  : never;

/** Writes a sequence out as steps, each with its reason, its risk and its requests. */
export function writeSteps(order: Sequence): readonly RotationStep[] {
  const drafts: Draft[] = [];
  const removals = (items: readonly StoredSnapshot[], reason: (item: StoredSnapshot) => string) => {
    for (const item of items) {
      // Nothing is removed on a reading that is older than the last request.
      if (!isRead(drafts.at(-1)))
        drafts.push(check("Make sure that no other writer has changed the store."));
      drafts.push(retire(item, reason(item)));
    }
  };
  const additions = (items: readonly PlannedCertificate[]) => {
    drafts.push(...items.map(add));
    if (items.length > 0) drafts.push(verify(items.map(({ sha256 }) => sha256)));
  };

  drafts.push(check("Make sure that the store is as it was when the plan was made."));
  drafts.push(...order.enable.map(enable));
  removals(
    order.makeRoom,
    () => "Make room: it is refused by the provider, disabled, or a second copy.",
  );
  for (const { old, by } of order.replace) {
    if (!isRead(drafts.at(-1)))
      drafts.push(check("Make sure that no other writer has changed the store."));
    drafts.push(replace(old, by));
  }
  drafts.push(...order.add.map(add));
  const written = [...order.replace.map(({ by }) => by), ...order.enable, ...order.add];
  if (written.length > 0) drafts.push(verify(written.map(({ sha256 }) => sha256)));
  if (order.wait) drafts.push(wait(order.wait));
  removals(order.retire, () => "It is not desired, and the desired ones are stored.");
  additions(order.addLater);

  const idle = drafts.length === 1;
  return idle ? [] : drafts.map((draft, index) => ({ index, ...draft }));
}

function isRead(draft: Draft | undefined): boolean {
  return draft?.kind === "check" || draft?.kind === "verify" || draft?.kind === "retire";
}

function check(reason: string): Draft {
  return {
    kind: "check",
    reason,
    risk: "None: it only reads. A change by another writer stops the run.",
    requests: 1,
  };
}

function add({ sha256 }: PlannedCertificate): Draft {
  return {
    kind: "add",
    sha256,
    reason: "The identity provider signs with it, now or next, and it is not stored.",
    risk: "None for sign-in: the stored ones stay. A lost answer is looked up, not repeated.",
    requests: 1,
  };
}

function enable({ id, sha256 }: StoredSnapshot): Draft {
  return {
    kind: "enable",
    id,
    sha256,
    reason: "Others are retired in reliance on it, so it must surely be enabled.",
    risk: "None for sign-in: its text stays the same.",
    requests: 1,
  };
}

function replace(old: StoredSnapshot, by: PlannedCertificate): Draft {
  return {
    kind: "replace",
    id: old.id,
    replaces: old.sha256,
    sha256: by.sha256,
    reason: "The policy says `replaceInPlace`.",
    risk: "Sign-in fails from here until the identity provider signs with the new certificate.",
    requests: 1,
  };
}

function verify(sha256s: readonly string[]): Draft {
  return {
    kind: "verify",
    sha256s,
    reason: "Compare the provider's copy with what was sent: fingerprint and both dates.",
    risk: "None for sign-in: a wrong copy is removed again, and the run stops.",
    requests: 1,
  };
}

function wait({ retire, notBefore }: NonNullable<Sequence["wait"]>): Draft {
  return {
    kind: "wait",
    retire,
    ...(notBefore !== undefined && { notBefore }),
    reason: "Old and new are both trusted while the identity provider switches.",
    risk: "None for sign-in, however long it takes. The run ends here and is resumed later.",
    requests: 0,
  };
}

function retire({ id, sha256 }: StoredSnapshot, reason: string): Draft {
  return {
    kind: "retire",
    id,
    sha256,
    reason,
    risk: "Sign-in fails if the identity provider still signs with it. It can be added again.",
    requests: 2,
  };
}
