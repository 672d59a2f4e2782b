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
  /** The name that the source states. */
  readonly name?: string | undefined;
  readonly entityId?: string | undefined;
  readonly state: ConnectionState;
  readonly certificates: readonly CertificateStatus[];
  readonly unstored?: readonly UnstoredCertificate[] | undefined;
  readonly next?: NextStep | undefined;
  readonly planned?: PlannedChange | undefined;
  readonly errors?: ConnectionStatus["errors"] | undefined;
  /** Plain JSON that the next run compares with; absent if it could not be read. */
  readonly snapshot?: Snapshot | undefined;
}

/** The part of a connection that is kept between two runs. */
export interface Snapshot {
  /** The entity, as `diffMetadata` compares it; absent if the source is not metadata. */
  readonly entity?: object | undefined;
  /** The certificates, by the identifier that the source gives them. */
  readonly certificates?: Readonly<Record<string, string>> | undefined;
  /** The entities of an aggregate. */
  readonly entityIds?: readonly string[] | undefined;
}

/** A place that `watch` looks at. */
export interface WatchSource extends SourceDetails {
  readonly kind: ConnectionKind;
  readonly id: string;
  /** An address, a path, or a provider and its integration; never a secret. */
  readonly source: string;
  /** Reads its connections. An error makes the source `unreachable`, or what its code says. */
  look(context: LookContext): Promise<readonly Seen[]>;
}

export const DETAILS: OptionKinds<SourceDetails> = {
  name: TEXT,
  owner: TEXT,
  labels: OBJECT,
  expiringDays: AMOUNT,
};
