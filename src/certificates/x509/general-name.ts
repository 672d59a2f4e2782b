import { HIGH, toHex } from "../../core/bytes.ts";
import { oidText } from "../der/oid.ts";
import { latin1Of, note, type Reader, readAny } from "../der/reader.ts";
import { readName } from "./name.ts";

/** One GeneralName (RFC 5280, 4.2.1.6) as plain data. */
export interface GeneralName {
  readonly type:
    | "otherName"
    | "rfc822Name"
    | "dNSName"
    | "x400Address"
    | "directoryName"
    | "ediPartyName"
    | "uniformResourceIdentifier"
    | "iPAddress"
    | "registeredID"
    | "unknown";
  /** Text; hex for the forms that have none. An address range has its mask after a slash. */
  readonly value: string;
}

const TYPES: readonly GeneralName["type"][] = [
  "otherName",
  "rfc822Name",
  "dNSName",
  "x400Address",
  "directoryName",
  "ediPartyName",
  "uniformResourceIdentifier",
  "iPAddress",
  "registeredID",
];

export function readGeneralName(reader: Reader, name: string | number): GeneralName {
  const tag = readAny(reader, name);
  const { bytes, start, end } = reader;
  const type = tag >= 0x80 && tag < 0xc0 ? (TYPES[tag & 0x1f] ?? "unknown") : "unknown";
  switch (type) {
    case "rfc822Name":
    case "dNSName":
    case "uniformResourceIdentifier": {
      const text = latin1Of(reader, start, end);
      return { type, value: HIGH.test(text) ? `#${odd(reader, name)}` : text };
    }
    case "directoryName": {
      const inner = { ...reader, position: start, limit: end, checks: undefined };
      return { type, value: readName(inner, "directoryName").text };
    }
    case "iPAddress":
      return { type, value: addressText(bytes.subarray(start, end)) };
    case "registeredID":
      return { type, value: oidText(bytes, start, end) ?? odd(reader, name) };
    case "unknown":
      return { type, value: odd(reader, name) };
    default:
      return { type, value: toHex(bytes, start, end) };
  }
}

/** Notes that the last name does not have the form of its type; returns its bytes. */
function odd(reader: Reader, name: string | number): string {
  note(reader, "der.not_certificate", reader.start, name);
  return toHex(reader.bytes, reader.start, reader.end);
}

/** An address of 4 or 16 bytes; twice as many are an address and its mask (RFC 5280, 4.2.1.10). */
function addressText(bytes: Uint8Array): string {
  if (bytes.length === 8 || bytes.length === 32) {
    const half = bytes.length / 2;
    return `${addressText(bytes.subarray(0, half))}/${addressText(bytes.subarray(half))}`;
  }
  if (bytes.length === 4) return bytes.join(".");
  if (bytes.length !== 16) return toHex(bytes);
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((bytes[i * 2] as number) << 8) | (bytes[i * 2 + 1] as number)).toString(16),
  );
  return groups.join(":");
}
