import type { FakeRequest } from "../faults.ts";
import type { Reply } from "../server.ts";
import type { Complaint } from "./errors.ts";
import type { FakeCertificate, FakeSendGridState, SendGridQuirks } from "./types.ts";

/** The shared state of the fake's operations. */
export interface World {
  readonly state: FakeSendGridState;
  readonly quirks: SendGridQuirks;
  /** Unix seconds. */
  now(): number;
  /** The next number of a sequence: ids are the same in each run. */
  next(): number;
  /** Call before a certificate is written, for `staleLists`. */
  beforeWrite(): void;
  /** The certificates as a list shows them. */
  listed(): readonly FakeCertificate[];
}

export type Handler = (request: FakeRequest, world: World) => Reply;

/** A handler's way to refuse. */
export class Refused extends Error {
  readonly status: number;
  readonly complaints: readonly Complaint[];

  constructor(status: number, ...complaints: readonly Complaint[]) {
    super(complaints[0]?.message);
    this.status = status;
    this.complaints = complaints;
  }
}

export function refuseIfAny(complaints: readonly Complaint[]): void {
  if (complaints.length > 0) throw new Refused(400, ...complaints);
}

/** The UUID of a number: valid, and the same in each run. */
export function uuid(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;
}

export function createWorld(quirks: SendGridQuirks, now: (() => number) | undefined): World {
  const state: FakeSendGridState = {
    certificates: new Map(),
    integrations: new Map(),
    teammates: new Map(),
  };
  let sequence = 0;
  let old: readonly FakeCertificate[] = [];
  let stale = 0;
  const present = (): readonly FakeCertificate[] => [...state.certificates.values()];
  return {
    state,
    quirks,
    now: now ?? (() => Math.floor(Date.now() / 1000)),
    next: () => ++sequence,
    beforeWrite() {
      if (quirks.staleLists === 0) return;
      old = present().map((certificate) => ({ ...certificate }));
      stale = quirks.staleLists;
    },
    listed() {
      if (stale === 0) return present();
      stale -= 1;
      return old;
    },
  };
}
