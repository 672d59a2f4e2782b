/** A small DER writer (X.690), enough to build certificates that are right and ones that are not. */

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}

/** One element: a tag and the parts of its content. */
export function element(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const body = concat(content);
  return concat([Uint8Array.of(tag, ...lengthBytes(body.length)), body]);
}

export function sequence(...content: readonly Uint8Array[]): Uint8Array {
  return element(0x30, ...content);
}

export function set(...content: readonly Uint8Array[]): Uint8Array {
  return element(0x31, ...content);
}

/** An INTEGER that is not negative, from hex or a number. */
export function integer(value: number | string): Uint8Array {
  const hex = typeof value === "number" ? value.toString(16) : value;
  const padded = hex.length % 2 === 1 ? `0${hex}` : hex;
  const bytes = (padded.match(/../g) ?? ["00"]).map((pair) => Number.parseInt(pair, 16));
  while (bytes.length > 1 && bytes[0] === 0 && (bytes[1] as number) < 0x80) bytes.shift();
  if ((bytes[0] as number) >= 0x80) bytes.unshift(0);
  return element(0x02, Uint8Array.from(bytes));
}

export function bitString(content: Uint8Array, unusedBits = 0): Uint8Array {
  return element(0x03, Uint8Array.of(unusedBits), content);
}

export function octetString(content: Uint8Array): Uint8Array {
  return element(0x04, content);
}

export function nullValue(): Uint8Array {
  return element(0x05);
}

export function utf8String(text: string): Uint8Array {
  return element(0x0c, new TextEncoder().encode(text));
}

export function boolean(value: boolean): Uint8Array {
  return element(0x01, Uint8Array.of(value ? 0xff : 0));
}

/** An OBJECT IDENTIFIER from dotted text. */
export function oid(text: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = text.split(".").map(Number);
  const bytes = [first * 40 + second, ...rest].flatMap((arc) => {
    const group = [arc % 128];
    for (let high = Math.floor(arc / 128); high > 0; high = Math.floor(high / 128)) {
      group.unshift(0x80 | (high % 128));
    }
    return group;
  });
  return element(0x06, Uint8Array.from(bytes));
}

/** UTCTime until 2049 and GeneralizedTime from 2050 on (RFC 5280, 4.1.2.5). */
export function time(unixSeconds: number): Uint8Array {
  const digits = new Date(unixSeconds * 1000).toISOString().replace(/\.\d+|[-:T]/g, "");
  const year = Number(digits.slice(0, 4));
  const utc = year >= 1950 && year < 2050;
  return element(utc ? 0x17 : 0x18, new TextEncoder().encode(utc ? digits.slice(2) : digits));
}
