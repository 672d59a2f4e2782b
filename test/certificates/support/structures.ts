import { generateKeyPairSync } from "node:crypto";
import {
  bitString,
  boolean,
  element,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  set,
  utf8String,
} from "../../../src/certificates/der/write.ts";
import {
  ascii,
  build,
  extension,
  extensions,
  generalized,
  name,
  type Parts,
  utc,
} from "./parts.ts";

/** A certificate that is odd in one way, and which. */
export type Structure = readonly [what: string, der: Uint8Array];

const bytes = (...octets: readonly number[]): Uint8Array => Uint8Array.from(octets);

/** Times of every form that has been seen, and of every edge of the calendar and of the two types. */
function times(): Structure[] {
  const clock = [
    "000000Z",
    "235959Z",
    "235960Z",
    "240000Z",
    "006000Z",
    "0000Z",
    "000000",
    "000000+0000",
  ];
  const offsets = [
    "000000-0600",
    "0000+0100",
    "000000.0Z",
    "000000,5Z",
    "000000.Z",
    "000000z",
    "000000Z ",
  ];
  const days = [
    "0101",
    "0228",
    "0229",
    "0230",
    "0431",
    "0630",
    "1231",
    "1301",
    "0001",
    "0100",
    "0132",
  ];
  const dayTimes = [
    ...[...clock, ...offsets].map((time) => `0101${time}`),
    ...days.map((day) => `${day}123456Z`),
  ];
  const short = ["00", "49", "50", "99", "24", "25"];
  const long = ["0000", "0001", "0099", "1600", "1700", "1900", "1949", "1950", "2000", "2049"];
  const later = ["2050", "2100", "2400", "9999", "10000", "-001", "50"];
  return dayTimes.flatMap((rest) => [
    ...short.map(
      (year): Structure => [`UTCTime ${year}${rest}`, build({ notBefore: utc(year + rest) })],
    ),
    ...[...long, ...later].map(
      (year): Structure => [
        `GeneralizedTime ${year}${rest}`,
        build({ notAfter: generalized(year + rest) }),
      ],
    ),
  ]);
}

/** Values of names: each string type, and some that are none, with content that it has or has not. */
function names(): Structure[] {
  const tags = [0x0c, 0x12, 0x13, 0x14, 0x15, 0x16, 0x19, 0x1a, 0x1b, 0x1c, 0x1e, 0x2c, 0x33, 0x36];
  const others = [
    0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x09, 0x0a, 0x17, 0x18, 0x30, 0x31, 0x80, 0xa0,
  ];
  const contents: Readonly<Record<string, Uint8Array>> = {
    text: ascii("Example"),
    nothing: bytes(),
    punctuation: ascii("a@b*c_d&e"),
    digits: ascii("12 34"),
    control: ascii("a\u0000\u001b\u007f"),
    latin1: bytes(0x4d, 0xfc, 0x6c),
    utf8: utf8String("Müller").subarray(2),
    overlong: bytes(0xc0, 0xaf),
    surrogate: bytes(0xed, 0xa0, 0x80),
    beyond: bytes(0xf5, 0x80, 0x80, 0x80),
    cut: bytes(0xe2, 0x82),
    replacement: bytes(0xef, 0xbf, 0xbd),
    wide: bytes(0, 0x41, 0, 0x42),
    odd: bytes(0, 0x41, 0),
    lone: bytes(0xd8, 0),
    wide4: bytes(0, 0x11, 0, 0),
    bits: bytes(7, 0x80),
    oid: bytes(0x55, 0x04, 0x03),
  };
  return [...tags, ...others].flatMap((tag) =>
    Object.entries(contents).map(
      ([what, content]): Structure => [
        `name of tag ${tag}, ${what}`,
        build({ subject: name(element(tag, content)) }),
      ],
    ),
  );
}

/** Identifiers with arcs and lengths of every size, wherever one stands. */
function identifiers(): Structure[] {
  const octets: readonly (readonly number[])[] = [
    [],
    [0x80],
    [0x55, 0x80, 0x04],
    [0x55, 0x84],
    [0x28],
    [0x78],
    [0x88, 0x37],
    [0x55, 0x8f, 0xff, 0xff, 0xff, 0x7f],
    [0x55, 0x83, ...Array<number>(18).fill(0xff), 0x7f],
    [0x55, ...Array<number>(62).fill(1)],
    [0x55, ...Array<number>(999).fill(1)],
  ];
  return octets.flatMap((content): Structure[] => {
    const id = element(0x06, bytes(...content));
    const algorithm = sequence(id, nullValue());
    const what = `identifier ${content.slice(0, 8)} (${content.length})`;
    return [
      [`${what} in a name`, build({ subject: sequence(set(sequence(id, utf8String("x")))) })],
      [
        `${what} of an extension`,
        build({ rest: [extensions(sequence(id, octetString(bytes(5, 0))))] }),
      ],
      [`${what} of the signature`, build({ inner: algorithm, outer: algorithm })],
      [`${what} of the key`, build({ spki: sequence(algorithm, bitString(bytes(1))) })],
      [
        `${what} of a policy`,
        build({ rest: [extensions(extension("2.5.29.32", sequence(sequence(id))))] }),
      ],
    ];
  });
}

