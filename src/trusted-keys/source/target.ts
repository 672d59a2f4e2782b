import { lookup as systemLookup } from "node:dns/promises";
import { isIP } from "node:net";
import { isLoopback } from "../../providers/http/origin.ts";
import { createAddressCheck } from "./addresses.ts";
import { sourceError } from "./failures.ts";

export interface Address {
  readonly address: string;
  readonly family: number;
}

export type Lookup = (hostname: string) => Promise<readonly Address[]>;

export interface TargetRules {
  readonly allowPrivateAddresses: boolean;
  readonly lookup?: Lookup | undefined;
}

/** A permitted URL with its checked addresses, the only ones that are connected to. */
export interface Target {
  readonly url: URL;
  readonly addresses: readonly Address[];
}

/** The host name without brackets, as resolvers and sockets need it. */
function bare(hostname: string): string {
  return hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
}

async function resolve(hostname: string, lookup: Lookup | undefined): Promise<readonly Address[]> {
  const family = isIP(hostname);
  if (family !== 0) return [{ address: hostname, family }];
  try {
    return await (lookup ?? ((name) => systemLookup(name, { all: true })))(hostname);
  } catch {
    const values = { host: hostname, reason: "the host name is unknown" };
    throw sourceError("provider.unreachable", values, { retryable: true });
  }
}

function urlProblem({ username, password, protocol, hostname }: URL, rules: TargetRules) {
  if (username !== "" || password !== "") return "contains a user name or password";
  if (protocol === "https:") return undefined;
  const local = rules.allowPrivateAddresses && isLoopback(hostname);
  if (protocol === "http:" && local) return undefined;
  return `uses ${protocol.slice(0, -1)} for ${hostname}, where an attacker in between can insert a key`;
}

const isPublic = /* @__PURE__ */ createAddressCheck();

/** Checks the URL of a document or of a redirect: its protocol and its addresses. */
export async function checkTarget(url: URL, rules: TargetRules): Promise<Target> {
  const problem = urlProblem(url, rules);
  if (problem !== undefined) throw sourceError("provider.metadata_url", { problem });
  const addresses = await resolve(bare(url.hostname), rules.lookup);
  const isPermitted = rules.allowPrivateAddresses || addresses.every((a) => isPublic(a.address));
  if (addresses.length === 0 || !isPermitted) {
    throw sourceError("provider.address_refused", { host: url.hostname });
  }
  return { url, addresses };
}
