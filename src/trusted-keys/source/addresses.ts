import { BlockList, isIPv6 } from "node:net";

/**
 * IPv4 networks that no identity provider publishes from, and that a request from inside a company
 * can reach: the IANA special-purpose registry (RFC 6890), multicast and reserved ranges.
 */
const SPECIAL_IPV4: readonly (readonly [network: string, prefix: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];

/** All that IANA has allocated as global unicast; outside it are the forms that contain IPv4. */
const GLOBAL_IPV6: readonly [network: string, prefix: number] = ["2000::", 3];

/** The special-purpose networks within. */
const SPECIAL_IPV6: readonly (readonly [network: string, prefix: number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["2620:4f:8000::", 48],
  ["3fff::", 20],
];

function listOf(
  networks: readonly (readonly [string, number])[],
  family: "ipv4" | "ipv6",
): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, family);
  return list;
}

/** Tells public addresses from those of this machine, of a private network, and of no network. */
export function createAddressCheck(): (address: string) => boolean {
  const ipv4 = listOf(SPECIAL_IPV4, "ipv4");
  const global = listOf([GLOBAL_IPV6], "ipv6");
  const ipv6 = listOf(SPECIAL_IPV6, "ipv6");
  return (address) => {
    if (!isIPv6(address)) return !ipv4.check(address, "ipv4");
    // A zone, as in fe80::1%eth0, names an interface of this machine; BlockList ignores it.
    if (address.includes("%")) return false;
    return global.check(address, "ipv6") && !ipv6.check(address, "ipv6");
  };
}