/** Versions, serial numbers, identifiers of issuers, signatures and what holds the extensions. */
function parts(): Structure[] {
  const content: Readonly<Record<string, readonly number[]>> = {
    empty: [],
    zero: [0],
    padded: [0, 1],
    negative: [0xff],
    "negative, padded": [0xff, 0xff],
    "20 bytes": [0x7f, ...Array<number>(19).fill(1)],
    "200 bytes": [1, ...Array<number>(199).fill(1)],
  };
  const x = extension("2.5.29.14", octetString(ascii("x")));
  const id = (tag: number, ...octets: readonly number[]): Uint8Array =>
    element(tag, bytes(...octets));
  const rest: Readonly<Record<string, readonly Uint8Array[]>> = {
    "no extensions in a list": [extensions()],
    "an empty [3]": [element(0xa3)],
    "two lists": [element(0xa3, sequence(x), sequence())],
    "a SET of extensions": [element(0xa3, set(x))],
    "an extension twice": [extensions(x, x)],
    "an extension without value": [extensions(sequence(oid("1.2.3")))],
    "an extension with more": [
      extensions(sequence(oid("1.2.3"), octetString(bytes()), nullValue())),
    ],
    "critical: FALSE": [extensions(extension("1.2.3", bytes(5, 0), boolean(false)))],
    "critical: 1": [extensions(extension("1.2.3", bytes(5, 0), id(0x01, 1)))],
    "critical: nothing": [extensions(extension("1.2.3", bytes(5, 0), id(0x01)))],
    "critical: two bytes": [extensions(extension("1.2.3", bytes(5, 0), id(0x01, 255, 255)))],
    "a constructed value": [
      extensions(sequence(oid("1.2.3"), element(0x24, octetString(bytes(5, 0))))),
    ],
    "an unknown field": [element(0xa4)],
    "an identifier of the issuer": [id(0x81, 0, 1)],
    "an empty identifier": [id(0x81)],
    "an identifier of 9 unused bits": [id(0x82, 9, 1)],
    "identifiers in the wrong order": [id(0x82, 0, 1), id(0x81, 0, 1)],
  };
  const signatures = {
    empty: bitString(bytes()),
    "no bits": id(0x03),
    odd: bitString(bytes(8), 3),
  };
  const versions = [-1, 0, 1, 2, 3, 127].flatMap((version): Structure[] =>
    [[], [extensions(x)]].map((more) => [
      `version ${version} with ${more.length} lists of extensions`,
      build({ version: version < 0 ? bytes() : element(0xa0, integer(version)), rest: more }),
    ]),
  );
  const one = (what: string, made: Parts): Structure => [what, build(made)];
  return [
    ...versions,
    ...Object.entries(content).map(([what, octets]) =>
      one(`serial number: ${what}`, { serial: id(0x02, ...octets) }),
    ),
    ...Object.entries(rest).map(([what, more]) => one(what, { rest: more })),
    ...Object.entries(signatures).map(([what, signature]) =>
      one(`signature: ${what}`, { signature }),
    ),
  ];
}

/** Keys with parameters that they do not have, of the wrong size, and no points of their curves. */
function keys(): Structure[] {
  const ids = ["1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10", "1.2.840.10045.2.1", "1.3.101.112"];
  const more = ["1.3.101.110", "2.16.840.1.101.3.4.3.18", "1.2.840.10046.2.1", "1.2.3.4"];
  const parameters = [
    [],
    [nullValue()],
    [sequence()],
    [octetString(ascii("x"))],
    [nullValue(), nullValue()],
  ];
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const point = publicKey.export({ type: "spki", format: "der" }).subarray(-65);
  const p256 = sequence(oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7"));
  const points = [
    point,
    point.subarray(1),
    bytes(0),
    bytes(),
    bytes(5, ...point.subarray(1)),
    bytes(4, ...Array<number>(64).fill(0)),
  ];
  return [
    ...[...ids, ...more].flatMap((id) =>
      parameters.flatMap((list, i) =>
        [0, 31, 32, 33].map(
          (size): Structure => [
            `key ${id} with parameters ${i} and ${size} bytes`,
            build({
              spki: sequence(sequence(oid(id), ...list), bitString(new Uint8Array(size).fill(3))),
            }),
          ],
        ),
      ),
    ),
    ...points.map(
      (key, i): Structure => [`point ${i}`, build({ spki: sequence(p256, bitString(key)) })],
    ),
  ];
}

export function structures(): readonly Structure[] {
  return [...times(), ...names(), ...identifiers(), ...parts(), ...keys()];
}
