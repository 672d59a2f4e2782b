import { AMOUNT, OBJECT, type OptionKinds, TEXT } from "../core/options.ts";
import type {
  CertificateStatus,
  ConnectionKind,
  ConnectionState,
  ConnectionStatus,
  NextStep,
  PlannedChange,
  UnstoredCertificate,
} from "./types.ts";

/** The description of a source for people, which its connections inherit. */
export interface SourceDetails {
  /** Default: the name that the source states, or its address. */
  readonly name?: string | undefined;
  readonly owner?: string | undefined;
  /** Such as `{ team: "payments" }`. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Instead of the policy's. */
  readonly expiringDays?: number | undefined;
}

/** The circumstances of one look. */
export interface LookContext {
  /** Unix seconds. */
  readonly now: number;
  readonly expiringDays: number;
  readonly signal?: AbortSignal | undefined;
}

/** The facts about one connection at one time. */
export interface Seen {
  readonly id: string;
  /** Where it differs from that of its source. */
  readonly kind?: ConnectionKind | undefined;
  /** Where it differs from that of its source, such as one file of a folder. */
  readonly source?: string | undefined;
  /** The name that the source states. */
  readonly name?: string | undefined;
  readonly entityId?: string | undefined;
  readonly state: ConnectionState;
  readonly certificates: readonly CertificateStatus[];
  readonly unstored?: readonly UnstoredCertificate[] | undefined;
  readonly next?: NextStep | undefined;
  readonly planned?: PlannedChange | undefined;
  readonly errors?: ConnectionStatus["errors"] | undefined;
  /** The entity of metadata, as the next run compares it. */
  readonly entity?: string | undefined;
  /** True if nothing could be read, so that nothing can be compared. */
  readonly isFailed?: boolean | undefined;
}

/** A place that `watch` looks at. */
export interface WatchSource extends SourceDetails {
  readonly kind: ConnectionKind;
  readonly id: string;
  /** An address, a path, or a provider and its integration; never a secret. */
  readonly source: string;
  /** Its connections, where they are known before a look: all of them fail with it. Default: its own id. */
  readonly ids?: readonly string[] | undefined;
  /** Reads its connections. An error makes the source `unreachable`, or what its code says. */
  look(context: LookContext): Promise<readonly Seen[]>;
}

export const DETAILS: OptionKinds<SourceDetails> = {
  name: TEXT,
  owner: TEXT,
  labels: OBJECT,
  expiringDays: AMOUNT,
};
