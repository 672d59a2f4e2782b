import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import { createAddressCheck } from "../../src/trusted-keys/source/addresses.ts";
import { fc } from "../support/property.ts";

const isPublic = createAddressCheck();

/** The IANA special-purpose registries, multicast and what hides IPv4, as first and last address. */
const SPECIAL = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24"],
  ...["192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"],
  ...["224.0.0.0/4", "240.0.0.0/4", "255.255.255.255/32"],
  ...["::/128", "::1/128", "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96"],
  ...["64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001::/32", "2001:2::/48"],
  ...["2001:20::/28", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", "5f00::/16"],
  ...["fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"],
];

function ends(network: string): readonly string[] {
  const family = network.includes(":") ? ipaddr.IPv6 : ipaddr.IPv4;
  const first = family.networkAddressFromCIDR(network).toByteArray();
  const prefix = Number(network.split("/")[1]);
  const last = first.map((byte, i) => {
    const free = Math.min(8, Math.max(0, 8 * (i + 1) - prefix));
    return byte | (2 ** free - 1);
  });
  return [first, last].map((bytes) => ipaddr.fromByteArray(bytes).toString());
}

const bytes = (count: number) => fc.array(fc.nat(255), { minLength: count, maxLength: count });

describe("the list of addresses that are not public", () => {
  it.each(SPECIAL.flatMap((network) => ends(network).map((address) => [address, network])))(
    "contains %s of %s",
    (address) => {
      expect(isPublic(address as string)).toBe(false);
    },
  );

  it("contains every address that ipaddr.js has in a special range", () => {
    fc.assert(
      fc.property(fc.oneof(bytes(4), bytes(16)), (address) => {
        const parsed = ipaddr.fromByteArray(address);
        if (parsed.range() !== "unicast") expect(isPublic(parsed.toString())).toBe(false);
      }),
      { numRuns: 5000 },
    );
  });

  it("contains nothing else of IPv4, nor of the global unicast addresses of IPv6", () => {
    const global = bytes(15).map((rest) => [0x20 | ((rest[0] ?? 0) & 0x1f), ...rest]);
    fc.assert(
      fc.property(fc.oneof(bytes(4), global), (address) => {
        const parsed = ipaddr.fromByteArray(address);
        if (parsed.range() === "unicast") expect(isPublic(parsed.toString())).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
});
