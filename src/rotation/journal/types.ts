import type { RotationPlan } from "../types.ts";

/** One line of a journal. `at` is unix seconds, `step` the index in the plan. */
export type JournalRecord =
  | { readonly type: "plan"; readonly at: number; readonly plan: RotationPlan }
  | { readonly type: "started"; readonly at: number; readonly step: number }
  | {
      readonly type: "finished";
      readonly at: number;
      readonly step: number;
      /** The provider's id of what was added. */
      readonly id?: string | undefined;
      /** It was found done, and was not done again. */
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
      /** The provider's id of what was added again. */
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

/**
 * Where a run writes down what it is about to do and what it has done. Small enough for a database
 * row: three functions.
 */
export interface RotationJournal {
  /**
   * Takes the journal for one run and gives what it holds, oldest first. Fails where another run
   * has it.
   */
  open(): Promise<readonly JournalRecord[]>;
  /** Adds a record. Resolves when it would survive a power cut. */
  append(record: JournalRecord): Promise<void>;
  /** Lets go of the journal; it stays readable. */
  close(): Promise<void>;
}
