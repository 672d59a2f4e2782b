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
  | {
      readonly type: "withdrawn";
      readonly at: number;
      readonly step: number;
      /** The provider's id of the equal certificate that another writer stored. */
      readonly id: string;
    }
  | { readonly type: "rolling_back"; readonly at: number }
  | { readonly type: "rolled_back"; readonly at: number }
  | {
      readonly type: "waiting";
      readonly at: number;
      readonly step: number;
      /** Absent while the switch of the identity provider, or an approval, is awaited. */
      readonly until?: number | undefined;
      /** An added certificate awaits somebody's approval at the provider. */
      readonly approval?: true | undefined;
    }
  /** A person said that the identity provider has switched. */
  | { readonly type: "confirmed"; readonly at: number }
  | {
      readonly type: "published";
      readonly at: number;
      /** SHA-256 of the certificates to remove that the identity provider still published. */
      readonly sha256s: readonly string[];
    }
  | {
      readonly type: "observed";
      /** When the sign-in was. */
      readonly at: number;
      /** SHA-256 of the certificate that it was signed with. */
      readonly sha256: string;
      readonly count: number;
    }
  | { readonly type: "completed"; readonly at: number };

/** The connection that a run changes. */
export interface Connection {
  readonly provider: string;
  readonly integrationId: string;
  readonly origin?: string | undefined;
}

/** The record of a run: what it is about to do, and what it has done. Three functions, for any storage. */
export interface RotationJournal {
  /**
   * Takes the journal for one run and returns its records, oldest first. Fails if another run has it,
   * or, where the journal can tell, if another run rotates the same connection with another journal.
   */
  open(connection?: Connection): Promise<readonly JournalRecord[]>;
  /** Adds a record. Resolves once the record would survive a power cut. */
  append(record: JournalRecord): Promise<void>;
  /** Releases the journal; it stays readable. */
  close(): Promise<void>;
}
