import type { RotationPlan } from "../types.ts";

/** One line of a journal. `at` is unix seconds, `step` the index in the plan. */
export type JournalRecord =
  | { readonly type: "plan"; readonly at: number; readonly plan: RotationPlan }
  | { readonly type: "started"; readonly at: number; readonly step: number }
  | {
      readonly type: "finished";
      readonly at: number;
      readonly step: number;
      /** The provider's id of the added certificate. */
      readonly id?: string | undefined;
      /** The step was already done, so it was not repeated. */
      readonly adopted?: true | undefined;
    }
  | {
      readonly type: "failed";
      readonly at: number;
      readonly step: number;
      readonly code: string;
      readonly message: string;
    }
  | { readonly type: "undoing"; readonly at: number; readonly step: number }
  | {
      readonly type: "undone";
      readonly at: number;
      readonly step: number;
      /** The provider's id of the certificate that was added again. */
      readonly id?: string | undefined;
    }
  | { readonly type: "rolling_back"; readonly at: number }
  | {
      readonly type: "waiting";
      readonly at: number;
      readonly step: number;
      readonly until: number;
    }
  | { readonly type: "completed"; readonly at: number };

/** The record of a run: what it is about to do, and what it has done. Three functions, for any storage. */
export interface RotationJournal {
  /** Takes the journal for one run and returns its records, oldest first. Fails if another run has it. */
  open(): Promise<readonly JournalRecord[]>;
  /** Adds a record. Resolves once the record would survive a power cut. */
  append(record: JournalRecord): Promise<void>;
  /** Releases the journal; it stays readable. */
  close(): Promise<void>;
}
