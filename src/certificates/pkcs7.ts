import {
  createReader,
  enter,
  follows,
  leave,
  type Reader,
  readAny,
  SEQUENCE,
  SET,
} from "./der/reader.ts";
import { readInteger, readOid } from "./der/values.ts";

const CERTIFICATES = 0xa0;

/** The DER of each certificate of a PKCS #7 bundle (RFC 2315, 9.1; RFC 5652, 5.1). Throws if it is none. */
export function certificatesOfPkcs7(bytes: Uint8Array): Uint8Array[] {
  const reader = createReader(bytes);
  enter(reader, SEQUENCE, "contentInfo");
  readOid(reader, "contentType");
  enter(reader, CERTIFICATES, "content");
  enter(reader, SEQUENCE, "signedData");
  readInteger(reader, "version");
  skip(reader, SET, "digestAlgorithms");
  skip(reader, SEQUENCE, "encapContentInfo");
  if (!follows(reader, CERTIFICATES)) return [];
  enter(reader, CERTIFICATES, "certificates");
  const certificates: Uint8Array[] = [];
  while (follows(reader)) {
    const at = reader.position;
    // Other choices of the set, such as attribute certificates, have context tags.
    if (readAny(reader, certificates.length) === SEQUENCE) {
      certificates.push(bytes.subarray(at, reader.position));
    }
  }
  return certificates;
}

function skip(reader: Reader, tag: number, name: string): void {
  const outer = enter(reader, tag, name);
  reader.position = reader.limit;
  leave(reader, outer);
}
