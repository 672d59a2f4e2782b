import { lookup as systemLookup } from "node:dns/promises";
import { isIP } from "node:net";
import { isLoopback } from "../providers/http/origin.ts";
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

/** A URL that may be asked, and the addresses that were checked: nothing else is connected to. */
export interface Target {
  readonly url: URL;
  readonly addresses: readonly Address[];
}

/** Host names without brackets, as resolvers and sockets want them. */
function bare(hostname: string): string {
  return hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
}

async function resolve(hostname: string, lookup: Lookup | undefined): Promise<readonly Address[]> {
  const family = isIP(hostname);
  if (family !== 0) return [{ address: hostname, family }];
  try {
    return await (lookup ?? ((name) => systemLookup(name, { all: true })))(hostname);
  } catch {
    throw sourceError("provider.network", `The host ${hostname} has no address.`, {
      hint: "Check the host name of the metadata URL, and that this machine can resolve it.",
      retryable: true,
    });
  }
}

/** Checks the URL of a document or of a redirect: how it is reached, and where it leads. */
export async function checkTarget(url: URL, rules: TargetRules): Promise<Target> {
  if (url.username !== "" || url.password !== "") {
    throw sourceError("provider.base_url", "The metadata URL holds a user name or password.");
  }
  const local = rules.allowPrivateAddresses && isLoopback(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && local)) {
    throw sourceError(
      "provider.base_url",
      `Metadata is not read over ${url.protocol.slice(0, -1)} from ${url.hostname}: anybody on the way could put in a key.`,
      { hint: "Use the https URL of the metadata." },
    );
  }
  const addresses = await resolve(bare(url.hostname), rules.lookup);
  const isPublic = createAddressCheck();
  const inside = addresses.find(({ address }) => !isPublic(address));
  if (addresses.length === 0 || (inside !== undefined && !rules.allowPrivateAddresses)) {
    throw sourceError(
      "provider.address_refused",
      `The metadata URL leads to an address that is not public: ${url.hostname}.`,
    );
  }
  return { url, addresses };
}
