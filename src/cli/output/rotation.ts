import { certificateState } from "../../certificates/index.ts";
import type { StoredCertificate } from "../../providers/store.ts";
import type { RotationEvent, RotationStep } from "../../rotation/index.ts";
import { timeText } from "./date.ts";
import type { Progress } from "./progress.ts";
import type { Style } from "./style.ts";
import { table } from "./table.ts";
import { printable } from "./text.ts";
import { timeline } from "./timeline.ts";

const DOING: Record<RotationStep["kind"], string> = {
  check: "reading the stored certificates",
  add: "adding the certificate",
  enable: "enabling the certificate",
  replace: "replacing the certificate",
  verify: "reading the stored certificates back",
  wait: "looking for evidence of the switch",
  retire: "removing the certificate",
};

function subjectOf(step: RotationStep): string {
  const parts = [
    "id" in step ? `id ${step.id}` : "",
    "sha256" in step ? `SHA-256 ${step.sha256.slice(0, 16)}…` : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

/** The destination of a rotation's events. */
export interface EventView {
  readonly progress: Progress;
  readonly style: Style;
  /** Prints a permanent line. */
  say(line: string): void;
}

/** Prints the events of a rotation as they happen. */
export function showEvents({ progress, style, say }: EventView): (event: RotationEvent) => void {
  return (event) => {
    if (event.type === "waiting") {
      say(`${style.accent("waiting")}  ${waitText(event)}`);
      return;
    }
    if (!("step" in event)) return;
    const { step } = event;
    const total = "total" in event ? `/${event.total}` : "";
    const label = `[${step.index + 1}${total}] ${step.kind.padEnd(7)} ${subjectOf(step)}`.trimEnd();
    if (event.type === "step_started") {
      progress.doing(`${DOING[step.kind]} (step ${step.index + 1}${total.replace("/", " of ")})`);
    }
    if (event.type === "step_finished") say(`${style.good("✓")} ${label}`);
    if (event.type === "step_failed") say(`${style.bad("✗")} ${label}  ${event.message}`);
    if (event.type === "undoing") say(`${style.warn("↶")} ${label}  undoing`);
  };
}

function waitText({ until, approval }: Extract<RotationEvent, { type: "waiting" }>): string {
  if (approval) return "for an approval at the provider";
  return until === undefined ? "for the identity provider's switch" : `until ${timeText(until)}`;
}

/** The stored certificates of a provider, and those that were just removed. */
export interface StoreView {
  readonly stored: readonly StoredCertificate[];
  readonly removed?: readonly StoredCertificate[];
}

function row({ id, certificate }: StoredCertificate, now: number): readonly string[] {
  if (certificate === undefined) return [id, "unreadable"];
  const { notBefore, notAfter, noExpiry, fingerprint, subject } = certificate;
  return [
    id,
    certificateState(certificate, now),
    notBefore.iso.slice(0, 10),
    noExpiry ? "no expiry" : notAfter.iso.slice(0, 10),
    fingerprint.sha256.slice(0, 16),
    printable(subject.text),
  ];
}

/** The stored certificates as a table and as a timeline of their validity. */
export function storedText(
  { stored, removed = [] }: StoreView,
  now: number,
  style: Style,
  width: number,
): string {
  const head = ["ID", "STATE", "NOT BEFORE", "NOT AFTER", "SHA-256", "SUBJECT"];
  const rows = stored.map((one) => row(one, now));
  const bars = [
    ...removed.map((one) => ({ ...one, label: `${one.id} (removed)` })),
    ...stored.map((one) => ({ ...one, label: one.id })),
  ];
  const periods = bars.flatMap(({ label, certificate }) =>
    certificate === undefined
      ? []
      : [
          {
            label,
            notBefore: certificate.notBefore.unixSeconds,
            notAfter: certificate.notAfter.unixSeconds,
            state: certificateState(certificate, now),
          },
        ],
  );
  return `${table(head, rows, style, width)}\n${timeline(periods, now, style, width)}`;
}
