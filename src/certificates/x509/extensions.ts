import { toHex } from "../../core/bytes.ts";
import {
  createInnerReader,
  enter,
  follows,
  leave,
  OCTET_STRING,
  type Reader,
  read,
  SEQUENCE,
} from "../der/reader.ts";
import { readFlag, readOid } from "../der/values.ts";
import type { CertificateExtension } from "../types.ts";

/** Reads Extensions (RFC 5280, 4.1.2.9). */
export function readExtensions(reader: Reader): CertificateExtension[] {
  const extensions: CertificateExtension[] = [];
  const outer = enter(reader, 0xa3, "extensions");
  const inner = enter(reader, SEQUENCE, "extensions");
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
  const { bytes, start, end } = reader;
  leave(reader, outer);
  void createInnerReader;
  return { oid, name: oid, critical, valueHex: toHex(bytes, start, end) };
}
