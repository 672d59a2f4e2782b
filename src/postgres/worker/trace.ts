import { tracingChannel } from "node:diagnostics_channel";
import type { TenantState } from "../fleet/events.ts";

/** The context of one look on the channel `samlcert.fleet.look`: the attributes of a span. */
export interface LookTrace {
  readonly tenant: string;
  readonly account: string;
  readonly worker: string;
  readonly waitedSeconds: number;
  /** Set before `asyncEnd`. */
  state?: TenantState;
  provider?: string;
  integrationId?: string;
}

const channel = tracingChannel<LookTrace>("samlcert.fleet.look");

/** Publishes a look on the tracing channel, so that a subscriber can make a span of it. */
export function traced<T>(context: LookTrace, work: () => Promise<T>): Promise<T> {
  return channel.tracePromise(work, context);
}
