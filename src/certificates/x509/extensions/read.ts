import { toHex } from "../../../core/bytes.ts";
import { attempt } from "../../der/attempt.ts";
import {
  enter,
  follows,
  leave,
  OCTET_STRING,
  type Reader,
  read,
  SEQUENCE,
} from "../../der/reader.ts";
import { readFlag, readOid } from "../../der/values.ts";
import type { CertificateExtension } from "../../types.ts";
import { KNOWN_EXTENSIONS } from "./decoders.ts";

/** Reads Extensions (RFC 5280, 4.1.2.9). */
export function readExtensions(reader: Reader): CertificateExtension[] {
  const extensions: CertificateExtension[] = [];
  const outer = enter(reader, 0xa3, "extensions");
  const inner = enter(reader, SEQUENCE, "");
  while (follows(reader)) extensions.push(readExtension(reader, extensions.length));
  leave(reader, inner);
  leave(reader, outer);
  return extensions;
}

function readExtension(reader: Reader, index: number): CertificateExtension {
  const outer = enter(reader, SEQUENCE, index);
  const oid = readOid(reader, "extnID");
  const critical = readFlag(reader, "critical");
  read(reader, OCTET_STRING, "extnValue");
  const { start, end } = reader;
  const { name, decode } = KNOWN_EXTENSIONS.get(oid) ?? { name: oid };
  // All faults inside a value are one warning, because SAML software does not read it.
  const value = decode && attempt(reader, "ext.malformed", start, end, decode, name);
  leave(reader, outer);
  const valueHex = toHex(reader.bytes, start, end);
  if (value === undefined) return { oid, name, critical, valueHex };
  return { oid, name, critical, valueHex, value };
}
