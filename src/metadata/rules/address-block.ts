/** True for a block of addresses, such as 192.0.2.0/24: a network, not a host in it. */
export function isAddressBlock(text: string): boolean {
  const [address = "", length = "", ...more] = text.split("/");
  const groups = address.includes(":") ? groupsOf6(address) : groupsOf4(address);
  if (groups === undefined || more.length > 0 || !/^\d{1,3}$/.test(length)) return false;
  const bits = groups.join("");
  return Number(length) <= bits.length && !bits.slice(Number(length)).includes("1");
}

const binary = (value: number, width: number): string => value.toString(2).padStart(width, "0");

/** The bits of each byte of an IPv4 address. */
function groupsOf4(address: string): readonly string[] | undefined {
  const parts = address.split(".");
  const isRight =
    parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && +part < 256);
  return isRight ? parts.map((part) => binary(Number(part), 8)) : undefined;
}

/** The bits of an IPv6 address, by 16; the runtime's parser of URLs knows every way to write one. */
function groupsOf6(address: string): readonly string[] | undefined {
  if (!/^[\da-f:.]+$/i.test(address) || !URL.canParse(`http://[${address}]/`)) return undefined;
  const [before = "", after] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split("::");
  const [head, tail] = [before, after ?? ""].map((part) =>
    part === "" ? [] : part.split(":"),
  ) as [string[], string[]];
  const zeros = new Array<string>(8 - head.length - tail.length).fill("0");
  return [...head, ...zeros, ...tail].map((part) => binary(Number.parseInt(part, 16), 16));
}
