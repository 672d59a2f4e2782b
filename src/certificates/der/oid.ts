/** Longest identifier that is read, as in pyca/cryptography; real ones have at most 20 octets. */
const LONGEST = 63;

/** From here on seven more bits may be more than a number holds exactly. */
const LARGE = 2 ** 46;

/** Dotted text of the content octets of an identifier (X.690 8.19); undefined where they are none. */
export function oidText(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (start === end || (bytes[end - 1] as number) >= 0x80) return undefined;
  if (end - start > LONGEST) return undefined;
  let text = "";
  // Identifiers below 2.25 have an arc of 128 bits (X.667).
  let arc: number | bigint = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    if (arc === 0 && byte === 0x80) return undefined;
    if (arc < LARGE) arc = Number(arc) * 128 + (byte & 0x7f);
    else arc = BigInt(arc) * 128n + BigInt(byte & 0x7f);
    if (byte >= 0x80) continue;
    if (text !== "") text += `.${arc}`;
    else if (arc < 80) text = `${Math.floor(Number(arc) / 40)}.${Number(arc) % 40}`;
    else text = `2.${BigInt(arc) - 80n}`;
    arc = 0;
  }
  return text;
}

/** Content octets, in hex, of the identifiers that nearly every certificate is made of. */
const COMMON =
  // Attribute types below 2.5.4, emailAddress and DC.
  "550403 550405 550406 550407 550408 55040a 55040b 2a864886f70d010901 0992268993f22c640119 " +
  // Extensions below 2.5.29, authorityInfoAccess and its methods, serverAuth and clientAuth.
  "551d0e 551d0f 551d11 551d13 551d1f 551d20 551d23 551d25 2b06010505070101 2b06010505073001 " +
  "2b06010505073002 2b06010505070301 2b06010505070302 " +
  // RSA and its signatures, EC, its curves and signatures.
  "2a864886f70d010101 2a864886f70d010105 2a864886f70d01010b 2a864886f70d01010c 2a864886f70d01010d " +
  "2a8648ce3d0201 2a8648ce3d030107 2b81040022 2b81040023 2a8648ce3d040302 2a8648ce3d040303";

/** Their dotted text by their octets, one character each: finding it is cheaper than spelling it out. */
export const COMMON_OIDS: ReadonlyMap<string, string> = /* @__PURE__ */ new Map(
  COMMON.split(" ").map((hex) => {
    const octets = (hex.match(/../g) ?? []).map((digits) => Number.parseInt(digits, 16));
    const text = oidText(Uint8Array.from(octets), 0, octets.length);
    return [String.fromCharCode(...octets), text as string];
  }),
);
