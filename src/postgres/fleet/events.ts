/** The states of a tenant. */
export type TenantState =
  /** Not looked at yet. */
  | "new"
  /** The stored certificates are the ones that the identity provider publishes. */
  | "active"
  /** `onPlan` holds its plan until somebody approves it. */
  | "awaiting_approval"
  | "rotating"
  /** Old and new are stored; evidence is awaited that the identity provider has switched. */
  | "awaiting_switch"
  /** As before; the evidence is complete at a known time if nothing changes. */
  | "waiting"
  /** A guard forbids the plan: a person must look. */
  | "refused"
  /** The last look failed; it is repeated. */
  | "failing"
  /** Too many looks in a row failed. */
  | "dead";

/** Something that happened to a tenant, as its history keeps it. */
export type TenantEventType =
  | "held"
  | "approved"
  | "confirmed"
  | "paused"
  | "resumed"
  | "retried"
  | "refused"
  | "started"
  | "awaiting_switch"
  | "waiting"
  | "completed"
  | "failed"
  | "dead_letter"
  | "recovered";

/** An event of a worker. */
export type FleetEvent =
  | {
      readonly type: TenantEventType;
      readonly tenant: string;
      readonly worker: string;
      readonly code?: string | undefined;
      readonly message?: string | undefined;
      /** The error itself. That of a function of your program may contain secrets. */
      readonly cause?: unknown;
    }
  /** A look ended. */
  | {
      readonly type: "looked";
      readonly tenant: string;
      readonly worker: string;
      readonly state: TenantState;
      /** Seconds for which the tenant had waited for this look. */
      readonly waitedSeconds: number;
      readonly durationMs: number;
    }
  /** The database, the list of tenants or the queue failed; the worker tries again. */
  | {
      readonly type: "worker_failed";
      readonly worker: string;
      readonly task: "database" | "tenants" | "queue" | "cleaning";
      readonly code?: string | undefined;
      readonly message: string;
      readonly cause?: unknown;
    };
