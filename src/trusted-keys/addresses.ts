import { BlockList, isIPv6 } from "node:net";

/**
 * Networks that no identity provider publishes from, and that a request from inside a company can
 * reach: the special-purpose registries of RFC 6890, multicast, and the IPv6 ranges in which an
 * IPv4 address can hide.
 */
const NOT_PUBLIC: readonly (readonly [string, number, "ipv4" | "ipv6"])[] = [
  ["0.0.0.0", 8, "ipv4"],
  ["10.0.0.0", 8, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["127.0.0.0", 8, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.0.0.0", 24, "ipv4"],
  ["192.0.2.0", 24, "ipv4"],
  ["192.88.99.0", 24, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["198.18.0.0", 15, "ipv4"],
  ["198.51.100.0", 24, "ipv4"],
  ["203.0.113.0", 24, "ipv4"],
  ["224.0.0.0", 4, "ipv4"],
  ["240.0.0.0", 4, "ipv4"],
  ["::", 96, "ipv6"],
  ["::ffff:0:0", 96, "ipv6"],
  ["64:ff9b::", 96, "ipv6"],
  ["64:ff9b:1::", 48, "ipv6"],
  ["100::", 64, "ipv6"],
  ["2001::", 23, "ipv6"],
  ["2001:db8::", 32, "ipv6"],
  ["2002::", 16, "ipv6"],
  ["fc00::", 7, "ipv6"],
  ["fe80::", 10, "ipv6"],
  ["fec0::", 10, "ipv6"],
  ["ff00::", 8, "ipv6"],
];

function listOf(wanted: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const [network, prefix, family] of NOT_PUBLIC) {
    if (family === wanted) list.addSubnet(network, prefix, family);
  }
  return list;
}

/** Tells public addresses from those of this machine, of a private network, and of no network. */
export function createAddressCheck(): (address: string) => boolean {
  // Apart, because a BlockList holds an IPv4 address against the IPv6 rule for mapped ones.
  const lists = { ipv4: listOf("ipv4"), ipv6: listOf("ipv6") };
  return (address) => {
    const family = isIPv6(address) ? "ipv6" : "ipv4";
    // A zone, as in fe80::1%eth0, is of this machine and nothing that BlockList reads.
    return !address.includes("%") && !lists[family].check(address, family);
  };
}
